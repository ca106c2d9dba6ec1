//! The second step of a login: a code, or the first authenticator of somebody who needs one.

use super::login::{inside, let_in};
use crate::components::{Field, Place, Slip};
use crate::desk::{CodesPage, EnrolPage, SecondStepPage};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::visit::Visit;
use crate::words::Message;
use app::{Error, FactorKind, FactorSlip, Offer, Waiting, has_passkeys};
use axum::extract::{Query, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use std::collections::HashMap;

/// Asks for a code.
pub(in crate::serve) async fn ask(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let Some(waiting) = waiting(&visit, false).await? else { return Ok(too_late(&visit)) };
    let back = inside(query.get("back").map_or("", String::as_str));
    visit.show(&SecondStepPage { passkey: shows_passkeys(&visit, &waiting), ..page(&visit, back, None) })
}

/// Lets somebody in whose code fits.
pub(in crate::serve) async fn enter(visit: Visit, request: Request) -> Result<Response, Failure> {
    let form = Form::read_plain(&visit, request).await?;
    let back = inside(form.get("back"));
    let device = visit.device();
    let (status, slip) = match visit.web.app.finish_login(visit.step(), form.get("code"), &visit.door(&device)).await {
        Ok(Ok(session)) => return Ok((let_in(&visit, &session), Redirect::to(back)).into_response()),
        Ok(Err(_)) => (StatusCode::UNPROCESSABLE_ENTITY, "slip-code"),
        Err(Error::Limited { .. }) => (StatusCode::TOO_MANY_REQUESTS, "slip-login-many"),
        Err(Error::Denied) => return Ok(too_late(&visit)),
        Err(error) => return Err(Failure::of(&visit, error)),
    };
    Ok((status, visit.show(&page(&visit, back, Some(Message::new(slip))))?).into_response())
}

/// Offers a first authenticator.
pub(in crate::serve) async fn offer(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let Some(waiting) = waiting(&visit, true).await? else { return Ok(too_late(&visit)) };
    let offer = visit.web.app.offer_totp(&waiting.officer).map_err(|error| Failure::of(&visit, error))?;
    visit.show(&enrolling(&visit, offer, inside(query.get("back").map_or("", String::as_str)), None))
}

/// Takes the first authenticator, lets its owner in and shows the recovery codes.
pub(in crate::serve) async fn enrol(visit: Visit, request: Request) -> Result<Response, Failure> {
    let form = Form::read_plain(&visit, request).await?;
    let (back, ticket, device) = (inside(form.get("back")), form.get("ticket"), visit.device());
    let Some(waiting) = waiting(&visit, true).await? else { return Ok(too_late(&visit)) };
    let tried = visit.web.app.enrol_at_login(visit.step(), ticket, form.get("code"), &visit.door(&device)).await;
    let (status, slip) = match tried {
        Ok(Ok((session, codes))) => {
            let frame = visit.frame(Place::Elsewhere);
            let page = CodesPage { w: visit.words, frame, codes, next: back.to_owned() };
            return Ok((let_in(&visit, &session), visit.show(&page)?).into_response());
        }
        Ok(Err(FactorSlip::Offer)) => (StatusCode::UNPROCESSABLE_ENTITY, "slip-offer"),
        Ok(Err(_)) => (StatusCode::UNPROCESSABLE_ENTITY, "slip-code"),
        Err(Error::Limited { .. }) => (StatusCode::TOO_MANY_REQUESTS, "slip-login-many"),
        Err(Error::Denied) => return Ok(too_late(&visit)),
        Err(error) => return Err(Failure::of(&visit, error)),
    };
    let offer = visit.web.app.offer_again(&waiting.officer, ticket).map_err(|error| Failure::of(&visit, error))?;
    Ok((status, visit.show(&enrolling(&visit, offer, back, Some(Message::new(slip))))?).into_response())
}

/// Who waits for this kind of second step; nobody when it is too late.
async fn waiting(visit: &Visit, enrols: bool) -> Result<Option<Waiting>, Failure> {
    match visit.web.app.waiting(visit.step()).await {
        Ok(waiting) => Ok(Some(waiting).filter(|waiting| waiting.enrols == enrols)),
        Err(Error::Denied) => Ok(None),
        Err(error) => Err(Failure::of(visit, error)),
    }
}

pub(super) fn too_late(visit: &Visit) -> Response {
    (AppendHeaders([visit.told("sorry-step-over")]), Redirect::to("/desk/masuk")).into_response()
}

fn page(visit: &Visit, back: &str, slip: Option<Message>) -> SecondStepPage {
    SecondStepPage {
        w: visit.words,
        frame: visit.frame(Place::Elsewhere),
        code: Field { value: String::new(), slip: slip.clone() },
        slips: slip.into_iter().map(|message| Slip { field: "code", message }).collect(),
        passkey: false,
        back: back.to_owned(),
    }
}

/// Whether one of the factors is a passkey that can be shown here.
fn shows_passkeys(visit: &Visit, waiting: &Waiting) -> bool {
    has_passkeys(&visit.web.base_url) && waiting.factors.iter().any(|factor| factor.kind == FactorKind::Passkey)
}

fn enrolling(visit: &Visit, offer: Offer, back: &str, slip: Option<Message>) -> EnrolPage {
    EnrolPage {
        w: visit.words,
        frame: visit.frame(Place::Elsewhere),
        action: "/desk/masuk/pasang",
        on_the_way: true,
        back: back.to_owned(),
        ticket: offer.ticket,
        typed: offer.typed,
        picture: offer.picture,
        label: Field::default(),
        code: Field { value: String::new(), slip: slip.clone() },
        password: Field::default(),
        slips: slip.into_iter().map(|message| Slip { field: "code", message }).collect(),
    }
}
