//! Working days: Monday to Friday without national holidays and collective leave (cuti bersama).

use super::DayKind;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Why nobody works on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayKind {
    /// Hari libur nasional.
    National,
    /// Cuti bersama.
    CollectiveLeave,
}

impl HolidayKind {
    /// The name in storage, reference data and API.
    pub fn name(self) -> &'static str {
        match self {
            HolidayKind::National => "national",
            HolidayKind::CollectiveLeave => "collective_leave",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<HolidayKind> {
        [HolidayKind::National, HolidayKind::CollectiveLeave].into_iter().find(|kind| kind.name() == name)
    }
}

/// One day off, with the decree that gave it and, where it was moved or cut, the one that took it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    pub date: Date,
    pub kind: HolidayKind,
    pub name_id: String,
    pub name_en: String,
    pub decree: String,
    /// The day of the decree; before it nobody knew.
    pub effective_from: Date,
    pub revoked_on: Option<Date>,
    /// The decree that took it back.
    #[serde(default)]
    pub revoked_by: Option<String>,
}

impl Holiday {
    fn known_on(&self, day: Date) -> bool {
        self.effective_from <= day && self.revoked_on.is_none_or(|revoked| day < revoked)
    }
}

/// All holidays in all versions.
#[derive(Debug, Clone, Default)]
pub struct Calendar(BTreeMap<Date, Vec<Holiday>>);

impl Calendar {
    /// A calendar of the given days off.
    pub fn new(holidays: impl IntoIterator<Item = Holiday>) -> Calendar {
        let mut days: BTreeMap<Date, Vec<Holiday>> = BTreeMap::new();
        for holiday in holidays {
            days.entry(holiday.date).or_default().push(holiday);
        }
        Calendar(days)
    }

    /// Whether a day counts, as the calendar was known on `known`.
    ///
    /// A holiday whose decree came after `known` is not seen by a clock that had stopped by then.
    pub fn day(&self, date: Date, known: Date) -> DayKind {
        let off = self.holiday(date, known).map(|holiday| DayKind::Holiday {
            kind: holiday.kind,
            name_id: holiday.name_id.clone(),
            name_en: holiday.name_en.clone(),
        });
        let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        match off {
            Some(off) => off,
            None if weekend => DayKind::Weekend,
            None => DayKind::Counted,
        }
    }

    /// The holiday of a day, as known on `known`.
    pub fn holiday(&self, date: Date, known: Date) -> Option<&Holiday> {
        self.0.get(&date)?.iter().find(|holiday| holiday.known_on(known))
    }

    /// Whether offices work on a day, as the calendar was known on `known`.
    pub(super) fn works(&self, date: Date, known: Date) -> bool {
        !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && self.holiday(date, known).is_none()
    }

    /// Whether offices work on a day, as known on that same day.
    pub fn is_working_day(&self, date: Date) -> bool {
        self.works(date, date)
    }

    /// All versions of all days off from one day to another, inclusive.
    pub fn between(&self, from: Date, to: Date) -> impl Iterator<Item = &Holiday> {
        self.0.range(from..=to.max(from)).flat_map(|(_, versions)| versions)
    }
}
