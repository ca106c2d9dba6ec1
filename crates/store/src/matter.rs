//! Which reports share a matter. The state of each report says it too; here it is found from the other side.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::report::{Listed, ListedColumns, listed};
use crate::{Result, Tx};
use domain::{MatterId, ReportId};

statements! {
    PLACE = "INSERT INTO linked (report_id, matter) VALUES ($1, $2) ON CONFLICT (report_id) DO UPDATE SET matter = excluded.matter";
    REMOVE = "DELETE FROM linked WHERE report_id = $1";
    IDS = "SELECT report_id FROM linked WHERE matter = $1 ORDER BY report_id LIMIT $2";
    MEMBERS = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body FROM linked l \
        JOIN report r ON r.id = l.report_id JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        WHERE l.matter = $1 AND l.report_id > $2 ORDER BY l.report_id LIMIT $3";
}

/// Notes the matter that a report shares now, if any.
pub async fn place(tx: &mut Tx, report: ReportId, matter: Option<MatterId>) -> Result<()> {
    match matter {
        Some(matter) => on!(tx, |link| {
            sqlx::query(PLACE.on(engine_of(link))).bind(report.0).bind(matter.0).execute(link).await.map(drop)
        })?,
        None => {
            on!(tx, |link| sqlx::query(REMOVE.on(engine_of(link))).bind(report.0).execute(link).await.map(drop))?;
        }
    }
    Ok(())
}

/// The reports of a matter, the oldest first.
pub async fn ids(tx: &mut Tx, matter: MatterId, limit: usize) -> Result<Vec<ReportId>> {
    let ids: Vec<i64> = on!(tx, |link| {
        sqlx::query_scalar(IDS.on(engine_of(link))).bind(matter.0).bind(limit as i64).fetch_all(link).await
    })?;
    Ok(ids.into_iter().map(ReportId).collect())
}

/// The reports of a matter with their titles, the oldest first, after one.
pub async fn members(tx: &mut Tx, matter: MatterId, after: ReportId, limit: usize) -> Result<Vec<Listed>> {
    let rows: Vec<ListedColumns> = on!(tx, |link| {
        sqlx::query_as(MEMBERS.on(engine_of(link)))
            .bind(matter.0)
            .bind(after.0)
            .bind(limit as i64)
            .fetch_all(link)
            .await
    })?;
    rows.into_iter().map(listed).collect()
}
