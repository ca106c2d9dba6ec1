//! The lane of messages to other systems: claims endpoints, calls them outside any transaction, and settles.
//!
//! One process at a time calls an endpoint, and one message after the other, so that a slow receiver holds up none but
//! itself. A process that dies leaves a claim that runs out; its message then goes once more under the same id.

use super::tell::Facts;
use super::{Webhooks, purpose};
use crate::{App, Error, Result};
use channel::webhook::{Message, Missed, Secret};
use domain::ReportId;
use domain::webhook::may_leave;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::sync::Arc;
use store::delivery::{self, Due, State, Tried};
use store::webhook::{self, Health, Webhook};
use store::{Audience, notice, report};
use tokio::task::JoinSet;

/// Endpoints claimed in one round, each called by a task of its own.
const ROUND: u32 = 16;
/// Messages to one endpoint in one round.
const BATCH: u32 = 40;
/// How long one endpoint is served in a round; a message that has begun is brought to its end.
const TURN: SignedDuration = SignedDuration::from_secs(5);
/// How long a process may hold an endpoint: longer than its turn and a call that takes all its time.
const CLAIM: SignedDuration = SignedDuration::from_secs(90);
/// The pauses between the tries of a message: for a good day.
const PAUSES: [SignedDuration; 8] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(5),
    SignedDuration::from_hours(10),
    SignedDuration::from_hours(12),
];
/// How long an endpoint rests after a message that it did not take, doubled for each further one up to the longest.
const FIRST_REST: SignedDuration = SignedDuration::from_secs(5);
const LONGEST_REST: SignedDuration = SignedDuration::from_mins(5);
/// An endpoint that takes nothing for so long is switched off.
const PATIENCE: SignedDuration = SignedDuration::from_hours(48);

/// What one round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// Endpoints that were claimed.
    pub endpoints: usize,
    /// Messages that were taken.
    pub sent: usize,
}

/// What a turn with one endpoint came to.
#[derive(Debug, Default)]
struct Turn {
    sent: usize,
    missed: Option<Missed>,
}

impl App {
    /// One round of the lane. Safe to run in any number of processes at once.
    pub async fn tell_webhooks(&self) -> Result<Told> {
        let Some(webhooks) = self.webhooks.clone() else { return Ok(Told::default()) };
        let claimed = self.claim_webhooks().await?;
        let mut round = Told { endpoints: claimed.len(), sent: 0 };
        let mut running = JoinSet::new();
        for endpoint in claimed {
            let (app, webhooks) = (self.clone(), webhooks.clone());
            running.spawn(async move { app.serve_webhook(&webhooks, endpoint).await });
        }
        while let Some(ended) = running.join_next().await {
            match ended {
                Ok(Ok(sent)) => round.sent += sent,
                Ok(Err(error)) => tracing::error!(%error, "an endpoint could not be served"),
                Err(broken) => tracing::error!(%broken, "an endpoint could not be served"),
            }
        }
        Ok(round)
    }

    async fn claim_webhooks(&self) -> Result<Vec<Webhook>> {
        let (process, now) = (self.process.clone(), self.now());
        let until = now.checked_add(CLAIM).unwrap_or(Timestamp::MAX);
        self.db
            .write_for(Audience::Nobody, move |tx| {
                Box::pin(async move { Ok::<_, Error>(webhook::claim(tx, &process, now, until, ROUND).await?) })
            })
            .await
    }

