//! Indonesia's three time zones and the local day of an instant.

use jiff::Timestamp;
use jiff::civil::{Date, time};
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

/// A time zone of Indonesia (Keppres 41/1987); none of them has daylight saving.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// Waktu Indonesia Barat, UTC+7.
    Wib,
    /// Waktu Indonesia Tengah, UTC+8.
    Wita,
    /// Waktu Indonesia Timur, UTC+9.
    Wit,
}

impl Zone {
    /// The zone written as in the reference data and to people.
    pub fn label(self) -> &'static str {
        match self {
            Zone::Wib => "WIB",
            Zone::Wita => "WITA",
            Zone::Wit => "WIT",
        }
    }

    /// Reads a label.
    pub fn parse(label: &str) -> Option<Zone> {
        [Zone::Wib, Zone::Wita, Zone::Wit].into_iter().find(|zone| zone.label().eq_ignore_ascii_case(label))
    }

    /// The offset from UTC.
    pub fn offset(self) -> Offset {
        match self {
            Zone::Wib => Offset::constant(7),
            Zone::Wita => Offset::constant(8),
            Zone::Wit => Offset::constant(9),
        }
    }

    /// The local calendar day of an instant.
    pub fn day(self, at: Timestamp) -> Date {
        self.offset().to_datetime(at).date()
    }

    /// The last second of a local day: a deadline runs to 23:59:59.
    pub fn end_of(self, day: Date) -> Timestamp {
        let local = day.to_datetime(time(23, 59, 59, 0));
        self.offset().to_timestamp(local).unwrap_or(Timestamp::MAX)
    }

    /// An hour of a local day; reminders go out in office hours.
    pub fn at(self, day: Date, hour: i8) -> Timestamp {
        let local = day.to_datetime(time(hour.clamp(0, 23), 0, 0, 0));
        self.offset().to_timestamp(local).unwrap_or(Timestamp::MAX)
    }

    /// ISO 8601 with this zone's offset, to the second.
    pub fn iso(self, at: Timestamp) -> String {
        let zoned = at.to_zoned(TimeZone::fixed(self.offset()));
        zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn new_year_comes_to_jayapura_first() {
        let at: Timestamp = "2025-12-31T15:30:00Z".parse().unwrap();
        assert_eq!(Zone::Wib.day(at), date(2025, 12, 31));
        assert_eq!(Zone::Wita.day(at), date(2025, 12, 31));
        assert_eq!(Zone::Wit.day(at), date(2026, 1, 1));
    }

    #[test]
    fn a_deadline_ends_with_the_local_day() {
        let end = Zone::Wita.end_of(date(2026, 5, 12));
        assert_eq!(Zone::Wita.iso(end), "2026-05-12T23:59:59+08:00");
    }
}
