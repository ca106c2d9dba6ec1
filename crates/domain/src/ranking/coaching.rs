//! What helps an office with few reports, of which a percentage would say nothing (domain notes, R20).

use crate::measure::{Item, Sums};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What an office with few reports had better look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coaching {
    /// Reports that nobody has followed up.
    pub untouched: u64,
    /// Open ones, and the day on which the oldest of them came in.
    pub open: u64,
    pub oldest: Option<Date>,
    /// Full working hours up to the slowest first answer.
    pub slowest: Option<u64>,
}

impl Coaching {
    /// Read from what an office did.
    pub fn of(sums: &Sums) -> Coaching {
        let answered = sums.count(Item::Response, |_| true);
        Coaching {
            untouched: sums.stages(|stage| stage.simple() == "waiting"),
            open: sums.count(Item::Open, |_| true),
            oldest: sums.oldest_open(),
            slowest: sums.at_rank(Item::Response, answered).filter(|_| answered > 0),
        }
    }
}
