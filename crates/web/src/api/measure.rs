//! `GET /api/v1/measures`: figures that say what they count, how, and where the list of it is.

use super::fields::{Fields, Query};
use super::problem::Problem;
use super::{cache, errors, submit};
use crate::counted::address;
use crate::state::Web;
use crate::words::Message;
use app::reference::Reference;
use app::{GroupRow, MOST_GROUPS, Measured, Measures, Question};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::measure::{Cut, Group, Measure, Part, Reading};
use domain::oversight::Semester;
use domain::report::{Channel, Class, StageKind};
use domain::time::Zone;
use domain::{Actor, AgencyId, CategoryId, RegionCode};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Groups of an answer where no limit is given.
const USUAL: u32 = 40;

/// Which figures, of which reports.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MeasureQuestion {
    /// Names of measures with commas between them; all where it is absent. What each one counts is in `docs/measures.md`.
    #[param(example = "completion,follow_up,response_median")]
    pub measure: Option<String>,
    /// Id of an office; those below it belong to it.
    #[param(example = 630000)]
    pub agency: Option<i64>,
    /// Kemendagri code of a region of any level.
    #[param(example = "63")]
    pub region: Option<String>,
    /// Id of a category of any level.
    pub category: Option<i64>,
    /// `complaint`, `aspiration` or `information_request`.
    pub class: Option<String>,
    /// The way by which reports came in, e.g. `web`, `sms`, `counter`.
    pub channel: Option<String>,
    /// A stage, e.g. `answered`.
    pub stage: Option<String>,
    /// The first local day on which the reports came in; the first day of this half year where it is absent.
    #[param(example = "2021-01-01")]
    pub from: Option<String>,
    /// The last one; today where it is absent.
    #[param(example = "2021-06-30")]
    pub to: Option<String>,
    /// As known at an instant of the past (RFC 3339), or at the end of a day in Jakarta.
    #[param(example = "2021-08-09")]
    pub as_of: Option<String>,
    /// `day`, `week` (of ISO 8601), `month`, `quarter`, `semester`, `year`, `agency` (parent agencies, or those below
    /// `agency`), `region` (provinces, or those in `region`), `category` (top ones, or those below `category`), `class`,
    /// `channel` or `stage`.
    pub group_by: Option<String>,
    /// Groups that are passed over: the value of `next` of the page before.
    pub after: Option<u32>,
    #[param(minimum = 1, maximum = 120)]
    pub limit: Option<u32>,
}

/// A figure with all that is needed to recompute it.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureFigure {
    #[schema(example = "completion")]
    pub measure: &'static str,
    /// Of the formula.
    #[schema(example = 1)]
    pub version: u16,
    /// `count`, `percent`, `working_hours`, `per_report` or `stars`.
    #[schema(example = "percent")]
    pub unit: &'static str,
    /// What is divided; of a median or percentile the rank at which it stands.
    #[schema(example = 522)]
    pub numerator: i64,
    #[schema(example = 545)]
    pub denominator: u64,
    /// Rounded half up to hundredths; null of nothing, and for percentages of fewer than ten reports.
    #[schema(example = 95.78)]
    pub value: Option<f64>,
    /// Fewer than ten reports: a percentage would be chance.
    pub few: bool,
    /// Whether archived reports are among those counted.
    pub with_archived: bool,
    /// The list of exactly the reports in the numerator; where the figure is no share, those that it is made of.
    pub list_url: String,
    /// The list of exactly the reports in the denominator.
    pub denominator_url: String,
}

/// The figures of a group.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureGroup {
    /// A stretch of time, an id, a code or a name; null without groups, or for reports without a category.
    #[schema(example = "630000")]
    pub key: Option<String>,
    /// The key in words, where it has any.
    pub name: Option<String>,
    pub figures: Vec<MeasureFigure>,
}

/// Figures of a period.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureAnswer {
    #[schema(example = "2021-01-01")]
    pub from: String,
    #[schema(example = "2021-06-30")]
    pub to: String,
    /// What happened later is not counted; its day in Jakarta is the day called today.
    #[schema(example = "2021-08-09T23:59:59+07:00")]
    pub as_of: String,
    pub group_by: Option<&'static str>,
    /// Stretches of time in their order, other groups by the number of their reports; one group without `group_by`.
    pub groups: Vec<MeasureGroup>,
    /// Where the next page of groups begins; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<u32>,
}

