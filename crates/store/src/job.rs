//! The outbox: work that follows from a transaction and is done after it.
//!
//! A job is claimed for a time, done, and settled; a process that dies leaves a claim that runs out.

use crate::db::{engine_of, on};
use crate::dialect::{skip_locked, statements};
use crate::{Result, Tx, millis};
use domain::ReportId;
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO job (id, kind, report_id, payload, run_at, attempts, claimed_until) VALUES ($1, $2, $3, $4, $5, 0, 0) \
        ON CONFLICT (id) DO NOTHING";
    CLAIM = skip_locked!(
        "WITH due AS MATERIALIZED \
        (SELECT id FROM job WHERE run_at <= $3 AND claimed_until <= $3 ORDER BY run_at, id LIMIT $4",
        ") UPDATE job SET claimed_by = $1, claimed_until = $2, attempts = attempts + 1 \
        WHERE id IN (SELECT id FROM due) RETURNING id, kind, report_id, payload, attempts"
    );
    DONE = "DELETE FROM job WHERE id = $1 AND claimed_by = $2";
    FAIL = "UPDATE job SET run_at = $1, claimed_until = 0, claimed_by = NULL, failure = $2 WHERE id = $3 AND claimed_by = $4";
    WAITING = "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT id FROM job WHERE run_at <= $1 LIMIT 10000) AS due";
}

/// Work to be done later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    pub id: i64,
    pub kind: &'static str,
    pub report: Option<ReportId>,
    /// What the job needs to know, as JSON without personal data.
    pub payload: String,
    pub run_at: Timestamp,
}

/// A job that this process has claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    pub id: i64,
    pub kind: String,
    pub report: Option<ReportId>,
    pub payload: String,
    /// How often it was claimed, this time included.
    pub attempts: i64,
}

/// Puts a job into the outbox. `false` when there is one of this id already.
pub async fn insert(tx: &mut Tx, job: &NewJob) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(job.id)
            .bind(job.kind)
            .bind(job.report.map(|report| report.0))
            .bind(&job.payload)
            .bind(millis(job.run_at))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Claims due jobs for a process until an instant.
pub async fn claim(tx: &mut Tx, process: &str, now: Timestamp, until: Timestamp, most: u32) -> Result<Vec<Claimed>> {
    type Columns = (i64, String, Option<i64>, String, i64);
    let mut rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(CLAIM.on(engine_of(link)))
            .bind(process)
            .bind(millis(until))
            .bind(millis(now))
            .bind(i64::from(most))
            .fetch_all(link)
            .await
    })?;
    rows.sort_by_key(|row| row.0);
    let claimed = |(id, kind, report, payload, attempts): Columns| Claimed {
        id,
        kind,
        report: report.map(ReportId),
        payload,
        attempts,
    };
    Ok(rows.into_iter().map(claimed).collect())
}

/// Settles a job that is done. `false` when the claim had run out and somebody else has it.
pub async fn settle(tx: &mut Tx, id: i64, process: &str) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(DONE.on(engine_of(link)))
            .bind(id)
            .bind(process)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Gives a job back to be tried again later.
pub async fn postpone(tx: &mut Tx, id: i64, process: &str, run_at: Timestamp, failure: &str) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(FAIL.on(engine_of(link)))
            .bind(millis(run_at))
            .bind(failure)
            .bind(id)
            .bind(process)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// How many jobs are due, 10,000 at most: a gauge for the operator.
pub async fn waiting(tx: &mut Tx, now: Timestamp) -> Result<i64> {
    let n = on!(tx, |link| sqlx::query_scalar(WAITING.on(engine_of(link))).bind(millis(now)).fetch_one(link).await)?;
    Ok(n)
}
