//! HTTP in, pages and documents out: parses, calls one function of `app`, renders.

mod serve;

pub mod address;
pub mod api;
pub mod assets;
pub mod citizen;
pub mod components;
pub mod counted;
pub mod csp;
pub mod desk;
pub mod face;
pub mod hooks;
mod kept;
pub mod open311;
pub mod print;
mod sent;
pub mod state;
pub mod words;

use axum::Router;
use axum::middleware::from_fn;
pub use serve::letters;
use state::Web;
use std::time::Duration;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::timeout::RequestBodyTimeoutLayer;

/// The longest that a sender may say nothing in the middle of a file.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Everything that is served on the public listener.
pub fn router(web: Web) -> Router {
    let gate = serve::Gate::new(web.is_secure());
    let routes = serve::routes().merge(api::routes()).merge(hooks::routes()).merge(open311::routes());
    routes
        .with_state(web)
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(unpacked()))
        .layer(RequestBodyTimeoutLayer::new(LONGEST_PAUSE))
        .layer(from_fn(move |request, next| serve::protect(gate.clone(), request, next)))
}

/// What is not packed already; a packed film could not be played from its middle.
fn unpacked() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::const_new("video/"))
        .and(NotForContentType::const_new("application/pdf"))
}
