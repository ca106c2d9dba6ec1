//! Questions that are answered by a link. The secret of a link is derived from the server's key and not kept; the
//! words stand with the event that asked.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Result, Tx, instant, millis, small};
use domain::ReportId;
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO question (report_id, seq, outsider, recipient, shares, until) VALUES ($1, $2, $3, $4, $5, $6)";
    LOAD = "SELECT seq, outsider, recipient, shares, until, opened_at, answered_at, ended_at FROM question \
        WHERE report_id = $1 AND seq = $2";
    LIST = "SELECT seq, outsider, recipient, shares, until, opened_at, answered_at, ended_at FROM question \
        WHERE report_id = $1 ORDER BY seq DESC LIMIT $2";
    OPEN = "UPDATE question SET opened_at = $1 WHERE report_id = $2 AND seq = $3 AND opened_at IS NULL";
    ANSWER = "UPDATE question SET answered_at = $1 WHERE report_id = $2 AND seq = $3";
    END = "UPDATE question SET ended_at = $1 WHERE report_id = $2 AND seq = $3";
    ANSWER_HOLD = "UPDATE question SET answered_at = $1 WHERE report_id = $2 AND NOT outsider AND answered_at IS NULL \
        AND ended_at IS NULL AND seq = (SELECT MAX(seq) FROM question WHERE report_id = $2 AND NOT outsider)";
}

/// A question to somebody who answers by a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The event that asked.
    pub seq: u32,
    /// To somebody outside; else to the reporter.
    pub outsider: bool,
    /// Who is asked, as the officer calls them.
    pub recipient: Option<String>,
    /// Whether the public text of the report is shown with it.
    pub shares: bool,
    /// The last second in which it can be answered.
    pub until: Timestamp,
    /// When the link was first opened.
    pub opened_at: Option<Timestamp>,
    pub answered_at: Option<Timestamp>,
    /// When an officer ended it.
    pub ended_at: Option<Timestamp>,
}

type Columns = (i64, bool, Option<String>, bool, i64, Option<i64>, Option<i64>, Option<i64>);

/// Notes a new question.
pub async fn insert(tx: &mut Tx, report: ReportId, question: &Question) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(report.0)
            .bind(i64::from(question.seq))
            .bind(question.outsider)
            .bind(&question.recipient)
            .bind(question.shares)
            .bind(millis(question.until))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// One question of a report.
pub async fn load(tx: &mut Tx, report: ReportId, seq: u32) -> Result<Option<Question>> {
    let row: Option<Columns> = on!(tx, |link| {
        sqlx::query_as(LOAD.on(engine_of(link))).bind(report.0).bind(i64::from(seq)).fetch_optional(link).await
    })?;
    row.map(question).transpose()
}

/// The questions of a report, the newest first.
pub async fn list(tx: &mut Tx, report: ReportId, limit: u32) -> Result<Vec<Question>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST.on(engine_of(link))).bind(report.0).bind(i64::from(limit)).fetch_all(link).await
    })?;
    rows.into_iter().map(question).collect()
}

/// Notes that a link was opened for the first time.
pub async fn open(tx: &mut Tx, report: ReportId, seq: u32, at: Timestamp) -> Result<()> {
    mark(tx, OPEN, report, seq, at).await
}

/// Notes that a question was answered.
pub async fn answer(tx: &mut Tx, report: ReportId, seq: u32, at: Timestamp) -> Result<()> {
    mark(tx, ANSWER, report, seq, at).await
}

/// Notes that an officer ended a question.
pub async fn end(tx: &mut Tx, report: ReportId, seq: u32, at: Timestamp) -> Result<()> {
    mark(tx, END, report, seq, at).await
}

/// Notes that the reporter answered the present hold, by link or otherwise.
pub async fn answer_hold(tx: &mut Tx, report: ReportId, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(ANSWER_HOLD.on(engine_of(link))).bind(millis(at)).bind(report.0).execute(link).await.map(drop)
    })?;
    Ok(())
}

async fn mark(tx: &mut Tx, sql: crate::Sql, report: ReportId, seq: u32, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(sql.on(engine_of(link)))
            .bind(millis(at))
            .bind(report.0)
            .bind(i64::from(seq))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

fn question(columns: Columns) -> Result<Question> {
    let (seq, outsider, recipient, shares, until, opened_at, answered_at, ended_at) = columns;
    Ok(Question {
        seq: small(seq)?,
        outsider,
        recipient,
        shares,
        until: instant(until)?,
        opened_at: opened_at.map(instant).transpose()?,
        answered_at: answered_at.map(instant).transpose()?,
        ended_at: ended_at.map(instant).transpose()?,
    })
}
