//! Endpoints of other systems that are told of reports.

use crate::db::{engine_of, on};
use crate::dialect::{over_rows, skip_locked, statements};
use crate::{Error, Result, Tx, instant, json, millis, small};
use domain::AgencyId;
use domain::webhook::Topic;
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO webhook (id, office, url, topics, secret, active, created_at, failures, rest_until, claimed_until) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0) ON CONFLICT (id) DO NOTHING";
    LOAD = "SELECT id, office, url, topics, secret, old_secret, old_until, active, off_reason, created_at, failures, failing_since \
        FROM webhook WHERE id = $1";
    LIST = "SELECT id, office, url, topics, secret, old_secret, old_until, active, off_reason, created_at, failures, failing_since \
        FROM webhook ORDER BY id LIMIT 5000";
    COUNT = "SELECT CAST(COUNT(*) AS BIGINT) FROM webhook WHERE office = $1";
    CHANGE = "UPDATE webhook SET url = $1, topics = $2 WHERE id = $3";
    RENEW = "UPDATE webhook SET secret = $1, old_secret = $2, old_until = $3 WHERE id = $4";
    SWITCH = "UPDATE webhook SET active = $1, off_reason = $2, failures = 0, failing_since = NULL, rest_until = 0 WHERE id = $3";
    DELETE = "DELETE FROM webhook WHERE id = $1";
    LISTENING = over_rows!(
        "SELECT id, topics, active FROM webhook WHERE office IN (SELECT CAST(value ->> 'office' AS BIGINT) FROM ",
        ")"
    );
    CLAIM = skip_locked!(
        "WITH due AS MATERIALIZED (SELECT w.id FROM webhook w WHERE w.active AND w.rest_until <= $3 AND w.claimed_until <= $3 \
        AND EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.state = 'queued' AND d.not_before <= $3) \
        ORDER BY w.rest_until, w.id LIMIT $4",
        ") UPDATE webhook SET claimed_by = $1, claimed_until = $2 WHERE id IN (SELECT id FROM due) \
        RETURNING id, office, url, topics, secret, old_secret, old_until, active, off_reason, created_at, failures, failing_since"
    );
    RELEASE = "UPDATE webhook SET claimed_by = NULL, claimed_until = 0, rest_until = $1, failures = $2, failing_since = $3 \
        WHERE id = $4 AND claimed_by = $5";
}

/// An endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    pub id: i64,
    /// Whose reports it is told of, with those of the offices below.
    pub office: AgencyId,
    pub url: String,
    /// What it is told; everything where there is none.
    pub topics: Vec<Topic>,
    /// Sealed with the server's key.
    pub secret: String,
    /// The one before, sealed too, and until when messages are signed with it as well.
    pub old: Option<(String, Timestamp)>,
    pub active: bool,
    /// Why it was switched off, where nobody did it.
    pub off_reason: Option<String>,
    pub created_at: Timestamp,
    /// How many messages in a row were not taken, and since when.
    pub failures: u32,
    pub failing_since: Option<Timestamp>,
}

/// How an endpoint fares after a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Health {
    pub rest_until: Timestamp,
    pub failures: u32,
    pub failing_since: Option<Timestamp>,
}

type Columns =
    (i64, i64, String, String, String, Option<String>, Option<i64>, bool, Option<String>, i64, i64, Option<i64>);

fn webhook(columns: Columns) -> Result<Webhook> {
    let (id, office, url, topics, secret, old, old_until, active, off_reason, created_at, failures, failing_since) =
        columns;
    Ok(Webhook {
        id,
        office: AgencyId(office),
        url,
        topics: read(&topics)?,
        secret,
        old: old.zip(old_until).map(|(old, until)| Ok::<_, Error>((old, instant(until)?))).transpose()?,
        active,
        off_reason,
        created_at: instant(created_at)?,
        failures: small(failures)?,
        failing_since: failing_since.map(instant).transpose()?,
    })
}

