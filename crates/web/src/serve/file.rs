//! Attachments, from their own path, with headers that let them do nothing.

use super::failure::Failure;
use super::report::code;
use super::visit::{Visit, actor};
use crate::csp;
use app::Attachment;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderValue, Response, header};
use axum::response::Response as Answer;
use domain::{Actor, AttachmentId};
use tokio_util::io::ReaderStream;

/// A file of a report that the visitor may read.
pub(super) async fn public(visit: Visit, Path((typed, id)): Path<(String, i64)>) -> Result<Answer, Failure> {
    let code = code(&visit, &typed)?;
    send(&visit, id, &visit.citizen(code)).await
}

/// A file of a report that the officer may read.
pub(super) async fn desk(visit: Visit, Path((typed, id)): Path<(String, i64)>) -> Result<Answer, Failure> {
    code(&visit, &typed)?;
    let officer = visit.officer().await?;
    send(&visit, id, &actor(&officer)).await
}

async fn send(visit: &Visit, id: i64, by: &Actor) -> Result<Answer, Failure> {
    let (file, path) =
        visit.web.app.attachment(AttachmentId(id), by).await.map_err(|error| Failure::of(visit, error))?;
    let opened = tokio::fs::File::open(&path).await.map_err(|error| Failure::broken(visit, error))?;
    let mut response = Response::new(Body::from_stream(ReaderStream::new(opened)));
    let headers = response.headers_mut();
    for (name, value) in csp::headers(csp::Page::Attachment) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    headers.insert(header::CONTENT_TYPE, header_value(&file.kind));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.size));
    headers.insert(header::CONTENT_DISPOSITION, header_value(&disposition(&file)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=300"));
    Ok(response)
}

/// Pictures and films are shown, anything else is saved; the name is plain ASCII.
fn disposition(file: &Attachment) -> String {
    let way = if file.kind.starts_with("image/") || file.kind.starts_with("video/") { "inline" } else { "attachment" };
    let name: String =
        file.name.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect();
    format!("{way}; filename=\"{name}\"")
}

fn header_value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"))
}
