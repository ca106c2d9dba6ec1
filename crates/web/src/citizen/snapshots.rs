//! `/statistik/rekaman`: half years whose figures were frozen.

use crate::components::{Frame, Page, Place, sample};
use crate::words::{Moment, Words};
use askama::Template;

/// A half year that was frozen.
#[derive(Debug, Clone)]
pub struct SnapshotRow {
    /// `2021-1`.
    pub name: String,
    pub year: i16,
    pub half: u8,
    pub taken: Moment,
}

impl SnapshotRow {
    /// The half year in words.
    pub fn told(&self, w: &Words) -> String {
        w.with("statistics-semester", &[("half", i64::from(self.half).into()), ("year", self.year.to_string().into())])
    }

    /// When it was frozen.
    pub fn taken_told(&self, w: &Words) -> String {
        w.with("snapshot-taken", &[("at", w.moment(self.taken).into())])
    }
}

/// The half years.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/snapshots.html")]
pub struct SnapshotsPage {
    pub w: Words,
    pub frame: Frame,
    pub rows: Vec<SnapshotRow>,
}

/// A row for samples.
pub(crate) fn sample_row() -> SnapshotRow {
    SnapshotRow { name: "2021-1".into(), year: 2021, half: 1, taken: sample::moment(9, 8, 0) }
}

impl Page for SnapshotsPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let frame = Frame::at("/statistik/rekaman", Place::Statistics);
        let typical = SnapshotsPage { w: Words::default(), frame, rows: vec![sample_row()] };
        let empty = SnapshotsPage { rows: vec![], ..typical.clone() };
        vec![typical, empty]
    }
}
