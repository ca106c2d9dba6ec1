//! `/desk/serah-terima`: hand-overs, their minutes and signatures.

use super::seats::office_name;
use crate::components::{Field, Place, Slip};
use crate::desk::{
    HandOverForm, HandOverPage, HandOverRow, HandOverTold, HandOversPage, InheritedRow, MinutesPage, Signed,
};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::lists::next_page;
use crate::serve::paper::paper;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment};
use app::{HandOver, HandOverSlip, HandOverView, InheritedCase, NewHandOver, Officer, Side};
use axum::extract::{Path, Query, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::policy::handover::may_draft;
use domain::text::{Remark, Title};
use domain::time::Zone;
use domain::{AgencyId, ReportId, Role, UserId};
use std::collections::HashMap;

const ROWS: u32 = 25;
/// Offices that the form proposes.
const MOST_OFFICES: usize = 200;

type Asked = Query<HashMap<String, String>>;

/// The hand-overs of an agency, and the form.
pub(in crate::serve) async fn list(visit: Visit, query: Asked) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let today = Zone::Wib.day(visit.web.app.now()).to_string();
    let form = HandOverForm { key: visit.fresh_key(), day: Field::of(&today), ..HandOverForm::default() };
    let page = page(&visit, &officer, &query, form).await?;
    visit.show(&page)
}

/// Prepares a hand-over.
pub(in crate::serve) async fn draft(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let slip = match parse(&visit, &form) {
        Ok(new) => {
            let done = visit.web.app.draft_hand_over(&officer, new).await;
            match done.map_err(|error| Failure::keeping(&visit, error, form.get("reason")))? {
                Ok(id) => return Ok(back(&visit, id, "done-handover-drafted")),
                Err(slip) => ("receiving", refusal(slip)),
            }
        }
        Err(slip) => slip,
    };
    let field = |name: &str| match &slip {
        (wrong, message) if *wrong == name => Field::wrong(form.get(name), message.clone()),
        _ => Field::of(form.get(name)),
    };
    let typed = HandOverForm {
        key: form.get("key").to_owned(),
        giving: field("giving"),
        receiving: field("receiving"),
        day: field("day"),
        decree: field("decree"),
        reason: field("reason"),
        offices: Vec::new(),
        slips: vec![Slip { field: slip.0, message: slip.1.clone() }],
    };
    let page = page(&visit, &officer, &Query::default(), typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

fn parse(visit: &Visit, form: &Form) -> Result<NewHandOver, (&'static str, Message)> {
    let (reference, today) = (visit.web.app.reference(), Zone::Wib.day(visit.web.app.now()));
    let office = |field: &'static str| {
        let found = shape::find_agency(&reference, form.get(field), today);
        found.map(|office| office.id).ok_or_else(|| (field, Message::new("slip-office")))
    };
    Ok(NewHandOver {
        giving: office("giving")?,
        receiving: office("receiving")?,
        day: form.get("day").parse().map_err(|_| ("day", Message::new("slip-date")))?,
        decree: form.some("decree").map(Title::parse).transpose().map_err(|error| ("decree", told(error)))?,
        reason: Remark::parse(form.get("reason")).map_err(|error| ("reason", told(error)))?,
        key: form.get("key").to_owned(),
    })
}

/// One hand-over.
pub(in crate::serve) async fn show(visit: Visit, Path(id): Path<i64>, query: Asked) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let page = one(&visit, &officer, id, &query, None).await?;
    visit.show(&page)
}

/// The minutes, to read.
pub(in crate::serve) async fn minutes(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    visit.show(&minutes_page(&visit, id).await?)
}

/// The minutes on paper, to sign.
pub(in crate::serve) async fn minutes_pdf(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let page = minutes_page(&visit, id).await?;
    paper(&visit, &format!("{}-{id}.pdf", visit.words.t("print-minutes")), page.document()).await
}

async fn minutes_page(visit: &Visit, id: i64) -> Result<MinutesPage, Failure> {
    let officer = visit.officer().await?;
    let view = visit.web.app.hand_over(&officer, id).await.map_err(|error| Failure::of(visit, error))?;
    let frame = visit.desk(&officer, Place::Elsewhere).await?;
    Ok(MinutesPage { w: visit.words, frame, told: of(visit, &view) })
}

/// Signs for one of the offices.
pub(in crate::serve) async fn sign(visit: Visit, Path(id): Path<i64>, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let (side, field) = match form.get("side") {
        "giving" => (Side::Giving, "giving"),
        _ => (Side::Receiving, "receiving"),
    };
    let done = visit.web.app.sign_hand_over(&officer, id, side).await;
    match done.map_err(|error| Failure::of(&visit, error))? {
        Ok(()) => Ok(back(&visit, id, "done-handover-signed")),
        Err(slip) => refused(&visit, &officer, id, field, slip).await,
    }
}

