//! `/desk/serah-terima/{id}`: one hand-over with its inventory, its signatures and the cases that went over.

use super::inventory::{HandOverTold, sample_told};
use crate::components::{Frame, Page, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;
use domain::Code;
use domain::handover::Inventory;
use domain::report::StageKind;

/// A case that came with the hand-over.
#[derive(Debug, Clone)]
pub struct InheritedRow {
    pub code: Code,
    pub title: Option<String>,
    pub stage: StageKind,
    /// Late working days by office.
    pub late: Vec<(String, i64)>,
}

/// One hand-over.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/handover.html")]
pub struct HandOverPage {
    pub w: Words,
    pub frame: Frame,
    pub told: HandOverTold,
    /// Whether this reader may sign now, for the giving and for the receiving office.
    pub signs: [bool; 2],
    pub withdraws: bool,
    pub inherited: Vec<InheritedRow>,
    pub next: Option<String>,
    pub slips: Vec<Slip>,
}

impl HandOverPage {
    /// Late working days in words.
    pub fn late_days(&self, days: &i64) -> String {
        self.w.n("late-days", *days)
    }

    /// Whether the reader may sign for a side.
    pub fn may_sign(&self, side: &str) -> bool {
        self.signs[usize::from(side == "receiving")]
    }
}

impl Page for HandOverPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let draft = HandOverPage {
            w: Words::default(),
            frame: Frame::at("/desk/serah-terima/7", Place::Elsewhere).seated(sample::seat()),
            told: sample_told("draft"),
            signs: [true, true],
            withdraws: true,
            inherited: vec![],
            next: None,
            slips: vec![],
        };
        let message = Message::new("slip-handover-same-person");
        let half = HandOverPage {
            told: sample_told("half"),
            signs: [false, true],
            slips: vec![Slip { field: "receiving", message }],
            ..draft.clone()
        };
        let row = |n, title: Option<&str>, late: Vec<(String, i64)>| InheritedRow {
            code: sample::code(n),
            title: title.map(str::to_owned),
            stage: StageKind::Disposed,
            late,
        };
        let done = HandOverPage {
            told: sample_told("done"),
            signs: [false, false],
            withdraws: false,
            inherited: vec![
                row(0, Some(sample::LONG), vec![("Inspektorat".into(), 871), ("Diskominfo".into(), 12)]),
                row(1, None, vec![]),
            ],
            next: Some("/desk/serah-terima/7?after=9".into()),
            ..draft.clone()
        };
        let mut empty = draft.clone();
        empty.told.inventory = Inventory::default();
        empty.told.decree = None;
        vec![draft, half, done, empty]
    }
}
