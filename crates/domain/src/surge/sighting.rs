//! A rise that was seen, and what became of it.

use super::{Rise, Weeks};
use crate::ids::ReportId;
use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Days without a rise after which one is over.
const CALM_DAYS: i32 = 7;
/// Reports of a window that are kept with it at most, the latest ones.
pub const MOST_CASES: usize = 100;

/// What the latest window with a rise told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sighting {
    pub rise: Rise,
    /// The weeks before the window, the first first.
    pub weeks: Weeks,
    /// How many times more the season brings than the weeks before it.
    pub lift: f64,
    /// Most reports that any window brought since the rise began.
    pub peak: u32,
    /// Reports of the window, the latest first, as far as [`MOST_CASES`].
    pub cases: Vec<ReportId>,
}

/// What is done about a rise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurgeState {
    /// Nobody has said anything yet.
    Raised,
    /// Its owner knows of it and has said what will be done.
    Acknowledged,
    /// It has been calm since.
    Over,
}

impl SurgeState {
    const ALL: [SurgeState; 3] = [SurgeState::Raised, SurgeState::Acknowledged, SurgeState::Over];

    /// The name in storage and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            SurgeState::Raised => "raised",
            SurgeState::Acknowledged => "acknowledged",
            SurgeState::Over => "over",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<SurgeState> {
        SurgeState::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// Whether a rise that was last seen in a window ending on `last` is over in the window ending on `end`.
pub fn is_over(last: Date, end: Date) -> bool {
    last.saturating_add(Span::new().days(CALM_DAYS)) <= end
}
