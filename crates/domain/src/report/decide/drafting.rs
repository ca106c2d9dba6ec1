//! Propose an answer, send what was proposed, or send it back.

use super::super::{AnswerKind, Draft, Event, Moment, Refusal, Report};
use super::answering::{self, Support};
use crate::ids::UserId;
use crate::person::Actor;

pub(super) fn propose(
    moment: &Moment<'_>,
    by: &Actor,
    was: &Report,
    kind: AnswerKind,
    support: Support,
) -> Result<Vec<Event>, Refusal> {
    let author = by.user().ok_or(Refusal::NoDraft)?;
    let evidence = support.evidence;
    let answered = answering::answer(moment, was, kind, support)?;
    let proposed = answered.into_iter().map(|event| match event {
        Event::Answered { answer, planned_for, .. } => Event::AnswerProposed { author, answer, planned_for, evidence },
        other => other,
    });
    Ok(proposed.collect())
}

/// Sends a draft exactly as it was proposed. Whether its kind allows it was judged when it was proposed; what time
/// may have changed is judged again.
pub(super) fn approve(moment: &Moment<'_>, by: &Actor, was: &Report, seq: u32) -> Result<Vec<Event>, Refusal> {
    let (draft, _) = judged(by, was, seq)?;
    let support =
        Support { planned_for: draft.planned_for, legal_ground: true, evidence: draft.evidence, physical: false };
    let mut events = answering::answer(moment, was, draft.kind, support)?;
    events.push(Event::AnswerApproved { draft: seq, author: draft.author });
    Ok(events)
}

pub(super) fn send_back(by: &Actor, was: &Report, seq: u32) -> Result<Vec<Event>, Refusal> {
    judged(by, was, seq)?;
    Ok(vec![Event::AnswerSentBack { draft: seq }])
}

pub(super) fn withdraw(by: &Actor, was: &Report, seq: u32) -> Result<Vec<Event>, Refusal> {
    let draft = was.draft.as_ref().filter(|draft| draft.seq == seq).ok_or(Refusal::NoDraft)?;
    match by.user() == Some(draft.author) {
        true => Ok(vec![Event::AnswerWithdrawn { draft: seq }]),
        false => Err(Refusal::NotYourDraft),
    }
}

/// The waiting draft and who judges it: not its author.
fn judged<'a>(by: &Actor, was: &'a Report, seq: u32) -> Result<(&'a Draft, UserId), Refusal> {
    let draft =
        was.draft.as_ref().filter(|draft| draft.seq == seq && draft.sent_back.is_none()).ok_or(Refusal::NoDraft)?;
    let judge = by.user().ok_or(Refusal::NoDraft)?;
    if judge == draft.author { Err(Refusal::SamePerson) } else { Ok((draft, judge)) }
}
