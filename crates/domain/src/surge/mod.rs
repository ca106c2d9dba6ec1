//! Early warning: a topic in a place that comes up more often than its own past, its season and chance explain.
//!
//! Topics are categories of any level, places are regencies and cities. See docs/decisions/0040.

mod baseline;
mod past;
mod sighting;
mod tail;

pub use baseline::{Baseline, Season, Weeks, spread};
pub use past::{Past, Risen, Stretches};
pub use sighting::{MOST_CASES, Sighting, SurgeState, is_over};

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Days that are looked at together: a week, so that no day of the week stands out.
pub const WINDOW: i32 = 7;
/// Weeks before the window that tell what is usual.
pub const WEEKS: usize = 8;
/// Weeks around the same days of the year before that tell what the season adds.
pub const SEASON: usize = 5;
/// Fewer reports than this are no rise, however rare the topic is in the place.
pub const LEAST: u32 = 4;
/// False alarms that are expected in a day at most, over all topics and places together.
pub const FALSE_ALARMS: f64 = 0.05;

/// A rise in numbers: what came in, and what it is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rise {
    /// Reports of the window.
    pub seen: u32,
    /// Reports that a week like this one usually brings.
    pub expected: f64,
    /// How often chance alone would bring as many or more, at most.
    pub chance: f64,
}

/// The seven whole days before a day.
pub fn window(today: Date) -> (Date, Date) {
    (today.saturating_sub(Span::new().days(WINDOW)), today.saturating_sub(Span::new().days(1)))
}

/// Whether what came in is more than a baseline explains, where `cells` topics and places are watched: by chance alone, no more
/// than [`FALSE_ALARMS`] of all cells rise in a day, since each gets an equal share of it (Bonferroni).
pub fn judge(baseline: &Baseline, seen: u32, cells: u64) -> Option<Rise> {
    if seen < LEAST {
        return None;
    }
    let chance = tail::at_least(seen, baseline.mean, baseline.variance);
    let share = FALSE_ALARMS / cells.max(1) as f64;
    (chance <= share).then_some(Rise { seen, expected: baseline.mean, chance })
}
