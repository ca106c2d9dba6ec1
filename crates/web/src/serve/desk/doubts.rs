//! `/desk/ditandai`: reports that are worth a second look, and an officer's word that nothing is wrong with one.

use crate::components::Place;
use crate::desk::{DoubtCard, DoubtRow, DoubtsPage};
use crate::serve::failure::Failure;
use crate::serve::report::code;
use crate::serve::visit::{Visit, actor};
use crate::words::Moment;
use app::{Listed, Officer, View};
use axum::extract::{Path, Query};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::doubt::Doubt;
use serde::Deserialize;

/// Rows on a page.
const ROWS: u32 = 25;

/// Where the list goes on.
#[derive(Deserialize)]
pub(in crate::serve) struct After {
    #[serde(default)]
    after: i64,
}

/// What is flagged and may be decided about from this seat.
pub(in crate::serve) async fn show(visit: Visit, Query(asked): Query<After>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let by = actor(&officer);
    let found = visit.web.app.doubted(&by, asked.after, ROWS).await.map_err(|error| Failure::of(&visit, error))?;
    let page = DoubtsPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Inbox).await?,
        rows: found.rows.into_iter().map(|(listed, reasons)| row(listed, reasons)).collect(),
        messages: visit.web.app.tends_messages(&by),
        next: found.next,
    };
    visit.show(&page)
}

fn row(listed: Listed, reasons: Vec<Doubt>) -> DoubtRow {
    let report = &listed.row.report;
    DoubtRow {
        code: listed.row.code,
        reasons,
        channel: report.channel,
        sent: Moment::of(report.clocks.received, report.zone),
        title: listed.title.unwrap_or_default(),
    }
}

/// Nothing is wrong with a report.
pub(in crate::serve) async fn clear(visit: Visit, Path(typed): Path<String>) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    let officer = visit.officer().await?;
    let cleared = visit.web.app.clear_doubts(&actor(&officer), code).await;
    cleared.map_err(|error| Failure::of(&visit, error))?;
    let to = format!("/desk/laporan/{code}");
    Ok((AppendHeaders([visit.told("done-doubt-cleared")]), Redirect::to(&to)).into_response())
}

/// The card on the page of a report, while it is doubted.
pub(super) async fn card(visit: &Visit, officer: &Officer, view: &View) -> Result<Option<DoubtCard>, Failure> {
    let reasons = visit.web.app.doubts(&actor(officer), view.report()).await;
    let reasons = reasons.map_err(|error| Failure::of(visit, error))?;
    if reasons.is_empty() {
        return Ok(None);
    }
    Ok(Some(DoubtCard { code: view.row.code, reasons, key: visit.fresh_key(), seq: view.report().seq }))
}
