//! Regions, categories, agencies, policies and holidays.

use super::fields::{Fields, Query};
use super::problem::Problem;
use super::{cache, errors, submit};
use crate::state::Web;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::agency::{self, AgencyKind};
use domain::category;
use domain::deadline::{Holiday, LimitRow};
use domain::region::{RegionCode, RegionLevel, Regions};
use domain::time::Zone;
use domain::{AgencyId, CategoryId};
use jiff::civil::{Date, date};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Rows on a page where no limit is given, and at most.
const USUAL: u32 = 100;
const MOST: u32 = 1_000;

/// A page of reference data.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Where the next page begins; absent on the last one.
    pub next: Option<String>,
}

/// Cuts a page out of rows in the order of their keys.
fn page<R, T>(rows: impl Iterator<Item = R>, limit: u32, key: fn(&R) -> String, shape: impl Fn(&R) -> T) -> Page<T> {
    let limit = limit as usize;
    let mut kept: Vec<R> = rows.take(limit + 1).collect();
    let more = kept.len() > limit;
    kept.truncate(limit);
    let next = kept.last().filter(|_| more).map(key);
    Page { items: kept.iter().map(shape).collect(), next }
}

fn has(name: &str, q: &str) -> bool {
    name.to_lowercase().contains(q)
}

/// How a list of regions is narrowed.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RegionFilter {
    /// Regions directly below this code; the provinces where it is absent.
    #[param(example = "63")]
    pub parent: Option<String>,
    /// A part of a name, or an everyday name such as `DKI` or `Kab. Banjar`; searches all levels below `parent`.
    pub q: Option<String>,
    /// The value of `next` of the page before.
    pub after: Option<String>,
    #[param(minimum = 1, maximum = 1000)]
    pub limit: Option<u32>,
}

/// A region.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegionRow {
    /// Kemendagri code.
    #[schema(example = "63.72")]
    pub code: String,
    #[schema(example = "Kota Banjarbaru")]
    pub name: String,
    #[schema(example = "Kota Banjarbaru, Kalimantan Selatan")]
    pub full_name: String,
    /// `province`, `regency`, `district` or `village`.
    #[schema(example = "regency")]
    pub level: &'static str,
    pub parent: Option<String>,
    /// `WIB`, `WITA` or `WIT`.
    #[schema(example = "WITA")]
    pub zone: &'static str,
}

/// Lists regions in the order of their codes.
#[utoipa::path(
    get, path = "/api/v1/regions", tag = "reference", operation_id = "listRegions", params(RegionFilter),
    responses((status = 200, description = "A page.", body = Page<RegionRow>), errors::Reading)
)]
pub(super) async fn regions(
    State(web): State<Web>,
    headers: HeaderMap,
    Query(mut fields): Query,
) -> Result<Response, Problem> {
    let reference = web.app.reference();
    let regions = &reference.regions;
    let parent = fields.read("parent", "region", |text| known_region(regions, text));
    let q = fields.text("q").map(|q| q.to_lowercase());
    let after = fields.read("after", "cursor", RegionCode::parse);
    let limit = fields.limit(USUAL, MOST);
    fields.end()?;
    let named = q.as_deref().and_then(|q| regions.find(q, parent.as_ref()));
    let fits = |code: &RegionCode, name: &str| {
        q.as_deref().is_none_or(|q| has(name, q) || named.as_ref() == Some(code)) && after.as_ref() < Some(code)
    };
    let mut rows = Vec::new();
    below(regions, parent.as_ref(), q.is_some(), &mut |code, name| {
        if fits(code, name) {
            rows.push(code.clone());
        }
    });
    let page = page(rows.into_iter(), limit, ToString::to_string, |code| region_row(regions, code));
    Ok(cache::reference(&headers, &page))
}

fn known_region(regions: &Regions, text: &str) -> Option<RegionCode> {
    RegionCode::parse(text).filter(|code| regions.name(code).is_some())
}

fn below(regions: &Regions, parent: Option<&RegionCode>, deep: bool, each: &mut impl FnMut(&RegionCode, &str)) {
    for (code, name) in regions.below(parent) {
        each(code, name);
        if deep {
            below(regions, Some(code), deep, each);
        }
    }
}

fn region_row(regions: &Regions, code: &RegionCode) -> RegionRow {
    let level = match code.level() {
        RegionLevel::Province => "province",
        RegionLevel::Regency => "regency",
        RegionLevel::District => "district",
        RegionLevel::Village => "village",
    };
    RegionRow {
        code: code.to_string(),
        name: regions.name(code).unwrap_or("").to_owned(),
        full_name: regions.full_name(code),
        level,
        parent: code.parent().map(|parent| parent.to_string()),
        zone: regions.zone(code).label(),
    }
}

/// How a list of categories is narrowed.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CategoryFilter {
    /// Categories directly below this one; the top categories where it is absent.
    pub parent: Option<i64>,
    /// A part of a name or of a synonym; searches all levels.
    pub q: Option<String>,
    /// The value of `next` of the page before.
    pub after: Option<i64>,
    #[param(minimum = 1, maximum = 1000)]
    pub limit: Option<u32>,
}

/// A category that may be chosen today.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryRow {
    pub id: i64,
    pub parent: Option<i64>,
    #[schema(example = "Infrastruktur")]
    pub name: String,
    /// Short name of the body that answers for it.
    pub owner: String,
    pub valid_from: Option<String>,
    pub valid_to: Option<String>,
    pub synonyms: Vec<String>,
}

