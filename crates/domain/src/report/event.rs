//! What happened. Variants are only added to: a golden file keeps one line of each that was ever shipped.
//!
//! Events hold ids, never personal data or free text.

use super::stage::{AnswerKind, ArchiveReason, Channel, Class, Closure, HideReason, Missing, ReturnReason};
use crate::check::Finding;
use crate::deadline::Limit;
use crate::ids::{AgencyId, AttachmentId, CategoryId, MatterId, ProblemId, UserId};
use crate::region::RegionCode;
use crate::time::Zone;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One fact in the life of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    Submitted {
        class: Class,
        category: Option<CategoryId>,
        region: RegionCode,
        zone: Zone,
        channel: Channel,
        anonymous: bool,
        secret: bool,
        holder: AgencyId,
        chosen: Option<AgencyId>,
    },
    Disposed {
        from: AgencyId,
        to: AgencyId,
        settled: bool,
    },
    Returned {
        from: AgencyId,
        to: AgencyId,
        reason: ReturnReason,
        suggestion: Option<AgencyId>,
    },
    Held {
        missing: Vec<Missing>,
    },
    Resumed,
    Completed,
    Archived {
        by_system: bool,
        reason: ArchiveReason,
    },
    Contested {
        to: AgencyId,
    },
    Answered {
        answer: AnswerKind,
        planned_for: Option<Date>,
        evidence: u8,
        /// How many earlier answers of the parent agency, to other reports, read the same.
        #[serde(default, skip_serializing_if = "is_zero")]
        alike: u32,
    },
    Replied,
    Confirmed {
        rating: u8,
    },
    /// A rating for a report that had been closed by an officer or by the system; it stays closed so.
    Rated {
        rating: u8,
    },
    Objected,
    Closed {
        how: Closure,
    },
    Reopened,
    Rewritten,
    Reclassified {
        class: Class,
        supervisory: bool,
        category: Option<CategoryId>,
    },
    Assigned {
        officer: Option<UserId>,
    },
    Noted,
    Hidden {
        reason: HideReason,
    },
    Unhidden,
    /// An officer asked for the name of the anonymous reporter.
    NameAsked {
        officer: UserId,
    },
    NameOpened {
        officer: UserId,
        by: UserId,
    },
    NameKept {
        officer: UserId,
    },
    /// An officer found it to be about the same matter as other reports.
    Linked {
        matter: MatterId,
    },
    Unlinked {
        matter: MatterId,
    },
    /// An officer found its cause in a problem.
    Attributed {
        problem: ProblemId,
    },
    Released {
        problem: ProblemId,
    },
    /// An officer asked somebody outside.
    OutsiderAsked,
    /// The one asked by that event answered.
    OutsiderAnswered {
        question: u32,
    },
    OutsiderEnded {
        question: u32,
    },
    Supported,
    Attached {
        attachment: AttachmentId,
    },
    Reminded {
        limit: Limit,
    },
    /// The office was reminded of what it had promised for this day.
    PromiseReminded,
    Escalated {
        limit: Limit,
        level: u8,
        to: AgencyId,
    },
    Warned,
    OmbudsmanOffered,
    OmbudsmanAccepted,
    /// Another unit was asked for a part of the work; the same number again where it had come back.
    PartAsked {
        part: u8,
        office: AgencyId,
        compulsory: bool,
        opened: bool,
        day: Option<Date>,
    },
    PartAnswered {
        part: u8,
        evidence: u8,
    },
    PartReturned {
        part: u8,
        reason: ReturnReason,
    },
    PartWithdrawn {
        part: u8,
    },
    PartReminded {
        part: u8,
    },
    PartEscalated {
        part: u8,
        level: u8,
        to: AgencyId,
    },
    /// An answer was drafted for somebody else to send.
    AnswerProposed {
        author: UserId,
        answer: AnswerKind,
        planned_for: Option<Date>,
        evidence: u8,
    },
    /// The answer before it was drafted by this author; who sent it is who did this.
    AnswerApproved {
        draft: u32,
        author: UserId,
    },
    AnswerSentBack {
        draft: u32,
    },
    AnswerWithdrawn {
        draft: u32,
    },
    /// The answer before it was sent although the check had found this; why is in its words.
    AdviceOverridden {
        findings: Vec<Finding>,
    },
    /// All open cases of an office went to another one of the agency (serah terima).
    HandedOver {
        from: AgencyId,
        to: AgencyId,
    },
}

macro_rules! kinds {
    ($($kind:ident = $name:literal),+ $(,)?) => {
        /// An event without its facts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum EventKind { $($kind),+ }

        impl EventKind {
            /// Every kind.
            pub const ALL: &'static [EventKind] = &[$(EventKind::$kind),+];

            /// The name in storage, in the API and in locale keys.
            pub fn name(self) -> &'static str {
                match self { $(EventKind::$kind => $name),+ }
            }
        }

        impl Event {
            /// The kind of this event.
            pub fn kind(&self) -> EventKind {
                match self { $(Event::$kind { .. } => EventKind::$kind),+ }
            }
        }
    };
}

