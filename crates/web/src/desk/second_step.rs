//! `/desk/masuk/kode`: the second step of a login.

use crate::components::{Field, Frame, Page, Place, Slip};
use crate::words::{Message, Words};
use askama::Template;

/// The form, posted to `/desk/masuk/kode` as `code` and `back`.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/second_step.html")]
pub struct SecondStepPage {
    pub w: Words,
    pub frame: Frame,
    pub code: Field,
    pub slips: Vec<Slip>,
    /// A passkey does in place of a code.
    pub passkey: bool,
    /// Where the officer wanted to go.
    pub back: String,
}

impl Page for SecondStepPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let fresh = SecondStepPage {
            w: Words::default(),
            frame: Frame::at("/desk/masuk/kode", Place::Elsewhere),
            code: Field::default(),
            slips: vec![],
            passkey: false,
            back: "/desk".to_owned(),
        };
        let wrong = Message::new("slip-code");
        let refused = SecondStepPage {
            code: Field::wrong("", wrong.clone()),
            slips: vec![Slip { field: "code", message: wrong }],
            ..fresh.clone()
        };
        vec![SecondStepPage { passkey: true, ..fresh.clone() }, fresh, refused]
    }
}
