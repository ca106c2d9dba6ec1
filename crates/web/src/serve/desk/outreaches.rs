//! `/desk/sosialisasi`: outreach activities, and a new one.

use super::outreach_form::{blank, office, read};
use crate::components::Place;
use crate::desk::{DeskOutreachesPage, OutreachForm, OutreachFormPage};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::outreach::card;
use crate::serve::visit::{Visit, actor};
use app::{Error, NewOutreach, Officer};
use axum::extract::{Query, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::policy::{OfficeAction, may_at};
use std::collections::HashMap;

pub(super) const HOME: &str = "/desk/sosialisasi";

/// Those that the seat plans or looks after.
pub(in crate::serve) async fn list(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let before = query.get("after").and_then(|after| after.parse().ok());
    let found = visit.web.app.outreaches(&actor(&officer), before).await;
    let found = found.map_err(|error| Failure::of(&visit, error))?;
    let reference = visit.web.app.reference();
    visit.show(&DeskOutreachesPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Oversight).await?,
        rows: found.rows.iter().map(|one| card(&reference, one)).collect(),
        next: found.next.map(|id| format!("{HOME}?after={id}")),
        plans: plans(&visit, &officer),
    })
}

/// Whether the seat plans activities of its own office.
fn plans(visit: &Visit, officer: &Officer) -> bool {
    let reference = visit.web.app.reference();
    may_at(&reference.rules.agencies, &actor(officer), OfficeAction::PlanOutreach, officer.agency)
}

/// The form for a new one.
pub(in crate::serve) async fn new(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    if !plans(&visit, &officer) {
        return Err(Failure::of(&visit, Error::Denied));
    }
    let form = blank(&visit, &officer);
    let page = page(&visit, &officer, form).await?;
    visit.show(&page)
}

/// Plans it.
pub(in crate::serve) async fn make(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let mut back = blank(&visit, &officer);
    let office = office(&visit, &form, &mut back);
    let plan = read(&visit, &form, &mut back);
    let (Some(office), Some(plan)) = (office, plan) else {
        let page = page(&visit, &officer, back).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response());
    };
    let made = visit.web.app.plan_outreach(&actor(&officer), NewOutreach { office, plan }, form.get("key")).await;
    let id = made.map_err(|error| Failure::keeping(&visit, error, form.get("goal")))?;
    Ok((AppendHeaders([visit.told("done-outreach")]), Redirect::to(&format!("{HOME}/{id}"))).into_response())
}

async fn page(visit: &Visit, officer: &Officer, form: OutreachForm) -> Result<OutreachFormPage, Failure> {
    Ok(OutreachFormPage { w: visit.words, frame: visit.desk(officer, Place::Oversight).await?, form })
}
