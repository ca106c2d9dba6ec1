//! `/desk/masalah`: the problems (masalah induk) that a seat follows.

use crate::components::{Frame, Page, Place, sample};
use crate::words::Words;
use askama::Template;
use domain::ProblemId;
use domain::problem::ProblemStatus;
use jiff::civil::Date;

/// A problem in a list.
#[derive(Debug, Clone)]
pub struct ProblemRow {
    pub id: ProblemId,
    pub title: String,
    pub owner: String,
    pub status: ProblemStatus,
    pub reports: u32,
    pub updated: Date,
}

/// The list of problems.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/problems.html")]
pub struct ProblemsPage {
    pub w: Words,
    pub frame: Frame,
    pub rows: Vec<ProblemRow>,
    pub next: Option<String>,
    /// Whether the seat may make one.
    pub makes: bool,
}

impl Page for ProblemsPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = |id: i64, status| ProblemRow {
            id: ProblemId(id),
            title: "Jalan Padat Karya rusak sepanjang 1,2 km".into(),
            owner: "Dinas PUPR Kota Banjarmasin".into(),
            status,
            reports: u32::try_from(id).unwrap_or(0),
            updated: sample::today(),
        };
        let list = ProblemsPage {
            w: Words::default(),
            frame: Frame::at("/desk/masalah", Place::Problems).seated(sample::seat()),
            rows: ProblemStatus::ALL.into_iter().zip(1..).map(|(status, id)| row(id, status)).collect(),
            next: Some("/desk/masalah?before=7".into()),
            makes: true,
        };
        let empty = ProblemsPage { rows: vec![], next: None, makes: false, ..list.clone() };
        vec![list, empty]
    }
}
