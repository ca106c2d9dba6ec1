//! What the API shows of reports, shared by citizens and officers.

use crate::state::Web;
use app::reference::Reference;
use domain::deadline::{Deadline, Unit};
use domain::report::{Report, StageKind};
use domain::{Actor, AgencyId, CategoryId, Code, Moment, RegionCode, due};
use serde::Serialize;
use utoipa::ToSchema;

/// A region with its name.
#[derive(Debug, Serialize, ToSchema)]
pub struct Region {
    /// Kemendagri code.
    #[schema(example = "63.72")]
    pub code: String,
    /// Names up to the province.
    #[schema(example = "Kota Banjarbaru, Kalimantan Selatan")]
    pub name: String,
}

/// An office with its name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AgencyName)]
pub struct Agency {
    #[schema(example = 630003)]
    pub id: i64,
    #[schema(example = "Dinas Pekerjaan Umum dan Penataan Ruang Provinsi Kalimantan Selatan")]
    pub name: String,
}

/// A category with its name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CategoryName)]
pub struct Category {
    pub id: i64,
    pub name: String,
}

/// A running or stopped clock.
#[derive(Debug, Serialize, ToSchema)]
pub struct Clock {
    /// The name of the policy.
    #[schema(example = "first_answer")]
    pub policy: &'static str,
    /// The last second of the last day, with the offset of the report's region.
    #[schema(example = "2026-03-31T23:59:59+08:00")]
    pub due: String,
    #[schema(example = "2026-03-31")]
    pub due_date: String,
    /// How many days have been counted: the 2 of "hari ke-2 dari 5".
    pub day: u16,
    /// How many days there are.
    #[schema(example = 5)]
    pub limit_days: u16,
    /// `working_day` or `day`.
    #[schema(example = "working_day")]
    pub unit: &'static str,
    /// Whether the last second has passed.
    pub overdue: bool,
    /// The regulation that sets the limit.
    pub legal_basis: String,
}

/// A report as a line of a public list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedReport {
    #[schema(example = "1234567894")]
    pub code: String,
    #[schema(example = "123 456 7894")]
    pub code_spaced: String,
    /// `complaint`, `aspiration` or `information_request`.
    pub class: &'static str,
    pub title: String,
    /// The beginning of the text.
    pub excerpt: String,
    pub region: Region,
    pub category: Option<Category>,
    /// The office whose turn it is.
    pub agency: Agency,
    pub stage: &'static str,
    /// `waiting`, `process`, `done` or `archived`.
    pub progress: &'static str,
    /// When it came in, with the region's offset.
    pub received_at: String,
    pub supports: u32,
    pub rating: Option<u8>,
    pub clock: Option<Clock>,
}

/// Where a report stands after something was done to it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "code": "1234567894", "code_spaced": "123 456 7894", "seq": 2, "stage": "disposed", "progress": "waiting",
    "holder": {"id": 630003, "name": "Dinas Pekerjaan Umum dan Penataan Ruang Provinsi Kalimantan Selatan"},
    "due": "2026-03-31T23:59:59+08:00", "supports": 0, "offers": ["dispose", "answer"], "repeated": false,
}))]
pub struct Outcome {
    pub code: String,
    pub code_spaced: String,
    /// The version of the report; send it back as `seq` to be warned when somebody else was faster.
    pub seq: u32,
    pub stage: &'static str,
    pub progress: &'static str,
    /// The office whose turn it is.
    pub holder: Agency,
    /// When that office must have acted.
    pub due: Option<String>,
    pub supports: u32,
    /// What this caller may do next.
    pub offers: Vec<&'static str>,
    /// Whether it had been done before under the same `Idempotency-Key`.
    pub repeated: bool,
}

/// Characters of the text in a list.
const EXCERPT: usize = 240;

pub(super) fn region(reference: &Reference, code: &RegionCode) -> Region {
    Region { code: code.to_string(), name: reference.regions.full_name(code) }
}

pub(super) fn agency(reference: &Reference, id: AgencyId) -> Agency {
    let name = reference.rules.agencies.get(id).map_or_else(|| id.to_string(), |agency| agency.name.clone());
    Agency { id: id.0, name }
}

pub(super) fn category(reference: &Reference, id: CategoryId) -> Option<Category> {
    reference.categories.get(id).map(|node| Category { id: id.0, name: node.name.clone() })
}

pub(super) fn unit(unit: Unit) -> &'static str {
    unit.name()
}

pub(super) fn clock(deadline: &Deadline, now: jiff::Timestamp) -> Clock {
    Clock {
        policy: deadline.limit.name(),
        due: deadline.zone.iso(deadline.due),
        due_date: deadline.due_day().to_string(),
        day: deadline.day_number(deadline.zone.day(now)),
        limit_days: deadline.limit_days,
        unit: unit(deadline.unit),
        overdue: deadline.is_over(now),
        legal_basis: deadline.legal_basis.clone(),
    }
}

/// A line of a list.
pub(super) fn listed(web: &Web, reference: &Reference, summary: &app::Summary) -> ListedReport {
    let row = &summary.listed.row;
    let report = &row.report;
    let kind = report.stage.kind();
    ListedReport {
        code: row.code.to_string(),
        code_spaced: row.code.spaced(),
        class: report.class.name(),
        title: summary.listed.title.clone().unwrap_or_default(),
        excerpt: excerpt(&summary.listed.body),
        region: region(reference, &report.region),
        category: report.category.and_then(|id| category(reference, id)),
        agency: agency(reference, report.holder),
        stage: kind.name(),
        progress: kind.simple(),
        received_at: report.zone.iso(report.clocks.received),
        supports: report.supports,
        rating: report.rating,
        clock: summary.clock.as_ref().map(|deadline| clock(deadline, web.app.now())),
    }
}

fn excerpt(body: &str) -> String {
    let cut: String = body.chars().take(EXCERPT).collect();
    if cut.len() < body.len() { format!("{}…", cut.trim_end()) } else { cut }
}

/// Where a report stands, for who just did something to it.
pub(super) fn outcome(web: &Web, code: Code, report: &Report, by: &Actor, repeated: bool) -> Outcome {
    let reference = web.app.reference();
    let now = web.app.now();
    let moment = Moment { now, rules: &reference.rules };
    let kind: StageKind = report.stage.kind();
    Outcome {
        code: code.to_string(),
        code_spaced: code.spaced(),
        seq: report.seq,
        stage: kind.name(),
        progress: kind.simple(),
        holder: agency(&reference, report.holder),
        due: due::obligation(&reference.rules, report, now).map(|clock| report.zone.iso(clock.due)),
        supports: report.supports,
        offers: domain::report::offers(&moment, by, report).into_iter().map(|kind| kind.name()).collect(),
        repeated,
    }
}
