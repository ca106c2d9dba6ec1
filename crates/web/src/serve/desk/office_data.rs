//! `/desk/instansi/{id}/data`: an office as it stands in the tree, changed by the admins above it.

use super::office::head;
use crate::components::{Choice, Field, Frame, Notice, Place, Slip, Tone};
use crate::desk::{OfficeDataPage, OfficeForm};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::Message;
use app::reference::Reference;
use app::{Conflict, Error, Officer};
use axum::extract::{Path, Query, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::agency::{Agency, AgencyFault, AgencyKind, Connection};
use domain::policy::edits_office;
use domain::time::Zone;
use domain::{AgencyId, RegionCode, Role};
use jiff::civil::Date;
use std::collections::HashMap;

/// One office, with the form to change it or, asked so, to add one below it.
pub(in crate::serve) async fn show(
    visit: Visit,
    Path(id): Path<i64>,
    query: Query<HashMap<String, String>>,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let adds = query.contains_key("baru");
    let page = page(&visit, &officer, AgencyId(id), adds, None).await?;
    visit.show(&page)
}

/// Changes an office.
pub(in crate::serve) async fn change(visit: Visit, Path(id): Path<i64>, request: Request) -> Result<Response, Failure> {
    save(visit, AgencyId(id), false, request).await
}

/// Adds an office below one.
pub(in crate::serve) async fn add(visit: Visit, Path(id): Path<i64>, request: Request) -> Result<Response, Failure> {
    save(visit, AgencyId(id), true, request).await
}

async fn save(visit: Visit, id: AgencyId, adds: bool, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let reference = visit.web.app.reference();
    let wanted = if adds { AgencyId(0) } else { id };
    let (status, back) = match read(&form, &reference, wanted) {
        Err(slips) => (StatusCode::UNPROCESSABLE_ENTITY, Back { slips, notice: None }),
        Ok(agency) => {
            let edition = form.get("edition").parse().unwrap_or(0);
            match visit.web.app.put_office(&actor(&officer), agency, edition, form.get("key")).await {
                Ok(Ok(made)) => {
                    let to = format!("/desk/instansi/{}/data", made.id);
                    return Ok((AppendHeaders([visit.told("done-office")]), Redirect::to(&to)).into_response());
                }
                Ok(Err(faults)) => (StatusCode::UNPROCESSABLE_ENTITY, Back { slips: slips(&faults), notice: None }),
                Err(Error::Conflict(Conflict::Stale { .. })) => {
                    (StatusCode::CONFLICT, Back { slips: vec![], notice: Some(Message::new("office-stale")) })
                }
                Err(error) => return Err(Failure::of(&visit, error)),
            }
        }
    };
    let page = page(&visit, &officer, id, adds, Some((&form, back))).await?;
    Ok((status, visit.show(&page)?).into_response())
}

/// What is wrong with a form that comes back.
struct Back {
    slips: Vec<Slip>,
    notice: Option<Message>,
}

fn slips(faults: &[AgencyFault]) -> Vec<Slip> {
    let field = |fault: &AgencyFault| match fault {
        AgencyFault::Name | AgencyFault::NameTaken => "name",
        AgencyFault::Parent | AgencyFault::Loop => "parent",
        AgencyFault::Dates | AgencyFault::Children | AgencyFault::OpenReports => "active_to",
        AgencyFault::National => "kind",
    };
    faults.iter().map(|fault| Slip { field: field(fault), message: told(*fault) }).collect()
}

fn told(fault: AgencyFault) -> Message {
    Message::new(format!("agency-fault-{}", fault.name()))
}

fn read(form: &Form, reference: &Reference, id: AgencyId) -> Result<Agency, Vec<Slip>> {
    let mut slips = Vec::new();
    let agencies = &reference.rules.agencies;
    let known = agencies.get(id);
    let parent = form.some("parent").and_then(|typed| by_name(reference, typed));
    if parent.is_none() && form.some("parent").is_some() {
        slips.push(Slip { field: "parent", message: told(AgencyFault::Parent) });
    }
    let region = form.some("region").and_then(|typed| region(reference, typed));
    if region.is_none() && form.some("region").is_some() {
        slips.push(Slip { field: "region", message: Message::new("slip-region") });
    }
    let mut day = |name: &'static str| match form.some(name).map(str::parse::<Date>) {
        None => None,
        Some(Ok(day)) => Some(day),
        Some(Err(_)) => {
            slips.push(Slip { field: name, message: Message::new("slip-date") });
            None
        }
    };
    let (active_from, active_to) = (day("active_from"), day("active_to"));
    if !slips.is_empty() {
        return Err(slips);
    }
    Ok(Agency {
        id,
        parent,
        kind: AgencyKind::parse(form.get("kind")).unwrap_or(AgencyKind::Unit),
        name: form.get("name").to_owned(),
        short: form.get("short").to_owned(),
        region,
        aliases: form
            .get("aliases")
            .split(';')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
        active_from,
        active_to,
        connection: Connection::parse(form.get("connection"))
            .or(known.map(|agency| agency.connection))
            .unwrap_or_default(),
        edition: 0,
    })
}

