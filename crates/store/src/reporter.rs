//! Who sent a report, where they said so. These rows can be erased.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::report::{Columns, Row, row};
use crate::{Result, Tx, millis};
use domain::ReportId;
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO reporter (report_id, name, phone, email, language) VALUES ($1, $2, $3, $4, $5)";
    REACHED = "SELECT email, phone, language, stopped_at FROM reporter WHERE report_id = $1";
    STOP_PHONE = "UPDATE reporter SET stopped_at = $1 WHERE phone = $2 AND email IS NULL";
    LIST_OF_PHONE = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state FROM reporter p \
        JOIN report r ON r.id = p.report_id WHERE p.phone = $1 ORDER BY p.report_id DESC LIMIT $2";
    STOP = "UPDATE reporter SET stopped_at = $1 WHERE report_id = $2 AND stopped_at IS NULL";
    READDRESS = "INSERT INTO reporter (report_id, email, language) VALUES ($1, $2, $3) \
        ON CONFLICT (report_id) DO UPDATE SET email = $2, stopped_at = NULL";
    LOAD = "SELECT name, phone, email, language FROM reporter WHERE report_id = $1";
}

/// A reporter's name and ways to reach them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reporter {
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// `id` or `en`.
    pub language: String,
}

/// Stores the reporter of a report.
pub async fn insert(tx: &mut Tx, report: ReportId, reporter: &Reporter) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(report.0)
            .bind(&reporter.name)
            .bind(&reporter.phone)
            .bind(&reporter.email)
            .bind(&reporter.language)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The reporter of a report, where one is known.
pub async fn load(tx: &mut Tx, report: ReportId) -> Result<Option<Reporter>> {
    type Columns = (Option<String>, Option<String>, Option<String>, String);
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(report.0).fetch_optional(link).await)?;
    Ok(found.map(|(name, phone, email, language)| Reporter { name, phone, email, language }))
}

/// How a reporter is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    pub email: Option<String>,
    pub phone: Option<String>,
    /// `id` or `en`.
    pub language: String,
    /// The reporter wants no more of them.
    pub stopped: bool,
}

/// How the reporter of a report is reached, where one is known.
pub async fn reached(tx: &mut Tx, report: ReportId) -> Result<Option<Reached>> {
    type Columns = (Option<String>, Option<String>, String, Option<i64>);
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(REACHED.on(engine_of(link))).bind(report.0).fetch_optional(link).await)?;
    Ok(found.map(|(email, phone, language, stopped)| Reached { email, phone, language, stopped: stopped.is_some() }))
}

/// Ends or begins news by short messages to a telephone number, in all its reports.
pub async fn stop_phone(tx: &mut Tx, phone: &str, stopped_at: Option<Timestamp>) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(STOP_PHONE.on(engine_of(link)))
            .bind(stopped_at.map(millis))
            .bind(phone)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The reports of a telephone number, the newest first.
pub async fn list_of_phone(tx: &mut Tx, phone: &str, most: u32) -> Result<Vec<Row>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST_OF_PHONE.on(engine_of(link))).bind(phone).bind(i64::from(most)).fetch_all(link).await
    })?;
    rows.into_iter().map(row).collect()
}

/// Notes that the reporter wants no more letters about a report.
pub async fn stop_letters(tx: &mut Tx, report: ReportId, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(STOP.on(engine_of(link))).bind(millis(at)).bind(report.0).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// Gives a reporter another address, to which letters go again; `language` is that of one who left nothing so far.
pub async fn readdress(tx: &mut Tx, report: ReportId, email: &str, language: &str) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(READDRESS.on(engine_of(link)))
            .bind(report.0)
            .bind(email)
            .bind(language)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}
