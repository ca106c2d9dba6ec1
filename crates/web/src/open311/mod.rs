//! A server of Open311 GeoReport v2 below `/open311`, strict in what it says.

mod discovery;
pub mod fault;
mod form;
pub mod format;
mod input;
mod jurisdiction;
mod key;
mod letter;
mod node;
mod page;
mod request;
mod service;
mod submit;
mod token;
mod told;
mod update;
mod xml;

use crate::state::Web;
use crate::words::{Lang, Message};
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{MethodRouter, any, get, post};
use axum::{Router, middleware};
use fault::Fault;
use format::Format;

/// The specification by the name that clients look for.
const SPECIFICATION: &str = "http://wiki.open311.org/GeoReport_v2";
/// When something that clients could notice was changed last.
const CHANGESET: &str = "2026-11-26T12:00:00+07:00";
/// Most bytes of a form with all its files.
const MOST_FORM: usize = app::MOST_FILES * 50 * 1024 * 1024 + 1024 * 1024;

/// Every address; errors in the format and the language of the request.
pub fn routes() -> Router<Web> {
    let requests = post(submit::submit).layer(DefaultBodyLimit::max(MOST_FORM)).get(request::list);
    Router::new()
        .merge(both("/open311/discovery", get(discovery::show)))
        .merge(both("/open311/v2/discovery", get(discovery::show)))
        .merge(both("/open311/v2/services", get(service::list)))
        .route("/open311/v2/services/{code}", get(service::show))
        .merge(both("/open311/v2/requests", requests))
        .route("/open311/v2/requests/{id}", get(request::show))
        .route("/open311/v2/tokens/{token}", get(token::show))
        .merge(both("/open311/v2/servicerequestupdates", get(update::list).post(told::take)))
        .method_not_allowed_fallback(method)
        .route("/open311", any(nothing))
        .route("/open311/{*rest}", any(nothing))
        .layer(middleware::from_fn(fault::speak))
}

/// An address in both formats.
fn both(address: &str, serve: MethodRouter<Web>) -> Router<Web> {
    let addresses = Format::ALL.map(|format| format!("{address}{}", format.suffix()));
    addresses.iter().fold(Router::new(), |router, address| router.route(address, serve.clone()))
}

/// An answer that is made before anybody's language is known: busy, or broken.
pub fn stopped(path: &str, fault: &Fault) -> Response {
    fault.told(Format::of(path).unwrap_or(Format::Xml), Lang::default())
}

async fn nothing() -> Fault {
    Fault::no_such_address()
}

async fn method() -> Fault {
    Fault::new(StatusCode::METHOD_NOT_ALLOWED, Message::new("open311-method"))
}
