//! The working-day clock: a pure function of a start, the pauses, the limits and the calendar.
//!
//! A deadline can explain itself day by day. It is never restarted by a transfer, and it pauses only
//! while a report is on hold, for at most as long as the hold limit allows.

mod calendar;
mod explain;
mod limit;

pub use calendar::{Calendar, Holiday, HolidayKind};
pub use explain::{Day, DayKind, Deadline};
pub use limit::{Limit, LimitRow, Limits, Unit};

use crate::time::Zone;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A stretch of time in which a report waited for its reporter; `to` is open while it still does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    pub from: Timestamp,
    pub to: Option<Timestamp>,
}

/// When a clock started, where, and what is known about it.
#[derive(Debug, Clone, Copy)]
pub struct Start<'a> {
    pub at: Timestamp,
    pub zone: Zone,
    pub holds: &'a [Hold],
    /// The calendar is read as it was known on this day: today for a running clock, the last day for
    /// a stopped one, so that a later decree does not rewrite a closed case.
    pub known: Date,
}

/// Longest walk over the calendar, in days, before a limit is called endless.
const HORIZON: usize = 4_000;

/// Counts a limit from a start. `None` where no row of `limits` is in force on the first day.
///
/// The first working day after the start is day 1. The deadline is the end of the last day.
pub fn deadline(calendar: &Calendar, limits: &Limits, limit: Limit, start: Start<'_>) -> Option<Deadline> {
    let first = start.zone.day(start.at);
    let row = limits.in_force(limit, first)?;
    let pauses = Pauses::new(calendar, limits, limit, start);
    let mut days = vec![Day { date: first, number: None, why: DayKind::Start }];
    let mut number = 0;
    let mut date = first;
    while number < row.days && days.len() < HORIZON {
        date = date.tomorrow().ok()?;
        let why = match (row.unit, calendar.day(date, start.known)) {
            (_, _) if pauses.cover(date) => DayKind::Paused,
            (Unit::Day, _) => DayKind::Counted,
            (Unit::WorkingDay, why) => why,
        };
        if why == DayKind::Counted {
            number += 1;
        }
        days.push(Day { date, number: (why == DayKind::Counted).then_some(number), why });
    }
    Some(Deadline {
        limit,
        limit_days: row.days,
        unit: row.unit,
        legal_basis: row.legal_basis.clone(),
        zone: start.zone,
        start: start.at,
        due: start.zone.end_of(date),
        days,
    })
}

/// The local days that do not count because the report was on hold when they ended.
struct Pauses(Vec<(Date, Option<Date>)>);

impl Pauses {
    fn new(calendar: &Calendar, limits: &Limits, limit: Limit, start: Start<'_>) -> Pauses {
        if !limit.pauses() {
            return Pauses(Vec::new());
        }
        let spans = start.holds.iter().map(|hold| {
            let from = start.zone.day(hold.from);
            let bare = Start { at: hold.from, holds: &[], ..start };
            let cap = deadline(calendar, limits, Limit::Hold, bare).and_then(|cap| cap.due_day().tomorrow().ok());
            let to = hold.to.map(|to| start.zone.day(to));
            (from, [to, cap].into_iter().flatten().min())
        });
        Pauses(spans.collect())
    }

    fn cover(&self, day: Date) -> bool {
        self.0.iter().any(|(from, to)| *from <= day && to.is_none_or(|to| day < to))
    }
}

#[cfg(test)]
mod tests;
