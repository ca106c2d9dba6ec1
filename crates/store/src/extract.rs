//! Lists behind figures on their way to become files: what was asked, how far it is, and the rows so far.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Error, Result, Tx, from_json, instant, json, millis};
use domain::{ReportId, UserId};
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO extract (id, officer_id, client_key, asked, state, total, looked_at, written, created_at) \
        VALUES ($1, $2, $3, $4, 'waiting', 0, 0, 0, $5) ON CONFLICT DO NOTHING";
    FIND_BY_KEY = "SELECT id, asked FROM extract WHERE officer_id = $1 AND client_key = $2";
    LOAD = "SELECT id, officer_id, asked, state, total, looked_at, written, created_at, ended_at FROM extract WHERE id = $1";
    LIST = "SELECT id, officer_id, asked, state, total, looked_at, written, created_at, ended_at FROM extract \
        WHERE officer_id = $1 ORDER BY id DESC LIMIT 100";
    REPORTS = "SELECT reports FROM extract WHERE id = $1";
    FOUND = "UPDATE extract SET reports = $1, total = $2, state = 'running' WHERE id = $3 AND state = 'waiting'";
    ADVANCE = "UPDATE extract SET looked_at = $1, written = written + $2 WHERE id = $3 AND looked_at = $4 AND state = 'running'";
    END = "UPDATE extract SET state = $1, ended_at = $2, reports = NULL WHERE id = $3 AND ended_at IS NULL";
    PUT_PART = "INSERT INTO extract_part (extract_id, nth, data) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    PARTS = "SELECT data FROM extract_part WHERE extract_id = $1 ORDER BY nth";
    DROP_PARTS = "DELETE FROM extract_part WHERE extract_id = $1";
    DROP = "DELETE FROM extract WHERE id = $1";
    OLD = "SELECT id FROM extract WHERE created_at < $1 ORDER BY created_at LIMIT 100";
}

/// How far an extract is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtractState {
    /// Its reports are not known yet.
    Waiting,
    Running,
    Done,
    /// More reports than one file takes.
    TooMany,
    /// Whoever asked has no open account any more.
    Denied,
}

impl ExtractState {
    /// All of them.
    pub const ALL: [ExtractState; 5] =
        [ExtractState::Waiting, ExtractState::Running, ExtractState::Done, ExtractState::TooMany, ExtractState::Denied];

    /// The name in storage and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            ExtractState::Waiting => "waiting",
            ExtractState::Running => "running",
            ExtractState::Done => "done",
            ExtractState::TooMany => "too_many",
            ExtractState::Denied => "denied",
        }
    }

    /// Reads a name.
    fn parse(name: &str) -> Option<ExtractState> {
        ExtractState::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// An extract without its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractRow {
    pub id: i64,
    pub officer: UserId,
    /// What was asked, as JSON.
    pub asked: String,
    pub state: ExtractState,
    /// Reports that the figure counts, once they are known.
    pub total: u64,
    /// Those of them that were looked at, and those that were written.
    pub looked_at: u64,
    pub written: u64,
    pub created_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

/// Records a new extract. `false` when its client key was used before.
pub async fn insert(tx: &mut Tx, id: i64, by: (UserId, &str), asked: &str, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(id)
            .bind(by.0.0)
            .bind(by.1)
            .bind(asked)
            .bind(millis(at))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// The extract of an officer under a client key, and what it was asked for.
pub async fn find_by_key(tx: &mut Tx, officer: UserId, client_key: &str) -> Result<Option<(i64, String)>> {
    Ok(on!(tx, |link| {
        sqlx::query_as(FIND_BY_KEY.on(engine_of(link))).bind(officer.0).bind(client_key).fetch_optional(link).await
    })?)
}

type Columns = (i64, i64, String, String, i64, i64, i64, i64, Option<i64>);

/// An extract by id.
pub async fn load(tx: &mut Tx, id: i64) -> Result<Option<ExtractRow>> {
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    found.map(extract).transpose()
}

/// The extracts of an officer, the newest first.
pub async fn list(tx: &mut Tx, officer: UserId) -> Result<Vec<ExtractRow>> {
    let rows: Vec<Columns> =
        on!(tx, |link| sqlx::query_as(LIST.on(engine_of(link))).bind(officer.0).fetch_all(link).await)?;
    rows.into_iter().map(extract).collect()
}

/// The reports that it is made of; `None` while they are not known, or no more needed.
pub async fn reports(tx: &mut Tx, id: i64) -> Result<Option<Vec<ReportId>>> {
    let found: Option<Option<String>> =
        on!(tx, |link| sqlx::query_scalar(REPORTS.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    found.flatten().map(|reports| from_json(&reports)).transpose()
}

/// Notes the reports that it is made of, once.
pub async fn found(tx: &mut Tx, id: i64, reports: &[ReportId]) -> Result<()> {
    let (data, total) = (json(&reports)?, i64::try_from(reports.len()).unwrap_or(i64::MAX));
    on!(tx, |link| {
        sqlx::query(FOUND.on(engine_of(link))).bind(&data).bind(total).bind(id).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Keeps the rows of the reports from one place to another. `false` when that was done before.
pub async fn advance(tx: &mut Tx, id: i64, (from, to): (u64, u64), (data, rows): (&str, u64)) -> Result<bool> {
    let [from, to, rows] = [from, to, rows].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    let done = on!(tx, |link| {
        sqlx::query(ADVANCE.on(engine_of(link)))
            .bind(to)
            .bind(rows)
            .bind(id)
            .bind(from)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    if done == 1 {
        on!(tx, |link| {
            sqlx::query(PUT_PART.on(engine_of(link))).bind(id).bind(from).bind(data).execute(link).await.map(drop)
        })?;
    }
    Ok(done == 1)
}

/// Ends it in a state.
pub async fn end(tx: &mut Tx, id: i64, state: ExtractState, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(END.on(engine_of(link))).bind(state.name()).bind(millis(at)).bind(id).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// The rows so far, in pieces.
pub async fn parts(tx: &mut Tx, id: i64) -> Result<Vec<String>> {
    Ok(on!(tx, |link| sqlx::query_scalar(PARTS.on(engine_of(link))).bind(id).fetch_all(link).await)?)
}

/// Takes an extract away, with its rows.
pub async fn delete(tx: &mut Tx, id: i64) -> Result<()> {
    for sql in [DROP_PARTS, DROP] {
        on!(tx, |link| sqlx::query(sql.on(engine_of(link))).bind(id).execute(link).await.map(drop))?;
    }
    Ok(())
}

/// Takes some of the extracts away that were asked for before an instant. Returns how many.
pub async fn forget(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    let old: Vec<i64> =
        on!(tx, |link| sqlx::query_scalar(OLD.on(engine_of(link))).bind(millis(before)).fetch_all(link).await)?;
    for id in &old {
        delete(tx, *id).await?;
    }
    Ok(old.len() as u64)
}

fn extract(columns: Columns) -> Result<ExtractRow> {
    let (id, officer, asked, state, total, looked_at, written, created_at, ended_at) = columns;
    let count = |n: i64| u64::try_from(n).map_err(|_| Error::Corrupt(format!("extract {id}")));
    Ok(ExtractRow {
        id,
        officer: UserId(officer),
        asked,
        state: ExtractState::parse(&state).ok_or(Error::Corrupt(state))?,
        total: count(total)?,
        looked_at: count(looked_at)?,
        written: count(written)?,
        created_at: instant(created_at)?,
        ended_at: ended_at.map(instant).transpose()?,
    })
}
