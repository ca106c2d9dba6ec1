//! When offices do things: on working days, in office hours.

use super::texts::Dice;
use domain::deadline::Calendar;
use domain::time::Zone;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

const OPENS: i8 = 8;
const CLOSES: i8 = 16;
const OFFICE_SECONDS: usize = 8 * 3600;

/// An instant in office hours, `days` working days after another one; on the same day where it is 0
/// and the office is still open.
pub(crate) fn office_moment(
    calendar: &Calendar,
    zone: Zone,
    after: Timestamp,
    days: usize,
    dice: &mut Dice,
) -> Timestamp {
    let mut day = working_day_after(calendar, zone.day(after), days);
    let mut at = plus(zone.at(day, OPENS), dice.below(OFFICE_SECONDS));
    if at <= after {
        at = plus(after, dice.between(300, 3600));
        if at >= zone.at(day, CLOSES) {
            day = working_day_after(calendar, day, 1);
            at = plus(zone.at(day, OPENS), dice.below(OFFICE_SECONDS));
        }
    }
    at
}

/// An instant at which a person at home writes, `days` calendar days after another one.
pub(crate) fn home_moment(zone: Zone, after: Timestamp, days: usize, dice: &mut Dice) -> Timestamp {
    let day = plus(after, days * 86_400);
    let at = plus(zone.at(zone.day(day), 7), dice.below(15 * 3600));
    if at > after { at } else { plus(after, dice.between(600, 7200)) }
}

/// The working day so many working days after a day; the day itself, or the next working day, for 0.
fn working_day_after(calendar: &Calendar, from: Date, days: usize) -> Date {
    let mut day = from;
    let mut left = days;
    while left > 0 || !calendar.is_working_day(day) {
        let Ok(next) = day.tomorrow() else { return day };
        day = next;
        left = left.saturating_sub(usize::from(calendar.is_working_day(day)));
    }
    day
}

pub(crate) fn plus(at: Timestamp, seconds: usize) -> Timestamp {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    at.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}
