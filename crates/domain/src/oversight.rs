//! Supervision: over which time an office is judged, and when its share of finished reports is too small.

use crate::measure::Figure;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// Fewer reports than this have no share that means something (domain notes, R20).
pub const LEAST_REPORTS: u64 = 10;
/// The share of its reports that an office should have finished, in hundredths of a percent: 90 %.
pub const THRESHOLD: u64 = 9_000;
/// Days after which a report counts for the judgement of its office: longer than the usual limit of 14 working days.
const GRACE: i64 = 30;

/// Half a year, over which offices are compared (monitoring and evaluation of SP4N-LAPOR!).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Semester {
    year: i16,
    half: u8,
}

impl Semester {
    /// The half year of a day.
    pub fn of(day: Date) -> Semester {
        Semester { year: day.year(), half: if day.month() <= 6 { 1 } else { 2 } }
    }

    /// The half year that is judged on a day, and the last day whose reports count: those that came in later may
    /// still be within their limits.
    pub fn judged_on(today: Date) -> (Semester, Date) {
        let until = today.checked_sub(jiff::Span::new().days(GRACE)).unwrap_or(today);
        (Semester::of(until), until)
    }

    /// Its first day.
    pub fn first(self) -> Date {
        date(self.year, if self.half == 1 { 1 } else { 7 }, 1)
    }

    /// Its last day.
    pub fn last(self) -> Date {
        if self.half == 1 { date(self.year, 6, 30) } else { date(self.year, 12, 31) }
    }

    /// The name in storage, `2021-1`.
    pub fn name(self) -> String {
        format!("{}-{}", self.year, self.half)
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Semester> {
        let (year, half) = name.split_once('-')?;
        let semester = Semester { year: year.parse().ok()?, half: half.parse().ok()? };
        (matches!(semester.half, 1 | 2) && (1..=9_999).contains(&semester.year)).then_some(semester)
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// 1 or 2.
    pub fn half(self) -> u8 {
        self.half
    }
}

impl From<Semester> for String {
    fn from(semester: Semester) -> String {
        semester.name()
    }
}

impl TryFrom<String> for Semester {
    type Error = String;

    fn try_from(name: String) -> Result<Semester, String> {
        Semester::parse(&name).ok_or(name)
    }
}

/// Whether a share is below a threshold in hundredths of a percent; never for too few reports.
pub fn is_below(share: Figure, threshold: u64) -> bool {
    share.denominator >= LEAST_REPORTS && share.numerator * 10_000 < threshold * share.denominator
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_counts_once_it_had_time_to_be_finished() {
        assert_eq!(Semester::judged_on(date(2021, 8, 9)), (Semester { year: 2021, half: 2 }, date(2021, 7, 10)));
        assert_eq!(Semester::judged_on(date(2021, 7, 30)), (Semester { year: 2021, half: 1 }, date(2021, 6, 30)));
        let first = Semester::of(date(2021, 2, 24));
        assert_eq!((first.first(), first.last()), (date(2021, 1, 1), date(2021, 6, 30)));
        assert_eq!(Semester::parse(&first.name()), Some(first));
        for nowhen in ["", "2021", "2021-3", "2021-0", "0-1", "10000-1", "-5-1", "2021-1-1"] {
            assert_eq!(Semester::parse(nowhen), None, "{nowhen}");
        }
    }

    #[test]
    fn fifty_three_percent_is_too_little_and_ninety_is_not_and_few_are_not_judged() {
        let share = |numerator, denominator| Figure { numerator, denominator };
        assert!(is_below(share(53, 100), THRESHOLD));
        assert!(!is_below(share(90, 100), THRESHOLD));
        assert!(is_below(share(8_999, 10_000), THRESHOLD));
        assert!(!is_below(share(1, 9), THRESHOLD));
    }
}
