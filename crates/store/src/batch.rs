//! One deed to many reports: what it is, for which of them, and what came of each.

use crate::db::{engine_of, on};
use crate::dialect::{over_rows, statements};
use crate::{Error, Result, Tx, instant, json, millis, small};
use domain::{ReportId, UserId};
use jiff::Timestamp;
use serde::Serialize;

statements! {
    INSERT = "INSERT INTO batch (id, officer_id, client_key, deed, details, state, created_at, run_at) \
        VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7) ON CONFLICT DO NOTHING";
    INSERT_ITEMS = over_rows!(
        "INSERT INTO batch_item (batch_id, nth, report_id, seq, words) SELECT CAST($2 AS BIGINT), CAST(value ->> 'nth' AS BIGINT), \
        CAST(value ->> 'report_id' AS BIGINT), CAST(value ->> 'seq' AS BIGINT), value ->> 'words' FROM ",
        ""
    );
    FIND_BY_KEY = "SELECT id FROM batch WHERE officer_id = $1 AND client_key = $2";
    LOAD = "SELECT id, officer_id, deed, details, state, created_at, run_at FROM batch WHERE id = $1";
    LIST = "SELECT id, officer_id, deed, details, state, created_at, run_at FROM batch WHERE officer_id = $1 \
        ORDER BY id DESC LIMIT 20";
    ITEMS = "SELECT nth, report_id, seq, words, outcome FROM batch_item WHERE batch_id = $1 ORDER BY nth LIMIT 100";
    MOVE = "UPDATE batch SET state = $1 WHERE id = $2 AND state = $3";
    SETTLE = "UPDATE batch_item SET outcome = $1, words = NULL WHERE batch_id = $2 AND nth = $3 AND outcome IS NULL";
}

/// Most reports of one batch.
pub const MOST_ITEMS: usize = 100;

/// How far a batch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchState {
    /// It can still be undone.
    Waiting,
    Running,
    Done,
    Undone,
}

impl BatchState {
    /// The name in storage and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            BatchState::Waiting => "waiting",
            BatchState::Running => "running",
            BatchState::Done => "done",
            BatchState::Undone => "undone",
        }
    }

    fn parse(name: &str) -> Option<BatchState> {
        use BatchState::{Done, Running, Undone, Waiting};
        [Waiting, Running, Done, Undone].into_iter().find(|state| state.name() == name)
    }
}

/// A deed to many reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRow {
    pub id: i64,
    pub officer: UserId,
    /// The kind of the deed.
    pub deed: String,
    /// What it needs to know, as JSON.
    pub details: String,
    pub state: BatchState,
    pub created_at: Timestamp,
    pub run_at: Timestamp,
}

/// One of its reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchItem {
    pub nth: u32,
    pub report: ReportId,
    /// The version that the officer saw.
    pub seq: u32,
    /// What is answered to it; forgotten once it is done.
    pub words: Option<String>,
    /// What came of it; `None` as long as nothing has.
    pub outcome: Option<String>,
}

/// Records a batch with its reports. `false` when its client key was used before.
pub async fn insert(tx: &mut Tx, batch: &BatchRow, client_key: &str, items: &[BatchItem]) -> Result<bool> {
    #[derive(Serialize)]
    struct Columns<'a> {
        nth: u32,
        report_id: i64,
        seq: u32,
        words: Option<&'a str>,
    }
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(batch.id)
            .bind(batch.officer.0)
            .bind(client_key)
            .bind(&batch.deed)
            .bind(&batch.details)
            .bind(millis(batch.created_at))
            .bind(millis(batch.run_at))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    if done == 0 {
        return Ok(false);
    }
    let columns = items.iter().map(|item| Columns {
        nth: item.nth,
        report_id: item.report.0,
        seq: item.seq,
        words: item.words.as_deref(),
    });
    let rows = json(&columns.collect::<Vec<_>>())?;
    on!(tx, |link| {
        sqlx::query(INSERT_ITEMS.on(engine_of(link))).bind(&rows).bind(batch.id).execute(link).await.map(drop)
    })?;
    Ok(true)
}

/// The batch of an officer under a client key.
pub async fn find_by_key(tx: &mut Tx, officer: UserId, client_key: &str) -> Result<Option<i64>> {
    Ok(on!(tx, |link| {
        sqlx::query_scalar(FIND_BY_KEY.on(engine_of(link))).bind(officer.0).bind(client_key).fetch_optional(link).await
    })?)
}

type Columns = (i64, i64, String, String, String, i64, i64);

/// A batch by id.
pub async fn load(tx: &mut Tx, id: i64) -> Result<Option<BatchRow>> {
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    found.map(batch).transpose()
}

/// The latest batches of an officer.
pub async fn list(tx: &mut Tx, officer: UserId) -> Result<Vec<BatchRow>> {
    let rows: Vec<Columns> =
        on!(tx, |link| sqlx::query_as(LIST.on(engine_of(link))).bind(officer.0).fetch_all(link).await)?;
    rows.into_iter().map(batch).collect()
}

fn batch((id, officer, deed, details, state, created_at, run_at): Columns) -> Result<BatchRow> {
    Ok(BatchRow {
        id,
        officer: UserId(officer),
        deed,
        details,
        state: BatchState::parse(&state).ok_or(Error::Corrupt(state))?,
        created_at: instant(created_at)?,
        run_at: instant(run_at)?,
    })
}

type ItemColumns = (i64, i64, i64, Option<String>, Option<String>);

/// The reports of a batch in their order.
pub async fn items(tx: &mut Tx, id: i64) -> Result<Vec<BatchItem>> {
    let rows: Vec<ItemColumns> =
        on!(tx, |link| sqlx::query_as(ITEMS.on(engine_of(link))).bind(id).fetch_all(link).await)?;
    let item = |(nth, report, seq, words, outcome)| {
        Ok(BatchItem { nth: small(nth)?, report: ReportId(report), seq: small(seq)?, words, outcome })
    };
    rows.into_iter().map(item).collect()
}

/// Moves a batch from one state to another. `false` when it is not there any more.
pub async fn advance(tx: &mut Tx, id: i64, from: BatchState, to: BatchState) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(MOVE.on(engine_of(link)))
            .bind(to.name())
            .bind(id)
            .bind(from.name())
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Records what came of one report, once.
pub async fn settle(tx: &mut Tx, id: i64, nth: u32, outcome: &str) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(SETTLE.on(engine_of(link)))
            .bind(outcome)
            .bind(id)
            .bind(i64::from(nth))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}
