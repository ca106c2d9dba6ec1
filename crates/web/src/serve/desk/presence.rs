//! `/desk/laporan/{code}/kehadiran`: signs of life from open pages, and who else is there.

use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::report::code;
use crate::serve::visit::{Visit, actor};
use app::{Officer, Present};
use axum::extract::{Path, Request};
use axum::response::{IntoResponse, Response};
use domain::Code;

/// Takes a sign of life of an open page; answers with the sentence about the others, empty where there are none.
pub(in crate::serve) async fn beat(
    visit: Visit,
    Path(typed): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    let by = actor(&visit.officer().await?);
    let form = Form::read_plain(&visit, request).await?;
    if form.is_ticked("left") {
        visit.web.app.leave(code, &by).await.map_err(|error| Failure::of(&visit, error))?;
        return Ok(String::new().into_response());
    }
    let others = visit.web.app.attend(code, &by, form.is_ticked("writing")).await;
    let others = others.map_err(|error| Failure::of(&visit, error))?;
    Ok(told(&visit, &others).unwrap_or_default().into_response())
}

/// Notes that an officer has a report open; who else has, as a sentence.
pub(super) async fn others(
    visit: &Visit,
    officer: &Officer,
    code: Code,
    writing: bool,
) -> Result<Option<String>, Failure> {
    let others = visit.web.app.attend(code, &actor(officer), writing).await;
    Ok(told(visit, &others.map_err(|error| Failure::of(visit, error))?))
}

fn told(visit: &Visit, others: &[Present]) -> Option<String> {
    let said = |writing: bool, key: &str| {
        let those: Vec<Present> = others.iter().filter(|one| one.writing == writing).cloned().collect();
        (!those.is_empty()).then(|| visit.words.with(key, &[("names", names(&those).into())]))
    };
    let said = [said(true, "present-writing"), said(false, "present-open")];
    Some(said.into_iter().flatten().collect::<Vec<_>>().join(". ")).filter(|said| !said.is_empty())
}

/// The names of some officers.
pub(super) fn names(present: &[Present]) -> String {
    present.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ")
}
