//! An officer's own second factors.

use crate::components::{Field, Place, Slip};
use crate::desk::{CodesPage, EnrolPage, FactorNote, FactorRow, SecurityPage};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::visit::Visit;
use crate::words::{Message, Moment};
use app::{Error, Factor, FactorSlip, Note, Offer, Officer, Proof, has_passkeys};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::time::Zone;

pub(super) const HOME: &str = "/desk/akun/keamanan";

/// A form that comes back: its status, the field and the sentence.
pub(super) type Back = (StatusCode, &'static str, Message);

/// Factors, recovery codes, and what happened to them.
pub(in crate::serve) async fn show(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let page = page(&visit, &officer).await?;
    visit.show(&page)
}

/// Offers a new authenticator.
pub(in crate::serve) async fn offer(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let offer = visit.web.app.offer_totp(&officer).map_err(|error| Failure::of(&visit, error))?;
    let page = enrolling(&visit, &officer, offer).await?;
    visit.show(&page)
}

/// Takes the authenticator that was offered.
pub(in crate::serve) async fn add(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let (ticket, label) = (form.get("ticket"), form.get("label"));
    let tried = visit.web.app.add_totp(&officer, ticket, label, &proof(&visit, &form)).await;
    let (status, field, message) = match judged(&visit, tried)? {
        Ok(codes) if codes.is_empty() => return Ok(home(&visit, "done-factor-added")),
        Ok(codes) => return shown_once(&visit, &officer, codes).await,
        Err(back) => back,
    };
    let offer = visit.web.app.offer_again(&officer, ticket).map_err(|error| Failure::of(&visit, error))?;
    let mut page = enrolling(&visit, &officer, offer).await?;
    page.label = Field::of(label);
    let wrong = if field == "password" { &mut page.password } else { &mut page.code };
    *wrong = Field::wrong("", message.clone());
    page.slips = vec![Slip { field, message }];
    Ok((status, visit.show(&page)?).into_response())
}

/// Takes a factor away.
pub(in crate::serve) async fn remove(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let factor = form.get("factor").parse().unwrap_or_default();
    let tried = visit.web.app.remove_factor(&officer, factor, &proof(&visit, &form)).await;
    match judged(&visit, tried)? {
        Ok(()) => Ok(home(&visit, "done-factor-removed")),
        Err(back) => again(&visit, &officer, "remove", form.get("factor"), back).await,
    }
}

/// Makes new recovery codes.
pub(in crate::serve) async fn renew(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let tried = visit.web.app.renew_codes(&officer, &proof(&visit, &form)).await;
    match judged(&visit, tried)? {
        Ok(codes) => shown_once(&visit, &officer, codes).await,
        Err(back) => again(&visit, &officer, "renew", "", back).await,
    }
}

pub(super) fn proof<'a>(visit: &'a Visit, form: &'a Form) -> Proof<'a> {
    Proof { password: form.get("password"), code: form.get("code"), address: &visit.address }
}

/// What was done, or the form that comes back.
pub(super) fn judged<T>(visit: &Visit, tried: app::Result<Result<T, FactorSlip>>) -> Result<Result<T, Back>, Failure> {
    let unfit = StatusCode::UNPROCESSABLE_ENTITY;
    let back = match tried {
        Ok(Ok(done)) => return Ok(Ok(done)),
        Ok(Err(FactorSlip::Password)) => (unfit, "password", Message::new("slip-password-present")),
        Ok(Err(FactorSlip::Code)) => (unfit, "code", Message::new("slip-code")),
        Ok(Err(FactorSlip::Offer)) => (unfit, "code", Message::new("slip-offer")),
        Ok(Err(FactorSlip::Many)) => (unfit, "code", Message::new("slip-factor-many")),
        Ok(Err(FactorSlip::Passkey)) => (unfit, "send", Message::new("slip-passkey")),
        Err(Error::Limited { .. }) => (StatusCode::TOO_MANY_REQUESTS, "password", Message::new("slip-login-many")),
        Err(error) => return Err(Failure::of(visit, error)),
    };
    Ok(Err(back))
}

pub(super) fn home(visit: &Visit, done: &str) -> Response {
    (AppendHeaders([visit.told(done)]), Redirect::to(HOME)).into_response()
}

pub(super) async fn shown_once(visit: &Visit, officer: &Officer, codes: Vec<String>) -> Result<Response, Failure> {
    let frame = visit.desk(officer, Place::Elsewhere).await?;
    visit.show(&CodesPage { w: visit.words, frame, codes, next: HOME.to_owned() })
}

async fn again(
    visit: &Visit,
    officer: &Officer,
    open: &'static str,
    chosen: &str,
    (status, field, message): Back,
) -> Result<Response, Failure> {
    let mut page = page(visit, officer).await?;
    let wrong = Field::wrong("", message.clone());
    let at = match (open, field) {
        ("remove", "password") => "remove-password",
        ("remove", _) => "remove-code",
        (_, "password") => "renew-password",
        _ => "renew-code",
    };
    match field {
        "password" => page.password = wrong,
        _ => page.code = wrong,
    }
    (page.open, page.chosen) = (open, chosen.to_owned());
    page.slips = vec![Slip { field: at, message }];
    Ok((status, visit.show(&page)?).into_response())
}

async fn page(visit: &Visit, officer: &Officer) -> Result<SecurityPage, Failure> {
    let security = visit.web.app.security(officer).await.map_err(|error| Failure::of(visit, error))?;
    Ok(SecurityPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Elsewhere).await?,
        factors: security.factors.into_iter().map(row).collect(),
        codes_left: security.codes_left,
        demanded: security.demanded,
        notes: security.notes.into_iter().map(note).collect(),
        can_add_passkey: has_passkeys(&visit.web.base_url),
        identities: visit.web.app.provider().is_some(),
        open: "",
        chosen: String::new(),
        password: Field::default(),
        code: Field::default(),
        slips: Vec::new(),
    })
}

fn row(factor: Factor) -> FactorRow {
    FactorRow {
        id: factor.id,
        kind: factor.kind.name(),
        label: factor.label,
        since: Moment::of(factor.added_at, Zone::Wib),
        used: factor.used_at.map(|used| Moment::of(used, Zone::Wib)),
    }
}

fn note(note: Note) -> FactorNote {
    FactorNote { what: note.what, label: note.label, at: Moment::of(note.at, Zone::Wib) }
}

async fn enrolling(visit: &Visit, officer: &Officer, offer: Offer) -> Result<EnrolPage, Failure> {
    Ok(EnrolPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Elsewhere).await?,
        action: "/desk/akun/keamanan/aplikasi",
        on_the_way: false,
        back: String::new(),
        ticket: offer.ticket,
        typed: offer.typed,
        picture: offer.picture,
        label: Field::default(),
        code: Field::default(),
        password: Field::default(),
        slips: Vec::new(),
    })
}
