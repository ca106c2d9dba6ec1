//! `/desk`: what waits for this seat.

use crate::components::{Field, Place};
use crate::desk::{InboxPage, QueueRow, Tab};
use crate::serve::failure::Failure;
use crate::serve::lists::next_page;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::Moment;
use app::{InboxView, Summary};
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Code;
use domain::measure::Tally;
use domain::report::StageKind;
use std::collections::HashMap;

/// Rows on a page.
const ROWS: u32 = 25;

/// The tabs, and the stages that each one counts and shows.
const TABS: [(&str, &[StageKind]); 9] = [
    ("all", &[]),
    ("verify", &[StageKind::Submitted]),
    ("returned", &[StageKind::Returned]),
    ("answer", &[StageKind::Disposed]),
    ("replied", &[StageKind::Replied]),
    ("objected", &[StageKind::Objected]),
    ("reopened", &[StageKind::Reopened]),
    ("waiting", &[StageKind::Held]),
    ("answered", &[StageKind::Answered]),
];

/// A page of the inbox, by deadline; a typed number goes straight to its report.
pub(in crate::serve) async fn show(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let q = query.get("q").map_or("", |q| q.trim());
    if let Ok(code) = Code::parse(q) {
        return Ok(Redirect::to(&format!("/desk/laporan/{code}")).into_response());
    }
    let app = &visit.web.app;
    let chosen = query.get("tab").and_then(|tab| TABS.iter().find(|(name, _)| name == tab)).unwrap_or(&TABS[0]);
    let view = chosen.1.first().map_or(InboxView::All, |stage| InboxView::Stage(*stage));
    let after = query.get("after").and_then(|after| after.split_once('.'));
    let after = after.and_then(|(due, id)| Some((due.parse().ok()?, id.parse().ok()?)));
    let found = app.inbox(&actor(&officer), view, after, ROWS).await.map_err(|error| Failure::of(&visit, error))?;
    let assigned = found.rows.iter().any(|summary| summary.listed.row.report.officer.is_some());
    let colleagues = match assigned {
        true => app.colleagues(officer.agency).await.map_err(|error| Failure::of(&visit, error))?,
        false => Vec::new(),
    };
    let names: HashMap<_, _> = colleagues.into_iter().map(|officer| (officer.id, officer.name)).collect();
    let mut q_field = Field::of(q);
    if !q.is_empty() {
        q_field.slip = Some(crate::words::Message::new("slip-number-shape"));
    }
    let page = InboxPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Inbox).await?,
        q: q_field,
        tabs: tabs(&found.tally, chosen.0),
        rows: found.rows.iter().map(|summary| row(&visit, summary, &names)).collect(),
        next: found.next.map(|(due, id)| next_page("/desk", &query, format!("{due}.{id}"))),
    };
    visit.show(&page)
}

fn tabs(tally: &Tally, chosen: &str) -> Vec<Tab> {
    let open = || StageKind::ALL.iter().filter(|stage| !stage.is_ended()).map(|stage| tally.of(*stage)).sum::<u64>();
    let count = |stages: &[StageKind]| match stages {
        [] => open(),
        stages => stages.iter().map(|stage| tally.of(*stage)).sum(),
    };
    let tab = |(name, stages): &(&'static str, &[StageKind])| Tab {
        name,
        count: i64::try_from(count(stages)).unwrap_or(i64::MAX),
        chosen: *name == chosen,
    };
    TABS.iter().map(tab).collect()
}

/// A report as a line of a list.
pub(super) fn row(visit: &Visit, summary: &Summary, names: &HashMap<domain::UserId, String>) -> QueueRow {
    let reference = visit.web.app.reference();
    let row = &summary.listed.row;
    let report = &row.report;
    QueueRow {
        code: row.code,
        title: summary.listed.title.clone().unwrap_or_default(),
        class: report.class,
        stage: report.stage.kind(),
        supervisory: report.supervisory,
        secret: report.secret,
        place: reference.regions.full_name(&report.region),
        agency: shape::agency_name(&reference, report.holder),
        officer: report.officer.and_then(|id| names.get(&id).cloned()),
        sent: Moment::of(report.clocks.received, report.zone),
        clock: shape::clock(summary, visit.web.app.now()),
    }
}
