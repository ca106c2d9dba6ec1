//! Pages of figures as files for other programs.

use super::failure::Failure;
use super::lists::Asked;
use super::paper::paper;
use super::snapshot::file;
use super::snapshot_book::KIND;
use super::visit::Visit;
use super::{award, participation, ranking, statistics};
use app::book::{self, Sheet};
use axum::extract::Path;
use axum::response::Response;
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// The name of a page of figures on paper.
const PAPER: &str = "laporan.pdf";

/// The figures of the country, of a region or of an agency.
pub(super) async fn statistics(visit: Visit, Path(kind): Path<String>, query: Asked) -> Result<Response, Failure> {
    let page = statistics::page(&visit, &query).await?;
    if kind == PAPER {
        return paper(&visit, "statistik.pdf", page.document()).await;
    }
    sheets(&visit, ("statistik", &kind), vec![page.told()], page.sheets()).await
}

/// A ranking.
pub(super) async fn ranking(visit: Visit, Path(kind): Path<String>, query: Asked) -> Result<Response, Failure> {
    let page = ranking::page(&visit, &query).await?;
    if kind == PAPER {
        return paper(&visit, "peringkat.pdf", page.document()).await;
    }
    let how = ["band", "inherited", "expected", "adjusted", "score", "tied", "suspicions"];
    let how = how.map(|name| visit.words.of("ranking-how", name)).to_vec();
    sheets(&visit, ("peringkat", &kind), [vec![page.told()], how].concat(), page.sheets()).await
}

/// The use of the system where people live.
pub(super) async fn participation(visit: Visit, Path(kind): Path<String>, query: Asked) -> Result<Response, Failure> {
    let page = participation::page(&visit, &query).await?;
    if kind == PAPER {
        return paper(&visit, "partisipasi.pdf", page.document()).await;
    }
    let how = visit.words.t("participation-connected-how");
    let lines = [page.told(), how].into_iter().chain(page.sources_told()).collect();
    sheets(&visit, ("partisipasi", &kind), lines, page.sheets()).await
}

/// The working of an award.
pub(super) async fn award(
    visit: Visit,
    Path((code, kind)): Path<(String, String)>,
    query: Asked,
) -> Result<Response, Failure> {
    let page = award::page(&visit, &code, &query).await?;
    if kind == PAPER {
        return paper(&visit, "penghargaan.pdf", page.document()).await;
    }
    let lines = vec![page.told(), format!("{}: {}", visit.words.t("award-formula"), page.spelt())];
    sheets(&visit, ("penghargaan", &kind), lines, page.sheets()).await
}

/// Workbooks that are made at once in this process: each keeps a core busy.
const AT_ONCE: usize = 2;

static ROOM: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(AT_ONCE));

/// Makes a file away from the threads that answer requests, when it is its turn.
pub(super) async fn made(
    visit: &Visit,
    make: impl FnOnce() -> Result<Vec<u8>, book::WriteError> + Send + 'static,
) -> Result<Vec<u8>, Failure> {
    let _room = ROOM.acquire().await.map_err(|error| Failure::broken(visit, error))?;
    let made = tokio::task::spawn_blocking(make).await.map_err(|error| Failure::broken(visit, error))?;
    made.map_err(|error| Failure::broken(visit, error))
}

/// All sheets as a workbook, or the first one as CSV.
pub(super) async fn sheets(
    visit: &Visit,
    (name, kind): (&str, &str),
    lines: Vec<String>,
    sheets: Vec<Sheet>,
) -> Result<Response, Failure> {
    let words = visit.words;
    let (media, csv) = match kind {
        "tabel.xlsx" => (KIND, false),
        "tabel.csv" => ("text/csv; charset=utf-8", true),
        _ => return Err(Failure::page(visit, 404, None, None)),
    };
    let make = move || match (csv, sheets.first()) {
        (true, Some(first)) => book::csv(first),
        _ => book::write(&words.t("book-about"), &lines, &sheets),
    };
    let bytes = made(visit, make).await?;
    let end = if csv { "csv" } else { "xlsx" };
    Ok(file(media, &format!("{name}.{end}"), bytes))
}
