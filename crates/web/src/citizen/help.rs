//! `/bantuan`: how to report, how long it takes, what the words mean.

use crate::components::{Frame, Page, Place};
use crate::words::Words;
use askama::Template;

/// A page of plain text.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/help.html")]
pub struct HelpPage {
    pub w: Words,
    pub frame: Frame,
}

impl Page for HelpPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        vec![HelpPage { w: Words::default(), frame: Frame::at("/bantuan", Place::Help) }]
    }
}
