//! Reports that an agency shows as success stories of a year.

use super::{DROP_STORY, PUT_STORY, STORIES};
use crate::db::{engine_of, on};
use crate::{Result, Tx, millis};
use domain::{AgencyId, ReportId, UserId};
use jiff::Timestamp;

/// Puts a report among the stories of a year; once.
pub async fn put(
    tx: &mut Tx,
    (agency, year): (AgencyId, i16),
    report: ReportId,
    at: Timestamp,
    by: UserId,
) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(PUT_STORY.on(engine_of(link)))
            .bind(agency.0)
            .bind(i64::from(year))
            .bind(report.0)
            .bind(millis(at))
            .bind(by.0)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Takes one away.
pub async fn delete(tx: &mut Tx, (agency, year): (AgencyId, i16), report: ReportId) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(DROP_STORY.on(engine_of(link)))
            .bind(agency.0)
            .bind(i64::from(year))
            .bind(report.0)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The stories of a year, in the order in which their reports came in.
pub async fn list(tx: &mut Tx, (agency, year): (AgencyId, i16), limit: u32) -> Result<Vec<ReportId>> {
    let rows: Vec<i64> = on!(tx, |link| {
        sqlx::query_scalar(STORIES.on(engine_of(link)))
            .bind(agency.0)
            .bind(i64::from(year))
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    Ok(rows.into_iter().map(ReportId).collect())
}
