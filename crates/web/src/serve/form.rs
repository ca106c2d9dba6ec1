//! A form as it was sent: fields by name, and files that went to disk while they came in.

use super::failure::Failure;
use super::visit::Visit;
use crate::components::{Field, Slip};
use crate::words::Message;
use app::{Error, Upload};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use std::collections::HashMap;

/// Most characters of all fields together.
const MOST_TEXT: usize = 256 * 1024;
/// Most files of one form.
const MOST_FILES: usize = 5;

/// A field whose file is read as text: a table.
const TABLE: &str = "table";

/// What was typed and attached.
#[derive(Debug, Default)]
pub(super) struct Form {
    fields: HashMap<String, Vec<String>>,
    pub files: Vec<Upload>,
    /// The names of the fields with which the files came, in the same order.
    pub file_fields: Vec<String>,
    /// What was wrong with a file, told beside the field.
    pub file_slip: Option<Message>,
}

impl Form {
    /// Reads a form with its files.
    pub(super) async fn read(visit: &Visit, request: Request) -> Result<Form, Failure> {
        Form::read_with(visit, request, true).await
    }

    /// Reads a form that has no files; what comes all the same is dropped.
    pub(super) async fn read_plain(visit: &Visit, request: Request) -> Result<Form, Failure> {
        Form::read_with(visit, request, false).await
    }

    async fn read_with(visit: &Visit, request: Request, files: bool) -> Result<Form, Failure> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
        if kind.starts_with("multipart/form-data") {
            let parts = Multipart::from_request(request, &()).await;
            let parts = parts.map_err(|_| Failure::page(visit, 400, None, None))?;
            return Form::read_parts(visit, parts, files).await;
        }
        let body = axum::body::to_bytes(request.into_body(), MOST_TEXT).await;
        let body = body.map_err(|_| Failure::page(visit, 413, None, None))?;
        let mut form = Form::default();
        for (name, value) in url_pairs(&body) {
            form.fields.entry(name).or_default().push(value);
        }
        Ok(form)
    }

    async fn read_parts(visit: &Visit, mut parts: Multipart, files: bool) -> Result<Form, Failure> {
        let unreadable = |_| Failure::page(visit, 400, None, None);
        let mut form = Form::default();
        let mut typed = 0;
        while let Some(mut part) = parts.next_field().await.map_err(unreadable)? {
            let name = part.name().unwrap_or("").to_owned();
            let file = part.file_name().map(str::to_owned).filter(|_| name != TABLE);
            if let Some(file) = file {
                if !files {
                    continue;
                }
                let taken = take_file(visit, &mut part, &file, form.files.len()).await?;
                match taken {
                    Ok(Some(upload)) => {
                        form.files.push(upload);
                        form.file_fields.push(name);
                    }
                    Ok(None) => {}
                    Err(slip) => form.file_slip = Some(slip),
                }
                continue;
            }
            let mut bytes = Vec::new();
            while let Some(chunk) = part.chunk().await.map_err(unreadable)? {
                typed += chunk.len();
                if typed > MOST_TEXT {
                    return Err(Failure::page(visit, 413, None, None));
                }
                bytes.extend_from_slice(&chunk);
            }
            form.fields.entry(name).or_default().push(String::from_utf8_lossy(&bytes).into_owned());
        }
        Ok(form)
    }

    /// Everything that was typed, by field, for a form that comes back.
    pub(super) fn typed(&self) -> HashMap<String, Vec<String>> {
        self.fields.clone()
    }

    /// The longest thing to write: an answer, a reply, a note.
    pub(super) fn words(&self) -> &str {
        self.some("text").unwrap_or(self.get("note"))
    }

    /// A field's text, trimmed; empty when it was not sent.
    pub(super) fn get(&self, name: &str) -> &str {
        self.fields.get(name).and_then(|values| values.first()).map_or("", |value| value.trim())
    }

    /// A field's text, unless it is empty.
    pub(super) fn some(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|value| !value.is_empty())
    }

    /// A field as it comes back, with what is wrong with it.
    pub(super) fn back(&self, name: &str, slips: &[Slip]) -> Field {
        match slips.iter().find(|slip| slip.field == name) {
            Some(slip) => Field::wrong(self.get(name), slip.message.clone()),
            None => Field::of(self.get(name)),
        }
    }

    /// All values of a field.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields.get(name).into_iter().flatten().map(String::as_str)
    }

    /// Whether a box was ticked.
    pub(super) fn is_ticked(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }
}

/// Takes one file in. `Ok(Ok(None))` where the field was left empty, `Ok(Err(_))` where the file cannot be taken.
async fn take_file(
    visit: &Visit,
    part: &mut axum::extract::multipart::Field<'_>,
    name: &str,
    before: usize,
) -> Result<Result<Option<Upload>, Message>, Failure> {
    let broken = |error| Failure::of(visit, error);
    let mut incoming = visit.web.app.receive().await.map_err(broken)?;
    let mut size = 0;
    while let Some(chunk) = part.chunk().await.map_err(|_| Failure::page(visit, 400, None, None))? {
        size += chunk.len();
        if let Err(error) = incoming.push(&chunk).await {
            return slip(visit, error.into(), name);
        }
    }
    if size == 0 && name.is_empty() {
        return Ok(Ok(None));
    }
    if before >= MOST_FILES {
        return Ok(Err(Message::new("slip-files-many").with("most", MOST_FILES)));
    }
    match visit.web.app.keep(incoming, name).await {
        Ok(upload) => Ok(Ok(Some(upload))),
        Err(error) => slip(visit, error, name),
    }
}

fn slip(visit: &Visit, error: Error, name: &str) -> Result<Result<Option<Upload>, Message>, Failure> {
    match error {
        Error::File("media-too-large") => {
            Ok(Err(Message::new("slip-file-large").with("name", name).with("most", "10 MB (video 50 MB)")))
        }
        Error::File("media-unknown-kind") => Ok(Err(Message::new("slip-file-kind").with("name", name))),
        Error::File(code) => Ok(Err(Message::new(code))),
        other => Err(Failure::of(visit, other)),
    }
}

/// The pairs of an url-encoded text.
pub(super) fn url_pairs(body: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}
