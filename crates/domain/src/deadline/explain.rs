//! A deadline together with the days that led to it.

use super::{HolidayKind, Limit, Unit};
use crate::time::Zone;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Why a day counts or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// The day the clock started; it is never counted.
    Start,
    Counted,
    Weekend,
    Holiday {
        kind: HolidayKind,
        name_id: String,
        name_en: String,
    },
    /// The report waited for its reporter.
    Paused,
}

/// One calendar day of a clock; `number` is 1 for the first day that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    pub date: Date,
    pub number: Option<u16>,
    pub why: DayKind,
}

/// A limit counted out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    pub limit: Limit,
    pub limit_days: u16,
    pub unit: Unit,
    pub legal_basis: String,
    /// How sure the number is, where it was not read in the regulation itself.
    pub note: Option<String>,
    pub zone: Zone,
    pub start: Timestamp,
    /// The last second of the last day.
    pub due: Timestamp,
    /// Every calendar day from the start to the last, both included.
    pub days: Vec<Day>,
}

impl Deadline {
    /// The last local day.
    pub fn due_day(&self) -> Date {
        self.days.last().map_or_else(|| self.zone.day(self.start), |day| day.date)
    }

    /// How many days have been counted by a local day: the 2 of "hari ke-2 dari 5".
    pub fn day_number(&self, on: Date) -> u16 {
        let counted = self.days.iter().take_while(|day| day.date <= on);
        counted.filter_map(|day| day.number).last().unwrap_or(0)
    }

    /// The local day on which the n-th day is counted, e.g. day 7 of the silence.
    pub fn date_of(&self, number: u16) -> Option<Date> {
        self.days.iter().find(|day| day.number == Some(number)).map(|day| day.date)
    }

    /// Whether the last second has passed.
    pub fn is_over(&self, now: Timestamp) -> bool {
        now > self.due
    }

    /// Share of the limit that is used by a local day, 0.0 to 1.0.
    pub fn used(&self, on: Date) -> f64 {
        f64::from(self.day_number(on)) / f64::from(self.limit_days.max(1))
    }
}
