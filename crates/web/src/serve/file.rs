//! Attachments, from their own path.

use super::failure::Failure;
use super::report::code;
use super::visit::{Visit, actor};
use crate::sent::{self, Way};
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::{Actor, AttachmentId, Code};

/// A file of a report that the visitor may read.
pub(super) async fn public(
    visit: Visit,
    Path((typed, id)): Path<(String, i64)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    send(&visit, code, id, &visit.citizen(code), &headers).await
}

/// A file of a report that the officer may read.
pub(super) async fn desk(
    visit: Visit,
    Path((typed, id)): Path<(String, i64)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    let officer = visit.officer().await?;
    send(&visit, code, id, &actor(&officer), &headers).await
}

async fn send(visit: &Visit, code: Code, id: i64, by: &Actor, headers: &HeaderMap) -> Result<Response, Failure> {
    let found = visit.web.app.attachment(code, AttachmentId(id), by).await;
    let (file, path) = found.map_err(|error| Failure::of(visit, error))?;
    sent::response(&file, &path, headers, Way::Shown).await.map_err(|error| Failure::broken(visit, error))
}