kinds! {
    Submitted = "submitted", Disposed = "disposed", Returned = "returned", Held = "held", Resumed = "resumed",
    Completed = "completed", Archived = "archived", Contested = "contested", Answered = "answered", Replied = "replied",
    Confirmed = "confirmed", Rated = "rated", Objected = "objected", Closed = "closed", Reopened = "reopened",
    Rewritten = "rewritten", Reclassified = "reclassified", Assigned = "assigned", Noted = "noted", Hidden = "hidden",
    Unhidden = "unhidden", NameAsked = "name_asked", NameOpened = "name_opened", NameKept = "name_kept",
    Linked = "linked", Unlinked = "unlinked", Attributed = "attributed", Released = "released", OutsiderAsked = "outsider_asked",
    OutsiderAnswered = "outsider_answered", OutsiderEnded = "outsider_ended", Supported = "supported",
    Attached = "attached", Reminded = "reminded", PromiseReminded = "promise_reminded",
    Escalated = "escalated", Warned = "warned", OmbudsmanOffered = "ombudsman_offered",
    OmbudsmanAccepted = "ombudsman_accepted", AdviceOverridden = "advice_overridden",
    HandedOver = "handed_over",
    AnswerProposed = "answer_proposed", AnswerApproved = "answer_approved", AnswerSentBack = "answer_sent_back",
    AnswerWithdrawn = "answer_withdrawn",
    PartAsked = "part_asked", PartAnswered = "part_answered", PartReturned = "part_returned",
    PartWithdrawn = "part_withdrawn", PartReminded = "part_reminded", PartEscalated = "part_escalated",
}

impl Event {
    /// The number of the part that it is about.
    pub fn part(&self) -> Option<u8> {
        match self {
            Event::PartAsked { part, .. } | Event::PartAnswered { part, .. } => Some(*part),
            Event::PartReturned { part, .. } | Event::PartWithdrawn { part } => Some(*part),
            Event::PartReminded { part } | Event::PartEscalated { part, .. } => Some(*part),
            _ => None,
        }
    }
}

impl EventKind {
    /// Whether the public timeline tells it. Internal steps stay between officers.
    pub fn is_public(self) -> bool {
        let is_inside = self.is_of_part() || self.is_of_draft() || self.is_of_outsider();
        !is_inside
            && !matches!(
                self,
                EventKind::Noted
                    | EventKind::Assigned
                    | EventKind::Reminded
                    | EventKind::PromiseReminded
                    | EventKind::Attached
                    | EventKind::Hidden
                    | EventKind::Unhidden
                    | EventKind::NameAsked
                    | EventKind::NameOpened
                    | EventKind::NameKept
                    | EventKind::AdviceOverridden
                    | EventKind::Linked
                    | EventKind::Unlinked
                    | EventKind::Attributed
                    | EventKind::Released
            )
    }

    /// Whether the reporter is told of it by letter, unless they did it themselves.
    pub fn is_news(self) -> bool {
        matches!(
            self,
            EventKind::Submitted
                | EventKind::Disposed
                | EventKind::Returned
                | EventKind::Held
                | EventKind::Resumed
                | EventKind::Archived
                | EventKind::Answered
                | EventKind::Closed
                | EventKind::Reopened
                | EventKind::Rewritten
                | EventKind::Reclassified
                | EventKind::Hidden
                | EventKind::Unhidden
                | EventKind::NameAsked
                | EventKind::NameOpened
                | EventKind::NameKept
                | EventKind::Escalated
                | EventKind::Warned
                | EventKind::OmbudsmanOffered
        )
    }

    /// Whether those who follow a public report are told of it by letter.
    pub fn is_public_news(self) -> bool {
        matches!(
            self,
            EventKind::Disposed
                | EventKind::Returned
                | EventKind::Answered
                | EventKind::Replied
                | EventKind::Objected
                | EventKind::Confirmed
                | EventKind::Closed
                | EventKind::Reopened
                | EventKind::Escalated
        )
    }

    /// Whether a copy of a public report, kept by another system, is out of date after it.
    pub fn is_change(self) -> bool {
        self.is_public_news() || matches!(self, EventKind::Rewritten | EventKind::Reclassified)
    }

    /// Whether the words and files stored with it are for everybody who may read the report.
    pub fn has_public_text(self) -> bool {
        matches!(
            self,
            EventKind::Answered | EventKind::Replied | EventKind::Objected | EventKind::Closed | EventKind::Reopened
        )
    }

    /// Whether the reporter may read the words and files stored with it.
    pub fn has_text_for_reporter(self) -> bool {
        let is_inside = self.is_of_part() || self.is_of_draft() || self.is_of_outsider();
        let is_note = matches!(self, EventKind::Noted | EventKind::Assigned | EventKind::Disposed);
        !is_inside && !is_note && self != EventKind::AdviceOverridden
    }

    /// Whether it is about a question to somebody outside.
    fn is_of_outsider(self) -> bool {
        matches!(self, EventKind::OutsiderAsked | EventKind::OutsiderAnswered | EventKind::OutsiderEnded)
    }

    /// Whether it is about an answer that was not sent yet.
    pub fn is_of_draft(self) -> bool {
        matches!(
            self,
            EventKind::AnswerProposed
                | EventKind::AnswerApproved
                | EventKind::AnswerSentBack
                | EventKind::AnswerWithdrawn
        )
    }

    /// Whether it is between the lead and a supporting unit.
    pub fn is_of_part(self) -> bool {
        matches!(
            self,
            EventKind::PartAsked
                | EventKind::PartAnswered
                | EventKind::PartReturned
                | EventKind::PartWithdrawn
                | EventKind::PartReminded
                | EventKind::PartEscalated
        )
    }
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}
