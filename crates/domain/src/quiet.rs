//! When a letter to a person may leave: on working days between seven in the morning and eight in the
//! evening of the place, unless waiting would cost its reader the time to act.

use crate::deadline::Calendar;
use crate::time::Zone;
use jiff::{SignedDuration, Timestamp};

/// The first hour of the local day in which letters leave.
pub const MORNING: i8 = 7;
/// The hour of the local day from which on they wait for the morning.
pub const EVENING: i8 = 20;
/// What a reader should have at least between the letter and the end of a term.
const TIME_TO_ACT: SignedDuration = SignedDuration::from_hours(24);
/// Days that are looked at before a calendar without any working day is not believed.
const HORIZON: usize = 60;

/// Whether people are left in peace at an instant.
pub fn is_quiet(calendar: &Calendar, zone: Zone, at: Timestamp) -> bool {
    let local = zone.offset().to_datetime(at);
    !(MORNING..EVENING).contains(&local.hour()) || !calendar.is_working_day(local.date())
}

/// The earliest instant from `at` on at which people are not left in peace.
pub fn next_loud(calendar: &Calendar, zone: Zone, at: Timestamp) -> Timestamp {
    if !is_quiet(calendar, zone, at) {
        return at;
    }
    let days = std::iter::successors(Some(zone.day(at)), |day| day.tomorrow().ok());
    let mornings = days.take(HORIZON).filter(|day| calendar.is_working_day(*day)).map(|day| zone.at(day, MORNING));
    mornings.into_iter().find(|morning| *morning >= at).unwrap_or(at)
}

/// Whether a letter leaves in the night and on a holiday too: the term in which its reader may act is over
/// within a day of the next morning on which it could leave.
pub fn is_urgent(calendar: &Calendar, zone: Zone, at: Timestamp, term: Option<Timestamp>) -> bool {
    let heeded = next_loud(calendar, zone, at).checked_add(TIME_TO_ACT).unwrap_or(Timestamp::MAX);
    term.is_some_and(|end| at < end && end < heeded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::{Holiday, HolidayKind};
    use jiff::civil::date;

    fn calendar() -> Calendar {
        Calendar::new([Holiday {
            date: date(2026, 12, 25),
            kind: HolidayKind::National,
            name_id: "Natal".into(),
            name_en: "Christmas".into(),
            decree: "SKB".into(),
            effective_from: date(2026, 1, 1),
            revoked_on: None,
            revoked_by: None,
        }])
    }

    fn loud(zone: Zone, at: &str) -> String {
        zone.iso(next_loud(&calendar(), zone, at.parse().unwrap()))
    }

    #[test]
    fn a_letter_of_the_night_leaves_in_the_morning_of_its_place() {
        assert_eq!(loud(Zone::Wib, "2026-11-09T13:00:00Z"), "2026-11-10T07:00:00+07:00", "eight in the evening");
        assert_eq!(loud(Zone::Wib, "2026-11-09T12:59:59Z"), "2026-11-09T19:59:59+07:00", "a second before");
        assert_eq!(loud(Zone::Wit, "2026-11-09T12:59:59Z"), "2026-11-10T07:00:00+09:00", "later in Jayapura");
        assert_eq!(loud(Zone::Wib, "2026-11-09T23:30:00Z"), "2026-11-10T07:00:00+07:00", "before dawn");
    }

    #[test]
    fn weekends_and_holidays_are_passed_over() {
        assert_eq!(loud(Zone::Wita, "2026-12-24T13:00:00Z"), "2026-12-28T07:00:00+08:00");
        assert_eq!(loud(Zone::Wita, "2026-12-26T04:00:00Z"), "2026-12-28T07:00:00+08:00");
    }

    #[test]
    fn a_letter_whose_term_ends_before_it_could_be_heeded_does_not_wait() {
        let urgent = |end: &str| {
            let at = "2026-12-24T13:00:00Z".parse().unwrap();
            is_urgent(&calendar(), Zone::Wita, at, Some(end.parse().unwrap()))
        };
        assert!(urgent("2026-12-28T15:59:59Z"), "the day on which it would leave");
        assert!(!urgent("2026-12-29T15:59:59Z"), "a day to act is left");
        assert!(!urgent("2026-12-23T15:59:59Z"), "it is over already");
        assert!(!is_urgent(&calendar(), Zone::Wita, "2026-12-24T13:00:00Z".parse().unwrap(), None));
    }
}
