//! For those who watch the process.

use crate::state::Web;
use axum::extract::State;
use axum::http::StatusCode;

/// The process answers.
pub(super) async fn live() -> &'static str {
    "ok\n"
}

/// The process answers and its database does.
pub(super) async fn ready(State(web): State<Web>) -> (StatusCode, &'static str) {
    match web.app.is_ready().await {
        Ok(true) => (StatusCode::OK, "ready\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
