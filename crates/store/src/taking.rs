//! Who took a report in for somebody else, and how the person agreed.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Error, Result, Tx, instant, millis};
use domain::taking::Consent;
use domain::{AgencyId, Code, ReportId, UserId};
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO taking (report_id, officer_id, agency, at, consent, source) VALUES ($1, $2, $3, $4, $5, $6)";
    LOAD = "SELECT officer_id, agency, at, consent, source FROM taking WHERE report_id = $1";
    LATEST = "SELECT r.code, t.at FROM taking t JOIN report r ON r.id = t.report_id \
        WHERE t.officer_id = $1 AND t.at > $2 ORDER BY t.at DESC, t.report_id DESC LIMIT $3";
}

/// How a report was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taking {
    pub officer: UserId,
    /// The office of the seat in which the officer took it.
    pub agency: AgencyId,
    pub at: Timestamp,
    /// How the person agreed; none where nobody is named.
    pub consent: Option<Consent>,
    /// The address of a public source.
    pub source: Option<String>,
}

/// Notes who took a report in.
pub async fn insert(tx: &mut Tx, report: ReportId, taking: &Taking) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(report.0)
            .bind(taking.officer.0)
            .bind(taking.agency.0)
            .bind(millis(taking.at))
            .bind(taking.consent.map(Consent::name))
            .bind(&taking.source)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Who took a report in, where somebody did.
pub async fn load(tx: &mut Tx, report: ReportId) -> Result<Option<Taking>> {
    type Columns = (i64, i64, i64, Option<String>, Option<String>);
    let row: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(report.0).fetch_optional(link).await)?;
    let Some((officer, agency, at, consent, source)) = row else { return Ok(None) };
    let consent = consent.map(|name| Consent::parse(&name).ok_or(Error::Corrupt(name))).transpose()?;
    Ok(Some(Taking { officer: UserId(officer), agency: AgencyId(agency), at: instant(at)?, consent, source }))
}

/// What an officer took in after an instant, the latest first.
pub async fn latest(tx: &mut Tx, officer: UserId, after: Timestamp, limit: u32) -> Result<Vec<(Code, Timestamp)>> {
    let rows: Vec<(i64, i64)> = on!(tx, |link| {
        sqlx::query_as(LATEST.on(engine_of(link)))
            .bind(officer.0)
            .bind(millis(after))
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    let code = |number: i64| Code::from_number(number).ok_or_else(|| Error::Corrupt(number.to_string()));
    rows.into_iter().map(|(number, at)| Ok((code(number)?, instant(at)?))).collect()
}
