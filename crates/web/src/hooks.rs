//! Where chat services post what people write, below `/hooks`. Whoever cannot prove to be the service is told nothing.

use crate::state::Web;
use app::Error;
use app::message::{telegram, whatsapp};
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;

/// Where Telegram posts updates.
pub const TELEGRAM: &str = "/hooks/telegram";

/// The addresses of all services; one that is not set up is not there.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route(TELEGRAM, post(telegram_posts))
        .route("/hooks/whatsapp", get(whatsapp_asks).post(whatsapp_posts))
        .layer(DefaultBodyLimit::max(app::message::MOST_POSTED))
}

/// What WhatsApp asks once, when the address is entered there.
#[derive(Deserialize)]
struct Asked {
    #[serde(rename = "hub.mode")]
    mode: String,
    #[serde(rename = "hub.verify_token")]
    token: String,
    #[serde(rename = "hub.challenge")]
    challenge: String,
}

async fn telegram_posts(State(web): State<Web>, headers: HeaderMap, body: Bytes) -> Response {
    match web.app.take_telegram(&body, header(&headers, telegram::SECRET)).await {
        Ok(Some(answer)) => Json(answer).into_response(),
        Ok(None) => StatusCode::OK.into_response(),
        Err(error) => refused(&error),
    }
}

async fn whatsapp_asks(State(web): State<Web>, Query(asked): Query<Asked>) -> Response {
    let verified = match asked.mode.as_str() {
        "subscribe" => web.app.verify_whatsapp(&asked.token, &asked.challenge),
        _ => Err(Error::Denied),
    };
    match verified {
        Ok(challenge) => challenge.to_owned().into_response(),
        Err(error) => refused(&error),
    }
}

async fn whatsapp_posts(State(web): State<Web>, headers: HeaderMap, body: Bytes) -> Response {
    match web.app.take_whatsapp(&body, header(&headers, whatsapp::SIGNATURE)).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(error) => refused(&error),
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// What was not kept is posted again.
fn refused(error: &Error) -> Response {
    let status = match error {
        Error::Denied => StatusCode::FORBIDDEN,
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::Busy | Error::Overtaken => StatusCode::SERVICE_UNAVAILABLE,
        other => {
            tracing::error!(error = %other, "a message could not be kept");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    };
    status.into_response()
}
