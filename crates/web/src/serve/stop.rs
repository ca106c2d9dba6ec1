//! `/surat/berhenti/{token}`: an end to letters. Mail programs post there by themselves when somebody clicks
//! their own button (RFC 8058), without a cookie and without a page before.

use super::failure::Failure;
use super::visit::Visit;
use crate::citizen::StopPage;
use crate::components::Place;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};

/// The question: a program that only follows links stops nothing.
pub(super) async fn ask(visit: Visit, Path(token): Path<String>) -> Result<Response, Failure> {
    let found = visit.web.app.stoppable(&token).await.map_err(|error| Failure::of(&visit, error))?;
    let ask = Some((found.code, format!("/surat/berhenti/{token}")));
    visit.show(&StopPage { w: visit.words, frame: visit.frame(Place::Elsewhere), ask })
}

/// Stops them.
pub(super) async fn stop(visit: Visit, Path(token): Path<String>) -> Result<Response, Failure> {
    visit.web.app.stop_letters(&token).await.map_err(|error| Failure::of(&visit, error))?;
    Ok(Redirect::to("/surat/berhenti").into_response())
}

/// The word that it is done.
pub(super) async fn stopped(visit: Visit) -> Result<Response, Failure> {
    visit.show(&StopPage { w: visit.words, frame: visit.frame(Place::Elsewhere), ask: None })
}
