//! `/desk/webhook/{id}`: one endpoint is looked after.

use super::webhooks::{chosen, secret_page, slip_of, state_of};
use crate::components::{Field, Place, Slip};
use crate::desk::{DeliveryRow, TopicTick, WebhookPage, topic_word};
use crate::serve::failure::Failure;
use crate::serve::form::Form;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::{Message, Moment};
use app::Officer;
use app::webhook::{Delivery, RENEWAL_HOURS, Resend, State};
use axum::extract::{Path, Query, Request};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::time::Zone;
use jiff::Timestamp;
use std::collections::HashMap;

const ROWS: u32 = 30;
type Asked = Query<HashMap<String, String>>;

/// The endpoint and what became of the messages to it.
pub(in crate::serve) async fn show(visit: Visit, Path(id): Path<i64>, query: Asked) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let before = query.get("after").and_then(|after| after.parse().ok());
    let page = page(&visit, &officer, id, query.contains_key("gagal"), before).await?;
    visit.show(&page)
}

/// Does something with the endpoint.
pub(in crate::serve) async fn act(
    visit: Visit,
    Path((id, what)): Path<(i64, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let form = Form::read_plain(&visit, request).await?;
    let (app, by) = (&visit.web.app, actor(&officer));
    let broken = |error| Failure::of(&visit, error);
    match what.as_str() {
        "ubah" => change(&visit, &officer, id, &form).await,
        "ulang" => again(&visit, &officer, id, &form).await,
        "rahasia" => {
            let secret = app.renew_webhook(&by, id).await.map_err(broken)?;
            secret_page(&visit, &officer, id, secret, Some(RENEWAL_HOURS)).await
        }
        "saklar" => {
            let on = form.get("on") == "1";
            app.switch_webhook(&by, id, on).await.map_err(broken)?;
            Ok(back(&visit, id, if on { "done-webhook-on" } else { "done-webhook-off" }))
        }
        "uji" => {
            app.try_webhook(&by, id).await.map_err(broken)?;
            Ok(back(&visit, id, "done-webhook-tried"))
        }
        "hapus" => {
            app.remove_webhook(&by, id).await.map_err(broken)?;
            Ok((AppendHeaders([visit.told("done-webhook-removed")]), Redirect::to("/desk/webhook")).into_response())
        }
        _ => Err(Failure::page(&visit, 404, None, None)),
    }
}

fn back(visit: &Visit, id: i64, done: &str) -> Response {
    (AppendHeaders([visit.told(done)]), Redirect::to(&format!("/desk/webhook/{id}"))).into_response()
}

async fn change(visit: &Visit, officer: &Officer, id: i64, form: &Form) -> Result<Response, Failure> {
    let topics = chosen(form);
    let changed = visit.web.app.change_webhook(&actor(officer), id, form.get("url"), topics.clone()).await;
    let slip = match changed.map_err(|error| Failure::of(visit, error))? {
        Ok(()) => return Ok(back(visit, id, "done-webhook-changed")),
        Err(slip) => slip_of(slip),
    };
    let mut page = page(visit, officer, id, false, None).await?;
    page.url = form.back("url", std::slice::from_ref(&slip));
    page.topics = TopicTick::all(&topics);
    page.slips = vec![slip];
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response())
}

/// Sends one message again, or all from an event or an instant on.
async fn again(visit: &Visit, officer: &Officer, id: i64, form: &Form) -> Result<Response, Failure> {
    let event = form.get("event").parse().ok();
    let what = match form.get("what") {
        "one" => event.map(Resend::One),
        "from" => event.map(Resend::From),
        _ => instant(form.get("since")).map(Resend::Since),
    };
    let Some(what) = what else {
        let slip = Message::new("slip-date");
        let mut page = page(visit, officer, id, false, None).await?;
        page.since = Field::wrong(form.get("since"), slip.clone());
        page.slips = vec![Slip { field: "since", message: slip }];
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.show(&page)?).into_response());
    };
    let put = visit.web.app.send_again(&actor(officer), id, what).await;
    let put = put.map_err(|error| Failure::of(visit, error))?;
    Ok(back(visit, id, if put == 0 { "sorry-webhook-again" } else { "done-webhook-again" }))
}

/// An instant as a browser writes it, in western Indonesia.
fn instant(typed: &str) -> Option<Timestamp> {
    let local: jiff::civil::DateTime = typed.trim().parse().ok()?;
    Zone::Wib.offset().to_timestamp(local).ok()
}

async fn page(
    visit: &Visit,
    officer: &Officer,
    id: i64,
    dead: bool,
    before: Option<i64>,
) -> Result<WebhookPage, Failure> {
    let (app, by) = (&visit.web.app, actor(officer));
    let broken = |error| Failure::of(visit, error);
    let webhook = app.webhook(&by, id).await.map_err(broken)?;
    let found = app.deliveries(&by, id, dead, before, ROWS + 1).await.map_err(broken)?;
    let last = found.get(ROWS as usize - 1).filter(|_| found.len() > ROWS as usize).map(|last| last.event);
    let list = if dead { "gagal=1&" } else { "" };
    let now = app.now();
    let old = webhook.old.as_ref().filter(|(_, until)| *until > now);
    Ok(WebhookPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Account).await?,
        id,
        office: shape::agency_name(&app.reference(), webhook.office),
        state: state_of(&webhook),
        off: webhook.off_reason.as_deref().filter(|_| !webhook.active).map(|reason| missed(reason, None)),
        failing_since: webhook.failing_since.filter(|_| webhook.active).map(|since| Moment::of(since, Zone::Wib)),
        old_until: old.map(|(_, until)| Moment::of(*until, Zone::Wib)),
        url: Field::of(&webhook.url),
        topics: TopicTick::all(&webhook.topics),
        since: Field::default(),
        dead,
        rows: found.iter().take(ROWS as usize).map(row).collect(),
        next: last.map(|last| format!("/desk/webhook/{id}?{list}after={last}")),
        slips: Vec::new(),
        address: webhook.url,
    })
}

fn row(delivery: &Delivery) -> DeliveryRow {
    let waits = delivery.state == State::Queued && delivery.attempts > 0;
    DeliveryRow {
        event: delivery.event,
        topic: topic_word(delivery.topic),
        code: delivery.report.as_ref().map(|(code, _)| *code),
        at: Moment::of(delivery.at, Zone::Wib),
        state: delivery.state.name(),
        attempts: delivery.attempts,
        why: delivery.failure.as_deref().map(|code| missed(code, delivery.status)),
        next: waits.then(|| Moment::of(delivery.not_before, Zone::Wib)),
    }
}

/// Why a message was not taken, in words. A number is the status of an answer.
fn missed(code: &str, status: Option<i64>) -> Message {
    match status.or_else(|| code.parse().ok()) {
        Some(status) => Message::new("missed-status").with("status", status),
        None => Message::new(format!("missed-{code}")),
    }
}
