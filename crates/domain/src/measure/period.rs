//! Stretches of the calendar by which reports are told apart.

use crate::oversight::Semester;
use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday, date};

/// A kind of stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    Day,
    /// From Monday to Sunday, numbered as ISO 8601 does.
    Week,
    Month,
    Quarter,
    /// Half a year.
    Semester,
    Year,
}

impl Period {
    /// All of them, the shortest first.
    pub const ALL: [Period; 6] =
        [Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Semester, Period::Year];

    /// The name in the API.
    pub fn name(self) -> &'static str {
        match self {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
            Period::Quarter => "quarter",
            Period::Semester => "semester",
            Period::Year => "year",
        }
    }

    /// Whether each begins and ends with a month.
    pub fn is_of_months(self) -> bool {
        !matches!(self, Period::Day | Period::Week)
    }

    /// The stretch that a day lies in: `2026-11-26`, `2026-W48`, `2026-11`, `2026-Q4`, `2026-2` or `2026`. Later ones have
    /// later keys.
    pub fn key(self, day: Date) -> String {
        match self {
            Period::Day => day.to_string(),
            Period::Week => {
                let week = day.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Period::Month => format!("{:04}-{:02}", day.year(), day.month()),
            Period::Quarter => format!("{:04}-Q{}", day.year(), (day.month() + 2) / 3),
            Period::Semester => Semester::of(day).name(),
            Period::Year => format!("{:04}", day.year()),
        }
    }

    /// First and last day of the stretch with a key; `None` for what is no key.
    pub fn days(self, key: &str) -> Option<(Date, Date)> {
        let until =
            |first: Date, months: i32| Some((first, first.checked_add(months.months()).ok()?.yesterday().ok()?));
        match self {
            Period::Day => key.parse().ok().map(|day| (day, day)),
            Period::Week => {
                let (year, week) = key.split_once("-W")?;
                let first = ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, Weekday::Monday).ok()?.date();
                Some((first, first.checked_add(6.days()).ok()?))
            }
            Period::Month => until(format!("{key}-01").parse().ok()?, 1),
            Period::Quarter => {
                let (year, quarter) = key.split_once("-Q")?;
                let nth = quarter.parse::<i8>().ok().filter(|nth| (1..=4).contains(nth))?;
                until(Date::new(year.parse().ok()?, nth * 3 - 2, 1).ok()?, 3)
            }
            Period::Semester => Semester::parse(key).map(|semester| (semester.first(), semester.last())),
            Period::Year => {
                let year = key.parse::<i16>().ok().filter(|year| (1..=9_999).contains(year))?;
                Some((date(year, 1, 1), date(year, 12, 31)))
            }
        }
    }
}