/// Lists the categories that may be chosen today, in the order of their ids.
#[utoipa::path(
    get, path = "/api/v1/categories", tag = "reference", operation_id = "listCategories", params(CategoryFilter),
    responses((status = 200, description = "A page.", body = Page<CategoryRow>), errors::Reading)
)]
pub(super) async fn categories(
    State(web): State<Web>,
    headers: HeaderMap,
    Query(mut fields): Query,
) -> Result<Response, Problem> {
    let reference = web.app.reference();
    let parent = fields.whole("parent").map(CategoryId);
    if parent.is_some_and(|id| reference.categories.get(id).is_none()) {
        fields.fault("parent", "category");
    }
    let q = fields.text("q").map(|q| q.to_lowercase());
    let after = fields.whole("after").map(CategoryId);
    let limit = fields.limit(USUAL, MOST);
    fields.end()?;
    let today = Zone::Wib.day(web.app.now());
    let fits = |node: &&category::Category| {
        let named = q.as_deref().is_none_or(|q| has(&node.name, q) || node.synonyms.iter().any(|word| has(word, q)));
        let here = if q.is_some() && parent.is_none() { true } else { node.parent == parent };
        named && here && after < Some(node.id)
    };
    let rows = reference.categories.valid_on(today).filter(fits);
    let page = page(rows, limit, |node| node.id.to_string(), |node| category_row(node));
    Ok(cache::reference(&headers, &page))
}

fn category_row(node: &category::Category) -> CategoryRow {
    CategoryRow {
        id: node.id.0,
        parent: node.parent.map(|id| id.0),
        name: node.name.clone(),
        owner: node.owner.clone(),
        valid_from: node.valid_from.map(|day| day.to_string()),
        valid_to: node.valid_to.map(|day| day.to_string()),
        synonyms: node.synonyms.clone(),
    }
}

/// How a list of agencies is narrowed.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AgencyFilter {
    /// Offices directly below this one.
    #[param(example = 630000)]
    pub parent: Option<i64>,
    /// A part of a name or of another name it goes by.
    #[param(example = "PUPR")]
    pub q: Option<String>,
    /// `national`, `ministry`, `body`, `province`, `regency`, `city`, `unit`, `inspectorate` or `communication`.
    pub kind: Option<String>,
    /// The value of `next` of the page before.
    pub after: Option<i64>,
    #[param(minimum = 1, maximum = 1000)]
    pub limit: Option<u32>,
}

/// An office.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgencyRow {
    #[schema(example = 630003)]
    pub id: i64,
    pub parent: Option<i64>,
    #[schema(example = "unit")]
    pub kind: &'static str,
    pub name: String,
    #[schema(example = "Dinas PUPR Kalsel")]
    pub short: String,
    /// Kemendagri code of the region it serves.
    pub region: Option<String>,
    pub aliases: Vec<String>,
}

/// Lists agencies in the order of their ids.
#[utoipa::path(
    get, path = "/api/v1/agencies", tag = "reference", operation_id = "listAgencies", params(AgencyFilter),
    responses((status = 200, description = "A page.", body = Page<AgencyRow>), errors::Reading)
)]
pub(super) async fn agencies(
    State(web): State<Web>,
    headers: HeaderMap,
    Query(mut fields): Query,
) -> Result<Response, Problem> {
    let reference = web.app.reference();
    let parent = submit::agency(&mut fields, &reference, "parent");
    let q = fields.text("q").map(|q| q.to_lowercase());
    let kind = kind(&mut fields);
    let after = fields.whole("after").map(AgencyId);
    let limit = fields.limit(USUAL, MOST);
    fields.end()?;
    let fits = |office: &&agency::Agency| {
        let names = [&office.name, &office.short].into_iter().chain(&office.aliases);
        q.as_deref().is_none_or(|q| names.into_iter().any(|name| has(name, q)))
            && (parent.is_none() || office.parent == parent)
            && kind.is_none_or(|kind| office.kind == kind)
            && after < Some(office.id)
    };
    let rows = reference.rules.agencies.iter().filter(fits);
    let page = page(rows, limit, |office| office.id.to_string(), |office| agency_row(office));
    Ok(cache::reference(&headers, &page))
}

fn kind(fields: &mut Fields) -> Option<AgencyKind> {
    const KINDS: [AgencyKind; 9] = [
        AgencyKind::National,
        AgencyKind::Ministry,
        AgencyKind::Body,
        AgencyKind::Province,
        AgencyKind::Regency,
        AgencyKind::City,
        AgencyKind::Unit,
        AgencyKind::Inspectorate,
        AgencyKind::Communication,
    ];
    fields.choice("kind", &KINDS, AgencyKind::name)
}

fn agency_row(office: &agency::Agency) -> AgencyRow {
    AgencyRow {
        id: office.id.0,
        parent: office.parent.map(|id| id.0),
        kind: office.kind.name(),
        name: office.name.clone(),
        short: office.short.clone(),
        region: office.region.as_ref().map(ToString::to_string),
        aliases: office.aliases.clone(),
    }
}

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
        in_force: holiday.effective_from <= today && holiday.revoked_on.is_none_or(|revoked| today < revoked),
    }
}
