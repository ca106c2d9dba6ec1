//! Questions to people outside, who have neither a PIN nor an account. They change no stage and no clock.

use super::super::{Event, Refusal, Report};
use crate::question::MOST_OPEN;

pub(super) fn ask(was: &Report) -> Result<Vec<Event>, Refusal> {
    if !was.is_open() {
        return Err(Refusal::AlreadyEnded);
    }
    if was.asked.len() >= MOST_OPEN {
        return Err(Refusal::TooManyQuestions);
    }
    Ok(vec![Event::OutsiderAsked])
}

pub(super) fn answer(was: &Report, question: u32) -> Result<Vec<Event>, Refusal> {
    still_asked(was, question)?;
    Ok(vec![Event::OutsiderAnswered { question }])
}

pub(super) fn end(was: &Report, question: u32) -> Result<Vec<Event>, Refusal> {
    still_asked(was, question)?;
    Ok(vec![Event::OutsiderEnded { question }])
}

fn still_asked(was: &Report, question: u32) -> Result<(), Refusal> {
    was.asked.contains(&question).then_some(()).ok_or(Refusal::QuestionEnded)
}
