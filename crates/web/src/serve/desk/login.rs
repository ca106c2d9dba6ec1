//! Into the desk and out of it.

use crate::components::{Field, Place, Slip, in_query};
use crate::desk::LoginPage;
use crate::serve::cookies::{self, DEVICE, Jar, SESSION, STEP};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::lists::is_inside;
use crate::serve::visit::Visit;
use crate::words::Message;
use app::{Entry, Error, LOGIN_MINUTES, Session, has_passkeys};
use axum::extract::{Query, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use std::collections::HashMap;

/// How long a device is known after the last login on it, in seconds.
const DEVICE_AGE: i64 = 365 * 24 * 3600;

/// The form.
pub(in crate::serve) async fn show(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let back = query.get("back").map_or("/desk", |back| inside(back));
    visit.show(&page(&visit, "", back, None))
}

/// Lets an officer in, or on to the second step.
pub(in crate::serve) async fn enter(visit: Visit, request: Request) -> Result<Response, Failure> {
    let form = Form::read_plain(&visit, request).await?;
    let back = inside(form.get("back"));
    let device = visit.device();
    match visit.web.app.log_in(form.get("login"), form.get("password"), &visit.door(&device)).await {
        Ok(entry) => Ok(entered(&visit, entry, back)),
        Err(Error::Denied) => again(&visit, form.get("login"), back, StatusCode::UNPROCESSABLE_ENTITY, "slip-login"),
        Err(Error::Limited { .. }) => {
            again(&visit, form.get("login"), back, StatusCode::TOO_MANY_REQUESTS, "slip-login-many")
        }
        Err(error) => Err(Failure::of(&visit, error)),
    }
}

/// In, or on to the second step.
pub(super) fn entered(visit: &Visit, entry: Entry, back: &str) -> Response {
    let half = match entry {
        Entry::Whole(session) => return (let_in(visit, &session), Redirect::to(back)).into_response(),
        Entry::Half(half) => half,
    };
    let step = if half.enrols { "pasang" } else { "kode" };
    let on = format!("/desk/masuk/{step}?back={}", in_query(back));
    let ticket = Jar { name: STEP, path: "/desk/masuk", age: LOGIN_MINUTES * 60 };
    (AppendHeaders([cookies::set(&visit.web, &ticket, &half.ticket)]), Redirect::to(&on)).into_response()
}

/// The cookies of somebody who has proved everything: the session, the device, and no step that is left.
pub(super) fn let_in(visit: &Visit, session: &Session) -> AppendHeaders<[(HeaderName, HeaderValue); 3]> {
    let age = session.expires_at.as_second() - visit.web.app.now().as_second();
    AppendHeaders([
        cookies::set(&visit.web, &Jar { name: SESSION, path: "/desk", age }, &session.token),
        cookies::set(&visit.web, &Jar { name: DEVICE, path: "/desk", age: DEVICE_AGE }, &session.device),
        cookies::set(&visit.web, &Jar { name: STEP, path: "/desk/masuk", age: 0 }, ""),
    ])
}

/// Ends the session.
pub(in crate::serve) async fn leave(visit: Visit) -> Result<Response, Failure> {
    if let Some(token) = visit.session() {
        visit.web.app.log_out(token).await.map_err(|error| Failure::of(&visit, error))?;
    }
    let gone = cookies::set(&visit.web, &Jar { name: SESSION, path: "/desk", age: 0 }, "");
    Ok((AppendHeaders([gone, visit.told("done-logged-out")]), Redirect::to("/desk/masuk")).into_response())
}

fn again(visit: &Visit, login: &str, back: &str, status: StatusCode, key: &str) -> Result<Response, Failure> {
    let page = page(visit, login, back, Some(Message::new(key)));
    Ok((status, visit.show(&page)?).into_response())
}

fn page(visit: &Visit, login: &str, back: &str, slip: Option<Message>) -> LoginPage {
    LoginPage {
        login: Field::of(login),
        password: Field { value: String::new(), slip: slip.clone() },
        slips: slip.into_iter().map(|message| Slip { field: "password", message }).collect(),
        passkey: has_passkeys(&visit.web.base_url),
        provider: visit.web.app.provider().map(str::to_owned),
        ..LoginPage::new(visit.words, visit.frame(Place::Elsewhere), back)
    }
}

/// A way back that stays inside the desk.
pub(super) fn inside(back: &str) -> &str {
    if back.starts_with("/desk") && is_inside(back) { back } else { "/desk" }
}
