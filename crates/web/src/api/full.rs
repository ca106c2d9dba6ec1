//! A whole report with its timeline, as much of it as its reader may see.

use super::shape::{self, Agency, Category, Clock, Region};
use crate::state::Web;
use app::reference::Reference;
use app::{Attachment, View};
use domain::report::{Event, Report, Stage};
use domain::time::Zone;
use domain::{Actor, Code};
use serde::Serialize;
use utoipa::ToSchema;

/// A report with its timeline. Parts that the reader may not see are absent.
#[derive(Debug, Serialize, ToSchema)]
pub struct FullReport {
    #[schema(example = "1234567894")]
    pub code: String,
    #[schema(example = "123 456 7894")]
    pub code_spaced: String,
    /// The version: how many things have happened to it.
    pub seq: u32,
    /// `complaint`, `aspiration` or `information_request`.
    pub class: &'static str,
    /// Whether it is about abuse of office.
    pub supervisory: bool,
    pub anonymous: bool,
    pub secret: bool,
    /// Why it is hidden from the public, where it is.
    pub hidden: Option<&'static str>,
    /// Whether everybody may read it.
    pub public: bool,
    pub channel: &'static str,
    pub title: String,
    pub body: String,
    /// The words as they came, where they were edited and the reader may compare.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<Original>,
    pub region: Region,
    /// Landmark or address; for the reporter and the officers in charge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub happened_on: Option<String>,
    /// Degrees north; for the reporter and the officers in charge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    /// Degrees east.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    pub category: Option<Category>,
    /// The office whose turn it is.
    pub agency: Agency,
    pub stage: &'static str,
    /// `waiting`, `process`, `done` or `archived`.
    pub progress: &'static str,
    /// What a report on hold waits for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<&'static str>,
    /// When it came in, with the region's offset.
    pub received_at: String,
    /// The clock that is shown now.
    pub clock: Option<Clock>,
    /// The clock for finishing.
    pub completion: Option<Clock>,
    /// The days in which one may object, once it has ended.
    pub objection: Option<Clock>,
    pub supports: u32,
    pub rating: Option<u8>,
    /// Files of the submission; those of answers and replies are with their steps.
    pub attachments: Vec<File>,
    pub timeline: Vec<Step>,
    /// What supporting units were asked for, as far as the reader may know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Who sent it, where the reader may know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporter: Option<Reporter>,
    /// What the reader may do now.
    pub offers: Vec<&'static str>,
}

/// A part of the work, asked of another unit than the one that leads.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SupportingPart)]
pub struct Part {
    pub number: u8,
    pub office: Agency,
    /// Whether the lead waits for it.
    pub compulsory: bool,
    /// `open`, `answered`, `returned` or `withdrawn`.
    pub state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    pub clock: Option<Clock>,
    pub attachments: Vec<File>,
}

/// The words as they came.
#[derive(Debug, Serialize, ToSchema)]
pub struct Original {
    pub title: String,
    pub body: String,
}

/// A reporter who left a name or a contact.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reporter {
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A file.
#[derive(Debug, Serialize, ToSchema)]
pub struct File {
    /// A 64-bit number as text.
    pub id: String,
    pub name: String,
    /// Media type by content.
    #[schema(example = "image/jpeg")]
    pub kind: String,
    /// Bytes.
    pub size: i64,
    /// Where it is fetched, with the same PIN or token as the report.
    pub url: String,
}

/// Who did something.
#[derive(Debug, Serialize, ToSchema)]
pub struct By {
    /// `reporter`, `officer`, `system` or `public`.
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<Agency>,
}

/// Something that happened.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Step {
    pub seq: u32,
    /// With the region's offset.
    pub at: String,
    /// What happened, e.g. `submitted`, `disposed`, `answered`, `closed`.
    #[schema(example = "answered")]
    pub event: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<By>,
    /// The words that came with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_ground: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Agency>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Agency>,
    /// Why it was returned, archived or hidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// `done`, `explained`, `planned` or `refused`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned_for: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<u8>,
    /// `by_officer`, `by_system` or `confirmed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closure: Option<&'static str>,
    /// What the check of answers had found, where an answer was sent all the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<File>,
}

/// The parts that are the same for everything in one report.
struct Frame<'a> {
    reference: &'a Reference,
    /// The address below which files are fetched.
    base: String,
    zone: Zone,
}