    /// Sends what is due to an endpoint until its turn ends or a message is not taken, and gives it back.
    async fn serve_webhook(&self, webhooks: &Arc<Webhooks>, endpoint: Webhook) -> Result<usize> {
        let begun = self.now();
        let secrets = self.secrets(&endpoint, begun)?;
        let due = delivery::due(&mut self.db.read().await?, endpoint.id, begun, BATCH).await?;
        let mut turn = Turn::default();
        for one in due {
            if turn.missed.is_some() || self.now().duration_since(begun) > TURN {
                break;
            }
            if !self.is_to_leave(&one).await? {
                self.settle_delivery(endpoint.id, &one, (State::Dropped, one.attempts), None, None).await?;
                continue;
            }
            let message = self.message(webhooks, &one)?;
            let sent = webhooks.caller.send(&endpoint.url, &message, &secrets).await;
            let outcome = if sent.is_ok() { "sent" } else { "missed" };
            metrics::counter!("lapor_webhooks_total", "outcome" => outcome).increment(1);
            match sent {
                Ok(status) => {
                    turn.sent += 1;
                    let tries = one.attempts + 1;
                    self.settle_delivery(endpoint.id, &one, (State::Sent, tries), Some(status), None).await?;
                }
                Err(missed) => {
                    self.miss_delivery(endpoint.id, &one, &missed).await?;
                    turn.missed = Some(missed);
                }
            }
        }
        self.give_back(&endpoint, &turn).await?;
        Ok(turn.sent)
    }

    /// The secrets with which messages are signed: the present one first, and the one before for a while.
    fn secrets(&self, endpoint: &Webhook, now: Timestamp) -> Result<Vec<Secret>> {
        let old = endpoint.old.iter().filter(|(_, until)| *until > now).map(|(old, _)| old);
        let open = |sealed: &String| {
            let bytes = self.keys.unseal(&purpose(endpoint.id), sealed);
            bytes.map(Secret::of).ok_or_else(|| Error::Broken("the secret of an endpoint does not open".into()))
        };
        std::iter::once(&endpoint.secret).chain(old).map(open).collect()
    }

    async fn is_to_leave(&self, due: &Due) -> Result<bool> {
        let row = match due.report {
            Some(ReportId(id)) => report::load(&mut self.db.read().await?, ReportId(id)).await?,
            None => None,
        };
        let reference = self.reference();
        Ok(may_leave(&reference.rules.agencies, due.topic, row.as_ref().map(|row| &row.report)))
    }

    /// The same at every try, but for the instant of the try.
    fn message(&self, webhooks: &Webhooks, due: &Due) -> Result<Message> {
        let facts: Facts = serde_json::from_str(&due.facts).map_err(|error| Error::Broken(error.to_string()))?;
        let mut data = json!({});
        if !facts.code.is_empty() {
            data["code"] = Value::from(facts.code.as_str());
            data["url"] = Value::from(format!("{}/api/v1/reports/{}", webhooks.base, facts.code));
        }
        if let Some(standing) = facts.standing {
            data["seq"] = Value::from(standing.seq);
            data["stage"] = Value::from(standing.stage);
            data["progress"] = Value::from(standing.progress);
            data["agency"] = json!({"id": standing.agency.id, "name": standing.agency.name});
        }
        let body = json!({"type": due.topic.name(), "timestamp": due.at.to_string(), "data": data});
        Ok(Message { id: message_id(due.event), timestamp: self.now().as_second(), body: body.to_string() })
    }

    async fn miss_delivery(&self, endpoint: i64, due: &Due, missed: &Missed) -> Result<()> {
        let tries = due.attempts + 1;
        match pause(due.event, tries) {
            Some(pause) => {
                let asked = missed.pause.and_then(|pause| SignedDuration::try_from(pause).ok()).unwrap_or_default();
                let next = self.now().checked_add(pause.max(asked)).unwrap_or(Timestamp::MAX);
                self.settle_delivery(endpoint, due, (State::Queued, tries), missed.status, Some((&missed.code, next)))
                    .await
            }
            None => {
                tracing::warn!(endpoint, event = due.event, code = missed.code, "a message was given up");
                let next = self.now();
                self.settle_delivery(endpoint, due, (State::Dead, tries), missed.status, Some((&missed.code, next)))
                    .await
            }
        }
    }

