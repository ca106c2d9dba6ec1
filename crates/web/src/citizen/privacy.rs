//! `/privasi`: what is stored, who reads it, what one may ask for.

use crate::components::{Frame, Page, Place};
use crate::words::Words;
use askama::Template;

/// A page of plain text.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/privacy.html")]
pub struct PrivacyPage {
    pub w: Words,
    pub frame: Frame,
}

impl Page for PrivacyPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        vec![PrivacyPage { w: Words::default(), frame: Frame::at("/privasi", Place::Elsewhere) }]
    }
}
