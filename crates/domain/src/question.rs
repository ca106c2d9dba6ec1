//! Questions by one-time link: how many may be open, and how long a link is good.

use crate::report::Rulebook;
use crate::time::Zone;
use jiff::Timestamp;

/// Most questions to outsiders that are open on one report.
pub const MOST_OPEN: usize = 10;
/// Longest term of a question to an outsider, in working days.
pub const MOST_DAYS: u16 = 30;

/// The last second of the n-th working day after an instant.
pub fn term_end(rules: &Rulebook, zone: Zone, from: Timestamp, days: u16) -> Timestamp {
    let mut day = zone.day(from);
    let mut left = days.min(MOST_DAYS);
    while left > 0 {
        day = match day.tomorrow() {
            Ok(next) => next,
            Err(_) => return Timestamp::MAX,
        };
        left -= u16::from(rules.calendar.is_working_day(day));
    }
    zone.end_of(day)
}