/// Takes a draft back.
pub(in crate::serve) async fn withdraw(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let done = visit.web.app.withdraw_hand_over(&officer, id).await;
    match done.map_err(|error| Failure::of(&visit, error))? {
        Ok(()) => Ok(back(&visit, id, "done-handover-withdrawn")),
        Err(slip) => refused(&visit, &officer, id, "giving", slip).await,
    }
}

fn back(visit: &Visit, id: i64, done: &str) -> Response {
    (AppendHeaders([visit.told(done)]), Redirect::to(&format!("/desk/serah-terima/{id}"))).into_response()
}

fn refusal(slip: HandOverSlip) -> Message {
    Message::new(format!("slip-handover-{}", slip.code()))
}

async fn refused(
    visit: &Visit,
    officer: &Officer,
    id: i64,
    field: &'static str,
    slip: HandOverSlip,
) -> Result<Response, Failure> {
    let slip = Slip { field, message: refusal(slip) };
    let page = one(visit, officer, id, &Query::default(), Some(slip)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

async fn page(visit: &Visit, officer: &Officer, query: &Asked, form: HandOverForm) -> Result<HandOversPage, Failure> {
    let before = query.get("after").and_then(|after| after.parse().ok());
    let found = visit.web.app.hand_overs(officer, before, ROWS).await;
    let (rows, next) = found.map_err(|error| Failure::of(visit, error))?;
    Ok(HandOversPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Elsewhere).await?,
        rows: rows.iter().map(|one| row(visit, one)).collect(),
        form: offices(visit, officer).map(|offices| HandOverForm { offices, ..form }),
        next: next.map(|next| next_page("/desk/serah-terima", query, next)),
    })
}

/// The offices between which an officer may prepare a hand-over; none for those who may not.
fn offices(visit: &Visit, officer: &Officer) -> Option<Vec<String>> {
    let reference = visit.web.app.reference();
    let tree = &reference.rules.agencies;
    if officer.role == Role::NationalAdmin {
        return Some(Vec::new());
    }
    let root = tree.root_of(officer.agency);
    let inside: Vec<AgencyId> = tree.iter().map(|office| office.id).filter(|id| tree.within(*id, root)).collect();
    let pairs = |giving: &AgencyId| inside.iter().any(|other| may_draft(tree, &actor(officer), *giving, *other));
    let may = inside.iter().any(pairs);
    may.then(|| inside.iter().take(MOST_OFFICES).map(|id| shape::agency_name(&reference, *id)).collect())
}

async fn one(
    visit: &Visit,
    officer: &Officer,
    id: i64,
    query: &Asked,
    slip: Option<Slip>,
) -> Result<HandOverPage, Failure> {
    let broken = |error| Failure::of(visit, error);
    let view = visit.web.app.hand_over(officer, id).await.map_err(broken)?;
    let after = query.get("after").and_then(|after| after.parse().ok()).map_or(ReportId(0), ReportId);
    let inherited = visit.web.app.inherited(officer, id, after, ROWS).await.map_err(broken)?;
    Ok(HandOverPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Elsewhere).await?,
        told: of(visit, &view),
        signs: view.signs,
        withdraws: view.withdraws,
        inherited: inherited.rows.into_iter().map(|case| inherited_row(visit, case)).collect(),
        next: inherited.next.map(|next| next_page(&format!("/desk/serah-terima/{id}"), query, next)),
        slips: slip.into_iter().collect(),
    })
}

fn inherited_row(visit: &Visit, case: InheritedCase) -> InheritedRow {
    let late = case.late.iter().map(|share| (office_name(visit, share.office), i64::from(share.days)));
    InheritedRow { code: case.code, title: case.title, stage: case.stage, late: late.collect() }
}

fn row(visit: &Visit, one: &HandOver) -> HandOverRow {
    HandOverRow {
        id: one.id,
        giving: office_name(visit, one.giving),
        receiving: office_name(visit, one.receiving),
        day: one.day,
        state: match one {
            one if one.withdrawn_at.is_some() => "withdrawn",
            one if one.done_at.is_some() => "done",
            one if one.is_signed() => "moving",
            HandOver { given: None, received: None, .. } => "draft",
            _ => "half",
        },
    }
}

fn of(visit: &Visit, view: &HandOverView) -> HandOverTold {
    let name = |id: UserId| view.names.get(&id).cloned().unwrap_or_else(|| visit.words.t("an-officer"));
    let signed = |(by, at): (UserId, jiff::Timestamp)| Signed { name: name(by), at: Moment::of(at, Zone::Wib) };
    HandOverTold {
        row: row(visit, &view.row),
        reason: view.row.reason.clone(),
        decree: view.row.decree.clone(),
        made: signed(view.row.made),
        given: view.row.given.map(signed),
        received: view.row.received.map(signed),
        inventory: view.row.inventory.clone(),
        moved: i64::try_from(view.row.moved).unwrap_or(i64::MAX),
    }
}
