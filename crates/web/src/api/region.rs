//! Provinces, regencies and cities, districts and villages.

use super::fields::Query;
use super::problem::Problem;
use super::reference::{MOST, Page, USUAL, has, page};
use super::{cache, errors};
use crate::state::Web;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::region::{RegionCode, RegionLevel, Regions};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

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
pub(super) async fn list(
    State(web): State<Web>,
    headers: HeaderMap,
    Query(mut fields): Query,
) -> Result<Response, Problem> {
    let reference = web.app.reference();
    let regions = &reference.regions;
    let parent = fields.read("parent", "region", |text| known(regions, text));
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
    let page = page(rows.into_iter(), limit, ToString::to_string, |code| row(regions, code));
    Ok(cache::reference(&headers, &page))
}

fn known(regions: &Regions, text: &str) -> Option<RegionCode> {
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

fn row(regions: &Regions, code: &RegionCode) -> RegionRow {
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
