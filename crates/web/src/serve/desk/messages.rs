//! `/desk/pesan`: messages by telephone and chat that wait for a person.

use crate::components::{Field, Place, Slip};
use crate::desk::{MessageLine, MessagePage, MessagesPage, TalkRow};
use crate::sent::{self, Way};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment};
use app::Officer;
use app::message::{FlagReason, Line, MessageState, Talk};
use axum::extract::{Path, Query, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::policy::keeps_words;
use domain::text::Remark;
use domain::time::Zone;
use serde::Deserialize;

/// Letters of a message that the list shows.
const SHOWN: usize = 160;

/// Where the list goes on.
#[derive(Deserialize)]
pub(in crate::serve) struct After {
    #[serde(default)]
    after: i64,
    /// `1`: only what is flagged.
    #[serde(default)]
    ditandai: String,
}

/// Who waits, the longest first.
pub(in crate::serve) async fn list(visit: Visit, Query(asked): Query<After>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let app = &visit.web.app;
    let only = asked.ditandai == "1";
    let talks = app.waiting_talks(&actor(&officer), asked.after, only).await;
    let (talks, next) = talks.map_err(|error| Failure::of(&visit, error))?;
    let row = |talk: Talk| {
        let latest = talk.messages.first()?;
        Some(TalkRow {
            id: talk.id,
            text: latest.text.chars().take(SHOWN).collect(),
            waiting: u32::try_from(talk.waiting).unwrap_or(u32::MAX),
            flagged: flag(&talk),
            at: Moment::of(latest.received_at, Zone::Wib),
            sender: talk.masked,
            way: talk.way.name(),
        })
    };
    let page = MessagesPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Messages).await?,
        on: app.hears(),
        rows: talks.into_iter().filter_map(row).collect(),
        words: keeps_words(officer.role),
        only,
        next,
    };
    visit.show(&page)
}

/// Why nothing of what a sender wrote waits for an answer.
fn flag(talk: &Talk) -> Option<&'static str> {
    let all = talk.messages.iter().all(|message| message.state == MessageState::Flagged);
    talk.flag.filter(|_| all).map(FlagReason::name)
}

/// What one sender wrote. The look is recorded.
pub(in crate::serve) async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let page = page(&visit, &officer, id).await?;
    visit.show(&page)
}

/// A file that came with one of the messages.
pub(in crate::serve) async fn file(
    visit: Visit,
    Path((id, file)): Path<(i64, i64)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let found = visit.web.app.talk_file(&actor(&officer), id, file).await;
    let (upload, path) = found.map_err(|error| Failure::of(&visit, error))?;
    let sent = sent::response(&upload.name, &upload.kind, &path, &headers, Way::Shown).await;
    sent.map_err(|error| Failure::of(&visit, error.into()))
}

/// Answers a sender, or ends it without an answer.
pub(in crate::serve) async fn end(visit: Visit, Path(id): Path<i64>, request: Request) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let answer = match form.get("what") {
        "end" => None,
        _ => match Remark::parse(form.get("text")) {
            Ok(text) if text.as_str().chars().count() <= MessagePage::MOST => Some(text),
            Ok(_) => {
                let slip = Message::new("text-too-long").with("most", MessagePage::MOST);
                return again(&visit, &officer, id, form.get("text"), slip).await;
            }
            Err(error) => return again(&visit, &officer, id, form.get("text"), told(error)).await,
        },
    };
    let done = if answer.is_some() { "done-message-sent" } else { "done-message-ended" };
    let ended = visit.web.app.end_talk(&actor(&officer), id, answer).await;
    ended.map_err(|error| Failure::of(&visit, error))?;
    Ok((AppendHeaders([visit.told(done)]), Redirect::to("/desk/pesan")).into_response())
}

async fn again(visit: &Visit, officer: &Officer, id: i64, typed: &str, slip: Message) -> Result<Response, Failure> {
    let slips = vec![Slip { field: "text", message: slip.clone() }];
    let page = MessagePage { text: Field::wrong(typed, slip), slips, ..page(visit, officer, id).await? };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

async fn page(visit: &Visit, officer: &Officer, id: i64) -> Result<MessagePage, Failure> {
    let talk = visit.web.app.talk(&actor(officer), id).await.map_err(|error| Failure::of(visit, error))?;
    let line = |line: Line| MessageLine {
        at: Moment::of(line.message.received_at, Zone::Wib),
        state: line.message.state.name(),
        text: line.message.text,
        files: line.files,
        lost: u32::try_from(line.lost).unwrap_or(u32::MAX),
        post: line.post,
        place: line.point.map(|(north, east)| {
            let degrees = |at: f64| format!("{at:.5}");
            Message::new("message-place").with("north", degrees(north)).with("east", degrees(east))
        }),
    };
    Ok(MessagePage {
        w: visit.words,
        frame: visit.desk(officer, Place::Messages).await?,
        id,
        sender: talk.number.unwrap_or(talk.masked),
        way: talk.way.name(),
        proved: talk.proved,
        waits: talk.waiting > 0,
        lines: talk.lines.into_iter().rev().map(line).collect(),
        text: Field::default(),
        slips: Vec::new(),
    })
}
