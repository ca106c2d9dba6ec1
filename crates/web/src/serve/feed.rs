//! `/laporan/feed`: a list to be followed with a feed reader.

use super::failure::Failure;
use super::lists::{Asked, filter};
use super::shape;
use super::visit::Visit;
use crate::citizen::FeedPage;
use crate::words::Moment;
use askama::Template;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::time::Zone;

/// Reports in a feed.
const ROWS: u32 = 50;

/// The newest public reports that fit the filter.
pub(super) async fn show(visit: Visit, query: Asked) -> Result<Response, Failure> {
    let app = &visit.web.app;
    let reference = app.reference();
    let found = app.browse(&filter(&query), None, ROWS).await.map_err(|error| Failure::of(&visit, error))?;
    let reports: Vec<_> = found.rows.iter().map(|summary| shape::card(&reference, summary)).collect();
    let page = FeedPage {
        w: visit.words,
        base_url: visit.web.base_url.clone(),
        list: visit.path.replacen("/laporan/feed", "/laporan", 1),
        path: visit.path.clone(),
        updated: reports
            .first()
            .map_or_else(|| Moment::of(app.now(), Zone::Wib).timestamp(), |newest| newest.sent.timestamp()),
        reports,
    };
    let xml = page.render().map_err(|error| Failure::broken(&visit, error))?;
    let headers = [(CONTENT_TYPE, "application/atom+xml; charset=utf-8"), (CACHE_CONTROL, "public, max-age=300")];
    Ok((headers, xml).into_response())
}
