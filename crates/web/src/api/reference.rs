//! Categories and agencies, and the pages in which all reference data is listed.

use super::fields::{Fields, Query};
use super::problem::Problem;
use super::{cache, errors, submit};
use crate::state::Web;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::agency::{self, AgencyKind};
use domain::category;
use domain::time::Zone;
use domain::{AgencyId, CategoryId};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Rows on a page where no limit is given, and at most.
pub(super) const USUAL: u32 = 100;
pub(super) const MOST: u32 = 1_000;

/// A page of reference data.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Where the next page begins; absent on the last one.
    pub next: Option<String>,
}

/// Cuts a page out of rows in the order of their keys.
pub(super) fn page<R, T>(
    rows: impl Iterator<Item = R>,
    limit: u32,
    key: fn(&R) -> String,
    shape: impl Fn(&R) -> T,
) -> Page<T> {
    let limit = limit as usize;
    let mut kept: Vec<R> = rows.take(limit + 1).collect();
    let more = kept.len() > limit;
    kept.truncate(limit);
    let next = kept.last().filter(|_| more).map(key);
    Page { items: kept.iter().map(shape).collect(), next }
}

/// Whether a name holds a query that is in lower case.
pub(super) fn has(name: &str, q: &str) -> bool {
    name.to_lowercase().contains(q)
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
    /// Also those that are closed or not yet open; only those of today where it is absent.
    pub all: Option<bool>,
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
    /// The first day on which it is there, where it is known.
    pub active_from: Option<String>,
    /// The last day.
    #[schema(example = "2025-10-08")]
    pub active_to: Option<String>,
}

/// Lists the agencies of today in the order of their ids.
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
    let all = fields.flag("all").unwrap_or(false);
    let today = Zone::Wib.day(web.app.now());
    let after = fields.whole("after").map(AgencyId);
    let limit = fields.limit(USUAL, MOST);
    fields.end()?;
    let fits = |office: &&agency::Agency| {
        let names = [&office.name, &office.short].into_iter().chain(&office.aliases);
        q.as_deref().is_none_or(|q| names.into_iter().any(|name| has(name, q)))
            && (parent.is_none() || office.parent == parent)
            && kind.is_none_or(|kind| office.kind == kind)
            && (all || office.is_active(today))
            && after < Some(office.id)
    };
    let rows = reference.rules.agencies.iter().filter(fits);
    let page = page(rows, limit, |office| office.id.to_string(), |office| agency_row(office));
    Ok(cache::reference(&headers, &page))
}

fn kind(fields: &mut Fields) -> Option<AgencyKind> {
    fields.choice("kind", &AgencyKind::ALL, AgencyKind::name)
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
        active_from: office.active_from.map(|day| day.to_string()),
        active_to: office.active_to.map(|day| day.to_string()),
    }
}
