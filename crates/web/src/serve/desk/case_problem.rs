//! `/desk/laporan/{code}/masalah`: attaching the report of a case to a problem, and taking it out.

use super::case;
use crate::components::Field;
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::report::code;
use crate::serve::visit::{Visit, actor};
use crate::words::Message;
use app::Error;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::{Code, ProblemId};

/// Attaches the report to a chosen problem.
pub(in crate::serve) async fn attach(
    visit: Visit,
    Path(typed): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let Ok(problem) = form.get("problem").parse().map(ProblemId) else {
        return again(&visit, code, &form, Message::new("slip-choice")).await;
    };
    match visit.web.app.attribute(code, problem, actor(&officer), form.get("key")).await {
        Ok(()) => Ok(back(&visit, &format!("/desk/laporan/{code}#problem"), "done-problem-attached")),
        Err(Error::Refused(refusal)) => again(&visit, code, &form, Message::refusal(refusal)).await,
        Err(error) => Err(Failure::of(&visit, error)),
    }
}

/// Takes the report out of its problem, from its own page or from that of the problem.
pub(in crate::serve) async fn release(
    visit: Visit,
    Path(typed): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let released = visit.web.app.release(code, actor(&officer), form.get("key")).await;
    released.map_err(|error| Failure::of(&visit, error))?;
    let to = match form.get("from").parse::<i64>() {
        Ok(problem) => format!("/desk/masalah/{problem}"),
        Err(_) => format!("/desk/laporan/{code}#problem"),
    };
    Ok(back(&visit, &to, "done-problem-released"))
}

fn back(visit: &Visit, to: &str, done: &str) -> Response {
    (AppendHeaders([visit.told(done)]), Redirect::to(to)).into_response()
}

async fn again(visit: &Visit, code: Code, form: &Form, why: Message) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let mut page = case::page(visit, &officer, code, None).await?;
    page.kin.chosen = Field::wrong(form.get("problem"), why);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}
