//! Files: taken in as they come, and given out again.

use super::caller::{Citizen, ClientKey, Officer, ReportCode};
use super::full::File;
use super::problem::Problem;
use super::{cache, errors, full};
use crate::kept::seal;
use crate::sent::{self, Way};
use crate::state::Web;
use app::Upload;
use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use domain::{Actor, AttachmentId, Code};
use futures_util::StreamExt;
use serde::Serialize;
use utoipa::ToSchema;

/// A file as a part of a form.
#[derive(Debug, ToSchema)]
pub struct FileForm {
    /// JPEG, PNG, WebP, PDF or MP4, told by its content.
    #[schema(content_media_type = "application/octet-stream")]
    pub file: Vec<u8>,
}

/// A file that was sent before the answer it belongs to.
#[derive(Debug, Serialize, ToSchema)]
pub struct UploadReceipt {
    /// To be listed as `evidence` of an answer by the same officer.
    pub upload: String,
    pub name: String,
    /// Media type by content.
    #[schema(example = "image/jpeg")]
    pub kind: String,
    /// Bytes.
    pub size: i64,
}

/// Adds a file to the own report: as a form with a part `file`, or raw with `X-File-Name`.
///
/// At most 10 MB, films 50 MB. Pictures are re-encoded without what the camera noted about place and time.
#[utoipa::path(
    post, path = "/api/v1/reports/{code}/attachments", tag = "reports", operation_id = "attachFile",
    params(
        ("code" = String, Path, description = "Tracking number.", example = "1234567894"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key adds the file once."),
        ("X-File-Name" = Option<String>, Header, description = "Name of a raw file, percent-encoded."),
    ),
    security(("report_pin" = [])),
    request_body(content((FileForm = "multipart/form-data"), (Vec<u8> = "application/octet-stream"))),
    responses((status = 201, description = "Kept.", body = File), errors::FileByReporter)
)]
pub(super) async fn attach(
    State(web): State<Web>,
    ReportCode(code): ReportCode,
    citizen: Citizen,
    ClientKey(key): ClientKey,
    request: Request,
) -> Result<Response, Problem> {
    citizen.prove(&web, code)?;
    let upload = take(&web, request).await?;
    let key = key.unwrap_or_else(app::keys::secret);
    let file = web.app.attach(code, Actor::Reporter, upload, &key).await?;
    let url = format!("{}/attachments/{}", full::address(&web, code, &Actor::Reporter), file.id);
    let document = File { id: file.id.to_string(), name: file.name, kind: file.kind, size: file.size, url };
    Ok(cache::private(StatusCode::CREATED, &document))
}

/// Keeps a file for an answer that is still to come.
#[utoipa::path(
    post, path = "/api/v1/desk/uploads", tag = "desk", operation_id = "uploadEvidence",
    params(("X-File-Name" = Option<String>, Header, description = "Name of a raw file, percent-encoded.")),
    security(("officer_token" = [])),
    request_body(content((FileForm = "multipart/form-data"), (Vec<u8> = "application/octet-stream"))),
    responses((status = 201, description = "Kept.", body = UploadReceipt), errors::FileByOfficer)
)]
pub(super) async fn upload(State(web): State<Web>, officer: Officer, request: Request) -> Result<Response, Problem> {
    let upload = take(&web, request).await?;
    let token = seal(&web, &officer.actor, &upload);
    let document = UploadReceipt { upload: token, name: upload.name, kind: upload.kind, size: upload.size };
    Ok(cache::private(StatusCode::CREATED, &document))
}

pub(super) async fn take(web: &Web, request: Request) -> Result<Upload, Problem> {
    let form = request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
    if form { take_part(web, request).await } else { take_raw(web, request).await }
}

async fn take_raw(web: &Web, request: Request) -> Result<Upload, Problem> {
    let name = file_name(request.headers());
    let mut incoming = web.app.receive().await?;
    let mut pieces = request.into_body().into_data_stream();
    while let Some(piece) = pieces.next().await {
        incoming.push(&piece.map_err(|_| broken_off())?).await.map_err(app::Error::from)?;
    }
    Ok(web.app.keep(incoming, &name).await?)
}

async fn take_part(web: &Web, request: Request) -> Result<Upload, Problem> {
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| broken_off())?;
    while let Some(mut part) = form.next_field().await.map_err(|_| broken_off())? {
        if part.name() != Some("file") {
            continue;
        }
        let name = part.file_name().unwrap_or("").to_owned();
        let mut incoming = web.app.receive().await?;
        while let Some(piece) = part.chunk().await.map_err(|_| broken_off())? {
            incoming.push(&piece).await.map_err(app::Error::from)?;
        }
        return Ok(web.app.keep(incoming, &name).await?);
    }
    Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "file-missing"))
}

fn broken_off() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "file-broken-off")
}

fn file_name(headers: &HeaderMap) -> String {
    let sent = headers.get("x-file-name").map_or(&b""[..], HeaderValue::as_bytes);
    let mut bytes = Vec::with_capacity(sent.len());
    let mut rest = sent;
    while let Some((first, behind)) = rest.split_first() {
        let code = behind.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match code.and_then(|two| u8::from_str_radix(two, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Fetches a file of a report that the caller may read.
#[utoipa::path(
    get, path = "/api/v1/reports/{code}/attachments/{id}", tag = "reports", operation_id = "fetchFile",
    params(
        ("code" = String, Path, description = "Tracking number.", example = "1234567894"),
        ("id" = String, Path, description = "Id of the file."),
    ),
    security((), ("report_pin" = [])),
    responses(
        (status = 200, description = "The file.", content_type = "application/octet-stream", body = Vec<u8>),
        errors::ReadingOne,
    )
)]
pub(super) async fn fetch(
    State(web): State<Web>,
    ReportCode(code): ReportCode,
    Path((_, id)): Path<(String, String)>,
    citizen: Citizen,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (_, by) = citizen.look(&web, code).await?;
    send(&web, code, &id, &by, &headers).await
}

/// Fetches a file of a report that the officer may read.
#[utoipa::path(
    get, path = "/api/v1/desk/reports/{code}/attachments/{id}", tag = "desk", operation_id = "fetchDeskFile",
    params(
        ("code" = String, Path, description = "Tracking number.", example = "1234567894"),
        ("id" = String, Path, description = "Id of the file."),
    ),
    security(("officer_token" = [])),
    responses(
        (status = 200, description = "The file.", content_type = "application/octet-stream", body = Vec<u8>),
        errors::OfficerReading,
    )
)]
pub(super) async fn fetch_at_desk(
    State(web): State<Web>,
    officer: Officer,
    ReportCode(code): ReportCode,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    send(&web, code, &id, &officer.actor, &headers).await
}

async fn send(web: &Web, code: Code, id: &str, by: &Actor, headers: &HeaderMap) -> Result<Response, Problem> {
    let id = id.parse().map(AttachmentId).map_err(|_| Problem::not_found())?;
    let (file, path) = web.app.attachment(code, id, by).await?;
    Ok(sent::response(&file.name, &file.kind, &path, headers, Way::Saved).await.map_err(app::Error::from)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_read_percent_encoded_or_plain() {
        let name = |sent: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-file-name", HeaderValue::from_bytes(sent.as_bytes()).unwrap());
            file_name(&headers)
        };
        assert_eq!(name("foto%20jalan.jpg"), "foto jalan.jpg");
        assert_eq!(name("caf%C3%A9 100%.png"), "café 100%.png");
        assert_eq!(name("foto.jpg"), "foto.jpg");
    }
}
