//! `/desk/pemberitahuan`: what an office should know.

use crate::components::Place;
use crate::components::history::sentence;
use crate::desk::{NoticeRow, NoticesPage};
use crate::serve::failure::Failure;
use crate::serve::shape::Known;
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment};
use app::Notice;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use domain::report::Event;
use domain::time::Zone;
use std::collections::HashMap;

const ROWS: u32 = 30;

/// An office's notices, the newest first.
pub(in crate::serve) async fn show(visit: Visit, query: Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let before = query.get("after").and_then(|after| after.parse().ok());
    let by = actor(&officer);
    let found = visit.web.app.notices(&by, before, ROWS + 1).await.map_err(|error| Failure::of(&visit, error))?;
    let more = found.len() > ROWS as usize;
    let mut rows = Vec::new();
    for notice in found.iter().take(ROWS as usize) {
        let title = visit.web.app.title(notice.report, &by).await.map_err(|error| Failure::of(&visit, error))?;
        rows.push(row(&visit, notice, title));
    }
    let next =
        found.get(ROWS as usize - 1).filter(|_| more).map(|last| format!("/desk/pemberitahuan?after={}", last.id));
    visit.show(&NoticesPage { w: visit.words, frame: visit.desk(&officer, Place::Notices).await?, rows, next })
}

/// Marks all as read.
pub(in crate::serve) async fn see(visit: Visit) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    visit.web.app.see_notices(&actor(&officer)).await.map_err(|error| Failure::of(&visit, error))?;
    Ok(Redirect::to("/desk/pemberitahuan").into_response())
}

fn row(visit: &Visit, notice: &Notice, title: Option<String>) -> NoticeRow {
    let reference = visit.web.app.reference();
    let known = Known { reference: &reference, words: visit.words, officers: HashMap::new() };
    if let Some((family, link)) = beside(notice) {
        return NoticeRow {
            code: None,
            title: visit.words.t(family),
            link,
            message: Message::new(format!("notice-{}", notice.kind)),
            at: Moment::of(notice.at, Zone::Wib),
            unread: notice.seen_at.is_none(),
        };
    }
    let event: Option<Event> = serde_json::from_str(&notice.data).ok();
    NoticeRow {
        code: notice.code,
        link: notice.code.map_or_else(|| "/desk".to_owned(), |code| format!("/desk/laporan/{code}")),
        title: title.unwrap_or_else(|| visit.words.t("notice-title-gone")),
        message: event.map_or_else(|| other(notice), |event| sentence(&event, notice.agency, &known)),
        at: Moment::of(notice.at, Zone::Wib),
        unread: notice.seen_at.is_none(),
    }
}

/// What is told of a report that is no event of it.
fn other(notice: &Notice) -> Message {
    Message::new(match notice.kind.as_str() {
        "peer_told" => "notice-peer_told",
        "post_edited" => "notice-post_edited",
        "post_deleted" => "notice-post_deleted",
        _ => "notice-other",
    })
}

/// What a notice is about that is about no report: the name of its kind, and its page.
fn beside(notice: &Notice) -> Option<(&'static str, String)> {
    let data: serde_json::Value = serde_json::from_str(&notice.data).ok()?;
    let id = |name: &str| data.get(name).and_then(serde_json::Value::as_i64);
    let campaign = id("campaign").map(|id| ("notice-about-campaign", format!("/desk/kampanye/{id}")));
    let plan = id("plan").map(|id| ("notice-about-plan", format!("/desk/rencana/{id}")));
    let surge = id("surge").map(|id| ("notice-about-surge", format!("/desk/peringatan/{id}")));
    let webhook = id("webhook").map(|id| ("notice-about-webhook", format!("/desk/webhook/{id}")));
    let evaluation = data.get("evaluation").and_then(serde_json::Value::as_str);
    let evaluation = evaluation.map(|which| ("notice-about-evaluation", format!("/desk/evaluasi/{which}")));
    campaign.or(plan).or(surge).or(webhook).or(evaluation)
}
