//! `/desk/laporan/{code}`: everything an officer may know about a report, and all they may do with it.

use super::forms::{self, Filled, Filling};
use super::kin::kin;
use super::questions::questions;
use super::{doubts, drafts, parts, peer_case, presence};
use crate::citizen::PublicReport;
use crate::components::history::sentence;
use crate::components::{Frame, Notice, Place, Tone};
use crate::desk::{CaseFacts, CasePage, PersonalNotice, ReporterView, TakenIn};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::report::code;
use crate::serve::shape::{self, Known};
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment};
use app::{Officer, Upload, View};
use axum::extract::{Path, Query};
use axum::response::Response;
use domain::check::Advice;
use domain::personal;
use domain::policy::{Action as Wish, may};
use domain::report::CommandKind;
use domain::{AgencyId, Code, UserId};
use std::collections::HashMap;

/// The report with its forms.
///
/// With `rangkai`, the answers of the units stand in the answer form, put together; with `templat`, a template does; with
/// `catatan`, what the own system of the agency said.
pub(in crate::serve) async fn show(
    visit: Visit,
    Path(typed): Path<String>,
    query: Query<HashMap<String, String>>,
) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    let officer = visit.officer().await?;
    let view = visit.web.app.view(code, &actor(&officer)).await.map_err(|error| Failure::of(&visit, error))?;
    let page = page_of(&visit, &officer, &view, None, Filling::of(&query)).await?;
    visit.show(&page)
}

/// What came back from a form: its kind, why, and what was typed.
pub(in crate::serve) struct CameBack {
    pub kind: CommandKind,
    pub why: Message,
    pub typed: HashMap<String, Vec<String>>,
    /// Its words, for a report in which this form is no longer offered.
    pub words: String,
    /// What the check found in an answer.
    pub advice: Vec<Advice>,
    /// Files that came with it.
    pub files: Vec<Upload>,
    /// The version of the report that the form was shown with.
    pub seen: Option<u32>,
}

impl CameBack {
    /// A form as it was sent.
    pub(in crate::serve) fn of(kind: CommandKind, why: Message, form: &Form, files: &[Upload]) -> CameBack {
        CameBack {
            kind,
            why,
            typed: form.typed(),
            words: form.words().to_owned(),
            advice: Vec::new(),
            files: files.to_vec(),
            seen: form.get("seq").parse().ok(),
        }
    }
}

/// The page of a report for an officer.
pub(in crate::serve) async fn page(
    visit: &Visit,
    officer: &Officer,
    code: Code,
    back: Option<CameBack>,
) -> Result<CasePage, Failure> {
    let view = visit.web.app.view(code, &actor(officer)).await.map_err(|error| Failure::of(visit, error))?;
    page_of(visit, officer, &view, back, Filling::Nothing).await
}

/// The page of a report that is loaded already.
pub(in crate::serve) async fn page_of(
    visit: &Visit,
    officer: &Officer,
    view: &View,
    back: Option<CameBack>,
    filling: Filling,
) -> Result<CasePage, Failure> {
    let reference = visit.web.app.reference();
    let officers = names(visit, view.report().holder).await?;
    let filled = Filled::of(visit, view, filling).await?;
    let known = Known { reference: &reference, words: visit.words, officers };
    let base = format!("/desk/laporan/{}", view.row.code);
    let report = PublicReport { address: view.place.clone(), ..shape::public_report(view, &known, &base) };
    let back = back.map(|back| CameBack { why: conflict(&back, view, &known), ..back });
    let frame = frame(visit, officer, view, back.as_ref()).await?;
    let present = presence::others(visit, officer, view.row.code, back.is_some()).await?;
    let draft = drafts::card(visit, officer.id, view, &known, back.as_ref());
    let parts = parts::view(visit, officer, view, &known, back.as_ref());
    let (forms, verify) = forms::decision(visit, officer, view, &known, (back, &report.timeline), &filled);
    Ok(CasePage {
        w: visit.words,
        frame,
        present,
        report,
        original: shape::original(view),
        reporter: person(visit, officer, view),
        taken: taken(view, &known),
        personal: personal(view).filter(|_| verify.is_none()),
        facts: facts(view, &known),
        doubt: doubts::card(visit, officer, view).await?,
        notes: shape::notes(view, &known, &base),
        draft,
        parts,
        forms,
        verify,
        peer: peer_case::card(visit, view).await?,
        kin: kin(visit, view).await?,
        questions: questions(visit, view).await?,
    })
}

