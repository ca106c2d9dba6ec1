//! Reading the plan of an outreach activity, with all slips at once.

use super::outreaches::HOME;
use crate::components::{Choice, Field, Slip};
use crate::desk::OutreachForm;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::Message;
use app::reference::Reference;
use app::{Officer, Outreach};
use domain::outreach::{MOST_PEOPLE, OutreachKind, OutreachPlan};
use domain::policy::{OfficeAction, may_at};
use domain::region::RegionLevel;
use domain::text::{Remark, StepText, Title};
use domain::time::Zone;
use domain::{AgencyId, RegionCode};
use jiff::civil::Date;

/// Offices that a form suggests.
const MOST_OFFICES: usize = 100;

/// An empty form under a fresh key, for the seat's own office.
pub(super) fn blank(visit: &Visit, officer: &Officer) -> OutreachForm {
    let (reference, by) = (visit.web.app.reference(), actor(officer));
    let agencies = &reference.rules.agencies;
    let today = Zone::Wib.day(visit.web.app.now());
    let mine = agencies
        .iter()
        .filter(|office| office.is_active(today) && may_at(agencies, &by, OfficeAction::PlanOutreach, office.id));
    let region = agencies.get(officer.agency).and_then(|office| office.region.as_ref());
    OutreachForm {
        path: HOME.into(),
        key: visit.fresh_key(),
        office: Some(Field::of(&shape::agency_name(&reference, officer.agency))),
        offices: mine.take(MOST_OFFICES).map(|office| Choice::new(office.id, &office.name)).collect(),
        region: Field::of(region.map_or("", |code| reference.regions.name(code).unwrap_or_default())),
        ..OutreachForm::default()
    }
}

/// The form with the present plan of an activity.
pub(super) fn filled(visit: &Visit, outreach: &Outreach) -> OutreachForm {
    let reference = visit.web.app.reference();
    let plan = &outreach.plan;
    let region = Some(&plan.region).filter(|region| **region != RegionCode::nation());
    OutreachForm {
        path: format!("{HOME}/{}", outreach.id),
        key: visit.fresh_key(),
        seq: outreach.seq,
        kind: Field::of(plan.kind.name()),
        title: Field::of(plan.title.as_str()),
        day: Field::of(&plan.day.to_string()),
        region: Field::of(region.map_or("", |code| reference.regions.name(code).unwrap_or_default())),
        place: Field::of(plan.place.as_str()),
        goal: Field::of(plan.goal.as_str()),
        beneficiaries: Field::of(plan.beneficiaries.as_str()),
        people: Field::of(&plan.people.to_string()),
        ..OutreachForm::default()
    }
}

/// The office that was typed.
pub(super) fn office(visit: &Visit, form: &Form, back: &mut OutreachForm) -> Option<AgencyId> {
    let reference = visit.web.app.reference();
    let today = Zone::Wib.day(visit.web.app.now());
    let found = shape::find_agency(&reference, form.get("office"), today).map(|office| office.id);
    back.office = Some(match found {
        Some(_) => Field::of(form.get("office")),
        None => {
            let message = Message::new("slip-problem-owner");
            back.slips.push(Slip { field: "office", message: message.clone() });
            Field::wrong(form.get("office"), message)
        }
    });
    found
}

/// Reads what was typed into the form as which it would come back; the plan where nothing is wrong with it.
pub(super) fn read(visit: &Visit, form: &Form, back: &mut OutreachForm) -> Option<OutreachPlan> {
    let reference = visit.web.app.reference();
    back.key = form.get("key").to_owned();
    back.seq = form.get("seq").parse().unwrap_or(0);
    let slips = &mut back.slips;
    let kind = OutreachKind::parse(form.get("kind")).unwrap_or(OutreachKind::Socialisation);
    let title = keep(slips, "title", Title::parse(form.get("title")).map_err(told));
    let day = keep(slips, "day", form.get("day").parse::<Date>().map_err(|_| Message::new("slip-date")));
    let place = keep(slips, "place", StepText::parse(form.get("place")).map_err(told));
    let region = keep(slips, "region", region(&reference, form.get("region")));
    let goal = keep(slips, "goal", Remark::parse(form.get("goal")).map_err(told));
    let beneficiaries = keep(slips, "beneficiaries", StepText::parse(form.get("beneficiaries")).map_err(told));
    let people = keep(slips, "people", people(form.get("people")));
    for (name, field) in [
        ("title", &mut back.title),
        ("day", &mut back.day),
        ("region", &mut back.region),
        ("place", &mut back.place),
        ("goal", &mut back.goal),
        ("beneficiaries", &mut back.beneficiaries),
        ("people", &mut back.people),
    ] {
        *field = form.back(name, &back.slips);
    }
    back.kind = Field::of(kind.name());
    Some(OutreachPlan {
        kind,
        title: title?,
        day: day?,
        region: region?,
        place: place?,
        goal: goal?,
        beneficiaries: beneficiaries?,
        people: people?,
    })
}

/// What was read, or nothing and the slip.
fn keep<T>(slips: &mut Vec<Slip>, field: &'static str, read: Result<T, Message>) -> Option<T> {
    read.map_err(|message| slips.push(Slip { field, message })).ok()
}

/// A number of people.
pub(super) fn people(typed: &str) -> Result<u32, Message> {
    let read = typed.parse::<u32>().ok().filter(|n| *n <= MOST_PEOPLE);
    read.ok_or_else(|| Message::new("slip-people").with("most", MOST_PEOPLE))
}

/// A province, a regency or a city by its code or name; the whole country where nothing was typed.
fn region(reference: &Reference, typed: &str) -> Result<RegionCode, Message> {
    if typed.is_empty() {
        return Ok(RegionCode::nation());
    }
    let by_code = RegionCode::parse(typed).filter(|code| reference.regions.name(code).is_some());
    let found = by_code.or_else(|| reference.regions.find(typed, None));
    found.filter(|code| code.level() <= RegionLevel::Regency).ok_or_else(|| Message::new("slip-region-wide"))
}
