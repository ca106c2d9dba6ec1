//! The body of a POST: an url-encoded form, or one with files.

use super::fault::Fault;
use super::input::Input;
use super::key;
use crate::state::Web;
use crate::words::Message;
use app::{MOST_FILES, Upload};
use axum::body::to_bytes;
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;

/// Most bytes of a form without its files.
const MOST_BYTES: usize = 64 * 1024;
/// The parts that bring files.
const MEDIA: [&str; 2] = ["media", "media[]"];

/// What a client sent.
#[derive(Debug, Default)]
pub struct Sent {
    pub input: Input,
    pub uploads: Vec<Upload>,
}

/// Reads a form; what stands behind the question mark belongs to it.
pub async fn read(web: &Web, request: Request) -> Result<Sent, Fault> {
    let kind = kind(request.headers());
    let mut sent = Sent { input: Input::of(request.uri().query().unwrap_or("").as_bytes()), uploads: Vec::new() };
    match kind.as_str() {
        "" | "application/x-www-form-urlencoded" => {
            let bytes = to_bytes(request.into_body(), MOST_BYTES).await.map_err(|_| too_large())?;
            sent.input.extend(Input::of(&bytes));
        }
        "multipart/form-data" => parts(web, request, &mut sent).await?,
        _ => return Err(Fault::bad(Message::new("open311-form"))),
    }
    Ok(sent)
}

/// Reads a form that brings no files.
pub async fn read_plain(request: Request) -> Result<Input, Fault> {
    if !matches!(kind(request.headers()).as_str(), "" | "application/x-www-form-urlencoded") {
        return Err(Fault::bad(Message::new("open311-form")));
    }
    let mut input = Input::of(request.uri().query().unwrap_or("").as_bytes());
    let bytes = to_bytes(request.into_body(), MOST_BYTES).await.map_err(|_| too_large())?;
    input.extend(Input::of(&bytes));
    Ok(input)
}

fn kind(headers: &HeaderMap) -> String {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

async fn parts(web: &Web, request: Request, sent: &mut Sent) -> Result<(), Fault> {
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| broken_off())?;
    let mut left = MOST_BYTES;
    while let Some(part) = form.next_field().await.map_err(|_| broken_off())? {
        let name = part.name().unwrap_or("").to_owned();
        if MEDIA.contains(&name.as_str()) {
            let upload = file(web, &sent.input, sent.uploads.len(), part).await?;
            sent.uploads.extend(upload);
        } else {
            let value = text(part, &mut left).await?;
            sent.input.push(&name, value);
        }
    }
    Ok(())
}

/// A file is kept only for somebody whose key came before it.
async fn file(web: &Web, input: &Input, kept: usize, mut part: Field<'_>) -> Result<Option<Upload>, Fault> {
    key::holder(web, input).await?;
    if kept == MOST_FILES {
        return Err(Fault::bad(Message::new("api-file-too-many")));
    }
    let name = part.file_name().unwrap_or("").to_owned();
    let Some(first) = part.chunk().await.map_err(|_| broken_off())? else { return Ok(None) };
    let mut incoming = web.app.receive().await?;
    incoming.push(&first).await.map_err(app::Error::from)?;
    while let Some(piece) = part.chunk().await.map_err(|_| broken_off())? {
        incoming.push(&piece).await.map_err(app::Error::from)?;
    }
    Ok(Some(web.app.keep(incoming, &name).await?))
}

async fn text(mut part: Field<'_>, left: &mut usize) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    while let Some(piece) = part.chunk().await.map_err(|_| broken_off())? {
        *left = left.checked_sub(piece.len()).ok_or_else(too_large)?;
        bytes.extend_from_slice(&piece);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn too_large() -> Fault {
    Fault::bad(Message::new("api-too-large").with("most", "64 KiB"))
}

fn broken_off() -> Fault {
    Fault::bad(Message::new("api-file-broken-off"))
}
