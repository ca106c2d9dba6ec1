//! `/desk/bagian`: what other offices have asked of this seat's unit.

use crate::components::{Clock, ClockState, Place};
use crate::desk::{DutiesPage, DutyRow, WaitingDraft};
use crate::serve::failure::Failure;
use crate::serve::lists::next_page;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::Moment;
use app::DutyRow as Found;
use axum::extract::Query;
use axum::response::Response;
use domain::report::StageKind;
use std::collections::HashMap;

/// Rows on a page.
const ROWS: u32 = 25;

/// A page of parts, the most urgent first.
pub(in crate::serve) async fn show(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let after = query.get("after").and_then(|after| cursor(after));
    let found =
        visit.web.app.duties(&actor(&officer), after, ROWS).await.map_err(|error| Failure::of(&visit, error))?;
    let next = found.next.map(|(due, id, n)| next_page("/desk/bagian", &query, format!("{due}.{id}.{n}")));
    let drafts = visit.web.app.waiting_drafts(&actor(&officer)).await.map_err(|error| Failure::of(&visit, error))?;
    let page = DutiesPage {
        drafts: drafts.into_iter().filter_map(|(row, title)| draft(&visit, &row, title)).collect(),
        w: visit.words,
        frame: visit.desk(&officer, Place::Duties).await?,
        rows: found.rows.iter().map(|row| shown(&visit, row)).collect(),
        next,
    };
    visit.show(&page)
}

fn draft(visit: &Visit, row: &app::Row, title: Option<String>) -> Option<WaitingDraft> {
    let proposed = row.report.draft.as_ref()?;
    Some(WaitingDraft {
        code: row.code,
        title: title.unwrap_or_default(),
        office: shape::agency_name(&visit.web.app.reference(), row.report.holder),
        since: Moment::of(proposed.at, row.report.zone),
    })
}

fn cursor(typed: &str) -> Option<(i64, i64, i64)> {
    let mut parts = typed.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?))
}

fn shown(visit: &Visit, found: &Found) -> DutyRow {
    let reference = visit.web.app.reference();
    let report = &found.listed.row.report;
    let today = report.zone.day(visit.web.app.now());
    let held = report.stage.kind() == StageKind::Held;
    let clock = found.clock.as_ref();
    DutyRow {
        code: found.listed.row.code,
        number: found.part.number,
        title: found.listed.title.clone().unwrap_or_default(),
        task: found.listed.task.clone(),
        lead: shape::agency_name(&reference, report.holder),
        office: shape::agency_name(&reference, found.part.office),
        compulsory: found.part.compulsory,
        clock: clock.map(|clock| Clock::brief(clock, today, ClockState::running(clock, today, held))),
    }
}
