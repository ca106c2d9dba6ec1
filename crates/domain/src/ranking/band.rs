//! Bands of volume that suit regencies with ten reports in a year and provinces with thousands.

use crate::oversight::LEAST_REPORTS;
use serde::{Deserialize, Serialize};

/// Offices of a similar number of reports in the period (domain notes, §6.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// More than 1,000.
    A,
    /// 200 to 1,000.
    B,
    /// 50 to 199.
    C,
    /// 10 to 49.
    D,
    /// Fewer than 10: not ranked, since a percentage of so few is chance.
    E,
}

impl Band {
    /// All bands, the largest first.
    pub const ALL: [Band; 5] = [Band::A, Band::B, Band::C, Band::D, Band::E];

    /// The band of a number of reports.
    pub fn of(reports: u64) -> Band {
        match reports {
            0..LEAST_REPORTS => Band::E,
            LEAST_REPORTS..50 => Band::D,
            50..200 => Band::C,
            200..=1_000 => Band::B,
            _ => Band::A,
        }
    }

    /// Whether its offices have places.
    pub fn is_ranked(self) -> bool {
        self != Band::E
    }

    /// The name in the API and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Band::A => "a",
            Band::B => "b",
            Band::C => "c",
            Band::D => "d",
            Band::E => "e",
        }
    }
}
