//! `GET /api/v1/rankings`: offices of a kind compared, with all that a place is made of.

use super::fields::{Fields, Query};
use super::measure::{instant, too_wide};
use super::problem::Problem;
use super::{cache, errors, submit};
use crate::counted::address;
use crate::state::Web;
use app::reference::Reference;
use app::{Compared, Contest, Ranking};
use axum::extract::State;
use axum::response::Response;
use domain::RegionCode;
use domain::measure::{Cut, Measure, Part};
use domain::oversight::Semester;
use domain::ranking::{Coaching, League, SHARES, Standing, VERSION};
use domain::time::Zone;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Lines of an answer.
const USUAL: u32 = 100;
const MOST: u32 = 1_000;

/// Which offices, by which share, over which time.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RankingQuestion {
    /// `follow_up` (where it is absent) or `completion`.
    pub share: Option<String>,
    /// `central`, `provinces` (where it is absent), `local`, `regencies`, `cities`, `firms`, `universities` or `embassies`;
    /// `units` with `agency` alone.
    pub league: Option<String>,
    /// Id of an office whose units are compared.
    #[param(example = 630000)]
    pub agency: Option<i64>,
    /// Kemendagri code of a province: only offices of it.
    #[param(example = "63")]
    pub province: Option<String>,
    /// The first local day on which the reports came in; the first day of this half year where it is absent.
    #[param(example = "2021-01-01")]
    pub from: Option<String>,
    /// The last one; the last day of this half year where it is absent.
    #[param(example = "2021-06-30")]
    pub to: Option<String>,
    /// As known at an instant of the past (RFC 3339), or at the end of a day in Jakarta.
    #[param(example = "2021-08-09")]
    pub as_of: Option<String>,
    /// Offices that are passed over: the value of `next` of the page before.
    pub after: Option<u32>,
    #[param(minimum = 1, maximum = 1000)]
    pub limit: Option<u32>,
}

/// An office in its place. Shares are percent, rounded to hundredths.
#[derive(Debug, Serialize, ToSchema)]
pub struct RankingPlace {
    #[schema(example = 630000)]
    pub agency: i64,
    pub name: String,
    /// By the number of reports in the period: `a` more than 1,000, `b` 200 to 1,000, `c` 50 to 199, `d` 10 to 49, `e` fewer.
    #[schema(example = "b")]
    pub band: &'static str,
    /// Within the band; null in band `e`, where percentages are chance.
    #[schema(example = 1)]
    pub rank: Option<u32>,
    /// Whether others have the same place.
    pub tied: bool,
    #[schema(example = 522)]
    pub numerator: u64,
    #[schema(example = 545)]
    pub denominator: u64,
    /// Open reports that were late before they came, and are left out of what follows.
    pub inherited: u64,
    /// What all compared offices reach with its categories; null in band `e`, as the two after it.
    pub expected: Option<f64>,
    pub adjusted: Option<f64>,
    /// The lower end of the 95 % Wilson interval of `adjusted`.
    #[schema(example = 93.72)]
    pub score: Option<f64>,
    /// `hasty`, `reopened`, `passed_on`, `dropped`, `alike`: what somebody should look at. They change no place.
    pub flags: Vec<&'static str>,
    /// In place of a rank, in band `e`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coaching: Option<RankingCoaching>,
    /// The list of its reports.
    pub list_url: String,
}

/// What an office with few reports had better look at.
#[derive(Debug, Serialize, ToSchema)]
pub struct RankingCoaching {
    /// Reports that nobody has followed up.
    pub untouched: u64,
    /// Open ones, and the day on which the oldest of them came in.
    pub open: u64,
    #[schema(example = "2021-03-02")]
    pub oldest: Option<String>,
    /// Full working hours up to the slowest first answer.
    pub slowest_response: Option<u64>,
}

/// Offices by band and place.
#[derive(Debug, Serialize, ToSchema)]
pub struct RankingAnswer {
    #[schema(example = "follow_up")]
    pub share: &'static str,
    /// Of the way of ranking.
    #[schema(example = 1)]
    pub version: u16,
    #[schema(example = "provinces")]
    pub league: &'static str,
    #[schema(example = "2021-01-01")]
    pub from: String,
    #[schema(example = "2021-06-30")]
    pub to: String,
    /// What happened later is not counted.
    pub as_of: String,
    pub places: Vec<RankingPlace>,
    /// Where the next page begins; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<u32>,
}

