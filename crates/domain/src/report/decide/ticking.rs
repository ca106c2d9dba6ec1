//! What the scheduler may do, each only when it is due.

use super::super::{AnswerKind, ArchiveReason, Closure, Event, Moment, Ombudsman, Open, Refusal, Report, Stage};
use super::open;
use crate::due;

pub(super) fn remind(moment: &Moment<'_>, was: &Report) -> Result<Vec<Event>, Refusal> {
    let clock = due::obligation(moment.rules, was, moment.now).ok_or(Refusal::NotDue)?;
    if was.nudges.reminded {
        return Err(Refusal::AlreadyDone);
    }
    if moment.now < due::reminder_at(&clock) {
        return Err(Refusal::NotDue);
    }
    Ok(vec![Event::Reminded { limit: clock.limit }])
}

pub(super) fn remind_promise(moment: &Moment<'_>, was: &Report) -> Result<Vec<Event>, Refusal> {
    let at = due::promise_at(was).ok_or(Refusal::NotDue)?;
    if was.nudges.promise {
        return Err(Refusal::AlreadyDone);
    }
    if moment.now < at {
        return Err(Refusal::NotDue);
    }
    Ok(vec![Event::PromiseReminded])
}

pub(super) fn escalate(moment: &Moment<'_>, was: &Report) -> Result<Vec<Event>, Refusal> {
    let clock = due::obligation(moment.rules, was, moment.now).ok_or(Refusal::NotDue)?;
    let level = was.nudges.escalated.saturating_add(1);
    if level > due::LEVELS {
        return Err(Refusal::AlreadyDone);
    }
    if moment.now < due::escalation_at(moment.rules, was, &clock, level) {
        return Err(Refusal::NotDue);
    }
    let to = due::escalation_office(&moment.rules.agencies, was.holder, level);
    Ok(vec![Event::Escalated { limit: clock.limit, level, to }])
}

pub(super) fn warn(moment: &Moment<'_>, was: &Report) -> Result<Vec<Event>, Refusal> {
    let silence = waiting(moment, was)?;
    if was.nudges.warned_at.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    if moment.now < due::warning_at(&silence) {
        return Err(Refusal::NotDue);
    }
    Ok(vec![Event::Warned])
}

pub(super) fn close_silent(moment: &Moment<'_>, was: &Report) -> Result<Vec<Event>, Refusal> {
    let silence = waiting(moment, was)?;
    if moment.now < due::silent_closing_at(was, &silence) {
        return Err(Refusal::NotDue);
    }
    Ok(vec![Event::Closed { how: Closure::BySystem }])
}

pub(super) fn lapse(moment: &Moment<'_>, was: &Report) -> Result<Vec<Event>, Refusal> {
    if !matches!(was.stage, Stage::Held { .. }) {
        open(was)?;
        return Err(Refusal::NotOnHold);
    }
    match due::hold(moment.rules, was, moment.now) {
        Some(hold) if hold.is_over(moment.now) && was.clocks.answered.is_some() => Ok(vec![Event::Resumed]),
        Some(hold) if hold.is_over(moment.now) => {
            Ok(vec![Event::Archived { by_system: true, reason: ArchiveReason::NotCompleted }])
        }
        _ => Err(Refusal::NotDue),
    }
}

pub(super) fn offer_ombudsman(moment: &Moment<'_>, was: &Report) -> Result<Vec<Event>, Refusal> {
    if !was.is_open() {
        return Err(Refusal::AlreadyEnded);
    }
    if was.ombudsman != Ombudsman::NotOffered {
        return Err(Refusal::AlreadyDone);
    }
    match due::ombudsman(moment.rules, was, moment.now) {
        Some(limit) if limit.is_over(moment.now) => Ok(vec![Event::OmbudsmanOffered]),
        _ => Err(Refusal::NotDue),
    }
}

fn waiting(moment: &Moment<'_>, was: &Report) -> Result<crate::deadline::Deadline, Refusal> {
    match open(was)? {
        Open::Answered { kind: AnswerKind::Planned } => Err(Refusal::NotDue),
        Open::Answered { .. } => due::silence(moment.rules, was, moment.now).ok_or(Refusal::NotDue),
        Open::Submitted | Open::Returned { .. } | Open::Disposed => Err(Refusal::NotAnswered),
        Open::Replied | Open::Objected | Open::Reopened => Err(Refusal::ReplyUnanswered),
    }
}
