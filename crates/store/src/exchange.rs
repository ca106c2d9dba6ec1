//! Runs of the scheduled exchange of files, each slot once, and the files that came in with them.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Result, Tx, instant, millis};
use jiff::Timestamp;

statements! {
    BEGIN = "INSERT INTO exchange_run (id, slot, state, claimed_by, claimed_until, started_at) VALUES ($1, $2, 'running', $3, $4, $5) \
        ON CONFLICT (slot) DO UPDATE SET claimed_by = excluded.claimed_by, claimed_until = excluded.claimed_until \
        WHERE exchange_run.state = 'running' AND exchange_run.claimed_until <= excluded.started_at RETURNING id";
    IS_BEGUN = "SELECT CAST(COUNT(*) AS BIGINT) FROM exchange_run WHERE slot = $1 AND (state <> 'running' OR claimed_until > $2)";
    HOLD = "UPDATE exchange_run SET claimed_until = $1 WHERE id = $2 AND claimed_by = $3 AND state = 'running'";
    END = "UPDATE exchange_run SET state = $1, ended_at = $2, written = $3, written_rows = $4, failure = $5 \
        WHERE id = $6 AND claimed_by = $7 AND state = 'running'";
    LIST = "SELECT id, slot, state, started_at, ended_at, written, written_rows, failure FROM exchange_run \
        WHERE slot < $1 ORDER BY slot DESC LIMIT $2";
    PUT_FILE = "INSERT INTO exchange_file (run_id, name, digest, size, rows_read, taken, known, refused, failure, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (run_id, name) DO UPDATE SET digest = excluded.digest, \
        size = excluded.size, rows_read = excluded.rows_read, taken = exchange_file.taken + excluded.taken, \
        known = excluded.known, refused = excluded.refused, failure = excluded.failure, at = excluded.at";
    FILES = "SELECT name, digest, size, rows_read, taken, known, refused, failure, at FROM exchange_file \
        WHERE run_id = $1 ORDER BY name LIMIT $2";
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub id: i64,
    pub slot: Timestamp,
    /// `running`, `done` or `failed`.
    pub state: String,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    /// The name of the file that went out, and its rows.
    pub written: Option<String>,
    pub written_rows: Option<i64>,
    pub failure: Option<String>,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ended {
    pub written: Option<String>,
    pub written_rows: Option<i64>,
    pub failure: Option<String>,
}

/// A file that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    pub name: String,
    /// SHA-256 of its content.
    pub digest: String,
    pub size: i64,
    pub rows: i64,
    pub taken: i64,
    pub known: i64,
    pub refused: i64,
    pub failure: Option<String>,
    pub at: Timestamp,
}

/// Whether nobody has to begin the run of a slot.
pub async fn is_begun(tx: &mut Tx, slot: Timestamp, now: Timestamp) -> Result<bool> {
    let n: i64 = on!(tx, |link| {
        sqlx::query_scalar(IS_BEGUN.on(engine_of(link))).bind(millis(slot)).bind(millis(now)).fetch_one(link).await
    })?;
    Ok(n > 0)
}

/// Begins the run of a slot, or takes over one whose process is gone. `None` where somebody has it or it is done.
pub async fn begin(
    tx: &mut Tx,
    id: i64,
    slot: Timestamp,
    process: &str,
    (now, until): (Timestamp, Timestamp),
) -> Result<Option<i64>> {
    Ok(on!(tx, |link| {
        sqlx::query_scalar(BEGIN.on(engine_of(link)))
            .bind(id)
            .bind(millis(slot))
            .bind(process)
            .bind(millis(until))
            .bind(millis(now))
            .fetch_optional(link)
            .await
    })?)
}

/// Holds a run longer. `false` when somebody else has it by now.
pub async fn hold(tx: &mut Tx, id: i64, process: &str, until: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(HOLD.on(engine_of(link)))
            .bind(millis(until))
            .bind(id)
            .bind(process)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Ends a run.
pub async fn end(tx: &mut Tx, id: i64, process: &str, ended: &Ended, now: Timestamp) -> Result<()> {
    let state = if ended.failure.is_some() { "failed" } else { "done" };
    on!(tx, |link| {
        sqlx::query(END.on(engine_of(link)))
            .bind(state)
            .bind(millis(now))
            .bind(&ended.written)
            .bind(ended.written_rows)
            .bind(&ended.failure)
            .bind(id)
            .bind(process)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The latest runs before an instant.
pub async fn list(tx: &mut Tx, before: Timestamp, most: u32) -> Result<Vec<Run>> {
    type Columns = (i64, i64, String, i64, Option<i64>, Option<String>, Option<i64>, Option<String>);
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST.on(engine_of(link))).bind(millis(before)).bind(i64::from(most)).fetch_all(link).await
    })?;
    let run = |(id, slot, state, started, ended, written, written_rows, failure): Columns| {
        let (slot, started_at, ended_at) = (instant(slot)?, instant(started)?, ended.map(instant).transpose()?);
        Ok(Run { id, slot, state, started_at, ended_at, written, written_rows, failure })
    };
    rows.into_iter().map(run).collect()
}

/// Notes what came of a file; where a run goes on that broke off, what was taken before it is added.
pub async fn put_file(tx: &mut Tx, run: i64, file: &FileRow) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PUT_FILE.on(engine_of(link)))
            .bind(run)
            .bind(&file.name)
            .bind(&file.digest)
            .bind(file.size)
            .bind(file.rows)
            .bind(file.taken)
            .bind(file.known)
            .bind(file.refused)
            .bind(&file.failure)
            .bind(millis(file.at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The files of a run.
pub async fn files(tx: &mut Tx, run: i64, most: u32) -> Result<Vec<FileRow>> {
    type Columns = (String, String, i64, i64, i64, i64, i64, Option<String>, i64);
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(FILES.on(engine_of(link))).bind(run).bind(i64::from(most)).fetch_all(link).await
    })?;
    let file = |(name, digest, size, rows, taken, known, refused, failure, at): Columns| {
        Ok(FileRow { name, digest, size, rows, taken, known, refused, failure, at: instant(at)? })
    };
    rows.into_iter().map(file).collect()
}