    async fn settle_delivery(
        &self,
        endpoint: i64,
        due: &Due,
        (state, attempts): (State, u32),
        status: Option<u16>,
        missed: Option<(&str, Timestamp)>,
    ) -> Result<()> {
        let (event, at) = (due.event, self.now());
        let missed = missed.map(|(code, next)| (code.to_owned(), next));
        self.db
            .write_for(Audience::Nobody, move |tx| {
                Box::pin(async move {
                    let failure = missed.as_ref().map(|(code, _)| code.as_str());
                    let not_before = missed.as_ref().map_or(at, |(_, next)| *next);
                    let tried = Tried { state, attempts, not_before, status, failure, at };
                    delivery::settle(tx, endpoint, event, tried).await?;
                    Ok::<(), Error>(())
                })
            })
            .await
    }

    /// Gives an endpoint back; one that takes nothing for long, or wants nothing more, is switched off and its office told.
    async fn give_back(&self, endpoint: &Webhook, turn: &Turn) -> Result<()> {
        let now = self.now();
        let before = (turn.sent == 0).then_some(endpoint.failing_since).flatten();
        let earlier = if turn.sent == 0 { endpoint.failures } else { 0 };
        let health = match &turn.missed {
            None => Health { rest_until: now, failures: earlier, failing_since: before },
            Some(_) => Health {
                rest_until: now.checked_add(rest(earlier)).unwrap_or(Timestamp::MAX),
                failures: earlier.saturating_add(1),
                failing_since: before.or(Some(now)),
            },
        };
        let off = turn.missed.as_ref().and_then(|missed| {
            let long = health.failing_since.is_some_and(|since| now.duration_since(since) > PATIENCE);
            let code = missed.status.map_or_else(|| missed.code.clone(), |status| status.to_string());
            (missed.is_gone() || long).then_some(code)
        });
        let (app, id, office) = (self.clone(), endpoint.id, endpoint.office);
        self.db
            .write_for(Audience::Officers, move |tx| {
                Box::pin(async move {
                    if !webhook::release(tx, id, &app.process, health).await? {
                        return Ok(());
                    }
                    let Some(code) = off else { return Ok(()) };
                    tracing::warn!(endpoint = id, code, "an endpoint was switched off");
                    webhook::switch(tx, id, false, Some(&code)).await?;
                    let main = app.reference().rules.agencies.main_admin_of(office);
                    let data = format!("{{\"webhook\":{id}}}");
                    for told in [office].into_iter().chain((main != office).then_some(main)) {
                        notice::insert(tx, app.id(), told, ReportId(0), "webhook_off", &data, now).await?;
                    }
                    Ok::<(), Error>(())
                })
            })
            .await
    }
}

/// The name by which a receiver knows a message.
fn message_id(event: i64) -> String {
    format!("msg_{event}")
}

/// The pause after so many tries, a little different for each message; `None` after the last one.
fn pause(event: i64, tries: u32) -> Option<SignedDuration> {
    let pause = *PAUSES.get(usize::try_from(tries).ok()?.checked_sub(1)?)?;
    let tenths = i32::try_from(event.rem_euclid(10)).unwrap_or(0);
    Some(pause + pause * tenths / 50)
}

/// How long an endpoint rests after so many failures in a row.
fn rest(failures: u32) -> SignedDuration {
    (FIRST_REST * 2_i32.pow(failures.min(10))).min(LONGEST_REST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_tried_for_more_than_a_day_and_less_than_two() {
        let whole: SignedDuration = (1..).map_while(|tries| pause(9, tries)).sum();
        assert!(whole > SignedDuration::from_hours(24) && whole < SignedDuration::from_hours(48), "{whole:?}");
        assert_eq!(pause(0, 1), Some(PAUSES[0]));
        assert_eq!(pause(0, 9), None);
    }

    #[test]
    fn an_endpoint_rests_longer_and_longer() {
        assert_eq!(rest(0), FIRST_REST);
        assert_eq!(rest(3), SignedDuration::from_secs(40));
        assert_eq!(rest(400), LONGEST_REST);
    }
}
