//! The page behind an invitation's link.

use super::seats::office_name;
use crate::components::{Field, Place, Slip};
use crate::desk::InvitationPage;
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::visit::Visit;
use crate::words::{Message, Moment};
use app::{Acceptance, LEAST_PASSWORD, Officer, SeatSlip};
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::time::Zone;

/// What is offered, or why no longer.
pub(in crate::serve) async fn show(visit: Visit, Path(secret): Path<String>) -> Result<Response, Failure> {
    let page = page(&visit, &secret).await?;
    visit.show(&page)
}

/// Takes the seat with a new account, or with the one that is logged in.
pub(in crate::serve) async fn accept(
    visit: Visit,
    Path(secret): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let form = Form::read_plain(&visit, request).await?;
    let known = officer(&visit).await;
    let (how, home) = match known.filter(|_| form.is_ticked("as")) {
        Some(officer) => (Acceptance::As(officer.id), "/desk/akun"),
        None => {
            let (login, password) = (form.get("login").to_owned(), form.get("password").to_owned());
            (Acceptance::New { login, password }, "/desk/masuk")
        }
    };
    let done = visit.web.app.accept_invitation(&secret, &visit.address, how).await;
    let slip = match done.map_err(|error| Failure::of(&visit, error))? {
        Ok(_) => return Ok((AppendHeaders([visit.told("done-joined")]), Redirect::to(home)).into_response()),
        Err(slip) => slip,
    };
    let message = Message::new(format!("slip-seat-{}", slip.code())).with("least", LEAST_PASSWORD);
    let wrong = |field: &str| Field::wrong(form.get(field), message.clone());
    let mut page = page(&visit, &secret).await?;
    page.login = Field::of(form.get("login"));
    let field = match slip {
        SeatSlip::Password => {
            page.password = Field { value: String::new(), ..wrong("password") };
            "password"
        }
        SeatSlip::Oneself => "as",
        _ => {
            page.login = wrong("login");
            "login"
        }
    };
    page.slips = vec![Slip { field, message }];
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

/// Who is logged in, where somebody is.
async fn officer(visit: &Visit) -> Option<Officer> {
    match visit.session() {
        Some(token) => visit.web.app.session(token).await.ok(),
        None => None,
    }
}

async fn page(visit: &Visit, secret: &str) -> Result<InvitationPage, Failure> {
    let opened = visit.web.app.open_invitation(secret, &visit.address).await;
    let opened = opened.map_err(|error| Failure::of(visit, error))?;
    let offered = opened.invitation;
    Ok(InvitationPage {
        w: visit.words,
        frame: visit.frame(Place::Elsewhere),
        path: format!("/desk/undangan/{secret}"),
        name: offered.name,
        role: offered.role,
        office: office_name(visit, offered.agency),
        until: Moment::of(offered.expires_at, Zone::Wib),
        closed: opened.closed,
        known: officer(visit).await.map(|officer| officer.name),
        login: Field::default(),
        password: Field::default(),
        least: LEAST_PASSWORD,
        slips: Vec::new(),
    })
}
