//! Signs that figures were made, not earned. They change no place: a person looks at them.

use crate::measure::{Item, Sums};
use serde::{Deserialize, Serialize};

/// A sign that somebody should look at an office's reports before it is praised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suspicion {
    /// A tenth of the closed ones, and five at least, were closed by an officer within half an hour.
    Hasty,
    /// A tenth of the closed ones, and five at least, were open again.
    Reopened,
    /// A third of what came to it, and ten at least, was given away or returned.
    PassedOn,
    /// It had fifty in the period before, and less than half of that in this one.
    Dropped,
    /// A fifth of the answered ones, and ten at least, were answered in words that were used for others.
    Alike,
}

impl Suspicion {
    /// All of them.
    pub const ALL: [Suspicion; 5] =
        [Suspicion::Hasty, Suspicion::Reopened, Suspicion::PassedOn, Suspicion::Dropped, Suspicion::Alike];

    /// The name in the API and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Suspicion::Hasty => "hasty",
            Suspicion::Reopened => "reopened",
            Suspicion::PassedOn => "passed_on",
            Suspicion::Dropped => "dropped",
            Suspicion::Alike => "alike",
        }
    }
}

const FEW: u64 = 5;
const LEAST_PASSED_ON: u64 = 10;
const LEAST_BEFORE: u64 = 50;
const LEAST_ALIKE: u64 = 10;

/// What is suspicious about the reports of an office, given how many it had in the period before.
pub fn suspicions(sums: &Sums, before: Option<u64>) -> Vec<Suspicion> {
    let count = |item: Item| sums.count(item, |_| true);
    let (closed, reports) = (count(Item::Closed), sums.reports());
    let tenth = |item: Item| count(item) >= FEW && count(item) * 10 >= closed;
    let (passed_on, alike) = (count(Item::PassedOn), count(Item::Alike));
    Suspicion::ALL
        .into_iter()
        .filter(|suspicion| match suspicion {
            Suspicion::Hasty => tenth(Item::Hasty),
            Suspicion::Reopened => tenth(Item::Reopened),
            Suspicion::PassedOn => passed_on >= LEAST_PASSED_ON && passed_on * 3 >= reports + passed_on,
            Suspicion::Dropped => before.is_some_and(|before| before >= LEAST_BEFORE && reports * 2 < before),
            Suspicion::Alike => alike >= LEAST_ALIKE && alike * 5 >= count(Item::Response),
        })
        .collect()
}
