//! Ask other units for a part of the work, and what they say to it.

use super::super::{Event, MOST_PARTS, Moment, Open, Part, Refusal, Report, ReturnReason, Stage};
use super::open;
use crate::ids::AgencyId;
use crate::person::{Actor, Role};
use crate::{deadline, due};
use jiff::civil::Date;

/// What is asked of a unit.
pub(super) struct Wanted {
    pub office: AgencyId,
    pub compulsory: bool,
    pub opened: bool,
    pub day: Option<Date>,
}

pub(super) fn ask(moment: &Moment<'_>, by: &Actor, was: &Report, wanted: Wanted) -> Result<Vec<Event>, Refusal> {
    match open(was)? {
        Open::Submitted | Open::Returned { .. } => return Err(Refusal::NotDisposed),
        Open::Answered { kind } if kind != super::super::AnswerKind::Planned => return Err(Refusal::AlreadyAnswered),
        _ => {}
    }
    let Wanted { office, compulsory, opened, day } = wanted;
    if was.is_sealed() && !opened {
        return Err(Refusal::PartSealed);
    }
    let agencies = &moment.rules.agencies;
    agencies.get(office).ok_or(Refusal::UnknownAgency)?;
    if !reaches(moment, by, was, office) {
        return Err(Refusal::OutsideSubtree);
    }
    if office == was.holder || was.open_parts().any(|part| part.office == office) {
        return Err(Refusal::AlreadyThere);
    }
    if was.open_parts().count() >= MOST_PARTS || was.parts.len() >= usize::from(u8::MAX) {
        return Err(Refusal::TooManyParts);
    }
    let next = was.parts.iter().map(|part| part.number).max().unwrap_or(0).saturating_add(1);
    let part = was.lapsed_part(office).map_or(next, |part| part.number);
    if let Some(day) = day {
        fits(moment, was, day)?;
    }
    Ok(vec![Event::PartAsked { part, office, compulsory, opened, day }])
}

/// A seat asks below itself; an admin or inspectorate of the parent agency asks anywhere in it, the national admin
/// anywhere.
fn reaches(moment: &Moment<'_>, by: &Actor, was: &Report, office: AgencyId) -> bool {
    let agencies = &moment.rules.agencies;
    let seat = by.agency().unwrap_or(was.holder);
    match by.role() {
        Some(Role::NationalAdmin) => true,
        Some(Role::AgencyAdmin | Role::Inspector) => agencies.within(office, agencies.root_of(seat)),
        _ => agencies.within(office, seat),
    }
}

/// A chosen day has a working day to work in, and does not end after the lead itself has to be finished.
fn fits(moment: &Moment<'_>, was: &Report, day: Date) -> Result<(), Refusal> {
    let asked = Part::fresh(moment.now, day);
    let clock = due::part(moment.rules, was, &asked, moment.now).filter(|clock| clock.limit_days > 0);
    let clock = clock.ok_or(Refusal::DayOutOfRange)?;
    match due::completion(moment.rules, was, moment.now) {
        Some(deadline::Deadline { due, .. }) if clock.due > due => Err(Refusal::DayOutOfRange),
        _ => Ok(()),
    }
}

pub(super) fn answer(
    moment: &Moment<'_>,
    by: &Actor,
    was: &Report,
    part: u8,
    evidence: u8,
) -> Result<Vec<Event>, Refusal> {
    own(moment, by, was, part)?;
    Ok(vec![Event::PartAnswered { part, evidence }])
}

pub(super) fn give_back(
    moment: &Moment<'_>,
    by: &Actor,
    was: &Report,
    part: u8,
    reason: ReturnReason,
) -> Result<Vec<Event>, Refusal> {
    own(moment, by, was, part)?;
    Ok(vec![Event::PartReturned { part, reason }])
}

pub(super) fn withdraw(was: &Report, part: u8) -> Result<Vec<Event>, Refusal> {
    waiting(was, part)?;
    Ok(vec![Event::PartWithdrawn { part }])
}

pub(super) fn remind(moment: &Moment<'_>, was: &Report, part: u8) -> Result<Vec<Event>, Refusal> {
    let part = ticking(was, part)?;
    let clock = due::part(moment.rules, was, part, moment.now).ok_or(Refusal::NotDue)?;
    if part.reminded {
        return Err(Refusal::AlreadyDone);
    }
    match moment.now < due::reminder_at(&clock) {
        true => Err(Refusal::NotDue),
        false => Ok(vec![Event::PartReminded { part: part.number }]),
    }
}

pub(super) fn escalate(moment: &Moment<'_>, was: &Report, part: u8) -> Result<Vec<Event>, Refusal> {
    let part = ticking(was, part)?;
    let clock = due::part(moment.rules, was, part, moment.now).ok_or(Refusal::NotDue)?;
    let level = part.escalated.saturating_add(1);
    if level > due::LEVELS {
        return Err(Refusal::AlreadyDone);
    }
    if moment.now < due::escalation_at(moment.rules, was, &clock, level) {
        return Err(Refusal::NotDue);
    }
    let to = due::part_escalation_office(&moment.rules.agencies, was, part, level);
    Ok(vec![Event::PartEscalated { part: part.number, level, to }])
}

/// An open part, where the report goes on.
fn waiting(was: &Report, part: u8) -> Result<&Part, Refusal> {
    if !was.is_open() {
        return Err(Refusal::AlreadyEnded);
    }
    was.part(part).filter(|part| part.is_open()).ok_or(Refusal::PartSettled)
}

/// An open part whose clock runs.
fn ticking(was: &Report, part: u8) -> Result<&Part, Refusal> {
    let part = waiting(was, part)?;
    if matches!(was.stage, Stage::Held { .. }) { Err(Refusal::OnHold) } else { Ok(part) }
}

/// An open part of the seat's own office, or of one below it.
fn own<'a>(moment: &Moment<'_>, by: &Actor, was: &'a Report, part: u8) -> Result<&'a Part, Refusal> {
    let part = waiting(was, part)?;
    let seat = by.agency().ok_or(Refusal::NotYourPart)?;
    if moment.rules.agencies.within(part.office, seat) { Ok(part) } else { Err(Refusal::NotYourPart) }
}
