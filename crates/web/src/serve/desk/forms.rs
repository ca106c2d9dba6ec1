//! The forms on the page of a report: which of them this officer is offered, and what stands in them.

use super::case::CameBack;
use super::templates::{self, Facts};
use super::{parts, peer_case, reasons, verify};
use crate::components::{Choice, Entry};
use crate::desk::{Action, ActionForms, Verification};
use crate::kept::seal;
use crate::serve::failure::Failure;
use crate::serve::shape::Known;
use crate::serve::visit::{Visit, actor};
use app::{AnswerTemplate, Officer, Upload, View};
use domain::agency::{Agency, AgencyKind};
use domain::report::CommandKind;
use domain::routing::Suggestion;
use domain::{AgencyId, Role};
use std::collections::HashMap;

/// The order in which forms are offered: what moves the report on stands first.
const ORDER: [CommandKind; 19] = [
    CommandKind::OpenName,
    CommandKind::KeepName,
    CommandKind::Resume,
    CommandKind::Answer,
    CommandKind::ProposeAnswer,
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

/// What stands in the answer form before anything is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::serve) enum Filling {
    Nothing,
    /// The answers of the units.
    Parts,
    /// A template of the office.
    Template(i64),
    /// What the own system of the agency said, by its note.
    Note(u32),
}

impl Filling {
    /// What the address of the page asks for.
    pub(super) fn of(query: &HashMap<String, String>) -> Filling {
        let note = query.get("catatan").and_then(|seq| seq.parse().ok());
        match query.get("templat").and_then(|id| id.parse().ok()) {
            Some(id) => Filling::Template(id),
            None if note.is_some() => note.map_or(Filling::Nothing, Filling::Note),
            None if query.contains_key("rangkai") => Filling::Parts,
            None => Filling::Nothing,
        }
    }
}

/// What stands in the answer form, with the templates to choose from.
pub(super) struct Filled {
    by: Filling,
    templates: Vec<AnswerTemplate>,
}

impl Filled {
    /// The templates are those of the office that holds the report, where this officer writes an answer.
    pub(super) async fn of(visit: &Visit, view: &View, by: Filling) -> Result<Filled, Failure> {
        if !view.offers.iter().any(|kind| is_answer(*kind)) {
            return Ok(Filled { by, templates: Vec::new() });
        }
        let found = visit.web.app.templates(view.report().holder).await;
        let mut templates = found.map_err(|error| Failure::of(visit, error))?;
        templates.retain(|template| template.active);
        Ok(Filled { by, templates })
    }

    fn text(&self, view: &View, known: &Known<'_>) -> Option<String> {
        match self.by {
            Filling::Parts => Some(parts::composed(view, known.reference)),
            Filling::Template(id) => templates::chosen(&self.templates, id, &Facts::of(view, known.reference)),
            Filling::Note(seq) => peer_case::text(view, seq).map(str::to_owned),
            Filling::Nothing => {
                view.draft.as_ref().filter(|draft| draft.draft.sent_back.is_some()).map(|draft| draft.text.clone())
            }
        }
    }

    fn choices(&self) -> Vec<Choice> {
        let choice = |template: &AnswerTemplate| {
            let choice = Choice::new(template.id, &template.name);
            if self.by == Filling::Template(template.id) { choice.chosen() } else { choice }
        };
        self.templates.iter().map(choice).collect()
    }
}

fn is_answer(kind: CommandKind) -> bool {
    matches!(kind, CommandKind::Answer | CommandKind::ProposeAnswer)
}

fn forms(
    visit: &Visit,
    officer: &Officer,
    view: &View,
    known: &Known<'_>,
    back: Option<CameBack>,
    filled: &Filled,
) -> ActionForms {
    let report = view.report();
    let offered = ORDER.into_iter().filter(|kind| view.offers.contains(kind));
    let actions = offered.map(|kind| match &back {
        Some(back) if back.kind == kind => came_back(visit, officer, back),
        _ if filled.by == Filling::Parts && is_answer(kind) => {
            Action { kept: sealed(visit, officer, &parts::files(view)), ..Action::new(kind) }
        }
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
        filled: filled.text(view, known),
        templates: filled.choices(),
    }
}

/// Files that lie ready, as a form sends them back, with their names.
fn sealed(visit: &Visit, officer: &Officer, files: &[Upload]) -> Vec<(String, String)> {
    files.iter().map(|file| (seal(&visit.web, &actor(officer), file), file.name.clone())).collect()
}

/// The form that could not be done, as it was filled in.
fn came_back(visit: &Visit, officer: &Officer, back: &CameBack) -> Action {
    Action {
        refused: Some(back.why.clone()),
        typed: back.typed.clone(),
        advice: back.advice.clone(),
        kept: sealed(visit, officer, &back.files),
        ..Action::new(back.kind)
    }
}

/// The forms, and the screen of the decision where nobody has decided yet.
pub(super) fn decision(
    visit: &Visit,
    officer: &Officer,
    view: &View,
    known: &Known<'_>,
    (back, timeline): (Option<CameBack>, &[Entry]),
    filled: &Filled,
) -> (ActionForms, Option<Verification>) {
    let suggested = view.offers.contains(&CommandKind::Dispose).then(|| visit.web.app.suggestion(view)).flatten();
    let mut forms = forms(visit, officer, view, known, back, filled);
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
        AgencyKind::National
            | AgencyKind::Unit
            | AgencyKind::Inspectorate
            | AgencyKind::Communication
            | AgencyKind::Vertical
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
