//! What officers read: their inbox, a report, their colleagues.

use super::caller::{Officer, ReportCode};
use super::fields::Query;
use super::problem::Problem;
use super::report::{MOST, USUAL};
use super::shape::{self, ListedReport};
use super::{cache, errors, full, submit};
use crate::state::Web;
use app::InboxView;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::due;
use domain::report::StageKind;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Which part of the inbox is listed.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InboxFilter {
    /// One stage only, e.g. `submitted`, `disposed`, `replied`, `held`; everything open where it is absent.
    #[param(example = "disposed")]
    pub stage: Option<String>,
    /// The value of `next` of the page before.
    pub after: Option<String>,
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
}

/// A report in an inbox.
#[derive(Debug, Serialize, ToSchema)]
pub struct InboxReport {
    #[serde(flatten)]
    pub report: ListedReport,
    /// The version.
    pub seq: u32,
    /// When the office whose turn it is must have acted.
    pub due: Option<String>,
    pub supervisory: bool,
    pub secret: bool,
    /// How often it came back as "not ours".
    pub returns: u8,
}

/// A page of an inbox in the order of the deadlines.
#[derive(Debug, Serialize, ToSchema)]
pub struct InboxDocument {
    pub items: Vec<InboxReport>,
    /// How many of the seat's reports stand in each stage; empty for a token that is limited to an office.
    pub tally: BTreeMap<&'static str, u64>,
    /// Where the next page begins; absent on the last one.
    pub next: Option<String>,
}

/// Lists the open reports of the officer's seat by deadline.
#[utoipa::path(
    get, path = "/api/v1/desk/reports", tag = "desk", operation_id = "listInbox", params(InboxFilter),
    security(("officer_token" = [])),
    responses((status = 200, description = "A page.", body = InboxDocument), errors::OfficerReading)
)]
pub(super) async fn inbox(
    State(web): State<Web>,
    officer: Officer,
    Query(mut fields): Query,
) -> Result<Response, Problem> {
    let stage = fields.choice("stage", StageKind::ALL, StageKind::name);
    let after = fields.read("after", "cursor", cursor);
    let limit = fields.limit(USUAL, MOST);
    fields.end()?;
    let view = stage.map_or(InboxView::All, InboxView::Stage);
    let page = web.app.inbox(&officer.actor, view, after, limit).await?;
    let reference = web.app.reference();
    let item = |summary: &app::Summary| {
        let report = &summary.listed.row.report;
        InboxReport {
            report: shape::listed(&web, &reference, summary),
            seq: report.seq,
            due: due::obligation(&reference.rules, report, web.app.now()).map(|clock| report.zone.iso(clock.due)),
            supervisory: report.supervisory,
            secret: report.secret,
            returns: report.returns,
        }
    };
    let near = |summary: &&app::Summary| officer.reaches(&reference.rules.agencies, summary.listed.row.report.holder);
    // Counts are kept for seats: a token for a part of one is not told those of the whole.
    let counts = StageKind::ALL.iter().filter(|_| !officer.is_narrow());
    let counts = counts.map(|kind| (kind.name(), page.tally.of(*kind)));
    let document = InboxDocument {
        items: page.rows.iter().filter(near).map(item).collect(),
        tally: counts.filter(|(_, count)| *count > 0).collect(),
        next: page.next.map(|(due_at, id)| format!("{due_at}.{id}")),
    };
    Ok(cache::private(StatusCode::OK, &document))
}

fn cursor(text: &str) -> Option<(i64, i64)> {
    let (due_at, id) = text.split_once('.')?;
    Some((due_at.parse().ok()?, id.parse().ok()?))
}

/// Shows a report as this officer may see it. Looks at protected parts are recorded.
#[utoipa::path(
    get, path = "/api/v1/desk/reports/{code}", tag = "desk", operation_id = "showDeskReport",
    params(("code" = String, Path, description = "Tracking number.", example = "1234567894")),
    security(("officer_token" = [])),
    responses((status = 200, description = "The report.", body = full::FullReport), errors::OfficerReading)
)]
pub(super) async fn show(
    State(web): State<Web>,
    officer: Officer,
    ReportCode(code): ReportCode,
) -> Result<Response, Problem> {
    let view = web.app.view(code, &officer.actor).await?;
    Ok(cache::private(StatusCode::OK, &full::report(&web, &view, &officer.actor)))
}

/// Whose officers are listed.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ColleagueFilter {
    /// The officer's own office, where absent, or one below it.
    pub agency: Option<i64>,
}

/// An officer to whom a report can be assigned.
#[derive(Debug, Serialize, ToSchema)]
pub struct Colleague {
    /// A 64-bit number as text.
    pub id: String,
    pub name: String,
    pub role: &'static str,
}

/// Officers of one office.
#[derive(Debug, Serialize, ToSchema)]
pub struct Colleagues {
    pub items: Vec<Colleague>,
}

/// Lists the officers of the own office, or of one below it; at most 200.
#[utoipa::path(
    get, path = "/api/v1/desk/officers", tag = "desk", operation_id = "listColleagues", params(ColleagueFilter),
    security(("officer_token" = [])),
    responses((status = 200, description = "Officers.", body = Colleagues), errors::OfficerReading)
)]
pub(super) async fn colleagues(
    State(web): State<Web>,
    officer: Officer,
    Query(mut fields): Query,
) -> Result<Response, Problem> {
    let reference = web.app.reference();
    let office = submit::agency(&mut fields, &reference, "agency");
    fields.end()?;
    let office = office.unwrap_or(officer.agency);
    if !reference.rules.agencies.within(office, officer.agency) {
        return Err(app::Error::Denied.into());
    }
    let found = web.app.colleagues(office).await?;
    let colleague =
        |one: &app::Officer| Colleague { id: one.id.to_string(), name: one.name.clone(), role: one.role.name() };
    Ok(cache::private(StatusCode::OK, &Colleagues { items: found.iter().map(colleague).collect() }))
}
