//! `/desk/laporan/{code}/berkas.pdf`: the case file.

use super::case;
use super::forms::Filling;
use crate::desk::{CaseFile, FileMark};
use crate::serve::failure::Failure;
use crate::serve::paper::paper;
use crate::serve::report::code;
use crate::serve::visit::{Visit, actor};
use crate::words::Moment;
use app::{Attachment, View};
use axum::extract::Path;
use axum::response::Response;

/// The PDF of a report as this officer may see it; the look is recorded as that at the page is.
pub(in crate::serve) async fn show(visit: Visit, Path(typed): Path<String>) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    let officer = visit.officer().await?;
    let view = visit.web.app.view(code, &actor(&officer)).await.map_err(|error| Failure::of(&visit, error))?;
    let page = case::page_of(&visit, &officer, &view, None, Filling::Nothing).await?;
    let office = page.frame.seat.as_ref().map_or_else(String::new, |seat| seat.agency.clone());
    let files = files(&view);
    let file = CaseFile {
        page: &page,
        files: &files,
        printed_by: format!("{}, {office}", officer.name),
        printed_at: Moment::of(view.at, view.report().zone),
    };
    paper(&visit, &format!("{}-{code}.pdf", visit.words.t("print-case-file")), file.document()).await
}

fn files(view: &View) -> Vec<FileMark> {
    let of_steps = view.steps.iter().flat_map(|step| &step.attachments);
    let mark = |file: &Attachment| FileMark {
        name: file.name.clone(),
        kind: file.kind.clone(),
        bytes: u64::try_from(file.size).unwrap_or(0),
        hash: file.hash.clone(),
        at: Moment::of(file.at, view.report().zone),
    };
    view.attachments.iter().chain(of_steps).map(mark).collect()
}
