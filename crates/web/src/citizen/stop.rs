//! `/surat/berhenti/{token}`: an end to letters about a report, by the link at the foot of each of them.

use crate::components::{Frame, Page, Place, sample};
use crate::words::Words;
use askama::Template;
use domain::Code;

/// The question, and after it the word that it is done.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/stop.html")]
pub struct StopPage {
    pub w: Words,
    pub frame: Frame,
    /// The report of which nothing more is told; `None` once that is so.
    pub ask: Option<(Code, String)>,
}

impl Page for StopPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let page = |ask| StopPage { w: Words::default(), frame: Frame::at("/surat/berhenti", Place::Elsewhere), ask };
        vec![page(Some((sample::code(4), "/surat/berhenti/17.ab".to_owned()))), page(None)]
    }
}
