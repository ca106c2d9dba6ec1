//! What a week usually brings: the weeks before it, lifted by the season, and how much such numbers spread.

use super::{SEASON, WEEKS};

/// Reports of a topic in a place, in each of the weeks before the window.
pub type Weeks = [u32; WEEKS];

/// How much more the season brings than the weeks before it, at most.
const MOST_LIFT: f64 = 4.0;
/// Reports a week that are added on both sides of the comparison with the year before, so that few reports lift little.
const CALM: f64 = 2.0;
/// How much numbers spread at most, as a multiple of what chance alone would do.
const MOST_SPREAD: f64 = 10.0;

/// What is usual, as the mean and the variance of the number of the week to come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Baseline {
    pub mean: f64,
    pub variance: f64,
}

/// Reports of a topic in a province a year before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Season {
    /// In the weeks around the same days.
    pub around: u32,
    /// In the weeks before the same days, as many as [`WEEKS`].
    pub before: u32,
}

impl Season {
    /// How many times more reports the same days brought than the weeks before them. A season never lowers what is
    /// expected: nobody should be warned because a flood of the year before did not come again.
    pub fn lift(self) -> f64 {
        let around = f64::from(self.around) / SEASON as f64;
        let before = f64::from(self.before) / WEEKS as f64;
        ((around + CALM) / (before + CALM)).clamp(1.0, MOST_LIFT)
    }
}

/// How much more weekly numbers spread than chance alone would make them, over all topics and places together: people
/// write about the same lamp in the same week.
pub fn spread<'a>(cells: impl IntoIterator<Item = &'a Weeks>) -> f64 {
    let (mut variances, mut means) = (0.0, 0.0);
    for weeks in cells {
        let mean = f64::from(weeks.iter().sum::<u32>()) / WEEKS as f64;
        variances += weeks.iter().map(|n| (f64::from(*n) - mean).powi(2)).sum::<f64>() / (WEEKS - 1) as f64;
        means += mean;
    }
    if means > 0.0 { (variances / means).clamp(1.0, MOST_SPREAD) } else { 1.0 }
}

impl Baseline {
    /// The prediction from the weeks before. Half a report is added to them (Jeffreys), so that a topic that never came up
    /// is rare and not impossible; the variance holds what is not known about the mean as well.
    pub fn of(weeks: &Weeks, season: Season, spread: f64) -> Baseline {
        let sum = f64::from(weeks.iter().sum::<u32>()) + 0.5;
        let mean = sum / WEEKS as f64 * season.lift();
        Baseline { mean, variance: spread * (mean + mean * mean / sum) }
    }
}
