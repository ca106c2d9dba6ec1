//! `/desk/laporan/{code}`: everything an officer may know about a report, and all they may do with it.

use super::kin::kin;
use super::questions::questions;
use super::{presence, reasons, verify};
use crate::citizen::PublicReport;
use crate::components::history::sentence;
use crate::components::{Choice, Entry, Frame, Notice, Place, Tone};
use crate::desk::{Action, ActionForms, CasePage, PersonalNotice, ReporterView, Verification};
use crate::kept::seal;
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::report::code;
use crate::serve::shape::{self, Known};
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment};
use app::{Officer, Upload, View};
use axum::extract::Path;
use axum::response::Response;
use domain::agency::{Agency, AgencyKind};
use domain::check::Advice;
use domain::personal;
use domain::policy::{Action as Wish, may};
use domain::report::CommandKind;
use domain::routing::Suggestion;
use domain::{AgencyId, Code, Role, UserId};
use std::collections::HashMap;

/// The order in which forms are offered: what moves the report on stands first.
const ORDER: [CommandKind; 18] = [
    CommandKind::OpenName,
    CommandKind::KeepName,
    CommandKind::Resume,
    CommandKind::Answer,
    CommandKind::Dispose,
    CommandKind::Close,
    CommandKind::Return,
    CommandKind::Hold,
    CommandKind::Archive,
    CommandKind::Assign,
    CommandKind::Note,
    CommandKind::Rewrite,
    CommandKind::Reclassify,
    CommandKind::Hide,
    CommandKind::Unhide,
    CommandKind::Reopen,
    CommandKind::AskName,
    CommandKind::OfferOmbudsman,
];

/// The report with its forms.
pub(in crate::serve) async fn show(visit: Visit, Path(typed): Path<String>) -> Result<Response, Failure> {
    let code = code(&visit, &typed)?;
    let officer = visit.officer().await?;
    let page = page(&visit, &officer, code, None).await?;
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
    page_of(visit, officer, &view, back).await
}

/// The page of a report that is loaded already.
pub(in crate::serve) async fn page_of(
    visit: &Visit,
    officer: &Officer,
    view: &View,
    back: Option<CameBack>,
) -> Result<CasePage, Failure> {
    let code = view.row.code;
    let reference = visit.web.app.reference();
    let officers = names(visit, view.report().holder).await?;
    let known = Known { reference: &reference, words: visit.words, officers };
    let base = format!("/desk/laporan/{code}");
    let report = PublicReport { address: view.place.clone(), ..shape::public_report(view, &known, &base) };
    let back = back.map(|back| CameBack { why: conflict(&back, view, &known), ..back });
    let frame = frame(visit, officer, view, back.as_ref()).await?;
    let present = presence::others(visit, officer, code, back.is_some()).await?;
    let (forms, verify) = decision(visit, officer, view, &known, (back, &report.timeline));
    Ok(CasePage {
        w: visit.words,
        frame,
        present,
        report,
        original: shape::original(view),
        reporter: person(visit, officer, view),
        personal: personal(view).filter(|_| verify.is_none()),
        channel: view.report().channel,
        anonymous: view.report().anonymous,
        secret: view.report().secret,
        hidden: view.report().hidden,
        officer: view.report().officer.and_then(|id| known.officers.get(&id).cloned()),
        chosen: view.report().chosen.map(|id| shape::agency_name(&reference, id)),
        point: view.point.clone(),
        returns: view.report().returns,
        settled: view.report().settled,
        notes: shape::notes(view, &known, &base),
        forms,
        verify,
        kin: kin(visit, view).await?,
        questions: questions(visit, view).await?,
    })
}

/// The names of the officers of an office.
async fn names(visit: &Visit, office: AgencyId) -> Result<HashMap<UserId, String>, Failure> {
    let colleagues = visit.web.app.colleagues(office).await.map_err(|error| Failure::of(visit, error))?;
    Ok(colleagues.into_iter().map(|colleague| (colleague.id, colleague.name)).collect())
}

