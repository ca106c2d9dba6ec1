//! Who sent a report, where they said so. These rows can be erased.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::report::{Columns, Row, row};
use crate::{Result, Tx, millis};
use domain::ReportId;
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO reporter (report_id, name, phone, email, language, chat, thread) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    REACHED = "SELECT email, phone, chat, language, stopped_at FROM reporter WHERE report_id = $1";
    STOP_PHONE = "UPDATE reporter SET stopped_at = $1 WHERE phone = $2 AND email IS NULL";
    STOP_EMAIL = "UPDATE reporter SET stopped_at = $1 WHERE email IS NOT NULL AND LOWER(email) = $2";
    THREAD = "SELECT thread FROM reporter WHERE report_id = $1";
    SET_THREAD = "UPDATE reporter SET thread = $1 WHERE report_id = $2";
    LIST_OF_EMAIL = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state FROM reporter p \
        JOIN report r ON r.id = p.report_id WHERE p.email IS NOT NULL AND LOWER(p.email) = $1 ORDER BY p.report_id DESC LIMIT $2";
    STOP_CHAT = "UPDATE reporter SET stopped_at = $1 WHERE chat = $2 AND email IS NULL";
    LIST_OF_CHAT = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state FROM reporter p \
        JOIN report r ON r.id = p.report_id WHERE p.chat = $1 ORDER BY p.report_id DESC LIMIT $2";
    LIST_OF_PHONE = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state FROM reporter p \
        JOIN report r ON r.id = p.report_id WHERE p.phone = $1 ORDER BY p.report_id DESC LIMIT $2";
    STOP = "UPDATE reporter SET stopped_at = $1 WHERE report_id = $2 AND stopped_at IS NULL";
    READDRESS = "INSERT INTO reporter (report_id, email, language) VALUES ($1, $2, $3) \
        ON CONFLICT (report_id) DO UPDATE SET email = $2, stopped_at = NULL";
    LOAD = "SELECT name, phone, email, chat, language FROM reporter WHERE report_id = $1";
}

/// A reporter's name and ways to reach them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reporter {
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// The account of a chat service in which they wrote, e.g. `telegram:90210`.
    pub chat: Option<String>,
    /// The letter on which answers by e-mail hang, or the public post on which answers by X do.
    pub thread: Option<String>,
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
            .bind(&reporter.chat)
            .bind(&reporter.thread)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The reporter of a report, where one is known.
pub async fn load(tx: &mut Tx, report: ReportId) -> Result<Option<Reporter>> {
    type Columns = (Option<String>, Option<String>, Option<String>, Option<String>, String);
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(report.0).fetch_optional(link).await)?;
    Ok(found.map(|(name, phone, email, chat, language)| Reporter { name, phone, email, chat, thread: None, language }))
}

/// How a reporter is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    pub email: Option<String>,
    pub phone: Option<String>,
    pub chat: Option<String>,
    /// `id` or `en`.
    pub language: String,
    /// The reporter wants no more of them.
    pub stopped: bool,
}

/// How the reporter of a report is reached, where one is known.
pub async fn reached(tx: &mut Tx, report: ReportId) -> Result<Option<Reached>> {
    type Columns = (Option<String>, Option<String>, Option<String>, String, Option<i64>);
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(REACHED.on(engine_of(link))).bind(report.0).fetch_optional(link).await)?;
    let reached = |(email, phone, chat, language, stopped): Columns| Reached {
        email,
        phone,
        chat,
        language,
        stopped: stopped.is_some(),
    };
    Ok(found.map(reached))
}

/// By what somebody who writes is known to be a reporter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known<'a> {
    Phone(&'a str),
    Chat(&'a str),
    /// In small letters.
    Email(&'a str),
}

impl<'a> Known<'a> {
    fn name(self) -> &'a str {
        match self {
            Known::Phone(name) | Known::Chat(name) | Known::Email(name) => name,
        }
    }
}

/// Ends or begins news to a telephone or a chat, in all its reports.
pub async fn stop_known(tx: &mut Tx, known: Known<'_>, stopped_at: Option<Timestamp>) -> Result<()> {
    let statement = match known {
        Known::Phone(_) => STOP_PHONE,
        Known::Chat(_) => STOP_CHAT,
        Known::Email(_) => STOP_EMAIL,
    };
    on!(tx, |link| {
        sqlx::query(statement.on(engine_of(link)))
            .bind(stopped_at.map(millis))
            .bind(known.name())
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The reports of a telephone or a chat, the newest first.
pub async fn list_known(tx: &mut Tx, known: Known<'_>, most: u32) -> Result<Vec<Row>> {
    let statement = match known {
        Known::Phone(_) => LIST_OF_PHONE,
        Known::Chat(_) => LIST_OF_CHAT,
        Known::Email(_) => LIST_OF_EMAIL,
    };
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(statement.on(engine_of(link))).bind(known.name()).bind(i64::from(most)).fetch_all(link).await
    })?;
    rows.into_iter().map(row).collect()
}

/// The id of the letter of its reporter on which answers about a report hang.
pub async fn thread(tx: &mut Tx, report: ReportId) -> Result<Option<String>> {
    let found: Option<Option<String>> =
        on!(tx, |link| sqlx::query_scalar(THREAD.on(engine_of(link))).bind(report.0).fetch_optional(link).await)?;
    Ok(found.flatten())
}

/// Hangs the next letters about a report on another letter of its reporter; on none, they go to the reporter alone.
pub async fn set_thread(tx: &mut Tx, report: ReportId, letter: Option<&str>) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(SET_THREAD.on(engine_of(link))).bind(letter).bind(report.0).execute(link).await.map(drop)
    })?;
    Ok(())
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
