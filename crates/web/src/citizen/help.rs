//! `/bantuan`: how to report, how long it takes, what the words mean.

use super::LimitDays;
use crate::components::{Frame, Page, Place};
use crate::words::Words;
use askama::Template;

/// A page of plain text.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/help.html")]
pub struct HelpPage {
    pub w: Words,
    pub frame: Frame,
    pub limits: LimitDays,
}

impl Page for HelpPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let limits = LimitDays { verify: 3, answer: 5, completion: [5, 14, 60], silence: 10 };
        vec![HelpPage { w: Words::default(), frame: Frame::at("/bantuan", Place::Help), limits }]
    }
}