/// The frame of the page, with the word about a form that came back and stands on it no more.
async fn frame(visit: &Visit, officer: &Officer, view: &View, back: Option<&CameBack>) -> Result<Frame, Failure> {
    let told = back.filter(|back| back.why.key.starts_with("conflict-") || !view.offers.contains(&back.kind));
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

fn forms(visit: &Visit, officer: &Officer, view: &View, known: &Known<'_>, back: Option<CameBack>) -> ActionForms {
    let report = view.report();
    let offered = ORDER.into_iter().filter(|kind| view.offers.contains(kind));
    let actions = offered.map(|kind| match &back {
        Some(back) if back.kind == kind => came_back(visit, officer, back),
        _ => Action::new(kind),
    });
    let choice = |agency: &Agency| Choice::new(agency.id, &agency.name);
    let tree = &known.reference.rules.agencies;
    let today = report.zone.day(view.at);
    let categories = known.reference.categories.valid_on(today);
    ActionForms {
        code: view.row.code,
        key: visit.fresh_key(),
        seq: report.seq,
        actions: actions.collect(),
        verifying: report.clocks.disposed.is_none(),
        offices: targets(known, officer, report.holder).filter(|agency| agency.is_active(today)).map(choice).collect(),
        suggestions: tree
            .iter()
            .filter(|agency| is_government(agency) && agency.is_active(today))
            .map(choice)
            .collect(),
        categories: categories
            .map(|category| {
                let choice = Choice::new(category.id, &category.name);
                if report.category == Some(category.id) { choice.chosen() } else { choice }
            })
            .collect(),
        officers: known
            .officers
            .iter()
            .map(|(id, name)| {
                let choice = Choice::new(id, name);
                if report.officer == Some(*id) { choice.chosen() } else { choice }
            })
            .collect(),
        asker: report.asker_besides(Some(officer.id)),
        class: report.class,
        supervisory: report.supervisory,
        title: view.title.clone(),
        text: view.body.clone(),
        kept: back
            .filter(|back| !view.offers.contains(&back.kind))
            .map(|back| back.words)
            .filter(|words| !words.is_empty()),
        suggestion: None,
        closed: false,
    }
}

/// The form that could not be done, as it was filled in.
fn came_back(visit: &Visit, officer: &Officer, back: &CameBack) -> Action {
    let by = actor(officer);
    let kept = back.files.iter().map(|file| (seal(&visit.web, &by, file), file.name.clone()));
    Action {
        refused: Some(back.why.clone()),
        typed: back.typed.clone(),
        advice: back.advice.clone(),
        kept: kept.collect(),
        ..Action::new(back.kind)
    }
}

/// The forms, and the screen of the decision where nobody has decided yet.
fn decision(
    visit: &Visit,
    officer: &Officer,
    view: &View,
    known: &Known<'_>,
    (back, timeline): (Option<CameBack>, &[Entry]),
) -> (ActionForms, Option<Verification>) {
    let suggested = view.offers.contains(&CommandKind::Dispose).then(|| visit.web.app.suggestion(view)).flatten();
    let mut forms = forms(visit, officer, view, known, back);
    suggest(&mut forms, known, suggested.as_ref());
    let verify = verify::screen(known, view, &mut forms, suggested.as_ref(), timeline);
    (forms, verify)
}

/// Chooses the suggested office beforehand; where nothing is suggested, nothing is chosen.
fn suggest(forms: &mut ActionForms, known: &Known<'_>, suggested: Option<&Suggestion>) {
    let Some(suggested) = suggested else { return };
    forms.suggestion = Some(reasons::suggestion(known.reference, suggested));
    let office = suggested.office.map(|id| id.to_string());
    forms
        .offices
        .iter_mut()
        .filter(|choice| Some(&choice.value) == office.as_ref())
        .for_each(|choice| choice.chosen = true);
}

fn is_government(agency: &Agency) -> bool {
    !matches!(
        agency.kind,
        AgencyKind::National | AgencyKind::Unit | AgencyKind::Inspectorate | AgencyKind::Communication
    )
}

/// Offices to which a seat may dispose: the whole country, or what stands below it.
pub(super) fn targets<'a>(
    known: &'a Known<'_>,
    officer: &Officer,
    holder: AgencyId,
) -> impl Iterator<Item = &'a Agency> {
    let tree = &known.reference.rules.agencies;
    let (national, seat) = (officer.role == Role::NationalAdmin, officer.agency);
    let top = if officer.role == Role::Inspector { tree.root_of(seat) } else { seat };
    tree.iter().filter(move |agency| {
        let reachable = if national { agency.kind != AgencyKind::National } else { tree.within(agency.id, top) };
        reachable && (agency.id != holder || !national)
    })
}
