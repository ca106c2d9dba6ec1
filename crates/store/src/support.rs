//! Who supports a report: a digest each, so that nobody counts twice and nobody is named.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Result, Tx, millis};
use domain::ReportId;
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO support (report_id, supporter, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
}

/// Notes a supporter. `false` when they supported it before.
pub async fn insert(tx: &mut Tx, report: ReportId, supporter: &str, at: Timestamp) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(report.0)
            .bind(supporter)
            .bind(millis(at))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}
