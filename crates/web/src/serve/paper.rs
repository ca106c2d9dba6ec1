//! Documents to be saved and printed.

use super::failure::Failure;
use super::visit::Visit;
use crate::print::{self, Document};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// The PDF of a document, to be saved under a name without quotes.
pub(super) async fn paper(visit: &Visit, name: &str, document: Document) -> Result<Response, Failure> {
    let bytes = print::pdf(document).await.map_err(|error| Failure::broken(visit, error))?;
    let disposition = format!("attachment; filename=\"{name}\"");
    Ok(([(CONTENT_TYPE, "application/pdf".to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}
