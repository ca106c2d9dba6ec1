//! Who sent a report, where they said so. These rows can be erased.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Result, Tx};
use domain::ReportId;

statements! {
    INSERT = "INSERT INTO reporter (report_id, name, phone, email, language) VALUES ($1, $2, $3, $4, $5)";
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
