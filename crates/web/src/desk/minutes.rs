//! `/desk/serah-terima/{id}/berita-acara`: the minutes of a hand-over on paper.

use super::inventory::{HandOverTold, sample_told};
use crate::components::{Frame, Page, Place, sample};
use crate::words::Words;
use askama::Template;

/// The minutes (berita acara), to be printed and signed on paper.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/minutes.html")]
pub struct MinutesPage {
    pub w: Words,
    pub frame: Frame,
    pub told: HandOverTold,
}

impl Page for MinutesPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let page = |state| MinutesPage {
            w: Words::default(),
            frame: Frame::at("/desk/serah-terima/7/berita-acara", Place::Elsewhere).seated(sample::seat()),
            told: sample_told(state),
        };
        vec![page("draft"), page("done")]
    }
}
