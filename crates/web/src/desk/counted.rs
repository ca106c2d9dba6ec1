//! `/desk/daftar`: the reports that a figure of the desk counts, sealed ones among them where the seat may know of them.

use super::QueueRow;
use crate::components::{Frame, Page, Place, sample};
use crate::words::Words;
use askama::Template;
use domain::measure::Measure;
use jiff::civil::Date;

/// A page of the reports that a figure counts.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/counted.html")]
pub struct DeskCountedPage {
    pub w: Words,
    pub frame: Frame,
    pub measure: Measure,
    pub from: Date,
    pub to: Date,
    /// What else the reports have in common.
    pub narrow: Vec<String>,
    /// What the list is of, as its address says it, and the key under which it is asked for as a file.
    pub list: String,
    pub key: String,
    pub rows: Vec<QueueRow>,
    /// Reports on this page that count and that the seat may not read.
    pub unshown: usize,
    /// More reports would have to be looked at than one question may.
    pub too_wide: bool,
    pub next: Option<String>,
}

impl DeskCountedPage {
    fn period_told(&self) -> String {
        let args = [("from", self.w.day(self.from).into()), ("to", self.w.day(self.to).into())];
        self.w.with("counted-period", &args)
    }
}

impl Page for DeskCountedPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let typical = DeskCountedPage {
            w: Words::default(),
            frame: Frame::at("/desk/daftar", Place::Oversight).seated(sample::seat()),
            measure: Measure::Completion,
            from: jiff::civil::date(2026, 7, 1),
            to: jiff::civil::date(2026, 12, 31),
            narrow: vec!["Pemerintah Provinsi Kalimantan Selatan".into()],
            list: "measure=completion".into(),
            key: "key".into(),
            rows: super::inbox::rows(),
            unshown: 3,
            too_wide: false,
            next: Some("/desk/daftar?after=2026-07-01.1".into()),
        };
        let empty = DeskCountedPage { rows: vec![], unshown: 0, next: None, ..typical.clone() };
        let wide = DeskCountedPage { too_wide: true, ..empty.clone() };
        vec![typical, empty, wide]
    }
}
