//! `/desk/unduhan`: the reports behind a figure as a file.

use super::columns::workbook;
use super::counted::PATH as LIST;
use crate::components::Place;
use crate::counted;
use crate::desk::{ExtractPage, ExtractSubject, ExtractsPage};
use crate::serve::counted::narrow;
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::snapshot::file;
use crate::serve::snapshot_book::KIND;
use crate::serve::visit::{Visit, actor};
use crate::words::Moment;
use app::reference::Reference;
use app::transfer::Way;
use app::{EXTRACT_TIME, ExtractView, FigureList, MOST_EXTRACTED, MOST_EXTRACTS};
use axum::extract::{Path, Request};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::time::Zone;
use jiff::Timestamp;

/// Asks for the list that the form names.
pub(in crate::serve) async fn ask(visit: Visit, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let query = form_urlencoded::parse(form.get("list").as_bytes()).into_owned().collect();
    let list = counted::read(&query).ok_or_else(|| Failure::page(&visit, 404, None, None))?;
    let asked = visit.web.app.ask_extract(&actor(&officer), &list, form.get("key")).await;
    let id = asked.map_err(|error| Failure::of(&visit, error))?;
    Ok(Redirect::to(&format!("/desk/unduhan/{id}")).into_response())
}

/// What an officer asked for.
pub(in crate::serve) async fn list(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let found = visit.web.app.extracts(&actor(&officer)).await.map_err(|error| Failure::of(&visit, error))?;
    let line = |view: ExtractView| {
        let at = Moment::of(view.row.created_at, Zone::Wib);
        (view.row, view.list.map(|list| list.measure), at)
    };
    visit.show(&ExtractsPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Oversight).await?,
        extracts: found.into_iter().map(line).collect(),
        most: MOST_EXTRACTS,
        days: EXTRACT_TIME.as_hours() / 24,
    })
}

/// One of them and how far it is.
pub(in crate::serve) async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let found = visit.web.app.extract(&actor(&officer), id).await.map_err(|error| Failure::of(&visit, error))?;
    let reference = visit.web.app.reference();
    let asked_at = found.row.created_at;
    visit.show(&ExtractPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Oversight).await?,
        subject: found.list.map(|list| subject(&visit, &reference, &list)),
        row: found.row,
        asked_at: Moment::of(asked_at, Zone::Wib),
        until: Moment::of(asked_at.checked_add(EXTRACT_TIME).unwrap_or(Timestamp::MAX), Zone::Wib),
        most: MOST_EXTRACTED,
    })
}

fn subject(visit: &Visit, reference: &Reference, list: &FigureList) -> ExtractSubject {
    let FigureList { measure, part, cut, as_of } = list;
    ExtractSubject {
        measure: *measure,
        from: cut.from,
        to: cut.to,
        narrow: narrow(reference, visit.words, cut),
        as_of: as_of.map(|at| Moment::of(at, Zone::Wib)),
        list: format!("{LIST}?{}", counted::query(cut, (*measure, *part), *as_of)),
    }
}

/// The file: `laporan.xlsx` or `laporan.csv`.
pub(in crate::serve) async fn download(
    visit: Visit,
    Path((id, name)): Path<(i64, String)>,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let (way, media) = match name.as_str() {
        "laporan.csv" => (Way::Csv, "text/csv; charset=utf-8"),
        "laporan.xlsx" => (workbook(visit.words), KIND),
        _ => return Err(Failure::page(&visit, 404, None, None)),
    };
    let bytes = visit.web.app.extract_file(&actor(&officer), id, way).await;
    Ok(file(media, &name, bytes.map_err(|error| Failure::of(&visit, error))?))
}

/// Takes one away.
pub(in crate::serve) async fn delete(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    visit.web.app.drop_extract(&actor(&officer), id).await.map_err(|error| Failure::of(&visit, error))?;
    Ok((AppendHeaders([visit.told("done-extract-dropped")]), Redirect::to("/desk/unduhan")).into_response())
}
