//! Reports that are worth a second look, and whether somebody took it.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::report::{Listed, listed};
use crate::{Result, Tx, instant, millis};
use domain::doubt::Doubt;
use domain::{ReportId, UserId};
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO doubt (report_id, reasons, raised_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    LOAD = "SELECT reasons, settled_at, cleared_by FROM doubt WHERE report_id = $1";
    SETTLE = "UPDATE doubt SET settled_at = $1, cleared_by = $2 WHERE report_id = $3 AND settled_at IS NULL";
    LIST = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body, d.reasons FROM doubt d \
        JOIN report r ON r.id = d.report_id JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        WHERE d.settled_at IS NULL AND d.report_id > $1 ORDER BY d.report_id LIMIT $2";
}

/// What is doubted of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubted {
    pub reasons: Vec<Doubt>,
    /// When somebody decided about the report, or said that nothing is wrong with it.
    pub settled_at: Option<Timestamp>,
    /// Who said so.
    pub cleared_by: Option<UserId>,
}

fn spelt(reasons: &[Doubt]) -> String {
    reasons.iter().map(|doubt| doubt.name()).collect::<Vec<_>>().join(",")
}

/// Names that this program does not know are those of a later one.
fn read(reasons: &str) -> Vec<Doubt> {
    reasons.split(',').filter_map(Doubt::parse).collect()
}

/// Notes why a new report is worth a second look.
pub async fn insert(tx: &mut Tx, report: ReportId, reasons: &[Doubt], at: Timestamp) -> Result<()> {
    let spelt = spelt(reasons);
    on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(report.0)
            .bind(&spelt)
            .bind(millis(at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// What is or was doubted of a report.
pub async fn load(tx: &mut Tx, report: ReportId) -> Result<Option<Doubted>> {
    let found: Option<(String, Option<i64>, Option<i64>)> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(report.0).fetch_optional(link).await)?;
    let Some((reasons, settled_at, cleared_by)) = found else { return Ok(None) };
    let settled_at = settled_at.map(instant).transpose()?;
    Ok(Some(Doubted { reasons: read(&reasons), settled_at, cleared_by: cleared_by.map(UserId) }))
}

/// Ends the doubt about a report; with an officer who says that nothing is wrong with it, or by the decision about it.
/// `false` where there was none.
pub async fn settle(tx: &mut Tx, report: ReportId, by: Option<UserId>, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(SETTLE.on(engine_of(link)))
            .bind(millis(at))
            .bind(by.map(|by| by.0))
            .bind(report.0)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Reports that are still doubted, the longest waiting first, behind one of them.
pub async fn list(tx: &mut Tx, after: ReportId, limit: u32) -> Result<Vec<(Listed, Vec<Doubt>)>> {
    type Columns = (i64, i64, i64, i64, Option<String>, String, i64, Option<String>, String, String);
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST.on(engine_of(link))).bind(after.0).bind(i64::from(limit)).fetch_all(link).await
    })?;
    let doubted = |(id, code, words_seq, root, external_ref, state, due_at, title, body, reasons): Columns| {
        Ok((listed((id, code, words_seq, root, external_ref, state, due_at, title, body))?, read(&reasons)))
    };
    rows.into_iter().map(doubted).collect()
}
