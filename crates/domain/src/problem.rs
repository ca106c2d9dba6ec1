//! A problem (masalah induk): one cause behind many reports, with an owner, a plan and a status that everybody reads.

use crate::report::Report;
use crate::text::StepText;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Most steps of a plan.
pub const MOST_STEPS: usize = 6;

/// Where a problem stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemStatus {
    /// Its cause is known, and nothing was decided yet.
    Known,
    /// There is a plan.
    Planned,
    /// The plan is being carried out.
    Working,
    Solved,
}

impl ProblemStatus {
    /// Every status, in its usual order.
    pub const ALL: [ProblemStatus; 4] =
        [ProblemStatus::Known, ProblemStatus::Planned, ProblemStatus::Working, ProblemStatus::Solved];

    /// The name in storage and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            ProblemStatus::Known => "known",
            ProblemStatus::Planned => "planned",
            ProblemStatus::Working => "working",
            ProblemStatus::Solved => "solved",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<ProblemStatus> {
        ProblemStatus::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// One step of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanStep {
    pub what: StepText,
    /// The day by which it is to be done.
    pub until: Option<Date>,
    pub done: bool,
}

/// Whether a report stands on the public page of its problem and counts there. A public report of an anonymous
/// reporter does not: among few others with the same cause it could tell who wrote it.
pub fn shows(report: &Report) -> bool {
    report.is_public() && !report.anonymous
}
