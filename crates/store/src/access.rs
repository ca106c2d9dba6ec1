//! Every look at protected data, and every change to what is not a report.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Result, Tx, instant, millis};
use domain::{AgencyId, ReportId, Role, UserId};
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO access (id, report_id, at, officer_id, agency, role, what) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LIST = "SELECT at, officer_id, agency, role, what FROM access WHERE report_id = $1 ORDER BY id DESC LIMIT 500";
    CHANGE = "INSERT INTO change_log (id, at, officer_id, noun, noun_id, change) VALUES ($1, $2, $3, $4, $5, $6)";
    CHANGE_AT = "INSERT INTO change_log (id, at, officer_id, agency, noun, noun_id, change) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    CHANGES = "SELECT id, at, officer_id, noun, noun_id, change FROM change_log WHERE agency = $1 AND id < $2 \
        ORDER BY id DESC LIMIT $3";
}

/// One look at the sealed parts of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    pub at: Timestamp,
    pub officer: UserId,
    pub agency: AgencyId,
    pub role: Role,
    /// What was opened: `sealed`, `name` or `contact`.
    pub what: String,
}

/// Records a look.
pub async fn insert(tx: &mut Tx, id: i64, report: ReportId, access: &Access) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(id)
            .bind(report.0)
            .bind(millis(access.at))
            .bind(access.officer.0)
            .bind(access.agency.0)
            .bind(access.role.name())
            .bind(&access.what)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Who looked at a report, the latest first.
pub async fn list(tx: &mut Tx, report: ReportId) -> Result<Vec<Access>> {
    type Columns = (i64, i64, i64, String, String);
    let rows: Vec<Columns> =
        on!(tx, |link| sqlx::query_as(LIST.on(engine_of(link))).bind(report.0).fetch_all(link).await)?;
    let access = |(at, officer, agency, role, what): Columns| {
        Ok(Access {
            at: instant(at)?,
            officer: UserId(officer),
            agency: AgencyId(agency),
            role: Role::parse(&role).ok_or(crate::Error::Corrupt(role))?,
            what,
        })
    };
    rows.into_iter().map(access).collect()
}

/// Records a change to something that is not a report, in the transaction that makes it.
pub async fn log_change(
    tx: &mut Tx,
    id: i64,
    at: Timestamp,
    by: Option<UserId>,
    noun: &str,
    noun_id: &str,
    change: &str,
) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(CHANGE.on(engine_of(link)))
            .bind(id)
            .bind(millis(at))
            .bind(by.map(|by| by.0))
            .bind(noun)
            .bind(noun_id)
            .bind(change)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// A change to something of an office that is not a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeChange {
    pub id: i64,
    pub at: Timestamp,
    pub by: Option<UserId>,
    /// What was changed: `seat`, `invitation`, `officer` and so on.
    pub noun: String,
    pub noun_id: String,
    /// JSON without personal data.
    pub change: String,
}

/// Records a change to something of an office, in the transaction that makes it; the office's page tells it.
pub async fn log_office_change(tx: &mut Tx, agency: AgencyId, change: &OfficeChange) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(CHANGE_AT.on(engine_of(link)))
            .bind(change.id)
            .bind(millis(change.at))
            .bind(change.by.map(|by| by.0))
            .bind(agency.0)
            .bind(&change.noun)
            .bind(&change.noun_id)
            .bind(&change.change)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// What was changed in an office, the latest first, before an id.
pub async fn list_office_changes(tx: &mut Tx, agency: AgencyId, before: i64, limit: u32) -> Result<Vec<OfficeChange>> {
    type Columns = (i64, i64, Option<i64>, String, String, String);
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(CHANGES.on(engine_of(link)))
            .bind(agency.0)
            .bind(before)
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    let change = |(id, at, by, noun, noun_id, change): Columns| {
        Ok(OfficeChange { id, at: instant(at)?, by: by.map(UserId), noun, noun_id, change })
    };
    rows.into_iter().map(change).collect()
}
