//! What the reporter, and others with the same trouble, may do.

use super::super::{Closure, Event, Moment, Ombudsman, Open, Refusal, Report, Stage};
use super::open;
use crate::due;

pub(super) fn complete(was: &Report) -> Result<Vec<Event>, Refusal> {
    match was.stage {
        Stage::Held { .. } => Ok(vec![Event::Completed]),
        Stage::Open(_) => Err(Refusal::NotOnHold),
        _ => Err(Refusal::AlreadyEnded),
    }
}

pub(super) fn contest(moment: &Moment<'_>, was: &Report) -> Result<Vec<Event>, Refusal> {
    match was.stage {
        Stage::Archived { .. } => within_window(moment, was)?,
        Stage::Closed { .. } => return Err(Refusal::AlreadyEnded),
        _ => return Err(Refusal::StillOpen),
    }
    Ok(vec![Event::Contested { to: moment.rules.agencies.national() }])
}

pub(super) fn reply(was: &Report) -> Result<Vec<Event>, Refusal> {
    match open(was)? {
        Open::Answered { .. } | Open::Replied | Open::Objected | Open::Reopened => Ok(vec![Event::Replied]),
        Open::Submitted | Open::Returned { .. } | Open::Disposed => Err(Refusal::NotAnswered),
    }
}

pub(super) fn confirm(moment: &Moment<'_>, was: &Report, rating: Option<u8>) -> Result<Vec<Event>, Refusal> {
    if rating.is_some_and(|rating| !(1..=5).contains(&rating)) {
        return Err(Refusal::RatingOutOfRange);
    }
    match &was.stage {
        Stage::Open(Open::Answered { .. } | Open::Replied | Open::Objected | Open::Reopened) => {
            let rated = rating.map(|rating| Event::Confirmed { rating });
            Ok(rated.into_iter().chain([Event::Closed { how: Closure::Confirmed }]).collect())
        }
        Stage::Open(_) => Err(Refusal::NotAnswered),
        Stage::Held { .. } => Err(Refusal::OnHold),
        Stage::Closed { .. } => {
            let rating = rating.filter(|_| was.rating.is_none()).ok_or(Refusal::AlreadyDone)?;
            within_window(moment, was)?;
            Ok(vec![Event::Rated { rating }])
        }
        Stage::Archived { .. } => Err(Refusal::AlreadyEnded),
    }
}

pub(super) fn object(moment: &Moment<'_>, was: &Report) -> Result<Vec<Event>, Refusal> {
    match &was.stage {
        Stage::Open(Open::Answered { .. } | Open::Replied) => {}
        Stage::Open(Open::Objected | Open::Reopened) => return Err(Refusal::AlreadyDone),
        Stage::Open(_) => return Err(Refusal::NotAnswered),
        Stage::Held { .. } => return Err(Refusal::OnHold),
        Stage::Closed { .. } => within_window(moment, was)?,
        Stage::Archived { .. } => return Err(Refusal::AlreadyEnded),
    }
    Ok(vec![Event::Objected])
}

pub(super) fn support(was: &Report) -> Result<Vec<Event>, Refusal> {
    if !was.is_public() {
        return Err(Refusal::NotPublic);
    }
    if !was.is_open() {
        return Err(Refusal::AlreadyEnded);
    }
    Ok(vec![Event::Supported])
}

pub(super) fn accept_ombudsman(was: &Report) -> Result<Vec<Event>, Refusal> {
    if !was.is_open() {
        return Err(Refusal::AlreadyEnded);
    }
    match was.ombudsman {
        Ombudsman::Offered { .. } => Ok(vec![Event::OmbudsmanAccepted]),
        Ombudsman::NotOffered => Err(Refusal::NotOffered),
        Ombudsman::Accepted { .. } => Err(Refusal::AlreadyDone),
    }
}

fn within_window(moment: &Moment<'_>, was: &Report) -> Result<(), Refusal> {
    match due::objection(moment.rules, was) {
        Some(window) if window.is_over(moment.now) => Err(Refusal::WindowOver),
        _ => Ok(()),
    }
}
