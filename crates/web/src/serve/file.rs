//! Attachments, from their own path.

use super::failure::Failure;
use super::report::code;
use super::visit::{Visit, actor};
use crate::sent::{self, Way};
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::{Actor, AgencyId, AttachmentId, Code};

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
    sent::response(&file.name, &file.kind, &path, headers, Way::Shown)
        .await
        .map_err(|error| Failure::broken(visit, error))
}

/// A paper of an office that everybody may read.
pub(super) async fn paper(
    visit: Visit,
    Path(which): Path<(i64, i64)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    send_paper(&visit, which, &Actor::Public, &headers).await
}

/// A paper of an office, for officers.
pub(super) async fn desk_paper(
    visit: Visit,
    Path(which): Path<(i64, i64)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    send_paper(&visit, which, &actor(&officer), &headers).await
}

async fn send_paper(
    visit: &Visit,
    (office, id): (i64, i64),
    by: &Actor,
    headers: &HeaderMap,
) -> Result<Response, Failure> {
    let found = visit.web.app.paper(by, AgencyId(office), id).await;
    let (paper, path) = found.map_err(|error| Failure::of(visit, error))?;
    let sent = sent::response(&paper.name, &paper.media, &path, headers, Way::Saved).await;
    sent.map_err(|error| Failure::broken(visit, error))
}
