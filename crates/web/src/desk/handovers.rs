//! `/desk/serah-terima`: the hand-overs of an agency, and the form for a new one.

use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;
use jiff::civil::{Date, date};

/// How far a hand-over has come, for lists and the head of its page.
#[derive(Debug, Clone)]
pub struct HandOverRow {
    pub id: i64,
    pub giving: String,
    pub receiving: String,
    pub day: Date,
    /// The end of its locale key: `draft`, `half`, `moving`, `done` or `withdrawn`.
    pub state: &'static str,
}

/// The form for a new hand-over, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct HandOverForm {
    pub key: String,
    pub giving: Field,
    pub receiving: Field,
    pub day: Field,
    pub decree: Field,
    pub reason: Field,
    /// Names of offices to choose from.
    pub offices: Vec<String>,
    pub slips: Vec<Slip>,
}

/// The hand-overs that an officer may read, the newest first.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/handovers.html")]
pub struct HandOversPage {
    pub w: Words,
    pub frame: Frame,
    pub rows: Vec<HandOverRow>,
    /// The form; none for those who only read and sign.
    pub form: Option<HandOverForm>,
    pub next: Option<String>,
}

/// The hand-over of Kutai Kartanegara, in a state.
pub fn sample_row(state: &'static str) -> HandOverRow {
    HandOverRow {
        id: 7,
        giving: "Inspektorat Daerah Kabupaten Kutai Kartanegara".into(),
        receiving: "Dinas Komunikasi dan Informatika Kabupaten Kutai Kartanegara".into(),
        day: date(2021, 2, 24),
        state,
    }
}

impl Page for HandOversPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let form = HandOverForm {
            day: Field::of("2026-03-18"),
            offices: vec!["Inspektorat Daerah".into(), sample::LONG_AGENCY.into()],
            ..HandOverForm::default()
        };
        let typical = HandOversPage {
            w: Words::default(),
            frame: Frame::at("/desk/serah-terima", Place::Elsewhere).seated(sample::seat()),
            rows: ["draft", "half", "moving", "done", "withdrawn"].map(sample_row).to_vec(),
            form: Some(form.clone()),
            next: Some("/desk/serah-terima?after=7".into()),
        };
        let wrong = Message::new("slip-handover-pair");
        let refused = HandOversPage {
            form: Some(HandOverForm {
                receiving: Field::wrong("Kantor lain", wrong.clone()),
                reason: Field::of("Perubahan pengelola"),
                slips: vec![Slip { field: "receiving", message: wrong }],
                ..form
            }),
            ..typical.clone()
        };
        let empty = HandOversPage { rows: vec![], form: None, next: None, ..typical.clone() };
        vec![typical, refused, empty]
    }
}
