//! Messages of webhooks: what happened, once, and what became of it at each endpoint.

use crate::db::{engine_of, on};
use crate::dialect::{over_rows, statements};
use crate::{Error, Result, Tx, from_json, instant, json, millis, small};
use domain::webhook::Topic;
use domain::{Code, Report, ReportId};
use jiff::Timestamp;
use serde::Serialize;

statements! {
    RECORD = "INSERT INTO webhook_event (id, report_id, topic, at, facts) VALUES ($1, $2, $3, $4, $5)";
    ADDRESS = over_rows!(
        "INSERT INTO webhook_delivery (webhook_id, event_id, state, attempts, not_before) \
        SELECT CAST(value ->> 'webhook' AS BIGINT), CAST(value ->> 'event' AS BIGINT), value ->> 'state', 0, \
        CAST(value ->> 'not_before' AS BIGINT) FROM ",
        ""
    );
    DUE = "SELECT d.event_id, d.attempts, e.report_id, e.topic, e.at, e.facts FROM webhook_delivery d \
        JOIN webhook_event e ON e.id = d.event_id WHERE d.webhook_id = $1 AND d.state = 'queued' AND d.not_before <= $2 \
        ORDER BY d.not_before, d.event_id LIMIT $3";
    SETTLE = "UPDATE webhook_delivery SET state = $1, attempts = $2, not_before = $3, status = $4, failure = $5, settled_at = $6 \
        WHERE webhook_id = $7 AND event_id = $8 AND state = 'queued'";
    AGAIN = "UPDATE webhook_delivery SET state = 'queued', attempts = 0, not_before = $1, status = NULL, failure = NULL, \
        settled_at = NULL WHERE webhook_id = $2 AND event_id = $3 AND state <> 'queued'";
    AGAIN_FROM = "UPDATE webhook_delivery SET state = 'queued', attempts = 0, not_before = $1, status = NULL, failure = NULL, \
        settled_at = NULL WHERE webhook_id = $2 AND event_id IN (SELECT event_id FROM webhook_delivery \
        WHERE webhook_id = $2 AND event_id >= $3 AND state <> 'queued' ORDER BY event_id LIMIT $4) RETURNING event_id";
    LIST = "SELECT d.event_id, d.state, d.attempts, d.not_before, d.status, d.failure, d.settled_at, e.topic, e.at, r.code, r.state \
        FROM webhook_delivery d JOIN webhook_event e ON e.id = d.event_id LEFT JOIN report r ON r.id = e.report_id \
        WHERE d.webhook_id = $1 AND d.event_id < $2 ORDER BY d.event_id DESC LIMIT $3";
    LIST_DEAD = "SELECT d.event_id, d.state, d.attempts, d.not_before, d.status, d.failure, d.settled_at, e.topic, e.at, r.code, r.state \
        FROM webhook_delivery d JOIN webhook_event e ON e.id = d.event_id LEFT JOIN report r ON r.id = e.report_id \
        WHERE d.webhook_id = $1 AND d.event_id < $2 AND d.state = 'dead' ORDER BY d.event_id DESC LIMIT $3";
    FORGET = "DELETE FROM webhook_event WHERE id IN (SELECT id FROM webhook_event WHERE id < $1 LIMIT 1000)";
    FORGET_DELIVERIES = "DELETE FROM webhook_delivery WHERE event_id IN \
        (SELECT event_id FROM webhook_delivery WHERE event_id < $1 LIMIT 1000)";
}

/// Something that is told, once for all endpoints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// In the order of time; the receiver knows the message by it.
    pub id: i64,
    pub report: Option<ReportId>,
    pub topic: Topic,
    pub at: Timestamp,
    /// What the message says, as JSON.
    pub facts: String,
}

/// A message to an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Addressed {
    pub webhook: i64,
    pub event: i64,
    pub state: State,
    pub not_before: Timestamp,
}

/// What became of a message at an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits to leave.
    Queued,
    Sent,
    /// It was tried often enough.
    Dead,
    /// It was never sent, since the endpoint was switched off.
    Skipped,
    /// When its time came, its report was not to be told any more.
    Dropped,
}

impl State {
    const ALL: [State; 5] = [State::Queued, State::Sent, State::Dead, State::Skipped, State::Dropped];

    /// The name in storage and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            State::Queued => "queued",
            State::Sent => "sent",
            State::Dead => "dead",
            State::Skipped => "skipped",
            State::Dropped => "dropped",
        }
    }

    fn parse(name: &str) -> Result<State> {
        State::ALL.into_iter().find(|state| state.name() == name).ok_or_else(|| Error::Corrupt(name.to_owned()))
    }
}

/// A message that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub event: i64,
    /// How often it was tried before.
    pub attempts: u32,
    pub report: Option<ReportId>,
    pub topic: Topic,
    pub at: Timestamp,
    pub facts: String,
}

/// What a try came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tried<'a> {
    pub state: State,
    pub attempts: u32,
    /// When it is tried again, where it is.
    pub not_before: Timestamp,
    /// The status of the answer, where there was one.
    pub status: Option<u16>,
    /// Why it was not taken.
    pub failure: Option<&'a str>,
    pub at: Timestamp,
}

