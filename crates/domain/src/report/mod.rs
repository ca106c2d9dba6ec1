//! A report: what it is, what may be asked of it, what happened to it.

mod command;
mod decide;
mod draft;
mod event;
mod evolve;
mod offers;
mod part;
mod refusal;
mod stage;
mod submit;

pub use command::{Command, CommandKind};
pub use decide::decide;
pub use draft::{Approver, Draft};
pub use event::{Event, EventKind};
pub use evolve::evolve;
pub use offers::offers;
pub use part::{MOST_PARTS, Part, PartState};
pub use refusal::Refusal;
pub use stage::{
    AnswerKind, ArchiveReason, Channel, Class, Closure, HideReason, Missing, Open, ReturnReason, Stage, StageKind,
};
pub use submit::{Submission, submit};

use crate::agency::AgencyTree;
use crate::deadline::{Calendar, Hold, Limit, Limits};
use crate::ids::{AgencyId, CategoryId, MatterId, ProblemId, ReportId, UserId};
use crate::region::RegionCode;
use crate::time::Zone;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The rules in force: calendar, limits and offices.
#[derive(Debug, Clone, Default)]
pub struct Rulebook {
    pub calendar: Calendar,
    pub limits: Limits,
    pub agencies: AgencyTree,
}

/// An instant together with the rules that hold at it.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    pub now: Timestamp,
    pub rules: &'a Rulebook,
}

/// The current state of a report: what its events add up to.
///
/// It holds no text and no personal data; those are rows that can be erased while the log stays true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub id: ReportId,
    /// How many events made it; the version that guards a write.
    pub seq: u32,
    pub class: Class,
    /// Berkadar pengawasan: a complaint about abuse of office.
    pub supervisory: bool,
    pub category: Option<CategoryId>,
    pub region: RegionCode,
    pub zone: Zone,
    pub channel: Channel,
    pub anonymous: bool,
    pub secret: bool,
    pub hidden: Option<HideReason>,
    pub stage: Stage,
    /// The office whose turn it is.
    pub holder: AgencyId,
    /// The agency that the reporter chose, which then verifies in place of the national admin.
    pub chosen: Option<AgencyId>,
    pub officer: Option<UserId>,
    /// How often it came back as "not ours".
    pub returns: u8,
    /// The national admin decided after the second return; it may not come back again.
    pub settled: bool,
    pub rating: Option<u8>,
    /// How often its reporter objected: the first is for the superior, the second for the inspectorate.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub objections: u8,
    pub supports: u32,
    /// Who asked for the name of this anonymous reporter; ends with the turn of the office.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub openings: Vec<Opening>,
    /// The matter that it shares with other reports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<MatterId>,
    /// The problem in which it has its cause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<ProblemId>,
    /// The events of the questions that somebody outside has not answered yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<u32>,
    /// What other units were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// An answer that somebody proposed and nobody has sent yet; it belongs to the turn of the office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Draft>,
    pub clocks: Clocks,
    pub nudges: Nudges,
    pub ombudsman: Ombudsman,
}

/// The instants that the clocks count from, and the pauses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clocks {
    pub received: Timestamp,
    /// First disposition; the completion and first-answer clocks start here and never again.
    pub disposed: Option<Timestamp>,
    pub answered: Option<Timestamp>,
    pub last_answer: Option<Timestamp>,
    /// When an answer, or after a contested archiving a verification, was asked for anew: by a reply, an
    /// objection, a reopening. Chasing an office that owes an answer already does not move it.
    pub asked_again: Option<Timestamp>,
    /// The day for which the last answer promised something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned_for: Option<Date>,
    pub ended: Option<Timestamp>,
    pub holds: Vec<Hold>,
}

/// A wish to read the name of an anonymous reporter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Who asked, and who alone may read.
    pub officer: UserId,
    pub asked: Timestamp,
    /// The second person, who opened it.
    pub opened: Option<UserId>,
}

/// What the scheduler has already done about the present clock.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nudges {
    pub reminded: bool,
    pub escalated: u8,
    /// When the reporter was told that the silence will close the report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warned_at: Option<Timestamp>,
    /// The office was reminded of its promise on the promised day.
    #[serde(default)]
    pub promise: bool,
}

/// Whether the report may go to the Ombudsman (UU 25/2009 art. 46; with the reporter's consent).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ombudsman {
    #[default]
    NotOffered,
    Offered {
        at: Timestamp,
    },
    Accepted {
        at: Timestamp,
    },
}

fn is_zero(count: &u8) -> bool {
    *count == 0
}

impl Report {
    /// Whether its content is closed to the public: the reporter asked so, or it is about abuse of office.
    pub fn is_sealed(&self) -> bool {
        self.secret || self.supervisory
    }

    /// Whether the name of its anonymous reporter was opened for an officer.
    pub fn is_opened_for(&self, officer: UserId) -> bool {
        self.openings.iter().any(|opening| opening.officer == officer && opening.opened.is_some())
    }

    /// Whose wish to read the anonymous name somebody may judge: the first one that is not their own.
    pub fn asker_besides(&self, own: Option<UserId>) -> Option<UserId> {
        let mut waiting = self.openings.iter().filter(|opening| opening.opened.is_none());
        waiting.find(|opening| Some(opening.officer) != own).map(|opening| opening.officer)
    }

    /// Whether everybody may read it: verified, not sealed, not hidden, not archived.
    pub fn is_public(&self) -> bool {
        let archived = matches!(self.stage, Stage::Archived { .. });
        self.is_verified() && !self.is_sealed() && self.hidden.is_none() && !archived
    }

    /// Whether it was disposed, and does not wait to be verified again.
    pub fn is_verified(&self) -> bool {
        self.clocks.disposed.is_some() && !self.awaits_verification()
    }

    /// Whether it waits to be verified: for the first time, or again after a contested archiving.
    pub fn awaits_verification(&self) -> bool {
        matches!(self.stage, Stage::Open(Open::Submitted) | Stage::Held { was: Open::Submitted, .. })
    }

    /// Whether nobody has decided yet where it belongs: it waits to be verified, or came back as "not ours".
    pub fn is_undecided(&self) -> bool {
        self.awaits_verification() || matches!(self.stage, Stage::Open(Open::Returned { .. }))
    }

    /// The limit for finishing a report of this class (PermenPANRB 62/2018: 5, 14 or 60 working days).
    pub fn completion_limit(&self) -> Limit {
        match (self.class, self.supervisory) {
            (Class::InformationRequest, _) => Limit::CompletionInformation,
            (Class::Aspiration, _) => Limit::CompletionAspiration,
            (Class::Complaint, false) => Limit::CompletionNonsupervisory,
            (Class::Complaint, true) => Limit::CompletionSupervisory,
        }
    }

    /// The day up to which decrees are taken into account: today, or the day the report ended.
    pub fn known(&self, now: Timestamp) -> Date {
        self.zone.day(self.clocks.ended.map_or(now, |ended| ended.min(now)))
    }

    /// Whether somebody still has to do something.
    pub fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Open(_) | Stage::Held { .. })
    }
}
