//! HTTP in, pages and documents out: parses, calls one function of `app`, renders.

mod serve;

pub mod address;
pub mod api;
pub mod assets;
pub mod citizen;
pub mod components;
pub mod csp;
pub mod desk;
pub mod state;
pub mod words;

use axum::Router;
use axum::middleware::from_fn;
use state::Web;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};

/// Everything that is served on the public listener.
pub fn router(web: Web) -> Router {
    let gate = serve::Gate::default();
    let routes = serve::routes().merge(api::routes());
    routes
        .with_state(web)
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(move |request, next| serve::protect(gate.clone(), request, next)))
}
