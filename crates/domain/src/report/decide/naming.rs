//! Opening the name of an anonymous reporter: one person asks with a reason, another one opens.

use super::super::{Event, Opening, Refusal, Report};
use crate::ids::UserId;
use crate::person::Actor;

pub(super) fn ask(by: &Actor, was: &Report) -> Result<Vec<Event>, Refusal> {
    let officer = by.user().ok_or(Refusal::NotAsked)?;
    if !was.is_open() {
        return Err(Refusal::AlreadyEnded);
    }
    if !was.anonymous {
        return Err(Refusal::NotAnonymous);
    }
    match was.openings.iter().any(|opening| opening.officer == officer) {
        true => Err(Refusal::AlreadyDone),
        false => Ok(vec![Event::NameAsked { officer }]),
    }
}

pub(super) fn open(by: &Actor, was: &Report, officer: UserId) -> Result<Vec<Event>, Refusal> {
    let second = judge(by, was, officer)?;
    Ok(vec![Event::NameOpened { officer, by: second }])
}

pub(super) fn keep(by: &Actor, was: &Report, officer: UserId) -> Result<Vec<Event>, Refusal> {
    judge(by, was, officer)?;
    Ok(vec![Event::NameKept { officer }])
}

/// The second person, who is not the one that asked.
fn judge(by: &Actor, was: &Report, officer: UserId) -> Result<UserId, Refusal> {
    let second = by.user().ok_or(Refusal::NotAsked)?;
    let waits = |opening: &&Opening| opening.officer == officer && opening.opened.is_none();
    was.openings.iter().find(waits).ok_or(Refusal::NotAsked)?;
    if second == officer { Err(Refusal::SamePerson) } else { Ok(second) }
}
