//! A part of the work on a report, asked of another unit than the one that leads: with a task, a clock and an answer
//! of its own (R13). The lead alone answers the reporter, and puts the answer together.

use super::Report;
use super::stage::ReturnReason;
use crate::ids::AgencyId;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Most parts of one report that may be open at once.
pub const MOST_PARTS: usize = 8;

/// What one supporting unit was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// From 1, in the order of asking.
    pub number: u8,
    /// The supporting unit.
    pub office: AgencyId,
    /// The lead answers the reporter only when this part is settled.
    pub compulsory: bool,
    /// The unit may read the report also where it is sealed.
    #[serde(default)]
    pub opened: bool,
    /// Where its clock starts. A part that came back and is asked for again keeps its first clock.
    pub asked: Timestamp,
    /// The event whose words are the task.
    pub asked_in: u32,
    /// The chosen last day, where the limit of the policy is not meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    pub state: PartState,
    #[serde(default)]
    pub reminded: bool,
    #[serde(default)]
    pub escalated: u8,
}

/// Where a part stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartState {
    Open,
    /// `seq` is the event whose words are the answer.
    Answered {
        at: Timestamp,
        seq: u32,
    },
    /// "Not ours".
    Returned {
        at: Timestamp,
        reason: ReturnReason,
    },
    /// Nobody needs it any more: the lead took it back, answered without it, or the report ended.
    Withdrawn {
        at: Timestamp,
    },
}

impl PartState {
    /// The name in the API and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            PartState::Open => "open",
            PartState::Answered { .. } => "answered",
            PartState::Returned { .. } => "returned",
            PartState::Withdrawn { .. } => "withdrawn",
        }
    }

    /// When nothing more was expected of the unit.
    pub fn settled_at(self) -> Option<Timestamp> {
        match self {
            PartState::Open => None,
            PartState::Answered { at, .. } | PartState::Returned { at, .. } | PartState::Withdrawn { at } => Some(at),
        }
    }
}

impl Part {
    /// A part as it would be if it were asked for now with a chosen day, to look at its clock.
    pub(super) fn fresh(now: Timestamp, day: Date) -> Part {
        Part {
            number: 0,
            office: AgencyId(0),
            compulsory: true,
            opened: false,
            asked: now,
            asked_in: 0,
            day: Some(day),
            state: PartState::Open,
            reminded: false,
            escalated: 0,
        }
    }

    /// Whether the unit still has to do something.
    pub fn is_open(&self) -> bool {
        self.state == PartState::Open
    }

    /// Whether the unit works or has worked on it, and so may read the report.
    pub fn is_shared(&self) -> bool {
        matches!(self.state, PartState::Open | PartState::Answered { .. })
    }
}

impl Report {
    /// Parts that units still have to answer.
    pub fn open_parts(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|part| part.is_open())
    }

    /// A part by its number.
    pub fn part(&self, number: u8) -> Option<&Part> {
        self.parts.iter().find(|part| part.number == number)
    }

    /// The first compulsory part that the lead still has to wait for.
    pub fn awaited_part(&self) -> Option<&Part> {
        self.open_parts().find(|part| part.compulsory)
    }

    /// A part of this round that an office gave back or lost, and would get again.
    pub(super) fn lapsed_part(&self, office: AgencyId) -> Option<&Part> {
        let round = self.clocks.last_answer.max(self.clocks.asked_again);
        let again = |part: &&Part| {
            let lapsed = matches!(part.state, PartState::Returned { .. } | PartState::Withdrawn { .. });
            part.office == office && lapsed && round.is_none_or(|since| part.asked >= since)
        };
        self.parts.iter().rev().find(again)
    }

    /// Ends the parts that are open: all of them, or those that nobody had to wait for.
    pub(super) fn withdraw_parts(&mut self, at: Timestamp, which: impl Fn(&Part) -> bool) {
        for part in self.parts.iter_mut().filter(|part| part.is_open() && which(part)) {
            part.state = PartState::Withdrawn { at };
        }
    }
}
