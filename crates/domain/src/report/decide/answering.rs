//! Answer, close, reopen.

use super::super::{AnswerKind, Closure, Event, Moment, Open, Refusal, Report, Stage};
use super::open;
use jiff::civil::Date;

/// What stands behind an answer.
pub(super) struct Support {
    pub planned_for: Option<Date>,
    pub legal_ground: bool,
    pub evidence: u8,
    pub physical: bool,
}

pub(super) fn answer(
    moment: &Moment<'_>,
    was: &Report,
    kind: AnswerKind,
    support: Support,
) -> Result<Vec<Event>, Refusal> {
    if matches!(open(was)?, Open::Submitted | Open::Returned { .. }) {
        return Err(Refusal::NotDisposed);
    }
    if was.awaited_part().is_some() {
        return Err(Refusal::PartOpen);
    }
    let today = was.zone.day(moment.now);
    let planned_for = support.planned_for.filter(|_| kind == AnswerKind::Planned);
    match kind {
        AnswerKind::Done if support.physical && support.evidence == 0 => Err(Refusal::EvidenceMissing),
        AnswerKind::Planned if planned_for.is_none_or(|day| day <= today) => Err(Refusal::DateMissing),
        AnswerKind::Refused if !support.legal_ground => Err(Refusal::LegalGroundMissing),
        _ => Ok(vec![Event::Answered { answer: kind, planned_for, evidence: support.evidence, alike: 0 }]),
    }
}

pub(super) fn close(was: &Report) -> Result<Vec<Event>, Refusal> {
    match open(was)? {
        Open::Answered { .. } if was.awaited_part().is_some() => Err(Refusal::PartOpen),
        Open::Answered { .. } => Ok(vec![Event::Closed { how: Closure::ByOfficer }]),
        Open::Replied | Open::Objected | Open::Reopened => Err(Refusal::ReplyUnanswered),
        Open::Submitted | Open::Returned { .. } | Open::Disposed => Err(Refusal::NotAnswered),
    }
}

pub(super) fn reopen(was: &Report) -> Result<Vec<Event>, Refusal> {
    match was.stage {
        Stage::Closed { .. } | Stage::Archived { .. } => Ok(vec![Event::Reopened]),
        _ => Err(Refusal::StillOpen),
    }
}
