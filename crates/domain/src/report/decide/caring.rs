//! Reclassify, assign, hide: what does not change whose turn it is.

use super::super::{Class, Event, HideReason, Refusal, Report};
use crate::ids::{CategoryId, UserId};

pub(super) fn reclassify(
    was: &Report,
    class: Class,
    supervisory: bool,
    category: Option<CategoryId>,
) -> Result<Vec<Event>, Refusal> {
    if supervisory && class != Class::Complaint {
        return Err(Refusal::NotAComplaint);
    }
    if !was.is_open() {
        return Err(Refusal::AlreadyEnded);
    }
    if (class, supervisory, category) == (was.class, was.supervisory, was.category) {
        return Err(Refusal::AlreadySo);
    }
    Ok(vec![Event::Reclassified { class, supervisory, category }])
}

pub(super) fn assign(was: &Report, officer: Option<UserId>) -> Result<Vec<Event>, Refusal> {
    if !was.is_open() {
        return Err(Refusal::AlreadyEnded);
    }
    if was.officer == officer {
        return Err(Refusal::AlreadySo);
    }
    Ok(vec![Event::Assigned { officer }])
}

pub(super) fn hide(was: &Report, reason: HideReason) -> Result<Vec<Event>, Refusal> {
    match was.hidden {
        None => Ok(vec![Event::Hidden { reason }]),
        Some(_) => Err(Refusal::AlreadySo),
    }
}

pub(super) fn unhide(was: &Report) -> Result<Vec<Event>, Refusal> {
    match was.hidden {
        Some(_) => Ok(vec![Event::Unhidden]),
        None => Err(Refusal::AlreadySo),
    }
}
