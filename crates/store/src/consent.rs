//! Reports that their reporters gave to the Ombudsman, and who took their papers.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Result, Tx, instant, millis};
use domain::{AgencyId, ReportId, UserId};
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO consent (report_id, at) VALUES ($1, $2) ON CONFLICT (report_id) DO NOTHING";
    LIST = "SELECT report_id, at FROM consent WHERE (at, report_id) < ($1, $2) ORDER BY at DESC, report_id DESC LIMIT $3";
    TAKE = "INSERT INTO package (id, report_id, officer_id, agency, at, reason) VALUES ($1, $2, $3, $4, $5, $6)";
    TAKEN = "SELECT officer_id, agency, at, reason FROM package WHERE report_id = $1 ORDER BY id DESC LIMIT 50";
}

/// Papers that were taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub officer: UserId,
    pub agency: AgencyId,
    pub at: Timestamp,
    pub reason: String,
}

/// Notes the consent of a reporter.
pub async fn insert(tx: &mut Tx, report: ReportId, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link))).bind(report.0).bind(millis(at)).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Reports with consent, the latest first, before an instant and report.
pub async fn list(tx: &mut Tx, before: (i64, ReportId), limit: u32) -> Result<Vec<(ReportId, Timestamp)>> {
    let rows: Vec<(i64, i64)> = on!(tx, |link| {
        sqlx::query_as(LIST.on(engine_of(link)))
            .bind(before.0)
            .bind(before.1.0)
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    rows.into_iter().map(|(id, at)| Ok((ReportId(id), instant(at)?))).collect()
}

/// Notes who takes the papers of a report, and why.
pub async fn take(tx: &mut Tx, id: i64, report: ReportId, taken: &Taken) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(TAKE.on(engine_of(link)))
            .bind(id)
            .bind(report.0)
            .bind(taken.officer.0)
            .bind(taken.agency.0)
            .bind(millis(taken.at))
            .bind(&taken.reason)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Who took the papers of a report, the latest first.
pub async fn taken(tx: &mut Tx, report: ReportId) -> Result<Vec<Taken>> {
    let rows: Vec<(i64, i64, i64, String)> =
        on!(tx, |link| sqlx::query_as(TAKEN.on(engine_of(link))).bind(report.0).fetch_all(link).await)?;
    let one = |(officer, agency, at, reason): (i64, i64, i64, String)| {
        Ok(Taken { officer: UserId(officer), agency: AgencyId(agency), at: instant(at)?, reason })
    };
    rows.into_iter().map(one).collect()
}
