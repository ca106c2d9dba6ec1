//! The names of all statistics, and what each one counts.

use super::Figure;
use crate::report::StageKind;
use serde::{Deserialize, Serialize};

/// A named statistic. Its formula in words is the sentence of its name; a change of what it counts is a new version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Laporan masuk.
    Received,
    /// Pertumbuhan.
    Growth,
    /// Persentase penyelesaian: closed ÷ all.
    Completion,
    /// Persentase tindak lanjut: (closed + being worked on) ÷ all.
    FollowUp,
    /// Persentase belum ditindaklanjuti.
    Untouched,
    /// Archived ÷ all.
    Archived,
    VerificationMean,
    VerificationMedian,
    VerificationP90,
    ResponseMean,
    ResponseMedian,
    ResponseP90,
    CompletionMean,
    CompletionMedian,
    CompletionP90,
    /// Ketepatan waktu.
    Punctuality,
    /// Of the open ones, those past their limit.
    BacklogLate,
    /// Ping-pong: dispositions for each report.
    Dispositions,
    /// Ping-pong: those that ever came back as "not ours".
    Returned,
    /// Closed by the system ÷ closed.
    AutoClosed,
    /// Confirmed by the reporter ÷ closed.
    Confirmed,
    Rating,
    Reopened,
    /// Closed with evidence ÷ closed.
    Evidence,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Count,
    Percent,
    /// Hours of local working days, 24 of each.
    WorkingHours,
    PerReport,
    /// One to five.
    Stars,
}

impl Unit {
    /// The name in the API and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Count => "count",
            Unit::Percent => "percent",
            Unit::WorkingHours => "working_hours",
            Unit::PerReport => "per_report",
            Unit::Stars => "stars",
        }
    }
}

/// Whether a stage is among those counted.
pub type InStage = fn(StageKind) -> bool;

/// Where a formula comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// It reproduces figures that were published.
    Published,
    /// It was named in public, and defined here because nobody published how it is counted.
    House,
}

impl Source {
    /// The name in the API and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Source::Published => "published",
            Source::House => "house",
        }
    }
}

/// What there is to know about a measure beside its sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    pub measure: Measure,
    pub code: &'static str,
    /// Of the formula; a figure that was counted by another one is another figure.
    pub version: u16,
    pub unit: Unit,
    /// Whether archived reports are among those counted.
    pub with_archived: bool,
    /// Whether it asks which day is today: what is due is compared with it.
    pub asks_today: bool,
    pub source: Source,
}

macro_rules! definitions {
    ($($measure:ident = $code:literal, $unit:ident, archived $archived:literal, today $today:literal, $source:ident;)+) => {
        impl Measure {
            /// Every measure, in the order in which they are shown.
            pub const ALL: &'static [Measure] = &[$(Measure::$measure),+];

            /// What there is to know about it.
            pub fn definition(self) -> Definition {
                match self {
                    $(Measure::$measure => Definition {
                        measure: self, code: $code, version: 1, unit: Unit::$unit, with_archived: $archived,
                        asks_today: $today, source: Source::$source,
                    },)+
                }
            }
        }
    };
}

definitions! {
    Received = "received", Count, archived true, today false, Published;
    Growth = "growth", Percent, archived true, today false, Published;
    Completion = "completion", Percent, archived true, today false, Published;
    FollowUp = "follow_up", Percent, archived true, today false, Published;
    Untouched = "untouched", Percent, archived true, today false, Published;
    Archived = "archived", Percent, archived true, today false, Published;
    VerificationMean = "verification_mean", WorkingHours, archived true, today false, House;
    VerificationMedian = "verification_median", WorkingHours, archived true, today false, House;
    VerificationP90 = "verification_p90", WorkingHours, archived true, today false, House;
    ResponseMean = "response_mean", WorkingHours, archived false, today false, House;
    ResponseMedian = "response_median", WorkingHours, archived false, today false, House;
    ResponseP90 = "response_p90", WorkingHours, archived false, today false, House;
    CompletionMean = "completion_mean", WorkingHours, archived false, today false, House;
    CompletionMedian = "completion_median", WorkingHours, archived false, today false, House;
    CompletionP90 = "completion_p90", WorkingHours, archived false, today false, House;
    Punctuality = "punctuality", Percent, archived false, today true, House;
    BacklogLate = "backlog_late", Percent, archived false, today true, House;
    Dispositions = "dispositions", PerReport, archived true, today false, House;
    Returned = "returned", Percent, archived true, today false, House;
    AutoClosed = "auto_closed", Percent, archived false, today false, House;
    Confirmed = "confirmed", Percent, archived false, today false, House;
    Rating = "rating", Stars, archived true, today false, House;
    Reopened = "reopened", Percent, archived true, today false, House;
    Evidence = "evidence", Percent, archived false, today false, House;
}

impl Measure {
    /// The name in storage, in the API and in locale keys.
    pub fn code(self) -> &'static str {
        self.definition().code
    }

    /// Reads a name.
    pub fn parse(code: &str) -> Option<Measure> {
        Measure::ALL.iter().copied().find(|measure| measure.code() == code)
    }

    /// Which stages its numerator and its denominator count, where stages alone tell it.
    pub fn stages(self) -> Option<(InStage, InStage)> {
        fn all(_: StageKind) -> bool {
            true
        }
        fn done(stage: StageKind) -> bool {
            stage.simple() == "done"
        }
        Some(match self {
            Measure::Received => (all, all),
            Measure::Completion => (done, all),
            Measure::FollowUp => (|stage| matches!(stage.simple(), "done" | "process"), all),
            Measure::Untouched => (|stage| stage.simple() == "waiting", all),
            Measure::Archived => (|stage| stage.simple() == "archived", all),
            Measure::AutoClosed => (|stage| stage == StageKind::ClosedBySystem, done),
            Measure::Confirmed => (|stage| stage == StageKind::ClosedConfirmed, done),
            _ => return None,
        })
    }

    /// The figure that counts of stages tell.
    pub(super) fn of_stages(self, count: impl Fn(&dyn Fn(StageKind) -> bool) -> u64) -> Option<Figure> {
        let (numerator, denominator) = self.stages()?;
        Some(Figure { numerator: count(&numerator), denominator: count(&denominator) })
    }
}
