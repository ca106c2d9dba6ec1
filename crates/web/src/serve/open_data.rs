//! Open data for everybody: the releases, and their files as they were signed for.

use super::failure::Failure;
use super::lists::{Asked, given};
use super::snapshot::pem;
use super::visit::Visit;
use crate::citizen::{OpenFileRow, OpenReleasePage, OpenReleasesPage, ReleaseRow, dictionary};
use crate::components::Place;
use crate::words::Moment;
use app::{Issue, OpenKind, keys};
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::open_data::{Month, Table};
use domain::time::Zone;

const HOME: &str = "/data-terbuka";
/// Months on a page.
const ROWS: u32 = 24;
/// A release never changes, and yet a copy of it is asked for anew after a day.
const KEPT: &str = "public, max-age=86400";

/// The releases, the latest first.
pub(super) async fn list(visit: Visit, query: Asked) -> Result<Response, Failure> {
    let app = &visit.web.app;
    let unknown = || Failure::page(&visit, 404, None, None);
    let before = match given(&query, "before") {
        Some(name) => Month::parse(name).ok_or_else(unknown)?,
        None => Month::of(jiff::civil::Date::MAX),
    };
    let (found, more) = app.open_releases(before, ROWS).await.map_err(|error| Failure::of(&visit, error))?;
    let last = found.last().filter(|_| more);
    let reference = app.reference();
    let rules = reference.open_rules.last().ok_or_else(unknown)?;
    let name = |id| reference.categories.get(id).map(|category| category.name.clone());
    visit.show(&OpenReleasesPage {
        w: visit.words,
        frame: visit.frame(Place::Statistics),
        rows: found.iter().map(row).collect(),
        next: last.map(|last| format!("{HOME}?before={}", last.month)),
        people: rules.people,
        sensitive_people: rules.sensitive_people,
        sensitive: rules.sensitive.iter().filter_map(|id| name(*id)).collect(),
    })
}

fn row(issue: &Issue) -> ReleaseRow {
    ReleaseRow { month: issue.month, made: Moment::of(issue.made_at, Zone::Wib), reports: issue.reports }
}

/// One of them with its files.
pub(super) async fn show(visit: Visit, Path(name): Path<String>) -> Result<Response, Failure> {
    let unknown = || Failure::page(&visit, 404, None, None);
    let month = Month::parse(&name).ok_or_else(unknown)?;
    let found = visit.web.app.open_release(month).await.map_err(|error| Failure::of(&visit, error))?;
    let (issue, guarantee) = found.ok_or_else(unknown)?;
    let promises = guarantee.promises.iter();
    let file = |file: &domain::open_data::FileSeal| OpenFileRow {
        name: file.name.clone(),
        rows: file.rows,
        bytes: file.bytes,
        sha256: file.sha256.clone(),
    };
    visit.show(&OpenReleasePage {
        w: visit.words,
        frame: visit.frame(Place::Statistics),
        release: row(&issue),
        files: guarantee.files.iter().map(file).collect(),
        promises: promises.map(|one| (one.protection.name(), one.people, one.reports)).collect(),
        version: guarantee.rules.version,
        digest: issue.digest,
        signature: issue.signature,
        signer: issue.signer,
    })
}

/// A file of a release, its dictionary, or what proves that it is the one that was made.
pub(super) async fn file(
    visit: Visit,
    Path((name, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let unknown = || Failure::page(&visit, 404, None, None);
    let month = Month::parse(&name).ok_or_else(unknown)?;
    let found = find(&visit, month, &file).await.map_err(|error| Failure::of(&visit, error))?;
    let Found { media, digest, content } = found.ok_or_else(unknown)?;
    let tag = format!("\"{digest}\"");
    let kept = [(CACHE_CONTROL, KEPT.to_owned()), (ETAG, tag.clone())];
    if is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let content = match content {
        Some(content) => content,
        None => {
            let stored = visit.web.app.open_file(month, &file).await.map_err(|error| Failure::of(&visit, error))?;
            stored.ok_or_else(unknown)?
        }
    };
    let (stem, end) = file.rsplit_once('.').unwrap_or((&file, ""));
    let disposition = format!("attachment; filename=\"{stem}-{month}.{end}\"");
    let told = [(CONTENT_TYPE, media.to_owned()), (CONTENT_DISPOSITION, disposition)];
    Ok((kept, told, content).into_response())
}

struct Found {
    media: &'static str,
    digest: String,
    /// Nothing for a stored file, which is read only where it is sent.
    content: Option<Vec<u8>>,
}

async fn find(visit: &Visit, month: Month, file: &str) -> app::Result<Option<Found>> {
    let app = &visit.web.app;
    if let Some(kind) = OpenKind::ALL.into_iter().find(|kind| Table::ALL.iter().any(|table| kind.name(*table) == file))
    {
        let digest = app.open_file_digest(month, file).await?;
        return Ok(digest.map(|digest| Found { media: kind.media(), digest, content: None }));
    }
    let Some((issue, _)) = app.open_release(month).await? else { return Ok(None) };
    let (media, content) = match file {
        "kamus.json" => ("application/json", dictionary::document().to_string().into_bytes()),
        "jaminan.json" => ("application/json", app.open_guarantee(month).await?.unwrap_or_default().into_bytes()),
        "jaminan.sig" => ("application/octet-stream", keys::unhex::<64>(&issue.signature).unwrap_or([0; 64]).to_vec()),
        "kunci.pem" => ("application/x-pem-file", pem(&issue.signer).into_bytes()),
        _ => return Ok(None),
    };
    Ok(Some(Found { media, digest: keys::digest_of(&content), content: Some(content) }))
}

/// Whether the client has this very content.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let asked = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    asked.split(',').any(|one| matches!(one.trim().trim_start_matches("W/"), one if one == tag || one == "*"))
}
