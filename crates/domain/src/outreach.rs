//! Outreach (sosialisasi): what an agency does so that people know and use the system, and what came of it.

use crate::deadline::Calendar;
use crate::oversight::LEAST_REPORTS;
use crate::region::RegionCode;
use crate::text::{Remark, StepText, Title};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Working days before and after an activity over which reports are compared.
pub const WINDOW: u32 = 30;
/// Most people that an activity is for.
pub const MOST_PEOPLE: u32 = 10_000_000;
/// Most photos of one activity.
pub const MOST_PHOTOS: usize = 12;
/// Most characters of what a photo shows.
pub const MOST_ALT: usize = 200;

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutreachKind {
    /// "LAPOR! Berbagi": help for people in need, by which they hear of the system (Kalimantan Selatan, 2021).
    Sharing,
    /// Telling people how to report.
    Socialisation,
    /// Teaching officers and liaison officers.
    Training,
    /// In the press, on the air, in social media.
    Media,
    /// A stall or car where people report at once.
    Stall,
}

impl OutreachKind {
    /// All kinds.
    pub const ALL: [OutreachKind; 5] = [
        OutreachKind::Sharing,
        OutreachKind::Socialisation,
        OutreachKind::Training,
        OutreachKind::Media,
        OutreachKind::Stall,
    ];

    /// The name in storage and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            OutreachKind::Sharing => "sharing",
            OutreachKind::Socialisation => "socialisation",
            OutreachKind::Training => "training",
            OutreachKind::Media => "media",
            OutreachKind::Stall => "stall",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<OutreachKind> {
        OutreachKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What is planned, when, where and for whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutreachPlan {
    pub kind: OutreachKind,
    pub title: Title,
    pub day: Date,
    /// Whose inhabitants it is for; the whole country where it is for nobody in particular.
    pub region: RegionCode,
    pub place: StepText,
    pub goal: Remark,
    /// Who they are.
    pub beneficiaries: StepText,
    /// How many of them are expected.
    pub people: u32,
}

/// What came of it, as the agency tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutreachResult {
    /// How many people really came or were helped.
    pub people: u32,
    pub notes: Remark,
}

/// How an activity stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutreachState {
    Planned,
    CarriedOut,
    Cancelled,
}

impl OutreachState {
    /// All of them.
    pub const ALL: [OutreachState; 3] = [OutreachState::Planned, OutreachState::CarriedOut, OutreachState::Cancelled];

    /// The name in storage and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            OutreachState::Planned => "planned",
            OutreachState::CarriedOut => "carried_out",
            OutreachState::Cancelled => "cancelled",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<OutreachState> {
        OutreachState::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// Why an activity does not move on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutreachFault {
    /// Its day has not come.
    Early,
    /// It was carried out or cancelled before.
    Settled,
}

impl OutreachFault {
    /// The name in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            OutreachFault::Early => "early",
            OutreachFault::Settled => "settled",
        }
    }
}

impl OutreachState {
    /// The state after it was told that an activity of a day was carried out, or what came of it was put right.
    pub fn carry_out(self, day: Date, today: Date) -> Result<OutreachState, OutreachFault> {
        match self {
            OutreachState::Cancelled => Err(OutreachFault::Settled),
            _ if today < day => Err(OutreachFault::Early),
            _ => Ok(OutreachState::CarriedOut),
        }
    }

    /// The state after it was cancelled; what took place stays.
    pub fn cancel(self) -> Result<OutreachState, OutreachFault> {
        match self {
            OutreachState::Planned => Ok(OutreachState::Cancelled),
            _ => Err(OutreachFault::Settled),
        }
    }

    /// The state after its plan was changed: only what is still a plan has one.
    pub fn plan_anew(self) -> Result<OutreachState, OutreachFault> {
        match self {
            OutreachState::Planned => Ok(OutreachState::Planned),
            _ => Err(OutreachFault::Settled),
        }
    }
}

/// First and last day of a stretch of days.
pub type Days = (Date, Date);

/// The days before and after an activity that are compared. Its own day belongs to those after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    pub before: Days,
    pub after: Days,
}

/// So many working days before a day, and so many from it on.
pub fn windows(calendar: &Calendar, day: Date, working: u32) -> Windows {
    let eve = day.yesterday().unwrap_or(day);
    Windows { before: (far(calendar, eve, working, -1), eve), after: (day, far(calendar, day, working, 1)) }
}

/// The same day a year before, and with that the same season; the last of February stands for a leap day.
pub fn year_before(day: Date) -> Date {
    day.checked_sub(1.year()).unwrap_or(day)
}

/// The day on which the n-th working day falls, from a day on forward or backward. The days beyond a calendar are told
/// apart by weekends alone.
fn far(calendar: &Calendar, from: Date, working: u32, step: i64) -> Date {
    let (mut day, mut left) = (from, working);
    loop {
        left -= u32::from(left > 0 && calendar.is_working_day(day));
        let next = day.checked_add(step.days());
        match next {
            Ok(next) if left > 0 => day = next,
            _ => return day,
        }
    }
}

/// Reports in the days before and after an activity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BeforeAfter {
    pub before: u64,
    pub after: u64,
}

impl BeforeAfter {
    /// By how much there were more, in hundredths of a percent; nothing where too few came before to say so (less than
    /// [`LEAST_REPORTS`]).
    pub fn growth(self) -> Option<i64> {
        if self.before < LEAST_REPORTS {
            return None;
        }
        let (before, after) = (i128::from(self.before), i128::from(self.after));
        let points = ((after - before) * 20_000 / before + (after - before).signum()) / 2;
        i64::try_from(points).ok()
    }
}

/// What came of an activity, beside what happened in the same season a year before, when there was none. It shows what
/// followed, and proves no cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effect {
    pub windows: Windows,
    pub now: BeforeAfter,
    pub year_before: BeforeAfter,
    /// Whether the days after are over. Until then they are told as they stand, and not compared.
    pub is_over: bool,
}

impl Effect {
    /// The growth around the activity, when it can be told.
    pub fn growth(&self) -> Option<i64> {
        self.now.growth().filter(|_| self.is_over)
    }
}
