//! Policies and holidays: what the clocks are counted by.

use super::fields::{Fields, Query};
use super::problem::Problem;
use super::reference::{MOST, Page, USUAL, page};
use super::{cache, errors};
use crate::state::Web;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::deadline::{Holiday, LimitRow};
use domain::time::Zone;
use jiff::civil::{Date, date};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Which policies are listed.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PolicyFilter {
    /// Only those in force on this day; those of all times where it is absent.
    #[param(example = "2026-03-17", format = Date)]
    pub on: Option<String>,
    #[param(minimum = 1, maximum = 1000)]
    pub limit: Option<u32>,
    /// The value of `next` of the page before.
    pub after: Option<i64>,
}

/// A time limit as one regulation sets it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyRow {
    #[schema(example = "first_answer")]
    pub policy: &'static str,
    #[schema(example = 5)]
    pub limit_days: u16,
    /// `working_day` or `day`.
    #[schema(example = "working_day")]
    pub unit: &'static str,
    #[schema(example = "2025-05-01")]
    pub valid_from: String,
    pub valid_to: Option<String>,
    pub legal_basis: String,
    /// Where the number was read.
    pub source: Option<String>,
    /// What it counts, and how sure it is: a regulation may be named whose text was not read.
    pub note: Option<String>,
}

/// Lists the time limits of all times, each with its legal basis.
#[utoipa::path(
    get, path = "/api/v1/policies", tag = "reference", operation_id = "listPolicies", params(PolicyFilter),
    responses((status = 200, description = "A page.", body = Page<PolicyRow>), errors::Reading)
)]
pub(super) async fn policies(
    State(web): State<Web>,
    headers: HeaderMap,
    Query(mut fields): Query,
) -> Result<Response, Problem> {
    let reference = web.app.reference();
    let on = fields.date("on");
    let (skip, limit) = (place(&mut fields), fields.limit(USUAL, MOST));
    fields.end()?;
    let limits = &reference.rules.limits;
    let in_force = |row: &&LimitRow| on.is_none_or(|on| limits.in_force(row.limit, on) == Some(*row));
    let rows = limits.iter().filter(in_force).enumerate().skip(skip);
    let page = page(rows, limit, |(n, _)| (n + 1).to_string(), |(_, row)| policy_row(row));
    Ok(cache::reference(&headers, &page))
}

/// A place in a list of facts that have no id.
fn place(fields: &mut Fields) -> usize {
    fields.within("after", 0, 1_000_000).and_then(|place| usize::try_from(place).ok()).unwrap_or(0)
}

fn policy_row(row: &LimitRow) -> PolicyRow {
    PolicyRow {
        policy: row.limit.name(),
        limit_days: row.days,
        unit: row.unit.name(),
        valid_from: row.valid_from.to_string(),
        valid_to: row.valid_to.map(|day| day.to_string()),
        legal_basis: row.legal_basis.clone(),
        source: row.source.clone(),
        note: row.note.clone(),
    }
}

/// Which holidays are listed.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HolidayFilter {
    /// The present year where it is absent.
    #[param(example = 2026, minimum = 2000, maximum = 2100)]
    pub year: Option<i16>,
    #[param(minimum = 1, maximum = 1000)]
    pub limit: Option<u32>,
    /// The value of `next` of the page before.
    pub after: Option<i64>,
}

/// A day off in one version of the calendar.
#[derive(Debug, Serialize, ToSchema)]
pub struct HolidayRow {
    #[schema(example = "2026-03-21")]
    pub date: String,
    /// `national` or `collective_leave`.
    #[schema(example = "national")]
    pub kind: &'static str,
    #[schema(example = "Hari Raya Idulfitri 1447 Hijriah")]
    pub name_id: String,
    #[schema(example = "Eid al-Fitr")]
    pub name_en: String,
    /// The decree that gave it.
    pub decree: String,
    /// The day of the decree; before it nobody knew.
    pub effective_from: String,
    /// The day it was taken back, where it was.
    pub revoked_on: Option<String>,
    /// The decree that took it back.
    pub revoked_by: Option<String>,
    /// Whether it stands today.
    pub in_force: bool,
}

/// Lists the national holidays and collective leave of a year, days that were taken back among them.
#[utoipa::path(
    get, path = "/api/v1/holidays", tag = "reference", operation_id = "listHolidays", params(HolidayFilter),
    responses((status = 200, description = "A page.", body = Page<HolidayRow>), errors::Reading)
)]
pub(super) async fn holidays(
    State(web): State<Web>,
    headers: HeaderMap,
    Query(mut fields): Query,
) -> Result<Response, Problem> {
    let reference = web.app.reference();
    let today = Zone::Wib.day(web.app.now());
    let year = fields.within("year", 2000, 2100).and_then(|year| i16::try_from(year).ok()).unwrap_or(today.year());
    let (skip, limit) = (place(&mut fields), fields.limit(USUAL, MOST));
    fields.end()?;
    let rows = reference.rules.calendar.between(date(year, 1, 1), date(year, 12, 31)).enumerate().skip(skip);
    let page = page(rows, limit, |(n, _)| (n + 1).to_string(), |(_, holiday)| holiday_row(holiday, today));
    Ok(cache::reference(&headers, &page))
}

fn holiday_row(holiday: &Holiday, today: Date) -> HolidayRow {
    HolidayRow {
        date: holiday.date.to_string(),
        kind: holiday.kind.name(),
        name_id: holiday.name_id.clone(),
        name_en: holiday.name_en.clone(),
        decree: holiday.decree.clone(),
        effective_from: holiday.effective_from.to_string(),
        revoked_on: holiday.revoked_on.map(|day| day.to_string()),
        revoked_by: holiday.revoked_by.clone(),
        in_force: holiday.effective_from <= today && holiday.revoked_on.is_none_or(|revoked| today < revoked),
    }
}
