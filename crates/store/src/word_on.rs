//! What reporters say of a report after it went to the own system of its agency, on its way there in the order in which it
//! was said.

use crate::db::{engine_of, on};
use crate::dialect::{skip_locked, statements};
use crate::{Result, Tx, millis, small};
use domain::{AgencyId, ReportId};
use jiff::Timestamp;

statements! {
    OFFER = "UPDATE forward SET news_seq = CAST($1 AS BIGINT), told_seq = CASE WHEN news_seq = 0 THEN CAST($1 AS BIGINT) - 1 ELSE told_seq END, \
        attempts = CASE WHEN state = 'linked' THEN 0 ELSE attempts END, next_at = CASE WHEN state = 'linked' THEN $2 ELSE next_at END \
        WHERE report_id = $3 AND agency_id = $4";
    IS_DUE = "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT id FROM forward WHERE state = 'linked' AND news_seq > told_seq \
        AND next_at <= $1 AND claimed_until <= $1 LIMIT 1) AS due";
    CLAIM = skip_locked!(
        "WITH due AS MATERIALIZED (SELECT id FROM forward WHERE state = 'linked' AND news_seq > told_seq AND next_at <= $3 \
        AND claimed_until <= $3 ORDER BY next_at LIMIT $4",
        ") UPDATE forward SET claimed_by = $1, claimed_until = $2, attempts = attempts + 1 WHERE id IN (SELECT id FROM due) \
        RETURNING id, report_id, agency_id, COALESCE(remote, ''), told_seq, news_seq, attempts"
    );
    SETTLE = "UPDATE forward SET told_seq = $1, failure = $2, next_at = $3, attempts = CASE WHEN told_seq = $1 THEN attempts ELSE 0 END, \
        claimed_by = NULL, claimed_until = 0 WHERE id = $4 AND claimed_by = $5 AND state = 'linked'";
}

/// A report of which something is to be told, claimed by this process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsOn {
    pub id: i64,
    pub report: ReportId,
    pub agency: AgencyId,
    /// Its number at the other side.
    pub remote: String,
    /// Up to which event it was told, and the newest that is to be told.
    pub told: u32,
    pub news: u32,
    /// How often the next word was tried, this time included.
    pub attempts: i64,
}

/// Puts what a reporter said on its way to a system, where the report went there.
pub async fn offer(tx: &mut Tx, report: ReportId, agency: AgencyId, seq: u32, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(OFFER.on(engine_of(link)))
            .bind(i64::from(seq))
            .bind(millis(at))
            .bind(report.0)
            .bind(agency.0)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Whether there is something to tell.
pub async fn is_due(tx: &mut Tx, now: Timestamp) -> Result<bool> {
    let n: i64 =
        on!(tx, |link| sqlx::query_scalar(IS_DUE.on(engine_of(link))).bind(millis(now)).fetch_one(link).await)?;
    Ok(n > 0)
}

/// Claims what is due, for a process until an instant.
pub async fn claim(tx: &mut Tx, process: &str, now: Timestamp, until: Timestamp, most: u32) -> Result<Vec<WordsOn>> {
    type Columns = (i64, i64, i64, String, i64, i64, i64);
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(CLAIM.on(engine_of(link)))
            .bind(process)
            .bind(millis(until))
            .bind(millis(now))
            .bind(i64::from(most))
            .fetch_all(link)
            .await
    })?;
    let claimed = |(id, report, agency, remote, told, news, attempts): Columns| {
        let (report, agency) = (ReportId(report), AgencyId(agency));
        Ok(WordsOn { id, report, agency, remote, told: small(told)?, news: small(news)?, attempts })
    };
    rows.into_iter().map(claimed).collect()
}

/// Writes up to which event it is told, and when the rest is due. `false` where somebody else has it by now.
pub async fn settle(
    tx: &mut Tx,
    (id, process): (i64, &str),
    told: u32,
    failure: Option<&str>,
    next_at: Timestamp,
) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(SETTLE.on(engine_of(link)))
            .bind(i64::from(told))
            .bind(failure)
            .bind(millis(next_at))
            .bind(id)
            .bind(process)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}
