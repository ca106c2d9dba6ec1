//! Who follows a public report.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::report::{Listed, ListedColumns, listed};
use crate::{Result, Tx, millis};
use domain::ReportId;
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO follow (report_id, account_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    DELETE = "DELETE FROM follow WHERE report_id = $1 AND account_id = $2";
    IS_FOLLOWED = "SELECT account_id FROM follow WHERE report_id = $1 LIMIT 1";
    FOLLOWS = "SELECT CAST(COUNT(*) AS BIGINT) FROM follow WHERE report_id = $1 AND account_id = $2";
    LIST = "SELECT account_id FROM follow WHERE report_id = $1 AND account_id > $2 ORDER BY account_id LIMIT $3";
    LIST_FOLLOWED = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body FROM follow f \
        JOIN report r ON r.id = f.report_id JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        WHERE f.account_id = $1 AND r.public ORDER BY f.report_id DESC LIMIT $2";
}

/// Lets an account follow a report.
pub async fn insert(tx: &mut Tx, report: ReportId, account: i64, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(report.0)
            .bind(account)
            .bind(millis(at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Lets an account follow a report no more.
pub async fn delete(tx: &mut Tx, report: ReportId, account: i64) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(DELETE.on(engine_of(link))).bind(report.0).bind(account).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Whether anybody follows a report.
pub async fn is_followed(tx: &mut Tx, report: ReportId) -> Result<bool> {
    let found: Option<i64> =
        on!(tx, |link| sqlx::query_scalar(IS_FOLLOWED.on(engine_of(link))).bind(report.0).fetch_optional(link).await)?;
    Ok(found.is_some())
}

/// Whether an account follows a report.
pub async fn follows(tx: &mut Tx, report: ReportId, account: i64) -> Result<bool> {
    let n: i64 = on!(tx, |link| {
        sqlx::query_scalar(FOLLOWS.on(engine_of(link))).bind(report.0).bind(account).fetch_one(link).await
    })?;
    Ok(n > 0)
}

/// The accounts that follow a report, in order, after one.
pub async fn list(tx: &mut Tx, report: ReportId, after: i64, limit: u32) -> Result<Vec<i64>> {
    Ok(on!(tx, |link| {
        sqlx::query_scalar(LIST.on(engine_of(link)))
            .bind(report.0)
            .bind(after)
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?)
}

/// The public reports that an account follows, the newest first.
pub async fn list_followed(tx: &mut Tx, account: i64, limit: u32) -> Result<Vec<Listed>> {
    let rows: Vec<ListedColumns> = on!(tx, |link| {
        sqlx::query_as(LIST_FOLLOWED.on(engine_of(link))).bind(account).bind(i64::from(limit)).fetch_all(link).await
    })?;
    rows.into_iter().map(listed).collect()
}
