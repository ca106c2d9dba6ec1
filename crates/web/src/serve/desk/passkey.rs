//! Passkeys: made on the account, shown at the door.

use super::factor::{Back, HOME, home, judged, proof, shown_once};
use super::login::{inside, let_in};
use super::second::too_late;
use crate::components::{Field, Place, Slip};
use crate::desk::{PasskeyPage, PasskeyUse};
use crate::serve::cookies::{self, ASKED, Jar};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::visit::Visit;
use crate::words::Message;
use app::{Answer, CHALLENGE_MINUTES, Challenge, Error, Officer};
use axum::extract::{Query, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use std::collections::HashMap;

/// Asks the browser to make one.
pub(in crate::serve) async fn offer(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let page = making(&visit, &officer).await?;
    visit.show(&page)
}

/// Takes the one that was made.
pub(in crate::serve) async fn add(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let answer = answer(&visit, &form, visit.session().unwrap_or_default());
    let tried = visit.web.app.add_passkey(&officer, &answer, form.get("label"), &proof(&visit, &form)).await;
    let (status, field, message) = match judged(&visit, tried)? {
        Ok(codes) if codes.is_empty() => return Ok(home(&visit, "done-factor-added")),
        Ok(codes) => return shown_once(&visit, &officer, codes).await,
        Err(back) => back,
    };
    let mut page = making(&visit, &officer).await?;
    page.label = Field::of(form.get("label"));
    let field = if field == "password" { "password" } else { "send" };
    if field == "password" {
        page.password = Field::wrong("", message.clone());
    }
    page.slips = vec![Slip { field, message }];
    Ok((status, visit.show(&page)?).into_response())
}

/// Asks the browser to show one, as a whole login.
pub(in crate::serve) async fn ask(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let back = inside(query.get("back").map_or("", String::as_str));
    alone(&visit, back, None)
}

/// Lets its owner in.
pub(in crate::serve) async fn enter(visit: Visit, request: Request) -> Result<Response, Failure> {
    let form = Form::read_plain(&visit, request).await?;
    let (back, device) = (inside(form.get("back")), visit.device());
    let answer = answer(&visit, &form, visit.cookie(ASKED));
    match visit.web.app.log_in_with_passkey(&answer, &visit.door(&device)).await {
        Ok(session) => Ok((let_in(&visit, &session), Redirect::to(back)).into_response()),
        Err(Error::Denied) => alone(&visit, back, Some(unfit("slip-passkey-alone"))),
        Err(Error::Limited { .. }) => alone(&visit, back, Some(many())),
        Err(error) => Err(Failure::of(&visit, error)),
    }
}

/// Asks the browser to show one of the officer who waits for the second step.
pub(in crate::serve) async fn ask_second(
    visit: Visit,
    query: Query<HashMap<String, String>>,
) -> Result<Response, Failure> {
    second(&visit, inside(query.get("back").map_or("", String::as_str)), None).await
}

/// Lets that officer in.
pub(in crate::serve) async fn enter_second(visit: Visit, request: Request) -> Result<Response, Failure> {
    let form = Form::read_plain(&visit, request).await?;
    let (back, device) = (inside(form.get("back")), visit.device());
    let answer = answer(&visit, &form, visit.step());
    match visit.web.app.finish_login_with_passkey(&answer, &visit.door(&device)).await {
        Ok(Ok(session)) => Ok((let_in(&visit, &session), Redirect::to(back)).into_response()),
        Ok(Err(_)) => second(&visit, back, Some(unfit("slip-passkey"))).await,
        Err(Error::Limited { .. }) => second(&visit, back, Some(many())).await,
        Err(Error::Denied) => Ok(too_late(&visit)),
        Err(error) => Err(Failure::of(&visit, error)),
    }
}

fn unfit(key: &str) -> Back {
    (StatusCode::UNPROCESSABLE_ENTITY, "send", Message::new(key))
}

fn many() -> Back {
    (StatusCode::TOO_MANY_REQUESTS, "send", Message::new("slip-login-many"))
}

fn answer<'a>(visit: &'a Visit, form: &'a Form, bond: &'a str) -> Answer<'a> {
    Answer { site: &visit.web.base_url, bond, ticket: form.get("ticket"), json: form.get("answer") }
}

async fn making(visit: &Visit, officer: &Officer) -> Result<PasskeyPage, Failure> {
    let bond = visit.session().unwrap_or_default();
    let asked = visit.web.app.ask_passkey(officer, &visit.web.base_url, bond).await;
    let challenge = asked.map_err(|error| Failure::of(visit, error))?;
    let frame = visit.desk(officer, Place::Elsewhere).await?;
    Ok(PasskeyPage { frame, ..page(visit, PasskeyUse::Make, challenge, HOME) })
}

/// The challenge of a whole login is bound to a cookie: only the browser that was asked can answer.
fn alone(visit: &Visit, back: &str, slip: Option<Back>) -> Result<Response, Failure> {
    let known = Some(visit.cookie(ASKED)).filter(|bond| !bond.is_empty());
    let bond = known.map_or_else(|| visit.fresh_key(), str::to_owned);
    let asked = visit.web.app.ask_for_passkey(&visit.web.base_url, &bond);
    let challenge = asked.map_err(|error| Failure::of(visit, error))?;
    let jar = Jar { name: ASKED, path: "/desk/masuk", age: CHALLENGE_MINUTES * 60 };
    let cookie = AppendHeaders([cookies::set(&visit.web, &jar, &bond)]);
    Ok((cookie, shown(visit, page(visit, PasskeyUse::Alone, challenge, back), slip)?).into_response())
}

async fn second(visit: &Visit, back: &str, slip: Option<Back>) -> Result<Response, Failure> {
    match visit.web.app.ask_second_passkey(visit.step(), &visit.web.base_url).await {
        Ok(challenge) => shown(visit, page(visit, PasskeyUse::Second, challenge, back), slip),
        Err(Error::Denied) => Ok(too_late(visit)),
        Err(error) => Err(Failure::of(visit, error)),
    }
}

fn shown(visit: &Visit, page: PasskeyPage, slip: Option<Back>) -> Result<Response, Failure> {
    let Some((status, field, message)) = slip else { return visit.show(&page) };
    let page = PasskeyPage { slips: vec![Slip { field, message }], ..page };
    Ok((status, visit.show(&page)?).into_response())
}

fn page(visit: &Visit, way: PasskeyUse, challenge: Challenge, back: &str) -> PasskeyPage {
    PasskeyPage {
        w: visit.words,
        frame: visit.frame(Place::Elsewhere),
        way,
        back: back.to_owned(),
        ticket: challenge.ticket,
        options: challenge.options,
        label: Field::default(),
        password: Field::default(),
        slips: Vec::new(),
    }
}
