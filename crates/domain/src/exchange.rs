//! When files of SP4N-LAPOR! come and go.

use crate::time::Zone;
use jiff::{SignedDuration, Timestamp};

/// How often it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// Every so many minutes of the day, counted from midnight in Jakarta.
    Minutes(u16),
    /// Once a day, at an hour in Jakarta.
    Hour(i8),
}

impl Rhythm {
    /// The last instant up to now at which it was due. What was missed is made up for once.
    pub fn slot(self, now: Timestamp) -> Timestamp {
        let midnight = Zone::Wib.at(Zone::Wib.day(now), 0);
        let since = now.duration_since(midnight);
        let step = match self {
            Rhythm::Hour(hour) => {
                let at = Zone::Wib.at(Zone::Wib.day(now), hour);
                return if at <= now { at } else { before(at, SignedDuration::from_hours(24)) };
            }
            Rhythm::Minutes(minutes) => i64::from(minutes.max(1)) * 60,
        };
        before(now, since - SignedDuration::from_secs(since.as_secs().div_euclid(step) * step))
    }
}

fn before(at: Timestamp, length: SignedDuration) -> Timestamp {
    at.checked_sub(length).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_the_same_for_all_who_look_within_it() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        // 09:17:30 in Jakarta.
        let now = at("2026-11-09T02:17:30.5Z");
        assert_eq!(Rhythm::Minutes(30).slot(now), at("2026-11-09T02:00:00Z"));
        assert_eq!(Rhythm::Minutes(15).slot(now), at("2026-11-09T02:15:00Z"));
        assert_eq!(Rhythm::Hour(2).slot(now), at("2026-11-08T19:00:00Z"));
        assert_eq!(Rhythm::Hour(22).slot(now), at("2026-11-08T15:00:00Z"));
        assert_eq!(Rhythm::Minutes(1_440).slot(now), at("2026-11-08T17:00:00Z"));
    }
}
