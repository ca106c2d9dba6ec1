//! `/desk/ombudsman`: reports that their reporters gave to the Ombudsman, and the form that takes their papers.

use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;
use domain::Code;

/// A report with consent.
#[derive(Debug, Clone)]
pub struct ConsentRow {
    pub code: Code,
    /// Its title, for those who may read it.
    pub title: Option<String>,
    pub holder: String,
    pub consented: Moment,
}

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/ombudsman.html")]
pub struct OmbudsmanPage {
    pub w: Words,
    pub frame: Frame,
    pub rows: Vec<ConsentRow>,
    pub slips: Vec<Slip>,
    pub reason: Field,
    pub next: Option<String>,
}

impl Page for OmbudsmanPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = |n: u64, title: Option<&str>| ConsentRow {
            code: sample::code(n),
            title: title.map(str::to_owned),
            holder: "Dinas PUPR Kota Banjarmasin".into(),
            consented: sample::moment(16, 9, 0),
        };
        let typical = OmbudsmanPage {
            w: Words::default(),
            frame: Frame::at("/desk/ombudsman", Place::Oversight).seated(sample::seat()),
            rows: vec![row(1, Some("Jalan berlubang di depan SDN Sungai Andai 3")), row(2, None)],
            slips: vec![],
            reason: Field::default(),
            next: Some("/desk/ombudsman?after=1.2".into()),
        };
        let slip = Message::new("text-too-short").with("least", 3);
        let wrong = OmbudsmanPage {
            slips: vec![Slip { field: "reason", message: slip.clone() }],
            reason: Field::wrong("a", slip),
            ..typical.clone()
        };
        let empty = OmbudsmanPage { rows: vec![], next: None, ..typical.clone() };
        vec![typical, wrong, empty]
    }
}
