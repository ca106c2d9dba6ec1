//! Style, script and pictures.

use crate::assets;
use axum::body::Body;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, Response, StatusCode, header};
use axum::response::{IntoResponse, Response as Answer};
use std::collections::HashMap;

/// One asset, kept by the browser for as long as its address carries its hash.
pub(super) async fn show(
    Path(name): Path<String>,
    query: Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Answer {
    let Some(asset) = assets::find(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let known =
        headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).is_some_and(|tags| asset.is_fresh(tags));
    let builder = Response::builder()
        .header(header::CONTENT_TYPE, asset.kind)
        .header(header::ETAG, asset.etag())
        .header(header::CACHE_CONTROL, asset.cache(query.get("v").map(String::as_str)));
    let built = match known {
        true => builder.status(StatusCode::NOT_MODIFIED).body(Body::empty()),
        false => builder.body(Body::from(asset.bytes)),
    };
    built.map_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response(), IntoResponse::into_response)
}
