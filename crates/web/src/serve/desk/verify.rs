//! The verification screen on the page of a report that nobody has decided yet, and the way to the next one.

use super::reasons;
use crate::components::Choice;
use crate::desk::{Action, ActionForms, Mark, Piece, Verification};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::shape::Known;
use crate::serve::visit::{Visit, actor};
use crate::words::Message;
use app::{InboxView, View};
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use domain::personal;
use domain::report::{Command, CommandKind, StageKind};
use domain::routing::Suggestion;
use domain::text::{Body, Title};
use std::collections::{HashMap, HashSet};

/// Rows among which the next report is looked for.
const NEXT: u32 = 50;

/// Takes the disposition out of the other forms into a screen of its own, where the report is undecided.
pub(super) fn screen(
    known: &Known<'_>,
    view: &View,
    forms: &mut ActionForms,
    suggested: Option<&Suggestion>,
    timeline: &[crate::components::Entry],
) -> Option<Verification> {
    let suggested = suggested.filter(|_| view.report().is_undecided())?;
    let place = forms.actions.iter().position(|action| action.kind == CommandKind::Dispose)?;
    let action: Action = forms.actions.remove(place);
    forms.closed = true;
    let offers = |kind| view.offers.contains(&kind);
    let masks = !view.report().is_sealed() && offers(CommandKind::Rewrite);
    let today = view.report().zone.day(view.at);
    let category = |node: &domain::category::Category| {
        let choice = Choice::new(node.id, &node.name);
        if suggested.category == Some(node.id) { choice.chosen() } else { choice }
    };
    Some(Verification {
        action,
        title: pieces(&view.title, 't', masks),
        text: pieces(&view.body, 'b', masks),
        masks,
        judges: offers(CommandKind::Reclassify),
        whole_title: view.title.clone(),
        whole_text: view.body.clone(),
        suggestion: reasons::suggestion(known.reference, suggested),
        offices: forms.offices.clone(),
        categories: known.reference.categories.valid_on(today).map(category).collect(),
        returned: timeline.iter().filter(|entry| entry.message.key == "event-returned").cloned().collect(),
    })
}

/// A text cut at what is personal in it.
fn pieces(text: &str, part: char, marks: bool) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut told = 0;
    let plain = |text: &str| Piece { text: text.to_owned(), mark: None };
    for (n, one) in personal::find(text).into_iter().enumerate().filter(|_| marks) {
        pieces.push(plain(&text[told..one.at.start]));
        told = one.at.end;
        let mark = Mark { kind: one.kind, value: format!("{part}{n}") };
        pieces.push(Piece { text: text[one.at].to_owned(), mark: Some(mark) });
    }
    pieces.push(plain(&text[told..]));
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

/// The rewriting that a sent decision asks for: what was ticked is masked. Nothing where nothing was ticked.
pub(super) fn masked(form: &Form) -> Result<Option<Command>, Message> {
    let ticked: HashSet<&str> = form.all("mask").collect();
    if !form.is_ticked("masking") || ticked.is_empty() {
        return Ok(None);
    }
    let mask = |text: &str, part: char| personal::mask_some(text, |n| ticked.contains(format!("{part}{n}").as_str()));
    let title = Title::parse(&mask(form.get("title"), 't')).map_err(told)?;
    let body = Body::parse(&mask(form.get("text"), 'b')).map_err(told)?;
    Ok(Some(Command::Rewrite { title, body }))
}

/// `/desk/verifikasi`: to the report that waits longest to be verified, behind the one that is skipped.
pub(in crate::serve) async fn next(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let view = InboxView::Stage(StageKind::Submitted);
    let found = visit.web.app.inbox(&actor(&officer), view, None, NEXT).await;
    let rows = found.map_err(|error| Failure::of(&visit, error))?.rows;
    let codes: Vec<String> = rows.iter().map(|row| row.listed.row.code.to_string()).collect();
    let skipped = query.get("lewati").map_or("", String::as_str);
    let behind = codes.iter().position(|code| code == skipped).map_or(0, |at| at + 1);
    let next = codes.get(behind).or_else(|| codes.iter().find(|code| *code != skipped));
    let to = next.map_or_else(|| "/desk?tab=verify".to_owned(), |code| format!("/desk/laporan/{code}"));
    Ok(Redirect::to(&to).into_response())
}
