//! `/desk/masalah/{id}`: one problem, changing it, telling how it stands, putting reports into it.

use super::kin::row as kin_row;
use super::problem_form::{filled, read};
use crate::components::{Field, Place, Slip};
use crate::desk::{AttributedRow, DeskProblemPage, GatherForm, ProblemForm, TellForm};
use crate::serve::cause;
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::visit::{Visit, actor};
use crate::words::Message;
use app::{Conflict, Error, ProblemChange};
use axum::extract::{Path, Query, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::code::CodeError;
use domain::problem::ProblemStatus;
use domain::text::Remark;
use domain::{Code, ProblemId};
use std::collections::HashMap;

/// One problem.
pub(in crate::serve) async fn show(
    visit: Visit,
    Path(id): Path<i64>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Failure> {
    let before = query.get("before").and_then(|before| before.parse().ok());
    let page = page(&visit, ProblemId(id), before).await?;
    visit.show(&page)
}

async fn page(visit: &Visit, id: ProblemId, before: Option<i64>) -> Result<DeskProblemPage, Failure> {
    let officer = visit.officer().await?;
    let by = actor(&officer);
    let found = visit.web.app.problem_view(id, &by, before).await.map_err(|error| Failure::of(visit, error))?;
    let reference = visit.web.app.reference();
    let row =
        |one: &app::Attributed| AttributedRow { row: kin_row(&one.listed, &reference), may_release: one.may_release };
    let key = visit.fresh_key();
    Ok(DeskProblemPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Problems).await?,
        cause: cause::view(&reference, &found),
        rows: found.reports.iter().map(row).collect(),
        next: found.next.map(|before| format!("/desk/masalah/{id}?before={before}")),
        seq: found.problem.version,
        edit: found.may_edit.then(|| filled(visit, &by, &found.problem)),
        tell: found.may_tell.then(|| TellForm { key: format!("{key}-tell"), ..TellForm::default() }),
        gather: found.may_gather.then(|| GatherForm { key: format!("{key}-gather"), ..GatherForm::default() }),
        key,
    })
}

fn again(visit: &Visit, page: &DeskProblemPage) -> Result<Response, Failure> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(page)?).into_response())
}

fn back(visit: &Visit, id: i64, done: &str) -> Response {
    (AppendHeaders([visit.told(done)]), Redirect::to(&format!("/desk/masalah/{id}"))).into_response()
}

fn conflict(field: &'static str) -> Slip {
    Slip { field, message: Message::new("problem-conflict") }
}

/// Changes words, owner and plan.
pub(in crate::serve) async fn edit(visit: Visit, Path(id): Path<i64>, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let mut page = page(&visit, ProblemId(id), None).await?;
    let Some(mut typed) = page.edit.take() else { return Err(Failure::of(&visit, Error::Denied)) };
    let present = typed.seq;
    if let Some(draft) = read(&visit, &form, &mut typed) {
        let change = ProblemChange::Edit(draft);
        let seen = typed.seq;
        match visit.web.app.change_problem(actor(&officer), ProblemId(id), seen, change, form.get("key")).await {
            Ok(()) => return Ok(back(&visit, id, "done-problem-edited")),
            Err(Error::Conflict(Conflict::Stale { .. })) => typed.slips = vec![conflict("problem-title")],
            Err(error) => return Err(Failure::keeping(&visit, error, form.get("cause"))),
        }
    }
    page.edit = Some(ProblemForm { seq: present, of: None, ..typed });
    again(&visit, &page)
}

/// Tells how the problem stands.
pub(in crate::serve) async fn tell(visit: Visit, Path(id): Path<i64>, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let slip = match wish(&form) {
        Ok(change) => {
            let seen = form.get("seq").parse().unwrap_or(0);
            match visit.web.app.change_problem(actor(&officer), ProblemId(id), seen, change, form.get("key")).await {
                Ok(()) => return Ok(back(&visit, id, "done-problem-told")),
                Err(Error::Conflict(Conflict::Stale { .. })) => conflict("tell-text"),
                Err(error) => return Err(Failure::keeping(&visit, error, form.words())),
            }
        }
        Err(message) => Slip { field: "tell-text", message },
    };
    let mut page = page(&visit, ProblemId(id), None).await?;
    let text = Field::wrong(form.get("text"), slip.message.clone());
    let key = form.get("key").to_owned();
    page.tell = page.tell.map(|_| TellForm { key, status: Field::of(form.get("status")), text, slips: vec![slip] });
    again(&visit, &page)
}

fn wish(form: &Form) -> Result<ProblemChange, Message> {
    let text = Remark::parse(form.get("text")).map_err(told)?;
    let status = ProblemStatus::parse(form.get("status")).ok_or_else(|| Message::new("slip-choice"))?;
    Ok(ProblemChange::Tell { status, text })
}

/// Puts a report, named by its number, into the problem.
pub(in crate::serve) async fn gather(visit: Visit, Path(id): Path<i64>, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let why = match Code::parse(form.get("code")) {
        Ok(code) => match visit.web.app.attribute(code, ProblemId(id), actor(&officer), form.get("key")).await {
            Ok(()) => return Ok(back(&visit, id, "done-problem-attached")),
            Err(Error::Refused(refusal)) => Message::refusal(refusal),
            Err(Error::NotFound | Error::Denied) => Message::new("slip-problem-report"),
            Err(error) => return Err(Failure::of(&visit, error)),
        },
        Err(CodeError::Shape) => Message::new("slip-number-shape"),
        Err(CodeError::Slip) => Message::new("slip-number-typo"),
    };
    let mut page = page(&visit, ProblemId(id), None).await?;
    let code = Field::wrong(form.get("code"), why);
    page.gather = page.gather.map(|now| GatherForm { code, ..now });
    again(&visit, &page)
}
