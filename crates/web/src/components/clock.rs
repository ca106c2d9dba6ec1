//! A deadline as a page shows it: where it stands, when it is due, and why.

use super::Tone;
use crate::words::{Lang, Value, Words};
use domain::deadline::{Day, DayKind, Deadline, HolidayKind, Limit, Unit};
use jiff::civil::Date;

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockState {
    /// Time enough.
    Early,
    /// The last two days.
    Soon,
    /// Past its due day.
    Late,
    /// Stopped while the report waits for its reporter.
    Paused,
    /// Met in time.
    Met,
    /// Met after its due day.
    Missed,
}

impl ClockState {
    /// The state of a clock that still runs.
    pub fn running(deadline: &Deadline, today: Date, paused: bool) -> ClockState {
        let left = i32::from(deadline.limit_days) - i32::from(deadline.day_number(today));
        match () {
            () if paused => ClockState::Paused,
            () if today > deadline.due_day() => ClockState::Late,
            () if left < 2 => ClockState::Soon,
            () => ClockState::Early,
        }
    }

    /// The state of a clock that was stopped on a day.
    pub fn stopped(deadline: &Deadline, on: Date) -> ClockState {
        if on > deadline.due_day() { ClockState::Missed } else { ClockState::Met }
    }

    /// Its colour.
    pub fn tone(self) -> Tone {
        match self {
            ClockState::Early | ClockState::Met => Tone::Good,
            ClockState::Soon | ClockState::Paused => Tone::Wait,
            ClockState::Late | ClockState::Missed => Tone::Bad,
        }
    }

    /// The name in locale keys: `clock-state-…`.
    pub fn name(self) -> &'static str {
        match self {
            ClockState::Early => "early",
            ClockState::Soon => "soon",
            ClockState::Late => "late",
            ClockState::Paused => "paused",
            ClockState::Met => "met",
            ClockState::Missed => "missed",
        }
    }
}

/// A deadline, its state and its explanation.
#[derive(Debug, Clone)]
pub struct Clock {
    pub limit: Limit,
    /// Days counted so far.
    pub day: u16,
    /// Days allowed.
    pub of: u16,
    pub unit: Unit,
    pub due: Date,
    pub state: ClockState,
    /// Every calendar day from the start to the due day.
    pub days: Vec<Day>,
    /// Legal basis of the limit.
    pub basis: String,
    /// How sure the limit is.
    pub note: Option<String>,
}

impl Clock {
    /// The clock as it stands at the end of a day: today, or the day it was stopped.
    pub fn of(deadline: &Deadline, on: Date, state: ClockState) -> Clock {
        Clock {
            days: deadline.days.clone(),
            basis: deadline.legal_basis.clone(),
            note: deadline.note.clone(),
            ..Clock::brief(deadline, on, state)
        }
    }

    /// The same clock for a line of a list, which does not explain its days.
    pub fn brief(deadline: &Deadline, on: Date, state: ClockState) -> Clock {
        Clock {
            limit: deadline.limit,
            day: deadline.day_number(on),
            of: deadline.limit_days,
            unit: deadline.unit,
            due: deadline.due_day(),
            state,
            days: Vec::new(),
            basis: String::new(),
            note: None,
        }
    }

    /// `hari kerja ke-2 dari 5, jatuh tempo Sel 12 Mei 2026`.
    pub fn told(&self, words: &Words) -> String {
        let unit = match self.unit {
            Unit::WorkingDay => "unit-working-day",
            Unit::Day => "unit-day",
        };
        let key = match self.state {
            ClockState::Early | ClockState::Soon if self.day == 0 => "clock-unbegun".to_owned(),
            ClockState::Met if self.day == 0 => "clock-met-at-once".to_owned(),
            state => format!("clock-state-{}", state.name()),
        };
        let args = [
            ("day", i64::from(self.day).into()),
            ("limit", i64::from(self.of).into()),
            ("unit", Value::Key(unit.to_owned())),
            ("due", self.due.into()),
        ];
        words.with(&key, &args)
    }

    /// One day of the explanation: `hari ke-2`, or `cuti bersama (…), tidak dihitung`.
    pub fn day_told(&self, words: &Words, day: &Day) -> String {
        match (&day.why, day.number) {
            (_, Some(number)) => words.n("clock-day-number", i64::from(number)),
            (DayKind::Holiday { kind, name_id, name_en }, _) => {
                let key = match kind {
                    HolidayKind::National => "day-holiday",
                    HolidayKind::CollectiveLeave => "day-leave",
                };
                let name = if words.lang() == Lang::Id { name_id } else { name_en };
                words.with(key, &[("name", name.into())])
            }
            (DayKind::Start, _) => words.t("day-start"),
            (DayKind::Paused, _) => words.t("day-paused"),
            _ => words.t("day-weekend"),
        }
    }

    /// Whether its due day has passed and nothing was done.
    pub fn is_late(&self) -> bool {
        self.state == ClockState::Late
    }

    /// Whether it waits for the reporter.
    pub fn is_paused(&self) -> bool {
        self.state == ClockState::Paused
    }

    /// How much of the limit is used, in percent.
    pub fn share(&self) -> u32 {
        match self.state {
            ClockState::Late | ClockState::Missed => 100,
            _ => (u32::from(self.day) * 100).checked_div(u32::from(self.of)).unwrap_or(100).min(100),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::sample;
    use jiff::civil::date;

    #[test]
    fn the_clock_is_told_as_people_count() {
        let clock = sample::clock(ClockState::Early);
        let id = Words::new(Lang::Id);
        assert_eq!(clock.told(&id), "Hari kerja ke-2 dari 5, jatuh tempo Jum 27 Mar 2026");
        assert_eq!(clock.share(), 40);
    }

    #[test]
    fn before_day_one_nothing_is_counted_yet() {
        let clock = Clock { day: 0, ..sample::clock(ClockState::Early) };
        let told = clock.told(&Words::new(Lang::Id));
        assert_eq!(told, "Belum mulai dihitung, jatuh tempo Jum 27 Mar 2026");
    }

    #[test]
    fn a_day_off_says_why_it_is_not_counted() {
        let clock = sample::clock(ClockState::Early);
        let leave = clock.days.iter().find(|day| day.date == date(2026, 3, 24)).unwrap();
        let told = clock.day_told(&Words::new(Lang::Id), leave);
        assert_eq!(told, "cuti bersama (Idulfitri 1447 H), tidak dihitung");
        assert!(clock.day_told(&Words::new(Lang::En), leave).contains("not counted"));
    }
}