impl Frame<'_> {
    fn file(&self, file: &Attachment) -> File {
        File {
            id: file.id.to_string(),
            name: file.name.clone(),
            kind: file.kind.clone(),
            size: file.size,
            url: format!("{}/attachments/{}", self.base, file.id),
        }
    }

    fn by(&self, by: &Actor) -> By {
        let kind = match by {
            Actor::Public => "public",
            Actor::Reporter => "reporter",
            Actor::Officer { .. } => "officer",
            Actor::System => "system",
            Actor::Outsider => "outsider",
        };
        let agency = by.agency().map(|id| shape::agency(self.reference, id));
        By { kind, role: by.role().map(|role| role.name()), agency }
    }

    fn step(&self, step: &app::Step) -> Step {
        let words = step.words.as_ref();
        let bare = Step {
            seq: step.logged.seq,
            at: self.zone.iso(step.logged.at),
            event: step.logged.event.kind().name(),
            by: Some(self.by(&step.logged.by)),
            text: words.map(|words| words.body.clone()),
            legal_ground: words.and_then(|words| words.legal_ground.clone()),
            attachments: step.attachments.iter().map(|file| self.file(file)).collect(),
            ..Step::default()
        };
        self.facts(bare, &step.logged.event)
    }

    fn part(&self, view: &app::PartView, whole: &View) -> Part {
        Part {
            number: view.part.number,
            office: shape::agency(self.reference, view.part.office),
            compulsory: view.part.compulsory,
            state: view.part.state.name(),
            task: view.task.clone(),
            answer: view.answer.clone(),
            clock: view.clock.as_ref().filter(|_| view.part.is_open()).map(|clock| shape::clock(clock, whole.at)),
            attachments: view.attachments.iter().map(|file| self.file(file)).collect(),
        }
    }

    fn facts(&self, bare: Step, event: &Event) -> Step {
        let office = |id: &domain::AgencyId| Some(shape::agency(self.reference, *id));
        match event {
            Event::Submitted { holder, .. } => Step { to: office(holder), ..bare },
            Event::HandedOver { from, to } => Step { from: office(from), to: office(to), ..bare },
            Event::Disposed { from, to, .. } => Step { from: office(from), to: office(to), ..bare },
            Event::Returned { from, to, reason, .. } => {
                Step { from: office(from), to: office(to), reason: Some(reason.name()), ..bare }
            }
            Event::Held { missing } => Step { missing: missing.iter().map(|one| one.name()).collect(), ..bare },
            Event::Archived { reason, .. } => Step { reason: Some(reason.name()), ..bare },
            Event::Hidden { reason } => Step { reason: Some(reason.name()), ..bare },
            Event::Answered { answer, planned_for, .. } => {
                Step { answer: Some(answer.name()), planned_for: planned_for.map(|day| day.to_string()), ..bare }
            }
            Event::Confirmed { rating } | Event::Rated { rating } => Step { rating: Some(*rating), ..bare },
            Event::Closed { how } => Step { closure: Some(how.name()), ..bare },
            Event::Escalated { to, .. } | Event::Contested { to } => Step { to: office(to), ..bare },
            Event::PartAsked { office: to, .. } | Event::PartEscalated { to, .. } => Step { to: office(to), ..bare },
            Event::PartReturned { reason, .. } => Step { reason: Some(reason.name()), ..bare },
            Event::AdviceOverridden { findings } => {
                Step { findings: findings.iter().map(|one| one.name()).collect(), ..bare }
            }
            _ => bare,
        }
    }
}

/// Where a report is found in the API; officers have their own address for it.
pub(super) fn address(web: &Web, code: Code, by: &Actor) -> String {
    let room = if matches!(by, Actor::Officer { .. }) { "desk/reports" } else { "reports" };
    format!("{}/api/v1/{room}/{code}", web.base_url)
}

/// The report for one reader. Where exactly it happened is not for the public.
pub(super) fn report(web: &Web, view: &View, by: &Actor) -> FullReport {
    let reference = web.app.reference();
    let report = view.report();
    let frame = Frame { reference: &reference, base: address(web, view.row.code, by), zone: report.zone };
    let kind = report.stage.kind();
    let near = *by != Actor::Public;
    let point = view.point.as_ref().filter(|_| near);
    let clock = |deadline: &Option<domain::deadline::Deadline>| deadline.as_ref().map(|one| shape::clock(one, view.at));
    let original = view.original.as_ref();
    FullReport {
        code: view.row.code.to_string(),
        code_spaced: view.row.code.spaced(),
        seq: report.seq,
        class: report.class.name(),
        supervisory: report.supervisory,
        anonymous: report.anonymous,
        secret: report.secret,
        hidden: report.hidden.map(|reason| reason.name()),
        public: report.is_public(),
        channel: report.channel.name(),
        title: view.title.clone(),
        body: view.body.clone(),
        original: original.map(|was| Original { title: was.title.clone().unwrap_or_default(), body: was.body.clone() }),
        region: shape::region(&reference, &report.region),
        place: view.place.clone().filter(|_| near),
        happened_on: view.happened_on.clone(),
        latitude: point.and_then(|(north, _)| north.parse().ok()),
        longitude: point.and_then(|(_, east)| east.parse().ok()),
        category: report.category.and_then(|id| shape::category(&reference, id)),
        agency: shape::agency(&reference, report.holder),
        stage: kind.name(),
        progress: kind.simple(),
        missing: missing(report),
        received_at: report.zone.iso(report.clocks.received),
        clock: clock(&view.clock),
        completion: clock(&view.completion),
        objection: clock(&view.objection),
        supports: report.supports,
        rating: report.rating,
        attachments: view.attachments.iter().map(|file| frame.file(file)).collect(),
        timeline: view.steps.iter().map(|step| frame.step(step)).collect(),
        parts: view.parts.iter().map(|part| frame.part(part, view)).collect(),
        reporter: reporter(view),
        offers: view.offers.iter().map(|kind| kind.name()).collect(),
    }
}

fn missing(report: &Report) -> Vec<&'static str> {
    match &report.stage {
        Stage::Held { missing, .. } => missing.iter().map(|one| one.name()).collect(),
        _ => Vec::new(),
    }
}

fn reporter(view: &View) -> Option<Reporter> {
    let person = view.reporter.as_ref()?;
    Some(Reporter { name: person.name.clone(), phone: person.phone.clone(), email: person.email.clone() })
}