fn read(topics: &str) -> Result<Vec<Topic>> {
    let topic = |name: &str| Topic::parse(name).ok_or_else(|| Error::Corrupt(name.to_owned()));
    topics.split_whitespace().map(topic).collect()
}

fn written(topics: &[Topic]) -> String {
    topics.iter().map(|topic| topic.name()).collect::<Vec<_>>().join(" ")
}

/// Keeps a new endpoint. `false` when there is one of this id already.
pub async fn insert(tx: &mut Tx, new: &Webhook) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(new.id)
            .bind(new.office.0)
            .bind(&new.url)
            .bind(written(&new.topics))
            .bind(&new.secret)
            .bind(new.active)
            .bind(millis(new.created_at))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// One endpoint.
pub async fn load(tx: &mut Tx, id: i64) -> Result<Option<Webhook>> {
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    found.map(webhook).transpose()
}

/// All endpoints.
pub async fn list(tx: &mut Tx) -> Result<Vec<Webhook>> {
    let rows: Vec<Columns> = on!(tx, |link| sqlx::query_as(LIST.on(engine_of(link))).fetch_all(link).await)?;
    rows.into_iter().map(webhook).collect()
}

/// How many endpoints an office has.
pub async fn count(tx: &mut Tx, office: AgencyId) -> Result<i64> {
    Ok(on!(tx, |link| sqlx::query_scalar(COUNT.on(engine_of(link))).bind(office.0).fetch_one(link).await)?)
}

/// Changes where messages go and what they are about.
pub async fn change(tx: &mut Tx, id: i64, url: &str, topics: &[Topic]) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(CHANGE.on(engine_of(link))).bind(url).bind(written(topics)).bind(id).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Gives an endpoint a new secret; the old one stays for a while.
pub async fn renew(tx: &mut Tx, id: i64, secret: &str, old: &str, until: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(RENEW.on(engine_of(link)))
            .bind(secret)
            .bind(old)
            .bind(millis(until))
            .bind(id)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Switches an endpoint on or off.
pub async fn switch(tx: &mut Tx, id: i64, active: bool, reason: Option<&str>) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(SWITCH.on(engine_of(link))).bind(active).bind(reason).bind(id).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Takes an endpoint away. What waits for it is swept with the rest.
pub async fn delete(tx: &mut Tx, id: i64) -> Result<()> {
    on!(tx, |link| sqlx::query(DELETE.on(engine_of(link))).bind(id).execute(link).await.map(drop))?;
    Ok(())
}

/// The endpoints of these offices: each with what it is told and whether it is switched on.
pub async fn listening(tx: &mut Tx, offices: &[AgencyId]) -> Result<Vec<(i64, Vec<Topic>, bool)>> {
    let rows: Vec<_> = offices.iter().map(|office| std::collections::BTreeMap::from([("office", office.0)])).collect();
    let offices = json(&rows)?;
    let found: Vec<(i64, String, bool)> =
        on!(tx, |link| sqlx::query_as(LISTENING.on(engine_of(link))).bind(&offices).fetch_all(link).await)?;
    found.into_iter().map(|(id, topics, active)| Ok((id, read(&topics)?, active))).collect()
}

/// Claims endpoints for which something is due, until an instant: one process at a time calls an endpoint.
pub async fn claim(tx: &mut Tx, process: &str, now: Timestamp, until: Timestamp, most: u32) -> Result<Vec<Webhook>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(CLAIM.on(engine_of(link)))
            .bind(process)
            .bind(millis(until))
            .bind(millis(now))
            .bind(i64::from(most))
            .fetch_all(link)
            .await
    })?;
    rows.into_iter().map(webhook).collect()
}

/// Gives a claimed endpoint back, with how it fares. `false` when somebody else has it.
pub async fn release(tx: &mut Tx, id: i64, process: &str, health: Health) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(RELEASE.on(engine_of(link)))
            .bind(millis(health.rest_until))
            .bind(i64::from(health.failures))
            .bind(health.failing_since.map(millis))
            .bind(id)
            .bind(process)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}