/// An office by its full name, closed ones too: what stands below one stays there.
fn by_name(reference: &Reference, typed: &str) -> Option<AgencyId> {
    let wanted = typed.to_lowercase();
    let all = || reference.rules.agencies.iter();
    let found = all().find(|agency| agency.name.to_lowercase() == wanted);
    found.or_else(|| all().find(|agency| agency.short.to_lowercase() == wanted)).map(|agency| agency.id)
}

fn region(reference: &Reference, typed: &str) -> Option<RegionCode> {
    let by_code = RegionCode::parse(typed).filter(|code| reference.regions.name(code).is_some());
    by_code.or_else(|| reference.regions.find(typed, None))
}

async fn page(
    visit: &Visit,
    officer: &Officer,
    id: AgencyId,
    adds: bool,
    back: Option<(&Form, Back)>,
) -> Result<OfficeDataPage, Failure> {
    let reference = visit.web.app.reference();
    let agencies = &reference.rules.agencies;
    let office = agencies.get(id).ok_or_else(|| Failure::page(visit, 404, None, None))?;
    let by = actor(officer);
    let (typed, back) = back.unzip();
    let Back { slips, notice } = back.unwrap_or(Back { slips: vec![], notice: None });
    let form = match typed {
        Some(form) => come_back(form, &slips, office.edition),
        None if adds => blank(visit, office),
        None => filled(visit, &reference, office),
    };
    let allowed = edits_office(agencies, &by, id, !adds);
    let frame = visit.desk(officer, Place::Elsewhere).await?;
    let notice = notice.map(|message| Notice { tone: Tone::Wait, message });
    Ok(OfficeDataPage {
        w: visit.words,
        frame: Frame { notice: notice.or(frame.notice.clone()), ..frame },
        head: head(visit, officer, id, "data")?,
        kind: office.kind,
        connection: office.connection,
        active_from: office.active_from,
        active_to: office.active_to,
        aliases: office.aliases.clone(),
        region: office.region.as_ref().map(|code| reference.regions.full_name(code)),
        change: (allowed && !adds).then(|| form.clone()),
        add: (allowed && adds).then_some(form),
        adds: edits_office(agencies, &by, id, false),
        connects: officer.role == Role::NationalAdmin,
        slips,
        offices: if allowed { parents(visit, officer) } else { vec![] },
    })
}

/// Offices below which this seat may put one.
fn parents(visit: &Visit, officer: &Officer) -> Vec<Choice> {
    let (reference, by) = (visit.web.app.reference(), actor(officer));
    let agencies = &reference.rules.agencies;
    let today = Zone::Wib.day(visit.web.app.now());
    let reached = |agency: &&Agency| edits_office(agencies, &by, agency.id, false) && agency.is_active(today);
    agencies.iter().filter(reached).map(|agency| Choice::new(&agency.name, &agency.name)).collect()
}

fn come_back(form: &Form, slips: &[Slip], edition: u32) -> OfficeForm {
    let field = |name: &str| form.back(name, slips);
    OfficeForm {
        key: form.get("key").to_owned(),
        edition,
        name: field("name"),
        short: field("short"),
        kind: field("kind"),
        parent: field("parent"),
        region: field("region"),
        aliases: field("aliases"),
        active_from: field("active_from"),
        active_to: field("active_to"),
        connection: field("connection"),
    }
}

fn filled(visit: &Visit, reference: &Reference, office: &Agency) -> OfficeForm {
    let day = |day: Option<Date>| Field::of(&day.map_or_else(String::new, |day| day.to_string()));
    OfficeForm {
        key: visit.fresh_key(),
        edition: office.edition,
        name: Field::of(&office.name),
        short: Field::of(&office.short),
        kind: Field::of(office.kind.name()),
        parent: Field::of(&office.parent.map_or_else(String::new, |id| shape::agency_name(reference, id))),
        region: Field::of(office.region.as_ref().map_or("", RegionCode::as_str)),
        aliases: Field::of(&office.aliases.join("; ")),
        active_from: day(office.active_from),
        active_to: day(office.active_to),
        connection: Field::of(office.connection.name()),
    }
}

/// The form of an office to be added below one.
fn blank(visit: &Visit, above: &Agency) -> OfficeForm {
    OfficeForm {
        key: visit.fresh_key(),
        kind: Field::of(AgencyKind::Unit.name()),
        parent: Field::of(&above.name),
        region: Field::of(above.region.as_ref().map_or("", RegionCode::as_str)),
        connection: Field::of(Connection::default().name()),
        ..OfficeForm::default()
    }
}
