//! Updates of requests, in the form of FixMyStreet.

use super::fault::Fault;
use super::format::Format;
use super::input::Input;
use super::node::Node;
use super::page::{self, Page};
use super::{jurisdiction, request};
use crate::state::Web;
use app::GivenStep;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::Event;
use domain::report::AnswerKind;

/// Lists what happened to requests, the latest first.
pub(super) async fn list(
    State(web): State<Web>,
    format: Format,
    headers: HeaderMap,
    input: Input,
) -> Result<Response, Fault> {
    let reference = web.app.reference();
    let place = jurisdiction::needed(&reference, &headers, &input)?;
    let page = Page::of(&input)?;
    let now = web.app.now();
    let span = page::span(&input, ("start_date", "end_date"), now)?.unwrap_or_else(|| page::latest(now));
    let steps = web.app.give_steps(place.root(), span).await?;
    let mut rows: Vec<Node> = steps.iter().filter_map(|step| update(&web, step)).collect();
    page.cut(&mut rows);
    Ok(format.found("service_request_updates", &Node::List("request_update", rows)))
}

fn update(web: &Web, given: &GivenStep) -> Option<Node> {
    let logged = &given.step.logged;
    let status = status(&logged.event)?;
    let words = given.step.words.as_ref().map(|words| words.body.as_str());
    Some(Node::Fields(vec![
        ("update_id", Node::text(format!("{}-{}", given.code, logged.seq))),
        ("service_request_id", Node::text(given.code.to_string())),
        ("status", Node::text(status)),
        ("updated_datetime", Node::text(given.zone.iso(logged.at))),
        ("description", Node::maybe(words)),
        ("media_url", Node::maybe(request::media(web, given.code, given.files.iter()))),
    ]))
}

/// What FixMyStreet calls the state after an event; nothing for what changes no state there.
fn status(event: &Event) -> Option<&'static str> {
    match event {
        Event::Disposed { .. } => Some("OPEN"),
        Event::Returned { .. } => Some("INTERNAL_REFERRAL"),
        Event::Answered { answer: AnswerKind::Done, .. } | Event::Confirmed { .. } => Some("FIXED"),
        Event::Answered { answer: AnswerKind::Explained, .. } => Some("INVESTIGATING"),
        Event::Answered { answer: AnswerKind::Planned, .. } => Some("PLANNED"),
        Event::Answered { answer: AnswerKind::Refused, .. } => Some("NO_FURTHER_ACTION"),
        Event::Replied => Some("IN_PROGRESS"),
        Event::Objected | Event::Reopened => Some("REOPEN"),
        Event::Closed { .. } => Some("CLOSED"),
        _ => None,
    }
}
