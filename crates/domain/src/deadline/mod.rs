//! The working-day clock: a pure function of a start, the pauses, the limits and the calendar.
//!
//! A deadline can explain itself day by day. It is never restarted by a transfer, and it pauses only
//! while a report is on hold, for at most as long as the hold limit allows.

mod age;
mod calendar;
mod explain;
mod limit;

pub use age::Age;
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
    Some(told(Walk::begin(calendar, limits, limit, start)?, calendar, start))
}

/// Counts the days up to a chosen one in place of those of a limit; a hold moves its end like that of any clock.
/// The rest (what is counted, the legal basis) is as the limit says.
pub fn deadline_on(
    calendar: &Calendar,
    limits: &Limits,
    limit: Limit,
    start: Start<'_>,
    day: Date,
) -> Option<Deadline> {
    let bare = Walk { days: u16::MAX, ..Walk::begin(calendar, limits, limit, Start { holds: &[], ..start })? };
    let days = bare.take_while(|(date, _)| *date <= day).filter(|(_, number)| number.is_some()).count();
    let days = u16::try_from(days).unwrap_or(u16::MAX);
    Some(told(Walk { days, ..Walk::begin(calendar, limits, limit, start)? }, calendar, start))
}

fn told(walk: Walk<'_>, calendar: &Calendar, start: Start<'_>) -> Deadline {
    let (row, first, limit_days) = (walk.row, walk.date, walk.days);
    let mut days = vec![Day { date: first, number: None, why: DayKind::Start }];
    for (date, number) in walk {
        let why = match (number, row.unit) {
            (Some(_), _) => DayKind::Counted,
            (None, Unit::Day) => DayKind::Paused,
            (None, Unit::WorkingDay) => match calendar.day(date, start.known) {
                DayKind::Counted => DayKind::Paused,
                off => off,
            },
        };
        days.push(Day { date, number, why });
    }
    Deadline {
        limit: row.limit,
        limit_days,
        unit: row.unit,
        legal_basis: row.legal_basis.clone(),
        note: row.note.clone(),
        zone: start.zone,
        start: start.at,
        due: start.zone.end_of(days.last().map_or(first, |day| day.date)),
        days,
    }
}

/// The last second of a limit, without the days that lead to it.
pub fn due(calendar: &Calendar, limits: &Limits, limit: Limit, start: Start<'_>) -> Option<Timestamp> {
    let walk = Walk::begin(calendar, limits, limit, start)?;
    let first = walk.date;
    Some(start.zone.end_of(walk.last().map_or(first, |(date, _)| date)))
}

/// Seconds between two instants that lie in local working days: all 24 hours of one count, as the clock of a limit counts
/// whole days. The calendar is read as it was known on the last day.
pub fn working_seconds(calendar: &Calendar, zone: Zone, from: Timestamp, to: Timestamp) -> u64 {
    let (last, mut day) = (zone.day(to), zone.day(from));
    let mut seconds = 0;
    for _ in 0..HORIZON {
        let Ok(next) = day.tomorrow() else { break };
        if calendar.works(day, last) {
            let (begins, ends) = (zone.at(day, 0).max(from), zone.at(next, 0).min(to));
            seconds += ends.duration_since(begins).as_secs().max(0).unsigned_abs();
        }
        if day >= last {
            break;
        }
        day = next;
    }
    seconds
}

/// The days after a start, one by one, each with its number where it counts.
struct Walk<'a> {
    calendar: &'a Calendar,
    row: &'a LimitRow,
    /// How many days are counted.
    days: u16,
    known: Date,
    pauses: Pauses,
    date: Date,
    number: u16,
    left: usize,
}

impl<'a> Walk<'a> {
    fn begin(calendar: &'a Calendar, limits: &'a Limits, limit: Limit, start: Start<'_>) -> Option<Walk<'a>> {
        let date = start.zone.day(start.at);
        let row = limits.in_force(limit, date)?;
        let pauses = Pauses::new(calendar, limits, limit, start);
        Some(Walk { calendar, row, days: row.days, known: start.known, pauses, date, number: 0, left: HORIZON })
    }
}

impl Iterator for Walk<'_> {
    type Item = (Date, Option<u16>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.number >= self.days || self.left == 0 {
            return None;
        }
        self.left -= 1;
        self.date = self.date.tomorrow().ok()?;
        let works = self.row.unit == Unit::Day || self.calendar.works(self.date, self.known);
        let counts = works && !self.pauses.cover(self.date);
        self.number += u16::from(counts);
        Some((self.date, counts.then_some(self.number)))
    }
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
            let cap = Walk::begin(calendar, limits, Limit::Hold, bare).and_then(Iterator::last);
            let cap = cap.and_then(|(date, _)| date.tomorrow().ok());
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
