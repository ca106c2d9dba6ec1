//! From what the application knows to what a page shows.

use crate::citizen::{LimitDays, Look, Original, PublicReport};
use crate::components::history::{Names, sentence, tone};
use crate::components::{Card, Choice, ChoiceGroup, Clock, ClockState, Entry, FileKind, FileLink, PaperRow};
use crate::words::{Message, Moment, Words};
use app::reference::Reference;
use app::{Access, Attachment, Listed, Paper, Step, Summary, Told, View};
use domain::agency::{Agency, AgencyKind};
use domain::deadline::{Deadline, Limit};
use domain::report::{Event, EventKind, StageKind};
use domain::time::Zone;
use domain::{Actor, AgencyId, Code, Report, UserId};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashMap;

/// Characters of a report's text in a list.
const EXCERPT: usize = 180;

/// Names from the reference data, and of officers where this reader may know them.
pub(super) struct Known<'a> {
    pub reference: &'a Reference,
    pub words: Words,
    pub officers: HashMap<UserId, String>,
}

impl Names for Known<'_> {
    fn agency(&self, id: AgencyId) -> String {
        agency_name(self.reference, id)
    }

    fn officer(&self, id: UserId) -> String {
        self.officers.get(&id).cloned().unwrap_or_else(|| self.words.t("an-officer"))
    }
}

/// An office's name.
pub(super) fn agency_name(reference: &Reference, id: AgencyId) -> String {
    reference.rules.agencies.get(id).map_or_else(|| id.to_string(), |agency| agency.name.clone())
}

fn category_name(reference: &Reference, report: &Report) -> Option<String> {
    report.category.and_then(|id| reference.categories.get(id)).map(|category| category.name.clone())
}

/// A line of a public list.
pub(super) fn card(reference: &Reference, summary: &Summary) -> Card {
    card_of(reference, &summary.listed)
}

/// A line of a public list, of a report as it is stored.
pub(super) fn card_of(reference: &Reference, listed: &Listed) -> Card {
    let row = &listed.row;
    let report = &row.report;
    let body: String = listed.body.chars().take(EXCERPT).collect();
    let cut = if body.len() < listed.body.len() { "…" } else { "" };
    Card {
        code: row.code,
        title: listed.title.clone().unwrap_or_default(),
        excerpt: format!("{}{cut}", body.trim_end()),
        class: report.class,
        stage: report.stage.kind(),
        place: reference.regions.full_name(&report.region),
        agency: Some(agency_name(reference, report.holder)),
        category: category_name(reference, report),
        sent: Moment::of(report.clocks.received, report.zone),
        supports: report.supports,
        files: 0,
    }
}

/// The page of a report as its viewer may see it; `base` is the path below which its files lie.
pub(super) fn public_report(view: &View, known: &Known<'_>, base: &str) -> PublicReport {
    let report = view.report();
    let reference = known.reference;
    PublicReport {
        code: view.row.code,
        title: view.title.clone(),
        text: view.body.clone(),
        class: report.class,
        supervisory: report.supervisory,
        stage: report.stage.kind(),
        category: category_name(reference, report),
        place: reference.regions.full_name(&report.region),
        address: None,
        agency: Some((report.holder, agency_name(reference, report.holder))),
        happened: view.happened_on.as_deref().and_then(|day| day.parse().ok()),
        sent: Moment::of(report.clocks.received, report.zone),
        files: view.attachments.iter().map(|file| file_link(file, base)).collect(),
        timeline: timeline(view, known, base),
        clocks: clocks(view),
        next: next(view),
        supports: report.supports,
        rating: report.rating,
        units: if view.by == Actor::Reporter { report.open_parts().count() } else { 0 },
    }
}

/// The words as they were sent, where the viewer may compare.
pub(super) fn original(view: &View) -> Option<Original> {
    let sent = view.original.as_ref()?;
    Some(Original { title: sent.title.clone().unwrap_or_default(), text: sent.body.clone() })
}

fn timeline(view: &View, known: &Known<'_>, base: &str) -> Vec<Entry> {
    let mut holder = view.report().holder;
    let mut entries = Vec::new();
    for step in &view.steps {
        match &step.logged.event {
            Event::Submitted { holder: first, .. } => holder = *first,
            Event::Disposed { to, .. } | Event::Returned { to, .. } | Event::Contested { to } => holder = *to,
            Event::HandedOver { to, .. } => holder = *to,
            _ => {}
        }
        if !matches!(step.logged.event.kind(), EventKind::Noted | EventKind::Supported) {
            entries.push(entry(view, step, holder, known, base));
        }
    }
    entries.reverse();
    entries
}

