//! What everybody sees under a number that leads to no open report.
//!
//! The page is the same, byte for byte, whether the report is secret, hidden, not yet verified, or does
//! not exist: it must not answer the question whether somebody complained.

use crate::components::{Field, Frame, Page, Place};
use crate::words::{Message, Words};
use askama::Template;
use domain::Code;

use crate::components::sample;

/// The neutral page, with the form that opens one's own report. Served with status 404.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/sealed.html")]
pub struct SealedPage {
    pub w: Words,
    pub frame: Frame,
    pub code: Code,
    pub pin: Field,
}

impl SealedPage {
    /// The page for a number.
    pub fn new(w: Words, code: Code, pin: Field) -> SealedPage {
        SealedPage { w, frame: Frame::at(&format!("/laporan/{code}"), Place::Elsewhere), code, pin }
    }
}

impl Page for SealedPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let page = |pin| SealedPage::new(Words::default(), sample::code(4), pin);
        vec![
            page(Field::default()),
            page(Field::wrong("", Message::new("slip-pin"))),
            page(Field::wrong("", Message::new("slip-pin-many"))),
        ]
    }
}
