//! `/desk/rekaman`: half years to be frozen, and those that were.

use crate::citizen::SnapshotRow;
use crate::components::{Frame, Page, Place, sample};
use crate::words::Words;
use askama::Template;

/// A half year that is over.
#[derive(Debug, Clone)]
pub struct HalfRow {
    /// `2026-1`.
    pub name: String,
    /// In words.
    pub told: String,
    /// How it was frozen.
    pub frozen: Option<SnapshotRow>,
}

/// Half years that are over, the latest first.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/snapshots.html")]
pub struct DeskSnapshotsPage {
    pub w: Words,
    pub frame: Frame,
    pub rows: Vec<HalfRow>,
    /// Whether the seat freezes half years.
    pub freezes: bool,
}

impl Page for DeskSnapshotsPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let half = |name: &str, told: &str, frozen| HalfRow { name: name.into(), told: told.into(), frozen };
        let taken = SnapshotRow { name: "2021-1".into(), year: 2021, half: 1, taken: sample::moment(9, 8, 0) };
        let typical = DeskSnapshotsPage {
            w: Words::default(),
            frame: Frame::at("/desk/rekaman", Place::Oversight).seated(sample::seat()),
            rows: vec![half("2021-2", "Semester 2 2021", None), half("2021-1", "Semester 1 2021", Some(taken))],
            freezes: true,
        };
        let only = DeskSnapshotsPage { freezes: false, ..typical.clone() };
        vec![typical, only]
    }
}
