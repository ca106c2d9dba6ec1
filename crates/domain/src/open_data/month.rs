//! A calendar month, by the local days on which reports came in.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Month {
    year: i16,
    month: i8,
}

impl Month {
    /// The month of a day.
    pub fn of(day: Date) -> Month {
        Month { year: day.year(), month: day.month() }
    }

    /// Reads a name, `2026-10`.
    pub fn parse(name: &str) -> Option<Month> {
        let (year, month) = name.split_once('-')?;
        let digits = |text: &str, width| text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
        let found = Month { year: year.parse().ok()?, month: month.parse().ok()? };
        (digits(year, 4) && digits(month, 2) && found.year > 0 && (1..=12).contains(&found.month)).then_some(found)
    }

    /// Its first day.
    pub fn first(self) -> Date {
        date(self.year, self.month, 1)
    }

    /// Its last day.
    pub fn last(self) -> Date {
        self.first().last_of_month()
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// 1 to 12.
    pub fn number(self) -> i8 {
        self.month
    }

    /// The month before.
    pub fn before(self) -> Month {
        match self.month {
            1 => Month { year: self.year - 1, month: 12 },
            month => Month { year: self.year, month: month - 1 },
        }
    }

    /// The last month whose release may be made on a day, when releases are made from that day of the next month on.
    pub fn due(today: Date, from: i8) -> Month {
        let before = Month::of(today).before();
        if today.day() >= from { before } else { before.before() }
    }

    /// As many months as asked up to this one, the first one first.
    pub fn up_to(self, months: usize) -> Vec<Month> {
        let mut found: Vec<Month> =
            std::iter::successors(Some(self), |month| Some(month.before())).take(months).collect();
        found.reverse();
        found
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl From<Month> for String {
    fn from(month: Month) -> String {
        month.to_string()
    }
}

impl TryFrom<String> for Month {
    type Error = String;

    fn try_from(name: String) -> Result<Month, String> {
        Month::parse(&name).ok_or_else(|| format!("{name} is no month"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_due_from_its_day_of_the_next_month_on() {
        let due = |month, day| Month::due(date(2027, month, day), 5).to_string();
        assert_eq!((due(1, 4), due(1, 5), due(3, 31)), ("2026-11".into(), "2026-12".into(), "2027-02".into()));
        let months = Month::of(date(2027, 1, 31)).up_to(3);
        assert_eq!(months.iter().map(Month::to_string).collect::<Vec<_>>(), ["2026-11", "2026-12", "2027-01"]);
    }

    #[test]
    fn only_a_name_in_full_is_a_month() {
        assert_eq!(Month::parse("2026-02").map(Month::last), Some(date(2026, 2, 28)));
        for wrong in ["2026-2", "2026-13", "2026-00", "26-01", "+026-01", "2026-02-01", "0000-01", ""] {
            assert_eq!(Month::parse(wrong), None, "{wrong}");
        }
    }
}
