//! `/desk/masalah`: the list of problems, and making one.

use super::problem_form::{blank, read};
use crate::components::{Field, Place, Slip};
use crate::desk::{ProblemForm, ProblemNewPage, ProblemRow, ProblemsPage};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::Message;
use app::{Error, Officer};
use axum::extract::{Query, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::policy::{ProblemAction, may_problem};
use domain::time::Zone;
use domain::{Actor, Code};
use std::collections::HashMap;

/// Whether a seat makes problems for its own office.
pub(super) fn makes(visit: &Visit, by: &Actor) -> bool {
    let reference = visit.web.app.reference();
    by.agency().is_some_and(|own| may_problem(&reference.rules.agencies, by, ProblemAction::Edit, own))
}

/// The problems of the seat's parent agency, or the country's.
pub(in crate::serve) async fn list(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let by = actor(&officer);
    let before = query.get("before").and_then(|before| before.parse().ok());
    let found = visit.web.app.problems(&by, before).await.map_err(|error| Failure::of(&visit, error))?;
    let reference = visit.web.app.reference();
    let row = |problem: app::Problem| ProblemRow {
        id: problem.id,
        owner: shape::agency_name(&reference, problem.owner),
        status: problem.status,
        reports: problem.reports,
        updated: Zone::Wib.day(problem.updated_at),
        title: problem.title,
    };
    let page = ProblemsPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Problems).await?,
        rows: found.rows.into_iter().map(row).collect(),
        next: found.next.map(|before| format!("/desk/masalah?before={before}")),
        makes: makes(&visit, &by),
    };
    visit.show(&page)
}

/// The empty form, perhaps for a problem made of a report.
pub(in crate::serve) async fn new(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let by = actor(&officer);
    if !makes(&visit, &by) {
        return Err(Failure::of(&visit, Error::Denied));
    }
    let own = shape::agency_name(&visit.web.app.reference(), officer.agency);
    let of = query.get("laporan").and_then(|typed| Code::parse(typed).ok());
    let form = ProblemForm { owner: Field::of(&own), of, ..blank(&visit, &by) };
    shown(&visit, &officer, form, StatusCode::OK).await
}

async fn shown(visit: &Visit, officer: &Officer, form: ProblemForm, status: StatusCode) -> Result<Response, Failure> {
    let frame = visit.desk(officer, Place::Problems).await?;
    let page = ProblemNewPage { w: visit.words, frame, form };
    Ok((status, visit.show(&page)?).into_response())
}

/// Makes a problem; a form with slips comes back as it was typed.
pub(in crate::serve) async fn make(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let by = actor(&officer);
    let form = Form::read_plain(&visit, request).await?;
    let mut back = blank(&visit, &by);
    let Some(draft) = read(&visit, &form, &mut back) else {
        return shown(&visit, &officer, back, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match visit.web.app.make_problem(by, draft, back.of, form.get("key")).await {
        Ok(id) => {
            let to = Redirect::to(&format!("/desk/masalah/{id}"));
            Ok((AppendHeaders([visit.told("done-problem-made")]), to).into_response())
        }
        Err(Error::Refused(refusal)) => {
            let message = Message::refusal(refusal);
            back.slips = vec![Slip { field: "problem-title", message }];
            shown(&visit, &officer, back, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(Failure::keeping(&visit, error, form.get("cause"))),
    }
}
