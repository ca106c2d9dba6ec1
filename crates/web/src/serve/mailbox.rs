//! `/laporan/{code}/surel`: where its reporter gets letters about a report.

use super::failure::Failure;
use super::form::Form;
use super::report::{self, code};
use super::shape;
use super::visit::Visit;
use crate::citizen::{Mailbox, OwnView};
use crate::components::{Field, Slip};
use crate::words::Message;
use app::View;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::Actor;
use domain::text::Email;
use domain::way::masked;

/// What the reporter's own page says about letters; nothing where none can be sent.
pub(super) async fn shown(visit: &Visit, view: &View) -> Result<Option<Mailbox>, Failure> {
    let app = &visit.web.app;
    if !app.sends_mail() {
        return Ok(None);
    }
    let reach = app.reach(view.report()).await.map_err(|error| Failure::of(visit, error))?;
    let address = view.reporter.as_ref().and_then(|person| person.email.as_deref()).map(masked);
    Ok(Some(Mailbox { reach, address, email: Field::default() }))
}

/// Takes another address; an empty field ends the letters.
pub(super) async fn change(visit: Visit, Path(typed): Path<String>, request: Request) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    if !visit.owns(code) {
        return report::sealed(&visit, code, Field::default());
    }
    let form = Form::read_plain(&visit, request).await?;
    let Ok(email) = form.some("email").map(Email::parse).transpose() else {
        return again(&visit, code, form.get("email")).await;
    };
    let done = if email.is_some() { "done-mailbox" } else { "done-letters" };
    let set = visit.web.app.set_mailbox(code, email, visit.words.lang().tag()).await;
    set.map_err(|error| Failure::of(&visit, error))?;
    Ok((AppendHeaders([visit.told(done)]), Redirect::to(&shape::path_of(code))).into_response())
}

async fn again(visit: &Visit, code: domain::Code, typed: &str) -> Result<Response, Failure> {
    let view = visit.web.app.view(code, &Actor::Reporter).await.map_err(|error| Failure::of(visit, error))?;
    let slip = Message::new("slip-email");
    let shown = shown(visit, &view).await?;
    let mailbox = shown.map(|mailbox| Mailbox { email: Field::wrong(typed, slip.clone()), ..mailbox });
    let own = OwnView { mailbox, ..OwnView::default() };
    let page = report::page(visit, &view, own, vec![Slip { field: "mailbox-email", message: slip }]).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}