/// A message to an endpoint, for who looks after that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub event: i64,
    pub state: State,
    pub attempts: u32,
    pub not_before: Timestamp,
    pub status: Option<i64>,
    pub failure: Option<String>,
    /// When it was last tried.
    pub settled_at: Option<Timestamp>,
    pub topic: Topic,
    pub at: Timestamp,
    /// The report that it is about, as it is now.
    pub report: Option<(Code, Report)>,
}

/// Records what is told.
pub async fn record(tx: &mut Tx, new: &NewEvent) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(RECORD.on(engine_of(link)))
            .bind(new.id)
            .bind(new.report.map(|report| report.0))
            .bind(new.topic.name())
            .bind(millis(new.at))
            .bind(&new.facts)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Addresses recorded events to endpoints.
pub async fn address(tx: &mut Tx, to: &[Addressed]) -> Result<()> {
    #[derive(Serialize)]
    struct Line {
        webhook: i64,
        event: i64,
        state: &'static str,
        not_before: i64,
    }
    let line = |one: &Addressed| Line {
        webhook: one.webhook,
        event: one.event,
        state: one.state.name(),
        not_before: millis(one.not_before),
    };
    let rows = json(&to.iter().map(line).collect::<Vec<_>>())?;
    on!(tx, |link| sqlx::query(ADDRESS.on(engine_of(link))).bind(&rows).execute(link).await.map(drop))?;
    Ok(())
}

/// What is due at an endpoint, the longest waiting first.
pub async fn due(tx: &mut Tx, webhook: i64, now: Timestamp, most: u32) -> Result<Vec<Due>> {
    type Columns = (i64, i64, Option<i64>, String, i64, String);
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(DUE.on(engine_of(link)))
            .bind(webhook)
            .bind(millis(now))
            .bind(i64::from(most))
            .fetch_all(link)
            .await
    })?;
    let due = |(event, attempts, report, topic, at, facts): Columns| {
        Ok(Due {
            event,
            attempts: small(attempts)?,
            report: report.map(ReportId),
            topic: known(&topic)?,
            at: instant(at)?,
            facts,
        })
    };
    rows.into_iter().map(due).collect()
}

/// Writes what a try came to. `false` when it was settled meanwhile.
pub async fn settle(tx: &mut Tx, webhook: i64, event: i64, tried: Tried<'_>) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(SETTLE.on(engine_of(link)))
            .bind(tried.state.name())
            .bind(i64::from(tried.attempts))
            .bind(millis(tried.not_before))
            .bind(tried.status.map(i64::from))
            .bind(tried.failure)
            .bind(millis(tried.at))
            .bind(webhook)
            .bind(event)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Lets a message leave once more. `false` when there is none, or it waits anyhow.
pub async fn again(tx: &mut Tx, webhook: i64, event: i64, now: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(AGAIN.on(engine_of(link)))
            .bind(millis(now))
            .bind(webhook)
            .bind(event)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Lets messages leave once more, from an event on, so many at most. Returns their events.
pub async fn again_from(tx: &mut Tx, webhook: i64, event: i64, now: Timestamp, most: u32) -> Result<Vec<i64>> {
    let mut events: Vec<i64> = on!(tx, |link| {
        sqlx::query_scalar(AGAIN_FROM.on(engine_of(link)))
            .bind(millis(now))
            .bind(webhook)
            .bind(event)
            .bind(i64::from(most))
            .fetch_all(link)
            .await
    })?;
    events.sort_unstable();
    Ok(events)
}

/// The messages to an endpoint before an event, the newest first; only the dead ones where that is asked for.
pub async fn list(tx: &mut Tx, webhook: i64, dead: bool, before: i64, limit: u32) -> Result<Vec<Delivery>> {
    type Text = Option<String>;
    type Number = Option<i64>;
    type Columns = (i64, String, i64, i64, Number, Text, Number, String, i64, Number, Text);
    let sql = if dead { LIST_DEAD } else { LIST };
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(sql.on(engine_of(link))).bind(webhook).bind(before).bind(i64::from(limit)).fetch_all(link).await
    })?;
    let delivery = |columns: Columns| {
        let (event, state, attempts, not_before, status, failure, settled_at, topic, at, code, report) = columns;
        Ok(Delivery {
            event,
            state: State::parse(&state)?,
            attempts: small(attempts)?,
            not_before: instant(not_before)?,
            status,
            failure,
            settled_at: settled_at.map(instant).transpose()?,
            topic: known(&topic)?,
            at: instant(at)?,
            report: code.zip(report).map(|(number, report)| about(number, &report)).transpose()?,
        })
    };
    rows.into_iter().map(delivery).collect()
}

/// Takes events before an id away, and what became of them, a thousand at a time. Returns how many rows.
pub async fn forget(tx: &mut Tx, before: i64) -> Result<u64> {
    let mut gone = 0;
    for sql in [FORGET_DELIVERIES, FORGET] {
        gone += on!(tx, |link| {
            sqlx::query(sql.on(engine_of(link))).bind(before).execute(link).await.map(|done| done.rows_affected())
        })?;
    }
    Ok(gone)
}

fn about(number: i64, report: &str) -> Result<(Code, Report)> {
    let code = Code::from_number(number).ok_or_else(|| Error::Corrupt(number.to_string()))?;
    Ok((code, from_json(report)?))
}

fn known(topic: &str) -> Result<Topic> {
    Topic::parse(topic).ok_or_else(|| Error::Corrupt(topic.to_owned()))
}
