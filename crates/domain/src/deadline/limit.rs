//! Time limits as dated rows. The rule-book changes; the code does not.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A named time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Received → verified and forwarded.
    Verification,
    /// Disposed, or answered back by the reporter → (next) answer.
    FirstAnswer,
    CompletionInformation,
    CompletionAspiration,
    CompletionNonsupervisory,
    CompletionSupervisory,
    /// Last answer without a word from the reporter → closed by the system.
    Silence,
    /// On hold → archived, and the longest pause of any other clock.
    Hold,
    /// Closed or archived → the last day to object.
    Objection,
    /// Received → may be offered to the Ombudsman.
    Ombudsman,
    /// A supporting unit was asked for a part → its answer to the lead.
    Part,
}

impl Limit {
    /// All limits.
    pub const ALL: [Limit; 11] = [
        Limit::Verification,
        Limit::FirstAnswer,
        Limit::CompletionInformation,
        Limit::CompletionAspiration,
        Limit::CompletionNonsupervisory,
        Limit::CompletionSupervisory,
        Limit::Silence,
        Limit::Hold,
        Limit::Objection,
        Limit::Ombudsman,
        Limit::Part,
    ];

    /// The name in storage, reference data and API.
    pub fn name(self) -> &'static str {
        match self {
            Limit::Verification => "verification",
            Limit::FirstAnswer => "first_answer",
            Limit::CompletionInformation => "completion_information",
            Limit::CompletionAspiration => "completion_aspiration",
            Limit::CompletionNonsupervisory => "completion_nonsupervisory",
            Limit::CompletionSupervisory => "completion_supervisory",
            Limit::Silence => "silence",
            Limit::Hold => "hold",
            Limit::Objection => "objection",
            Limit::Ombudsman => "ombudsman",
            Limit::Part => "part",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Limit> {
        Limit::ALL.into_iter().find(|limit| limit.name() == name)
    }

    /// Whether a hold stops this clock. The clocks that wait for the reporter, and the Ombudsman's
    /// calendar days, run on.
    pub fn pauses(self) -> bool {
        !matches!(self, Limit::Silence | Limit::Hold | Limit::Objection | Limit::Ombudsman)
    }
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Hari kerja.
    WorkingDay,
    /// Hari kalender.
    Day,
}

impl Unit {
    /// The name in storage and reference data.
    pub fn name(self) -> &'static str {
        match self {
            Unit::WorkingDay => "working_day",
            Unit::Day => "day",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Unit> {
        [Unit::WorkingDay, Unit::Day].into_iter().find(|unit| unit.name() == name)
    }
}

/// A limit as one regulation sets it, for the clocks that start while it is valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitRow {
    pub limit: Limit,
    pub days: u16,
    pub unit: Unit,
    pub valid_from: Date,
    /// The last day, where there is one.
    pub valid_to: Option<Date>,
    pub legal_basis: String,
    /// Where the number was read, and how sure it is.
    #[serde(default)]
    pub source: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
}

/// All limits of all times.
#[derive(Debug, Clone, Default)]
pub struct Limits(Vec<LimitRow>);

impl Limits {
    /// Limits from rows in any order.
    pub fn new(rows: impl IntoIterator<Item = LimitRow>) -> Limits {
        Limits(rows.into_iter().collect())
    }

    /// The row in force on the day a clock starts; the youngest where several are.
    pub fn in_force(&self, limit: Limit, on: Date) -> Option<&LimitRow> {
        self.0
            .iter()
            .filter(|row| row.limit == limit && row.valid_from <= on && row.valid_to.is_none_or(|to| on <= to))
            .max_by_key(|row| row.valid_from)
    }

    /// All rows.
    pub fn iter(&self) -> impl Iterator<Item = &LimitRow> {
        self.0.iter()
    }
}
