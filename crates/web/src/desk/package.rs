//! The paper that goes to the Ombudsman with a report: a page that stands by itself, without a network.

use crate::components::Entry;
use crate::words::{Moment, Words};
use askama::Template;
use domain::Code;

/// A clock, and whether it was kept.
#[derive(Debug, Clone)]
pub struct TermRow {
    /// The limit's name; the key `limit-…`.
    pub limit: &'static str,
    pub basis: String,
    pub from: Moment,
    pub due: Moment,
    pub met: Option<Moment>,
    pub missed: bool,
}

/// A file among the papers.
#[derive(Debug, Clone)]
pub struct PaperFile {
    pub place: String,
    pub hash: String,
    pub bytes: u64,
}

/// The paper.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/package.html")]
pub struct PackagePage {
    pub w: Words,
    pub code: Code,
    pub title: String,
    pub holder: String,
    pub place: String,
    pub sent: Moment,
    pub consented: Moment,
    pub made: Moment,
    pub objections: u8,
    /// Name, telephone and e-mail, as far as they are known; none of an anonymous reporter.
    pub reporter: Option<Vec<String>>,
    /// The words as they came.
    pub original: String,
    pub terms: Vec<TermRow>,
    pub history: Vec<Entry>,
    pub files: Vec<PaperFile>,
}
