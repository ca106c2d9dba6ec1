//! Into the desk and out of it.

use crate::components::{Field, Place, Slip};
use crate::desk::LoginPage;
use crate::serve::cookies::{self, Jar, SESSION};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::lists::is_inside;
use crate::serve::visit::Visit;
use crate::words::Message;
use app::Error;
use axum::extract::{Query, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use std::collections::HashMap;

/// The form.
pub(in crate::serve) async fn show(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let back = query.get("back").map_or("/desk", |back| inside(back));
    visit.show(&page(&visit, "", back, None))
}

/// Lets an officer in.
pub(in crate::serve) async fn enter(visit: Visit, request: Request) -> Result<Response, Failure> {
    let form = Form::read_plain(&visit, request).await?;
    let back = inside(form.get("back"));
    match visit.web.app.log_in(form.get("login"), form.get("password"), &visit.address, &visit.device()).await {
        Ok(session) => {
            let age = session.expires_at.as_second() - visit.web.app.now().as_second();
            let cookie = cookies::set(&visit.web, &Jar { name: SESSION, path: "/desk", age }, &session.token);
            Ok((AppendHeaders([cookie]), Redirect::to(back)).into_response())
        }
        Err(Error::Denied) => again(&visit, form.get("login"), back, StatusCode::UNPROCESSABLE_ENTITY, "slip-login"),
        Err(Error::Limited { .. }) => {
            again(&visit, form.get("login"), back, StatusCode::TOO_MANY_REQUESTS, "slip-login-many")
        }
        Err(error) => Err(Failure::of(&visit, error)),
    }
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
        ..LoginPage::new(visit.words, visit.frame(Place::Elsewhere), back)
    }
}

/// A way back that stays inside the desk.
fn inside(back: &str) -> &str {
    if back.starts_with("/desk") && is_inside(back) { back } else { "/desk" }
}