/// Internal notes, the newest first.
pub(super) fn notes(view: &View, known: &Known<'_>, base: &str) -> Vec<Entry> {
    let notes = view.steps.iter().rev().filter(|step| step.logged.event.kind() == EventKind::Noted);
    notes.map(|step| entry(view, step, view.report().holder, known, base)).collect()
}

fn entry(view: &View, step: &Step, holder: AgencyId, known: &Known<'_>, base: &str) -> Entry {
    let event = &step.logged.event;
    let said = step.words.as_ref();
    let ground = said.and_then(|words| words.legal_ground.as_ref());
    let text = said.map(|words| match ground {
        Some(ground) => {
            format!("{}\n\n{}", words.body, known.words.with("legal-ground-told", &[("ground", ground.into())]))
        }
        None => words.body.clone(),
    });
    Entry {
        message: sentence(event, holder, known),
        at: Moment::of(step.logged.at, view.report().zone),
        by: by(&step.logged.by, view.on_behalf_of.get(&step.logged.seq), known),
        text,
        files: step.attachments.iter().map(|file| file_link(file, base)).collect(),
        tone: tone(event),
        internal: !event.kind().is_public() && view.by.role().is_some(),
    }
}

/// A step of the whole history, with all its words, by the office that did it.
pub(super) fn whole_entry(told: &Told, zone: Zone, known: &Known<'_>) -> Entry {
    let logged = &told.logged;
    let office = logged.by.agency().unwrap_or(known.reference.rules.agencies.national());
    Entry {
        message: sentence(&logged.event, office, known),
        at: Moment::of(logged.at, zone),
        by: by(&logged.by, None, known),
        text: told.words.as_ref().map(|words| words.body.clone()),
        files: Vec::new(),
        tone: tone(&logged.event),
        internal: false,
    }
}

/// The office of an officer, and the officer where this reader may know them, with whom they stood in for.
pub(super) fn by(actor: &Actor, whom: Option<&String>, known: &Known<'_>) -> Option<String> {
    let Actor::Officer { user, agency, .. } = actor else { return None };
    let office = agency_name(known.reference, *agency);
    let told = match known.officers.get(user) {
        Some(name) => format!("{name}, {office}"),
        None => office,
    };
    Some(match whom {
        Some(whom) => format!("{told} ({})", known.words.with("on-behalf-of", &[("name", whom.into())])),
        None => told,
    })
}

pub(super) fn file_link(file: &Attachment, base: &str) -> FileLink {
    FileLink {
        url: format!("{base}/lampiran/{}", file.id),
        thumb: None,
        name: file.name.clone(),
        kind: match file.kind.as_str() {
            "application/pdf" => FileKind::Pdf,
            "video/mp4" => FileKind::Video,
            _ => FileKind::Image,
        },
        bytes: u64::try_from(file.size).unwrap_or(0),
    }
}

/// The clock that runs now, and the one for finishing.
fn clocks(view: &View) -> Vec<Clock> {
    let report = view.report();
    let today = report.zone.day(view.at);
    let held = report.stage.kind() == StageKind::Held;
    let ended = report.clocks.ended.map(|ended| report.zone.day(ended));
    let shown = |clock: &Deadline, waits: bool| match ended {
        Some(ended) => Clock::of(clock, ended, ClockState::stopped(clock, ended)),
        None => Clock::of(clock, today, ClockState::running(clock, today, waits)),
    };
    let running = view.clock.as_ref().filter(|_| ended.is_none()).map(|clock| shown(clock, held));
    let finishing =
        view.completion.as_ref().filter(|clock| view.clock.as_ref().map(|shown| shown.limit) != Some(clock.limit));
    running.into_iter().chain(finishing.map(|clock| shown(clock, held))).collect()
}

/// The clock of a line in a list.
pub(super) fn clock(summary: &Summary, now: Timestamp) -> Option<Clock> {
    let report = &summary.listed.row.report;
    let today = report.zone.day(now);
    let held = report.stage.kind() == StageKind::Held;
    let clock = summary.clock.as_ref().filter(|_| report.is_open())?;
    Some(Clock::brief(clock, today, ClockState::running(clock, today, held)))
}

/// The office that held a report when an event happened to it.
pub(super) fn holder_at(view: &View, seq: u32) -> AgencyId {
    let steps = view.steps.iter().filter(|step| step.logged.seq <= seq);
    let mut holders = steps.filter_map(|step| match &step.logged.event {
        Event::Submitted { holder, .. } => Some(*holder),
        Event::Disposed { to, .. } | Event::Returned { to, .. } | Event::Contested { to } => Some(*to),
        Event::HandedOver { to, .. } => Some(*to),
        _ => None,
    });
    holders.next_back().unwrap_or(view.report().holder)
}

