//! An officer's own account.

use crate::components::{Field, Place, Slip};
use crate::desk::{AccountPage, PassRow};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::visit::Visit;
use crate::words::{Message, Moment};
use app::{Error, LEAST_PASSWORD, Officer, Pass, PassKind, PasswordSlip};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::time::Zone;

/// Sessions, tokens and the form for the password.
pub(in crate::serve) async fn show(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let page = page(&visit, &officer, None).await?;
    visit.show(&page)
}

/// Ends a session or a token.
pub(in crate::serve) async fn end(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let ended = visit.web.app.end_pass(&officer, form.get("pass")).await;
    ended.map_err(|error| Failure::of(&visit, error))?;
    Ok(back(&visit, "done-pass-ended"))
}

/// Replaces the password.
pub(in crate::serve) async fn change(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let token = visit.session().unwrap_or_default();
    let (present, new) = (form.get("present"), form.get("new"));
    let (status, slip) = match visit.web.app.change_password(&officer, token, present, new, &visit.address).await {
        Ok(Ok(())) => return Ok(back(&visit, "done-password")),
        Ok(Err(PasswordSlip::Wrong)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, ("present", Message::new("slip-password-present")))
        }
        Ok(Err(PasswordSlip::Short)) => {
            let short = Message::new("text-too-short").with("least", LEAST_PASSWORD);
            (StatusCode::UNPROCESSABLE_ENTITY, ("new", short))
        }
        Err(Error::Limited { .. }) => (StatusCode::TOO_MANY_REQUESTS, ("present", Message::new("slip-login-many"))),
        Err(error) => return Err(Failure::of(&visit, error)),
    };
    let page = page(&visit, &officer, Some(slip)).await?;
    Ok((status, visit.show(&page)?).into_response())
}

fn back(visit: &Visit, done: &str) -> Response {
    (AppendHeaders([visit.told(done)]), Redirect::to("/desk/akun")).into_response()
}

async fn page(visit: &Visit, officer: &Officer, slip: Option<(&'static str, Message)>) -> Result<AccountPage, Failure> {
    let token = visit.session().unwrap_or_default();
    let passes = visit.web.app.passes(officer, token).await.map_err(|error| Failure::of(visit, error))?;
    let field = |name: &str| match &slip {
        Some((wrong, message)) if *wrong == name => Field::wrong("", message.clone()),
        _ => Field::default(),
    };
    Ok(AccountPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Elsewhere).await?,
        present: field("present"),
        new: field("new"),
        least: LEAST_PASSWORD,
        passes: passes.into_iter().map(row).collect(),
        slips: slip.into_iter().map(|(field, message)| Slip { field, message }).collect(),
    })
}

fn row((pass, here): (Pass, bool)) -> PassRow {
    PassRow {
        hash: pass.hash,
        kind: match pass.kind {
            PassKind::Session => "session",
            PassKind::Token => "token",
        },
        label: pass.label,
        since: Moment::of(pass.created_at, Zone::Wib),
        until: Moment::of(pass.expires_at, Zone::Wib),
        here,
    }
}
