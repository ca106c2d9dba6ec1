//! `/laporan/{code}`: the report as its visitor may see it, its receipt, and the way in with the PIN.

use super::cause;
use super::failure::Failure;
use super::form::Form;
use super::mailbox;
use super::shape::{self, Known};
use super::visit::Visit;
use crate::citizen::{Follow, Look, OwnView, ReceiptPage, ReportPage, SameMatter, SealedPage, Step, TrackPage};
use crate::components::{Field, Frame, Place, Slip};
use crate::words::{Message, Moment};
use app::reference::Reference;
use app::{Access, Error, View};
use axum::extract::{Path, Query, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::code::CodeError;
use domain::report::{CommandKind, Stage};
use domain::way::masked;
use domain::{Actor, Code};
use std::collections::{HashMap, HashSet};

/// What the reporter may be asked to do, the clearest first.
const OWN: [CommandKind; 6] = [
    CommandKind::Complete,
    CommandKind::Confirm,
    CommandKind::Reply,
    CommandKind::Object,
    CommandKind::Contest,
    CommandKind::AcceptOmbudsman,
];

/// Looks at a report that its reporter is shown, the latest.
const MOST_LOOKS: usize = 50;

/// A tracking number in an address; anything else is a page that is not there.
pub(super) fn code(visit: &Visit, typed: &str) -> Result<Code, Failure> {
    Code::parse(typed).map_err(|_| Failure::page(visit, 404, None, None))
}

/// The report, or the same neutral page for all that is not public.
pub(super) async fn show(visit: Visit, Path(typed): Path<String>) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    visit.web.again.page(&visit, async || seen(&visit, code).await).await
}

async fn seen(visit: &Visit, code: Code) -> Result<Response, Failure> {
    match visit.web.app.view(code, &visit.citizen(code)).await {
        Ok(view) => {
            let mailbox = if visit.owns(code) { mailbox::shown(visit, &view).await? } else { None };
            let own = OwnView { mailbox, ..OwnView::default() };
            let follow = if visit.owns(code) { None } else { stands(visit, code).await? };
            visit.show(&ReportPage { follow, ..page(visit, &view, own, Vec::new()).await? })
        }
        Err(Error::NotFound) => sealed(visit, code, Field::default()),
        Err(error) => Err(Failure::of(visit, error)),
    }
}

/// How a visitor stands to the news of somebody else's report.
async fn stands(visit: &Visit, code: Code) -> Result<Option<Follow>, Failure> {
    if !visit.web.app.sends_letters() {
        return Ok(None);
    }
    let Some(account) = visit.account().await? else { return Ok(Some(Follow::Stranger)) };
    let follows = visit.web.app.follows(&account, code).await.map_err(|error| Failure::of(visit, error))?;
    Ok(Some(if follows { Follow::Does } else { Follow::Can }))
}

/// The page of a report with what the reporter typed before, if anything.
pub(super) async fn page(visit: &Visit, view: &View, typed: OwnView, slips: Vec<Slip>) -> Result<ReportPage, Failure> {
    let reference = visit.web.app.reference();
    let code = view.row.code;
    let known = Known { reference: &reference, words: visit.words, officers: HashMap::new() };
    let mut report = shape::public_report(view, &known, &shape::path_of(code));
    let own = visit.owns(code);
    report.address = view.place.clone().filter(|_| own);
    Ok(ReportPage {
        w: visit.words,
        frame: visit.frame(Place::Elsewhere),
        report,
        supported: false,
        follow: None,
        own: own.then(|| own_view(view, typed, &reference)),
        same: same_matter(visit, view).await?,
        cause: visit
            .web
            .app
            .problem_of(view.report())
            .await
            .map_err(|error| Failure::of(visit, error))?
            .map(cause::link),
        key: visit.fresh_key(),
        pin: Field::default(),
        slips,
    })
}

/// The other public reports about the same matter.
async fn same_matter(visit: &Visit, view: &View) -> Result<SameMatter, Failure> {
    const SHOWN: usize = 5;
    let matter = visit.web.app.matter(view).await.map_err(|error| Failure::of(visit, error))?;
    let members = matter.map(|matter| matter.members).unwrap_or_default();
    let named = members.iter().take(SHOWN).map(|member| {
        let listed = &member.listed;
        (listed.row.code, listed.title.clone().unwrap_or_default())
    });
    Ok(SameMatter { count: u32::try_from(members.len()).unwrap_or(u32::MAX), first: named.collect() })
}

fn own_view(view: &View, typed: OwnView, reference: &Reference) -> OwnView {
    let missing = match &view.report().stage {
        Stage::Held { missing, .. } => missing.clone(),
        _ => Vec::new(),
    };
    let asked = view.steps.iter().rev().find(|step| step.logged.event.kind() == domain::report::EventKind::Held);
    OwnView {
        original: shape::original(view),
        can: OWN.into_iter().filter(|kind| view.offers.contains(kind)).collect(),
        missing_text: asked
            .filter(|_| !missing.is_empty())
            .and_then(|step| step.words.as_ref())
            .map(|words| words.body.clone()),
        missing,
        until: view.objection.as_ref().map(|window| window.due_day()),
        looks: looks(view, reference),
        ..typed
    }
}

/// Who looked, once for each office, part and day, the latest first.
fn looks(view: &View, reference: &Reference) -> Vec<Look> {
    let mut told = HashSet::new();
    let day = |look: &&Access| view.report().zone.day(look.at);
    let fresh = view.looks.iter().filter(|look| told.insert((look.role, look.agency, &look.what, day(look))));
    fresh.take(MOST_LOOKS).map(|look| shape::look(look, view, reference)).collect()
}

