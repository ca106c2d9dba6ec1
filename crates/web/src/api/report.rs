//! Public reports and, with its PIN, one's own.

use super::caller::{Citizen, ReportCode};
use super::fields::{Fields, Query};
use super::problem::Problem;
use super::shape::{self, ListedReport};
use super::submit;
use super::{cache, errors, full};
use crate::state::Web;
use app::Filter;
use app::reference::Reference;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::report::{Class, StageKind};
use domain::{Actor, CategoryId, RegionCode};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Rows on a page where no limit is given, and at most.
pub(super) const USUAL: u32 = 20;
pub(super) const MOST: u32 = 100;
/// The words of the public for where reports stand.
const PROGRESS: [&str; 3] = ["waiting", "process", "done"];

/// How the list of public reports is narrowed.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReportFilter {
    /// Words that must all be found; *jalannya berlubang* finds *jalan lubang*.
    pub q: Option<String>,
    /// Kemendagri code of a province, regency or city.
    #[param(example = "63.72")]
    pub region: Option<String>,
    /// Id of the office whose turn it is, or of its parent agency.
    pub agency: Option<i64>,
    /// Id of a category or of its top category.
    pub category: Option<i64>,
    /// `complaint`, `aspiration` or `information_request`.
    pub class: Option<String>,
    /// A stage, or one of `waiting`, `process`, `done`.
    pub stage: Option<String>,
    /// The value of `next` of the page before.
    pub after: Option<String>,
    /// Rows on a page.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
}

/// A page of public reports, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportPage {
    pub items: Vec<ListedReport>,
    /// Where the next page begins; absent on the last one.
    pub next: Option<String>,
}

/// Lists public reports, the newest first.
///
/// Secret and supervisory reports, hidden ones, and those not yet verified are never among them.
#[utoipa::path(
    get, path = "/api/v1/reports", tag = "reports", operation_id = "listReports", params(ReportFilter),
    responses((status = 200, description = "A page.", body = ReportPage), errors::Reading)
)]
pub(super) async fn list(State(web): State<Web>, Query(mut fields): Query) -> Result<Response, Problem> {
    let reference = web.app.reference();
    let filter = filter(&mut fields, &reference);
    let after = fields.read("after", "cursor", |text| text.parse().ok());
    let limit = fields.limit(USUAL, MOST);
    fields.end()?;
    let page = web.app.browse(&filter, after, limit).await?;
    let items = page.rows.iter().map(|row| shape::listed(&web, &reference, row)).collect();
    Ok(cache::public(&ReportPage { items, next: page.next.map(|next| next.to_string()) }))
}

fn filter(fields: &mut Fields, reference: &Reference) -> Filter {
    let known = |code: &RegionCode| reference.regions.name(code).is_some() && code.as_str().len() <= 5;
    let stages: Vec<&'static str> = PROGRESS.into_iter().chain(StageKind::ALL.iter().map(|kind| kind.name())).collect();
    Filter {
        q: fields.text("q").unwrap_or_default(),
        region: fields.read("region", "region", |text| RegionCode::parse(text).filter(known)),
        agency: submit::agency(fields, reference, "agency"),
        category: known_category(fields, reference),
        class: fields.choice("class", Class::ALL, Class::name),
        stage: fields.choice("stage", &stages, |name| name).map(str::to_owned),
    }
}

/// Any category there ever was: old reports keep theirs.
pub(super) fn known_category(fields: &mut Fields, reference: &Reference) -> Option<CategoryId> {
    let id = CategoryId(fields.whole("category")?);
    if reference.categories.get(id).is_none() {
        fields.fault("category", "category");
    }
    Some(id)
}

/// Shows a report.
///
/// Without a PIN: the public part of a public report. With `X-Report-Pin`: the reporter's own view.
/// A report that does not exist, one that is not public, and a wrong PIN are the same 404.
#[utoipa::path(
    get, path = "/api/v1/reports/{code}", tag = "reports", operation_id = "showReport",
    params(("code" = String, Path, description = "Tracking number.", example = "1234567894")),
    security((), ("report_pin" = [])),
    responses((status = 200, description = "The report.", body = full::FullReport), errors::ReadingOne)
)]
pub(super) async fn show(
    State(web): State<Web>,
    ReportCode(code): ReportCode,
    citizen: Citizen,
    Query(fields): Query,
) -> Result<Response, Problem> {
    fields.end()?;
    let (view, by) = citizen.look(&web, code).await?;
    let document = full::report(&web, &view, &by);
    Ok(match by {
        Actor::Public => cache::public(&document),
        _ => cache::private(StatusCode::OK, &document),
    })
}
