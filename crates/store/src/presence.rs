//! Who has a report open, and who is writing on it. A row says so until it is a few minutes old.

use crate::db::{engine_of, on};
use crate::dialect::{over_rows, statements};
use crate::{Result, Tx, json, millis};
use domain::{AgencyId, ReportId, UserId};
use jiff::Timestamp;

statements! {
    NOTE = "INSERT INTO presence (report_id, officer_id, agency, writing, at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (report_id, officer_id) DO UPDATE SET agency = excluded.agency, writing = excluded.writing, at = excluded.at";
    LEAVE = "DELETE FROM presence WHERE report_id = $1 AND officer_id = $2";
    LIST = over_rows!(
        "SELECT p.report_id, p.officer_id, o.name, p.agency, p.writing FROM presence p JOIN officer o ON o.id = p.officer_id \
        WHERE p.at > $2 AND p.report_id IN (SELECT CAST(value AS BIGINT) FROM ",
        ") ORDER BY p.report_id, p.officer_id LIMIT 500"
    );
    SWEEP = "DELETE FROM presence WHERE at < $1";
}

/// An officer at a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    pub report: ReportId,
    pub officer: UserId,
    pub name: String,
    pub agency: AgencyId,
    pub writing: bool,
}

/// Notes that an officer has a report open, in the seat of an office.
pub async fn note(
    tx: &mut Tx,
    report: ReportId,
    (officer, agency): (UserId, AgencyId),
    writing: bool,
    at: Timestamp,
) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(NOTE.on(engine_of(link)))
            .bind(report.0)
            .bind(officer.0)
            .bind(agency.0)
            .bind(writing)
            .bind(millis(at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Forgets that an officer had a report open.
pub async fn leave(tx: &mut Tx, report: ReportId, officer: UserId) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(LEAVE.on(engine_of(link))).bind(report.0).bind(officer.0).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Who has been at some of the reports since an instant.
pub async fn list(tx: &mut Tx, reports: &[ReportId], since: Timestamp) -> Result<Vec<Present>> {
    let ids = json(&reports.iter().map(|report| report.0).collect::<Vec<_>>())?;
    let rows: Vec<(i64, i64, String, i64, bool)> = on!(tx, |link| {
        sqlx::query_as(LIST.on(engine_of(link))).bind(&ids).bind(millis(since)).fetch_all(link).await
    })?;
    let present = |(report, officer, name, agency, writing)| Present {
        report: ReportId(report),
        officer: UserId(officer),
        name,
        agency: AgencyId(agency),
        writing,
    };
    Ok(rows.into_iter().map(present).collect())
}

/// Drops what is older than an instant.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<()> {
    on!(tx, |link| sqlx::query(SWEEP.on(engine_of(link))).bind(millis(before)).execute(link).await.map(drop))?;
    Ok(())
}