/// What happens next, in one sentence.
pub(super) fn next(view: &View) -> Message {
    let stage = view.report().stage.kind();
    match &view.clock {
        _ if stage == StageKind::ClosedConfirmed => Message::new("after-closed_confirmed"),
        Some(clock) if clock.is_over(view.at) && !stage.is_ended() => Message::new("after-late"),
        Some(clock) if !clock.is_over(view.at) => {
            Message::new(format!("after-{}", stage.name())).with("date", clock.due_day())
        }
        _ => Message::new("after-ended"),
    }
}

/// Provinces with their regencies and cities, to choose from.
pub(super) fn provinces(reference: &Reference) -> Vec<ChoiceGroup> {
    let group = |(code, name): (&domain::RegionCode, &str)| ChoiceGroup {
        code: code.to_string(),
        label: name.to_owned(),
        choices: reference.regions.below(Some(code)).map(|(code, name)| Choice::new(code, name)).collect(),
    };
    reference.regions.below(None).map(group).collect()
}

/// The limits that are in force on a day.
pub(super) fn limits(reference: &Reference, today: Date) -> LimitDays {
    let days = |limit| reference.rules.limits.in_force(limit, today).map_or(0, |row| i64::from(row.days));
    LimitDays {
        verify: days(Limit::Verification),
        answer: days(Limit::FirstAnswer),
        completion: [Limit::CompletionInformation, Limit::CompletionNonsupervisory, Limit::CompletionSupervisory]
            .map(days),
        silence: days(Limit::Silence),
    }
}

/// What a reporter may choose by name: every agency that is there on a day, but for the units below it.
pub(super) fn parent_agencies(reference: &Reference, today: Date) -> impl Iterator<Item = &Agency> {
    let government = |agency: &&Agency| matches!(agency.kind, AgencyKind::Regency | AgencyKind::City);
    let all = main_agencies(reference).chain(reference.rules.agencies.iter().filter(government));
    all.filter(move |agency| agency.is_active(today))
}

/// Offices that people know by name: ministries, bodies and provinces, closed ones among them.
pub(super) fn main_agencies(reference: &Reference) -> impl Iterator<Item = &Agency> {
    let known = |agency: &&Agency| {
        matches!(
            agency.kind,
            AgencyKind::Ministry
                | AgencyKind::Body
                | AgencyKind::Province
                | AgencyKind::StateFirm
                | AgencyKind::University
                | AgencyKind::Embassy
        )
    };
    reference.rules.agencies.iter().filter(known)
}

/// An office as a choice that is typed by its name.
pub(super) fn agency_choice(agency: &Agency) -> Choice {
    Choice::new(&agency.name, &agency.name)
}

/// The name of an office that is there on a day.
pub(super) fn active_name(reference: &Reference, id: AgencyId, today: Date) -> Option<String> {
    reference.rules.agencies.get(id).filter(|agency| agency.is_active(today)).map(|agency| agency.name.clone())
}

/// Finds an office of today by its name, short name or alias as somebody typed it.
pub(super) fn find_agency<'a>(reference: &'a Reference, typed: &str, today: Date) -> Option<&'a Agency> {
    let wanted = typed.trim().to_lowercase();
    let is = |known: &String| known.to_lowercase() == wanted;
    let agencies = || reference.rules.agencies.iter().filter(|agency| agency.is_active(today));
    let by_name = agencies().find(|agency| is(&agency.name));
    by_name.or_else(|| agencies().find(|agency| is(&agency.short) || agency.aliases.iter().any(is)))
}

/// A look at protected parts, as the reporter is told of it: by role and office, not by name.
pub(super) fn look(look: &Access, view: &View, reference: &Reference) -> Look {
    Look {
        role: look.role,
        agency: agency_name(reference, look.agency),
        what: look.what.clone(),
        at: Moment::of(look.at, view.report().zone),
        reason: reason(look, view),
    }
}

/// The reason for which an officer was shown an anonymous name: the words of their wish.
fn reason(look: &Access, view: &View) -> Option<String> {
    let asked = |step: &&Step| {
        let wish = matches!(step.logged.event, Event::NameAsked { officer } if officer == look.officer);
        wish && look.what == "name" && step.logged.at <= look.at
    };
    view.steps.iter().rev().find(asked)?.words.as_ref().map(|words| words.body.clone())
}

/// A paper of an office, read below `base`.
pub(super) fn paper_row(paper: &Paper, base: &str) -> PaperRow {
    PaperRow {
        url: format!("{base}/{}", paper.id),
        kind: paper.kind,
        title: paper.title.clone(),
        dated: paper.dated,
        shown: paper.shown,
        bytes: u64::try_from(paper.size).unwrap_or(0),
    }
}

/// Where a report's own page is.
pub(super) fn path_of(code: Code) -> String {
    format!("/laporan/{code}")
}