/// Figures over the reports that came in during a period, sealed ones left out.
///
/// Each says what it divides by what, under which version of its formula, as of which instant, and where the list of
/// exactly these reports is. `too-wide`: more single reports would have to be looked at than one question may.
#[utoipa::path(
    get, path = "/api/v1/measures", tag = "measures", operation_id = "readMeasures", params(MeasureQuestion),
    responses((status = 200, description = "The figures.", body = MeasureAnswer), errors::Measuring)
)]
pub(super) async fn read(State(web): State<Web>, Query(mut fields): Query) -> Result<Response, Problem> {
    let reference = web.app.reference();
    let question = question(&mut fields, &reference, web.app.now());
    fields.end()?;
    match web.app.measures(&Actor::Public, &question).await? {
        Measured::Told(told) => Ok(cache::public(&answer(&web, &reference, &question, &told))),
        Measured::TooWide { most } => Err(too_wide(most)),
    }
}

/// More reports would have to be looked at than one question may.
pub(super) fn too_wide(most: u32) -> Problem {
    let words = Message::new("api-too-wide").with("most", most);
    Problem::saying(StatusCode::UNPROCESSABLE_ENTITY, "too-wide", words)
}

fn question(fields: &mut Fields, reference: &Reference, now: Timestamp) -> Question {
    let measures =
        fields.read("measure", "measure", |text| text.split(',').map(|one| Measure::parse(one.trim())).collect());
    let as_of = fields.read("as_of", "from", instant);
    let today = Zone::Wib.day(as_of.unwrap_or(now));
    let from = fields.date("from").unwrap_or(Semester::of(today).first());
    let to = fields.date("to").unwrap_or(today.max(from));
    if from > to {
        fields.fault("to", "period");
    }
    let known = |code: &RegionCode| reference.regions.name(code).is_some();
    let cut = Cut {
        office: submit::agency(fields, reference, "agency"),
        region: fields.read("region", "region", |text| RegionCode::parse(text).filter(known)),
        category: super::report::known_category(fields, reference),
        class: fields.choice("class", Class::ALL, Class::name),
        channel: fields.choice("channel", Channel::ALL, Channel::name),
        stage: fields.choice("stage", StageKind::ALL, StageKind::name),
        ..Cut::of(from, to)
    };
    Question {
        measures: measures.unwrap_or_else(|| Measure::ALL.to_vec()),
        cut,
        as_of,
        group: fields.choice("group_by", &Group::ALL, Group::name),
        skip: fields.within("after", 0, 1_000_000).and_then(|skip| u32::try_from(skip).ok()).unwrap_or(0),
        limit: fields.limit(USUAL, MOST_GROUPS),
    }
}

/// An instant, or the last second of a day in Jakarta.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    let day = text.parse::<Date>().ok().filter(|_| text.len() == 10);
    day.map(|day| Zone::Wib.end_of(day)).or_else(|| text.parse().ok())
}

fn answer(web: &Web, reference: &Reference, question: &Question, told: &Measures) -> MeasureAnswer {
    let group = |row: &GroupRow| MeasureGroup {
        key: Some(row.key.clone()).filter(|key| !key.is_empty()),
        name: name(reference, question.group, &row.key),
        figures: row.readings.iter().map(|reading| figure(web, question, row, *reading)).collect(),
    };
    MeasureAnswer {
        from: question.cut.from.to_string(),
        to: question.cut.to.to_string(),
        as_of: Zone::Wib.iso(told.as_of),
        group_by: question.group.map(Group::name),
        groups: told.rows.iter().map(group).collect(),
        next: told.more.then(|| question.skip + u32::try_from(told.rows.len()).unwrap_or(0)),
    }
}

/// The official name of an office, a region or a category.
fn name(reference: &Reference, group: Option<Group>, key: &str) -> Option<String> {
    match group? {
        Group::Agency => Some(reference.rules.agencies.get(AgencyId(key.parse().ok()?))?.name.clone()),
        Group::Region => reference.regions.name(&RegionCode::parse(key)?).map(str::to_owned),
        Group::Category => Some(reference.categories.get(CategoryId(key.parse().ok()?))?.name.clone()),
        Group::Time(_) | Group::Class | Group::Channel | Group::Stage => None,
    }
}

fn figure(web: &Web, question: &Question, row: &GroupRow, reading: Reading) -> MeasureFigure {
    let about = reading.measure.definition();
    let url = |part| format!("{}{}", web.base_url, address(&row.cut, (reading.measure, part), question.as_of));
    MeasureFigure {
        measure: about.code,
        version: about.version,
        unit: about.unit.name(),
        numerator: reading.numerator,
        denominator: reading.denominator,
        value: reading.hundredths.filter(|_| !reading.is_of_few()).map(|hundredths| hundredths as f64 / 100.0),
        few: reading.is_of_few(),
        with_archived: about.with_archived,
        list_url: url(Part::Numerator),
        denominator_url: url(Part::Denominator),
    }
}
