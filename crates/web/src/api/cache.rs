//! Documents that may be kept: with a tag, and without a body where the client has it already.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Reference data changes with decrees and offices, not by the minute.
const REFERENCE: HeaderValue = HeaderValue::from_static("public, max-age=600");
/// A public report may be closed at any moment.
const PUBLIC: HeaderValue = HeaderValue::from_static("no-cache");
/// What is shown for a PIN or a token stays with who showed it.
const PRIVATE: HeaderValue = HeaderValue::from_static("no-store");

/// Reference data as JSON with a tag; 304 where the client has this version.
pub fn reference(headers: &HeaderMap, document: &impl Serialize) -> Response {
    let body = serde_json::to_vec(document).unwrap_or_default();
    let digest = app::keys::digest(&String::from_utf8_lossy(&body));
    let tag = format!("\"{}\"", &digest[..32]);
    let asked = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or("");
    let known = asked.split(',').any(|one| one.trim().trim_start_matches("W/") == tag);
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { json(StatusCode::OK, body) };
    response.headers_mut().insert(CACHE_CONTROL, REFERENCE);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}

/// A document for everybody that must be asked for anew each time.
pub fn public(document: &impl Serialize) -> Response {
    kept(StatusCode::OK, document, PUBLIC)
}

/// A document for one reader only.
pub fn private(status: StatusCode, document: &impl Serialize) -> Response {
    kept(status, document, PRIVATE)
}

fn kept(status: StatusCode, document: &impl Serialize, how: HeaderValue) -> Response {
    let mut response = json(status, serde_json::to_vec(document).unwrap_or_default());
    response.headers_mut().insert(CACHE_CONTROL, how);
    response
}

fn json(status: StatusCode, body: Vec<u8>) -> Response {
    (status, [(CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response()
}
