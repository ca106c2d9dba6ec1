//! Verify, dispose, return, hold, archive.

use super::super::{ArchiveReason, Event, Missing, Moment, Open, Refusal, Report, ReturnReason, Stage};
use super::open;
use crate::ids::AgencyId;
use crate::person::{Actor, Role};

/// After this many returns the national admin decides, and it sticks.
const RETURNS_BEFORE_NATIONAL: u8 = 2;
/// So often a report may wait for its reporter, each time no longer than the hold limit.
const MOST_HOLDS: usize = 3;

pub(super) fn dispose(moment: &Moment<'_>, by: &Actor, was: &Report, to: AgencyId) -> Result<Vec<Event>, Refusal> {
    let undecided = matches!(open(was)?, Open::Submitted | Open::Returned { .. });
    let agencies = &moment.rules.agencies;
    agencies.get(to).ok_or(Refusal::UnknownAgency)?;
    let national = by.role() == Some(Role::NationalAdmin);
    let seat = by.agency().unwrap_or(was.holder);
    if !national && !agencies.within(to, seat) {
        return Err(Refusal::OutsideSubtree);
    }
    let kept_here = undecided && to != agencies.national();
    if to == was.holder && !kept_here {
        return Err(Refusal::AlreadyThere);
    }
    let settled = was.settled || (national && was.returns >= RETURNS_BEFORE_NATIONAL);
    // Who leads supports nobody: its own part is over.
    let own = was.open_parts().find(|part| part.office == to);
    let withdrawn = own.map(|part| Event::PartWithdrawn { part: part.number });
    Ok([Event::Disposed { from: was.holder, to, settled }].into_iter().chain(withdrawn).collect())
}

pub(super) fn return_up(
    moment: &Moment<'_>,
    was: &Report,
    reason: ReturnReason,
    suggestion: Option<AgencyId>,
) -> Result<Vec<Event>, Refusal> {
    if matches!(open(was)?, Open::Answered { .. }) {
        return Err(Refusal::AlreadyAnswered);
    }
    if was.settled {
        return Err(Refusal::Settled);
    }
    let agencies = &moment.rules.agencies;
    let above = agencies.parent(was.holder).ok_or(Refusal::NothingAbove)?;
    if let Some(suggested) = suggestion {
        agencies.get(suggested).ok_or(Refusal::UnknownAgency)?;
    }
    let to = if was.returns.saturating_add(1) >= RETURNS_BEFORE_NATIONAL { agencies.national() } else { above };
    Ok(vec![Event::Returned { from: was.holder, to, reason, suggestion }])
}

/// Neither a transfer nor a return: the case stays as it is, in other hands of the same agency.
pub(super) fn hand_over(moment: &Moment<'_>, was: &Report, to: AgencyId) -> Result<Vec<Event>, Refusal> {
    let agencies = &moment.rules.agencies;
    agencies.get(to).ok_or(Refusal::UnknownAgency)?;
    if !was.is_open() {
        return Err(Refusal::AlreadyEnded);
    }
    if to == was.holder {
        return Err(Refusal::AlreadyThere);
    }
    if agencies.root_of(to) != agencies.root_of(was.holder) {
        return Err(Refusal::OutsideSubtree);
    }
    Ok(vec![Event::HandedOver { from: was.holder, to }])
}

pub(super) fn hold(was: &Report, missing: &[Missing]) -> Result<Vec<Event>, Refusal> {
    if matches!(open(was)?, Open::Answered { .. }) {
        return Err(Refusal::AlreadyAnswered);
    }
    if was.clocks.holds.len() >= MOST_HOLDS {
        return Err(Refusal::HeldTooOften);
    }
    if missing.is_empty() {
        return Err(Refusal::NothingMissing);
    }
    Ok(vec![Event::Held { missing: missing.to_vec() }])
}

pub(super) fn resume(was: &Report) -> Result<Vec<Event>, Refusal> {
    match was.stage {
        Stage::Held { .. } => Ok(vec![Event::Resumed]),
        Stage::Open(_) => Err(Refusal::NotOnHold),
        _ => Err(Refusal::AlreadyEnded),
    }
}

pub(super) fn archive(was: &Report, reason: ArchiveReason) -> Result<Vec<Event>, Refusal> {
    if reason == ArchiveReason::NotCompleted {
        return Err(Refusal::ReasonReserved);
    }
    let answered = was.clocks.answered.is_some();
    match was.stage {
        Stage::Open(_) | Stage::Held { .. } if answered => Err(Refusal::AlreadyAnswered),
        Stage::Open(_) | Stage::Held { .. } => Ok(vec![Event::Archived { by_system: false, reason }]),
        _ => Err(Refusal::AlreadyEnded),
    }
}
