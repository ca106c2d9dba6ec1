//! An officer's own account.

use super::seats::{office_name, row as row_of_seat};
use crate::components::{Field, Place, Slip};
use crate::desk::{AccountPage, OwnSeat, PassRow};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment};
use app::{Error, LEAST_PASSWORD, Officer, Pass, PassKind, PasswordSlip, Sitter};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::policy::follows_exchange;
use domain::policy::handover::may_sign;
use domain::policy::seats::may_see_changes;
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
    let seats = visit.web.app.own_seats(officer).await.map_err(|error| Failure::of(visit, error))?;
    let now = visit.web.app.now();
    let seat = |sitter: &Sitter| OwnSeat {
        row: row_of_seat(sitter, now),
        office: office_name(visit, sitter.seat.agency),
        here: sitter.seat.id == officer.seat,
    };
    let scopes = visit.web.app.scopes(officer).await.map_err(|error| Failure::of(visit, error))?;
    let reference = visit.web.app.reference();
    let limited = |(pass, here): (Pass, bool)| {
        let scope = scopes.get(&pass.hash).cloned();
        let office = scope.as_ref().and_then(|scope| reference.rules.agencies.get(scope.office?));
        let limits = scope.iter().flat_map(|scope| &scope.verbs).map(|verb| verb.name()).collect();
        PassRow { limits, office: office.map(|office| office.name.clone()), ..row((pass, here)) }
    };
    let field = |name: &str| match &slip {
        Some((wrong, message)) if *wrong == name => Field::wrong("", message.clone()),
        _ => Field::default(),
    };
    Ok(AccountPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Account).await?,
        present: field("present"),
        new: field("new"),
        least: LEAST_PASSWORD,
        passes: passes.into_iter().map(limited).collect(),
        seats: seats.iter().map(seat).collect(),
        places: places(visit, officer),
        slips: slip.into_iter().map(|(field, message)| Slip { field, message }).collect(),
    })
}

/// The pages about offices that an officer may open.
fn places(visit: &Visit, officer: &Officer) -> Vec<(String, &'static str)> {
    let (reference, by) = (visit.web.app.reference(), actor(officer));
    let tree = &reference.rules.agencies;
    let office = may_see_changes(tree, &by, officer.agency)
        .then(|| (format!("/desk/instansi/{}", officer.agency), "account-office"));
    let signs = may_sign(tree, &by, officer.agency) || office.is_some();
    let signs = signs.then(|| ("/desk/serah-terima".to_owned(), "handover-title"));
    let keeps = visit.web.app.keeps_webhooks(&by, officer.agency);
    let webhooks = keeps.then(|| ("/desk/webhook".to_owned(), "webhooks-title"));
    let exchange = follows_exchange(officer.role).then(|| ("/desk/pertukaran".to_owned(), "exchange-title"));
    office.into_iter().chain(signs).chain(webhooks).chain(exchange).collect()
}

fn row((pass, here): (Pass, bool)) -> PassRow {
    PassRow {
        hash: pass.hash,
        kind: match pass.kind {
            PassKind::Session => "session",
            PassKind::Token => "token",
        },
        label: pass.label,
        limits: Vec::new(),
        office: None,
        since: Moment::of(pass.created_at, Zone::Wib),
        until: Moment::of(pass.expires_at, Zone::Wib),
        here,
    }
}
