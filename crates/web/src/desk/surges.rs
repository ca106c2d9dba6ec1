//! `/desk/peringatan`: topics that come up in a place more often than usual.

use crate::components::{Frame, Page, Place, sample};
use crate::words::Words;
use askama::Template;
use jiff::civil::Date;

/// A warning as a line of the list.
#[derive(Debug, Clone)]
pub struct SurgeRow {
    pub id: i64,
    pub topic: String,
    pub place: String,
    pub owner: String,
    /// `raised`, `acknowledged` or `over`; the key `surge-state-…`.
    pub state: &'static str,
    pub seen: u32,
    pub expected: f64,
    /// Last day of the latest seven with a rise.
    pub last: Date,
}

impl SurgeRow {
    /// How many there were instead of how many.
    pub fn told(&self, w: &Words) -> String {
        let args = [
            ("seen", i64::from(self.seen).into()),
            ("expected", self.usual(w).into()),
            ("day", w.day(self.last).into()),
        ];
        w.with("surge-told", &args)
    }

    /// What is usual, with one place behind the comma.
    pub fn usual(&self, w: &Words) -> String {
        w.hundredths((self.expected * 10.0).round() as u64 * 10)
    }
}

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/surges.html")]
pub struct SurgesPage {
    pub w: Words,
    pub frame: Frame,
    pub rows: Vec<SurgeRow>,
    pub next: Option<String>,
}

/// A warning for the samples.
pub(super) fn sample_row(state: &'static str) -> SurgeRow {
    SurgeRow {
        id: 1_234_567_890_123_456_789,
        topic: "Lingkungan hidup dan penanggulangan bencana".into(),
        place: "Kabupaten Hulu Sungai Utara".into(),
        owner: "Dinas Komunikasi dan Informatika Kabupaten Hulu Sungai Utara".into(),
        state,
        seen: 14,
        expected: 1.0625,
        last: sample::today(),
    }
}

impl Page for SurgesPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let typical = SurgesPage {
            w: Words::default(),
            frame: Frame::at("/desk/peringatan", Place::Oversight).seated(sample::seat()),
            rows: ["raised", "acknowledged", "over"].map(sample_row).to_vec(),
            next: Some("/desk/peringatan?after=1".into()),
        };
        let empty = SurgesPage { rows: vec![], next: None, ..typical.clone() };
        vec![typical, empty]
    }
}