/// The neutral page, with status 404 whether the report exists or not.
pub(super) fn sealed(visit: &Visit, code: Code, pin: Field) -> Result<Response, Failure> {
    let page = SealedPage::new(visit.words, code, pin);
    Ok((StatusCode::NOT_FOUND, visit.show(&page)?).into_response())
}

/// The receipt, for the device that sent the report or showed its PIN.
pub(super) async fn receipt(visit: Visit, Path(typed): Path<String>) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    if !visit.owns(code) {
        return sealed(&visit, code, Field::default());
    }
    let view = visit.web.app.view(code, &Actor::Reporter).await.map_err(|error| Failure::of(&visit, error))?;
    let reference = visit.web.app.reference();
    let report = view.report();
    let pin = visit.web.app.keys().pin(code);
    let page = ReceiptPage {
        w: visit.words,
        frame: Frame { sent: Some("home"), ..visit.frame(Place::Elsewhere) },
        code,
        pin: format!("{} {}", &pin[..3], &pin[3..]),
        class: report.class,
        title: view.title.clone(),
        place: reference.regions.full_name(&report.region),
        agency: report.chosen.map(|id| shape::agency_name(&reference, id)),
        sent: Moment::of(report.clocks.received, report.zone),
        anonymous: report.anonymous,
        secret: report.secret,
        contact: view
            .reporter
            .as_ref()
            .and_then(|person| person.phone.as_deref().or(person.email.as_deref()))
            .map(masked),
        letters: view
            .reporter
            .as_ref()
            .and_then(|person| person.email.as_deref())
            .filter(|_| visit.web.app.sends_mail())
            .map(masked),
        files: u32::try_from(view.attachments.len()).unwrap_or(u32::MAX),
        steps: steps(&reference, &view),
        held: visit.web.app.is_held(report.id).await.map_err(|error| Failure::of(&visit, error))?,
    };
    visit.show(&page)
}

/// What happens next to a new report, by the limits of its day.
fn steps(reference: &Reference, view: &View) -> Vec<Step> {
    let report = view.report();
    let limits = shape::limits(reference, report.zone.day(view.at));
    let [short, middle, long] = limits.completion;
    let finish = Message::new("next-finish").with("short", short).with("middle", middle).with("long", long);
    let verified = view.clock.as_ref().filter(|_| report.clocks.disposed.is_none()).map(|clock| clock.due_day());
    let step = |what, by| Step { what, by };
    vec![
        step(Message::new("next-verify"), verified),
        step(Message::new("next-answer").with("days", limits.answer), None),
        step(finish, None),
        step(Message::new("next-judge"), None),
    ]
}

/// The form that asks for a number; with `nomor` in the query it goes there at once.
pub(super) async fn track(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    match query.get("nomor").filter(|typed| !typed.trim().is_empty()) {
        Some(typed) => found(&visit, typed),
        None => visit.show(&tracking(&visit, Field::default(), Vec::new())),
    }
}

/// A number, and perhaps a PIN, as typed.
pub(super) async fn follow(visit: Visit, request: Request) -> Result<Response, Failure> {
    let form = Form::read_plain(&visit, request).await?;
    let pin = form.get("pin").to_owned();
    match Code::parse(form.get("number")) {
        Ok(code) if !pin.is_empty() => unlock(&visit, code, &pin).await,
        _ => found(&visit, form.get("number")),
    }
}

/// The PIN for one report.
pub(super) async fn open(visit: Visit, Path(typed): Path<String>, request: Request) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    let form = Form::read_plain(&visit, request).await?;
    unlock(&visit, code, form.get("pin")).await
}

/// Closes the reporter's own view on this device.
pub(super) async fn lock(visit: Visit, Path(typed): Path<String>) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    Ok((AppendHeaders([visit.locked(code), visit.told("done-locked")]), Redirect::to("/lacak")).into_response())
}

fn found(visit: &Visit, typed: &str) -> Result<Response, Failure> {
    let slip = match Code::parse(typed) {
        Ok(code) => return Ok(Redirect::to(&shape::path_of(code)).into_response()),
        Err(CodeError::Shape) => Message::new("slip-number-shape"),
        Err(CodeError::Slip) => Message::new("slip-number-typo"),
    };
    let slips = vec![Slip { field: "number", message: slip.clone() }];
    let page = tracking(visit, Field::wrong(typed, slip), slips);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

async fn unlock(visit: &Visit, code: Code, pin: &str) -> Result<Response, Failure> {
    match visit.web.app.open(code, pin, &visit.address).await {
        Ok(_) => {
            let cookies = AppendHeaders([visit.opened(code), visit.told("done-pin")]);
            Ok((cookies, Redirect::to(&shape::path_of(code))).into_response())
        }
        Err(Error::NotFound) => sealed(visit, code, Field::wrong("", Message::new("slip-pin"))),
        Err(Error::Limited { seconds }) => {
            let mut response = sealed(visit, code, Field::wrong("", Message::new("slip-pin-many")))?;
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            response.headers_mut().insert(axum::http::header::RETRY_AFTER, seconds.into());
            Ok(response)
        }
        Err(error) => Err(Failure::of(visit, error)),
    }
}

fn tracking(visit: &Visit, number: Field, slips: Vec<Slip>) -> TrackPage {
    TrackPage { w: visit.words, frame: visit.frame(Place::Track), number, pin: Field::default(), slips }
}