fn facts(view: &View, known: &Known<'_>) -> CaseFacts {
    let report = view.report();
    CaseFacts {
        channel: report.channel,
        partner: view.partner.clone(),
        anonymous: report.anonymous,
        secret: report.secret,
        hidden: report.hidden,
        officer: report.officer.and_then(|id| known.officers.get(&id).cloned()),
        chosen: report.chosen.map(|id| shape::agency_name(known.reference, id)),
        point: view.point.clone(),
        returns: report.returns,
        settled: report.settled,
    }
}

/// Who took the report in, the officer by name where that is a colleague.
fn taken(view: &View, known: &Known<'_>) -> Option<TakenIn> {
    let taking = view.taking.as_ref()?;
    let office = shape::agency_name(known.reference, taking.agency);
    let officer = known.officers.get(&taking.officer);
    Some(TakenIn {
        by: officer.map_or(office.clone(), |name| format!("{name}, {office}")),
        at: Moment::of(taking.at, view.report().zone),
        consent: taking.consent,
        source: taking.source.clone(),
    })
}

/// The names of the officers of an office.
async fn names(visit: &Visit, office: AgencyId) -> Result<HashMap<UserId, String>, Failure> {
    let colleagues = visit.web.app.colleagues(office).await.map_err(|error| Failure::of(visit, error))?;
    Ok(colleagues.into_iter().map(|colleague| (colleague.id, colleague.name)).collect())
}

/// The frame of the page, with the word about a form that came back and stands on it no more.
async fn frame(visit: &Visit, officer: &Officer, view: &View, back: Option<&CameBack>) -> Result<Frame, Failure> {
    let has_no_form = |kind| !view.offers.contains(&kind) || parts::is_about(kind) || drafts::is_about(kind);
    let told = back.filter(|back| back.why.key.starts_with("conflict-") || has_no_form(back.kind));
    let notice = told.map(|back| Notice { tone: Tone::Wait, message: back.why.clone() });
    let frame = visit.desk(officer, Place::Inbox).await?;
    Ok(Frame { notice: notice.or(frame.notice.clone()), ..frame })
}

/// Why a form came back, where somebody else was faster: who did what in the meantime.
fn conflict(back: &CameBack, view: &View, known: &Known<'_>) -> Message {
    let said = |step: &app::Step| {
        let what = known.words.say(&sentence(&step.logged.event, view.report().holder, known));
        let by = shape::by(&step.logged.by, None, known).map_or_else(String::new, |by| format!(" ({by})"));
        format!("{what}{by}, {}.", known.words.moment(Moment::of(step.logged.at, view.report().zone)))
    };
    let later = view.steps.iter().filter(|step| back.seen.is_some_and(|seen| step.logged.seq > seen));
    let told: Vec<String> = later.rev().take(3).map(said).collect();
    match back.why.key == "conflict-seen" && !told.is_empty() {
        true => Message::new("conflict-told").with("what", told.join(" ")),
        false => back.why.clone(),
    }
}

/// What stands in the public words that should not, for an officer who may mask it.
fn personal(view: &View) -> Option<PersonalNotice> {
    let open = !view.report().is_sealed() && view.offers.contains(&CommandKind::Rewrite);
    let words = [&view.title, &view.body].into_iter().filter(|_| open);
    let found: Vec<_> = words
        .flat_map(|text| personal::find(text).into_iter().map(|one| (one.kind, text[one.at].to_owned())))
        .collect();
    (!found.is_empty()).then(|| PersonalNotice {
        found,
        title: personal::mask(&view.title),
        text: personal::mask(&view.body),
    })
}

fn person(visit: &Visit, officer: &Officer, view: &View) -> ReporterView {
    let reference = visit.web.app.reference();
    let allowed = may(&reference.rules.agencies, &actor(officer), Wish::ReadName, view.report());
    match &view.reporter {
        Some(person) => ReporterView {
            name: person.name.clone(),
            phone: person.phone.clone(),
            email: person.email.clone(),
            hidden: None,
        },
        None if view.report().anonymous && !allowed => {
            ReporterView { hidden: Some("reporter-anonymous"), ..ReporterView::default() }
        }
        None if allowed => ReporterView { hidden: Some("reporter-unknown"), ..ReporterView::default() },
        None => ReporterView { hidden: Some("reporter-not-yours"), ..ReporterView::default() },
    }
}
