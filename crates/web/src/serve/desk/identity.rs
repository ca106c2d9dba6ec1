//! Logins by way of an identity provider.

use super::factor::{Back, judged, proof};
use super::login::{entered, inside};
use crate::components::{Field, Place, Slip, in_query};
use crate::desk::{IdentityRow, LinkPage};
use crate::serve::cookies::{self, AWAY, Jar, LINK};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::visit::Visit;
use crate::words::Moment;
use app::{AWAY_MINUTES, IdentitySlip, Officer, Return};
use axum::extract::{Query, Request};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::time::Zone;
use std::collections::HashMap;

const LINKS: &str = "/desk/akun/keamanan/identitas";
const WAY: &str = "/desk/masuk/identitas";

/// Sends somebody to the provider.
pub(in crate::serve) async fn go(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let back = inside(query.get("back").map_or("", String::as_str));
    match visit.web.app.go_to_provider(&redirect(&visit), back).await {
        Ok(Ok(away)) => {
            let jar = Jar { name: AWAY, path: WAY, age: AWAY_MINUTES * 60 };
            let cookie = cookies::set(&visit.web, &jar, &away.ticket);
            Ok((AppendHeaders([cookie]), Redirect::to(&away.address)).into_response())
        }
        Ok(Err(slip)) => Ok(refused(&visit, &slip)),
        Err(error) => Err(Failure::of(&visit, error)),
    }
}

/// Takes somebody back.
pub(in crate::serve) async fn back(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let sent = |key: &str| query.get(key).map_or("", String::as_str);
    let redirect = redirect(&visit);
    let came = Return { redirect: &redirect, ticket: visit.cookie(AWAY), state: sent("state"), code: sent("code") };
    let device = visit.device();
    match visit.web.app.return_from_provider(&came, &visit.door(&device)).await {
        Ok(Ok((entry, back))) => Ok(entered(&visit, entry, inside(&back))),
        Ok(Err(IdentitySlip::Unknown(ticket))) => Ok(stranger(&visit, &ticket).await),
        Ok(Err(slip)) => Ok(refused(&visit, &slip)),
        Err(app::Error::Limited { .. }) => Ok(refused(&visit, &IdentitySlip::Unfit)),
        Err(error) => Err(Failure::of(&visit, error)),
    }
}

/// The links of the officer, and the one to be made.
pub(in crate::serve) async fn show(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let page = page(&visit, &officer).await?;
    visit.show(&page)
}

/// Makes a link.
pub(in crate::serve) async fn link(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let tried = visit.web.app.link_identity(&officer, visit.cookie(LINK), &proof(&visit, &form)).await;
    match judged(&visit, tried)? {
        Ok(()) => {
            let gone = cookies::set(&visit.web, &Jar { name: LINK, path: LINKS, age: 0 }, "");
            Ok((AppendHeaders([gone, visit.told("done-identity-linked")]), Redirect::to(LINKS)).into_response())
        }
        Err(back) => again(&visit, &officer, "", back).await,
    }
}

/// Ends a link.
pub(in crate::serve) async fn unlink(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let link = (form.get("issuer"), form.get("subject"));
    match judged(&visit, visit.web.app.unlink_identity(&officer, link, &proof(&visit, &form)).await)? {
        Ok(()) => Ok((AppendHeaders([visit.told("done-identity-unlinked")]), Redirect::to(LINKS)).into_response()),
        Err(back) => again(&visit, &officer, link.1, back).await,
    }
}

/// Somebody whom no account knows: on to the page where the owner of one links it, by way of the login.
async fn stranger(visit: &Visit, ticket: &str) -> Response {
    let link = cookies::set(&visit.web, &Jar { name: LINK, path: LINKS, age: AWAY_MINUTES * 60 }, ticket);
    if visit.officer().await.is_ok() {
        return (AppendHeaders([link]), Redirect::to(LINKS)).into_response();
    }
    let told = visit.told("sorry-identity-unknown");
    let on = format!("/desk/masuk?back={}", in_query(LINKS));
    (AppendHeaders([link, told]), Redirect::to(&on)).into_response()
}

/// The page with a form that comes back: of the link with this subject, or of the new one.
async fn again(
    visit: &Visit,
    officer: &Officer,
    subject: &str,
    (status, _, message): Back,
) -> Result<Response, Failure> {
    let mut page = page(visit, officer).await?;
    let wrong = Field::wrong("", message.clone());
    match page.rows.iter_mut().find(|row| row.subject == subject) {
        Some(row) => row.password = wrong,
        None => page.password = wrong,
    }
    let field = if subject.is_empty() && page.new.is_some() { "password" } else { "links" };
    page.slips = vec![Slip { field, message }];
    Ok((status, visit.show(&page)?).into_response())
}

async fn page(visit: &Visit, officer: &Officer) -> Result<LinkPage, Failure> {
    let links = visit.web.app.identities(officer).await.map_err(|error| Failure::of(visit, error))?;
    let row = |(n, link): (usize, app::Link)| IdentityRow {
        issuer: link.issuer,
        subject: link.subject,
        label: link.label,
        since: Moment::of(link.linked_at, Zone::Wib),
        input: format!("unlink-{}", n + 1),
        password: Field::default(),
    };
    Ok(LinkPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Elsewhere).await?,
        provider: visit.web.app.provider().map(str::to_owned),
        new: visit.web.app.linkable(visit.cookie(LINK)),
        rows: links.into_iter().enumerate().map(row).collect(),
        password: Field::default(),
        slips: Vec::new(),
    })
}

fn redirect(visit: &Visit) -> String {
    format!("{}{WAY}/kembali", visit.web.base_url)
}

fn refused(visit: &Visit, slip: &IdentitySlip) -> Response {
    let told = match slip {
        IdentitySlip::Over => "sorry-identity-over",
        IdentitySlip::Unreachable => "sorry-identity-unreachable",
        IdentitySlip::Unfit | IdentitySlip::Unknown(_) => "sorry-identity-unfit",
    };
    (AppendHeaders([visit.told(told)]), Redirect::to("/desk/masuk")).into_response()
}
