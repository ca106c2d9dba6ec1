//! `/desk/jawaban`: who approves an office's answers, and its templates.

use super::templates::{Facts, fill};
use crate::components::Place;
use crate::desk::{AnswersPage, TemplateForm, TemplateRow};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::Message;
use app::{AnswerTemplate, Conflict, Error, NewTemplate, Officer};
use axum::extract::{Query, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::Role;
use domain::report::Approver;
use domain::template::{AnswerText, Fault};
use domain::text::{Body, Title};
use std::collections::HashMap;

/// The setting and the templates; `ubah` opens one of the office's own.
pub(in crate::serve) async fn show(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let chosen = query.get("ubah").and_then(|id| id.parse::<i64>().ok());
    let page = page(&visit, &officer, chosen, None).await?;
    visit.show(&page)
}

/// Says who approves.
pub(in crate::serve) async fn approve(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let Some(approver) = Approver::parse(form.get("approver")) else {
        return Err(Failure::page(&visit, 400, None, None));
    };
    let saved = visit.web.app.set_approver(&actor(&officer), approver).await;
    saved.map_err(|error| Failure::of(&visit, error))?;
    Ok((AppendHeaders([visit.told("done-approval")]), Redirect::to("/desk/jawaban")).into_response())
}

/// Keeps a template, or shows what it would say.
pub(in crate::serve) async fn keep(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let typed = typed(&form);
    let new = match written(&form, &typed) {
        Ok(new) => new,
        Err(slip) => return again(&visit, &officer, TemplateForm { slip: Some(slip), ..typed }).await,
    };
    if form.get("do") == "preview" {
        let tried = match AnswerText::parse(new.body.as_str()) {
            Ok(template) => TemplateForm { preview: Some(fill(&template, &Facts::sample(&visit, &officer))), ..typed },
            Err(fault) => TemplateForm { slip: Some(message(&fault)), ..typed },
        };
        let status = if tried.slip.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let page = page(&visit, &officer, None, Some(tried)).await?;
        return Ok((status, visit.show(&page)?).into_response());
    }
    match visit.web.app.put_template(&actor(&officer), new).await {
        Ok(Ok(_)) => Ok((AppendHeaders([visit.told("done-template")]), Redirect::to("/desk/jawaban")).into_response()),
        Ok(Err(fault)) => again(&visit, &officer, TemplateForm { slip: Some(message(&fault)), ..typed }).await,
        Err(Error::Conflict(Conflict::Stale { .. })) => {
            again(&visit, &officer, TemplateForm { slip: Some(Message::new("template-stale")), ..typed }).await
        }
        Err(error) => Err(Failure::keeping(&visit, error, form.words())),
    }
}

fn typed(form: &Form) -> TemplateForm {
    let number = |name: &str| form.get(name).parse::<i64>().ok();
    let version = number("version").and_then(|version| u32::try_from(version).ok());
    TemplateForm {
        was: number("id").zip(version),
        name: form.get("name").to_owned(),
        body: form.get("text").to_owned(),
        active: form.is_ticked("active"),
        ..TemplateForm::default()
    }
}

fn written(form: &Form, typed: &TemplateForm) -> Result<NewTemplate, Message> {
    Ok(NewTemplate {
        was: typed.was,
        name: Title::parse(form.get("name")).map_err(told)?,
        body: Body::parse(form.get("text")).map_err(told)?,
        active: typed.active,
    })
}

/// A fault with its place and what was probably meant.
pub(super) fn message(fault: &Fault) -> Message {
    let key = format!("template-{}{}", fault.kind.name(), if fault.meant.is_some() { "-meant" } else { "" });
    let said =
        Message::new(key).with("line", fault.line).with("column", fault.column).with("said", fault.said.as_str());
    fault.meant.map_or(said.clone(), |meant| said.with("meant", meant))
}

async fn again(visit: &Visit, officer: &Officer, form: TemplateForm) -> Result<Response, Failure> {
    let page = page(visit, officer, None, Some(form)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

async fn page(
    visit: &Visit,
    officer: &Officer,
    chosen: Option<i64>,
    form: Option<TemplateForm>,
) -> Result<AnswersPage, Failure> {
    let broken = |error| Failure::of(visit, error);
    let app = &visit.web.app;
    let templates = app.templates(officer.agency).await.map_err(broken)?;
    let (approver, whose) = app.approver(officer.agency).await.map_err(broken)?;
    let reference = app.reference();
    let elsewhere = |agency| (agency != officer.agency).then(|| shape::agency_name(&reference, agency));
    let own = templates.iter().find(|one| Some(one.id) == chosen && one.agency == officer.agency);
    let row = |one: &AnswerTemplate| TemplateRow {
        id: one.id,
        name: one.name.clone(),
        body: one.body.clone(),
        version: one.version,
        active: one.active,
        from: elsewhere(one.agency),
    };
    let opened = own.map(|one| TemplateForm {
        was: Some((one.id, one.version)),
        name: one.name.clone(),
        body: one.body.clone(),
        active: one.active,
        ..TemplateForm::default()
    });
    Ok(AnswersPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Answers).await?,
        edits: matches!(officer.role, Role::AgencyAdmin | Role::NationalAdmin),
        decides: officer.role == Role::AgencyAdmin,
        approver,
        approver_from: elsewhere(whose),
        rows: templates.iter().map(row).collect(),
        form: form.or(opened).unwrap_or(TemplateForm { active: true, ..TemplateForm::default() }),
    })
}