/// Offices of a kind ranked by a share of the reports that came in during a period, sealed ones left out.
///
/// They are compared within bands of volume, by the lower bound of a share that is adjusted for the categories of their
/// reports and for what was late before it came to them. Everything the place is made of stands beside it.
#[utoipa::path(
    get, path = "/api/v1/rankings", tag = "measures", operation_id = "readRanking", params(RankingQuestion),
    responses((status = 200, description = "The ranking.", body = RankingAnswer), errors::Measuring)
)]
pub(super) async fn read(State(web): State<Web>, Query(mut fields): Query) -> Result<Response, Problem> {
    let reference = web.app.reference();
    let contest = contest(&mut fields, &reference, web.app.now());
    let skip = fields.within("after", 0, 1_000_000).and_then(|skip| u32::try_from(skip).ok()).unwrap_or(0);
    let limit = fields.limit(USUAL, MOST);
    fields.end()?;
    match web.app.ranking(&contest).await? {
        Compared::Told(ranking) => Ok(cache::public(&answer(&web, &reference, &contest, &ranking, (skip, limit)))),
        Compared::TooWide { most } => Err(too_wide(most)),
    }
}

fn contest(fields: &mut Fields, reference: &Reference, now: Timestamp) -> Contest {
    let as_of = fields.read("as_of", "from", instant);
    let semester = Semester::of(Zone::Wib.day(as_of.unwrap_or(now)));
    let from = fields.date("from").unwrap_or(semester.first());
    let to = fields.date("to").unwrap_or(semester.last().max(from));
    if from > to {
        fields.fault("to", "period");
    }
    let office = submit::agency(fields, reference, "agency");
    let known = |code: &RegionCode| reference.regions.name(code).is_some() && code.province() == *code;
    let province = fields.read("province", "region", |text| RegionCode::parse(text).filter(known));
    let usual = if office.is_some() { League::Units } else { League::Provinces };
    let league = fields.choice("league", &League::ALL, League::name).unwrap_or(usual);
    if (league == League::Units) != office.is_some() && !fields.is_wrong("agency") {
        fields.fault("league", "league");
    }
    Contest {
        share: fields.choice("share", &SHARES, Measure::code).unwrap_or(Measure::FollowUp),
        league,
        cut: Cut { office, ..Cut::of(from, to) },
        province,
        as_of,
    }
}

fn answer(
    web: &Web,
    reference: &Reference,
    contest: &Contest,
    ranking: &Ranking,
    (skip, limit): (u32, u32),
) -> RankingAnswer {
    let place = |one: &Standing| place(web, reference, contest, one);
    let places: Vec<_> = ranking.standings.iter().skip(skip as usize).take(limit as usize).map(place).collect();
    let end = skip + u32::try_from(places.len()).unwrap_or(0);
    RankingAnswer {
        share: contest.share.code(),
        version: VERSION,
        league: contest.league.name(),
        from: contest.cut.from.to_string(),
        to: contest.cut.to.to_string(),
        as_of: Zone::Wib.iso(ranking.as_of),
        places,
        next: Some(end).filter(|end| (*end as usize) < ranking.standings.len()),
    }
}

fn place(web: &Web, reference: &Reference, contest: &Contest, one: &Standing) -> RankingPlace {
    let cut = Cut { office: Some(one.office), ..contest.cut.clone() };
    let percent = |points: u64| one.band.is_ranked().then(|| points as f64 / 100.0);
    RankingPlace {
        agency: one.office.0,
        name: reference.rules.agencies.get(one.office).map_or_else(String::new, |office| office.name.clone()),
        band: one.band.name(),
        rank: one.rank,
        tied: one.is_tied,
        numerator: one.raw.numerator,
        denominator: one.raw.denominator,
        inherited: one.inherited,
        expected: percent(one.expected),
        adjusted: percent(one.adjusted),
        score: percent(one.score),
        flags: one.suspicions.iter().map(|suspicion| suspicion.name()).collect(),
        coaching: one.coaching.as_ref().map(coaching),
        list_url: format!("{}{}", web.base_url, address(&cut, (contest.share, Part::Denominator), contest.as_of)),
    }
}

fn coaching(one: &Coaching) -> RankingCoaching {
    RankingCoaching {
        untouched: one.untouched,
        open: one.open,
        oldest: one.oldest.map(|day| day.to_string()),
        slowest_response: one.slowest,
    }
}
