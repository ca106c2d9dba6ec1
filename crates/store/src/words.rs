//! The words of reports, answers, replies and reasons, beside the events they belong to. They can be
//! erased while the log stays true.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::event::PAGE;
use crate::{Result, Tx, small};
use domain::ReportId;

statements! {
    INSERT = "INSERT INTO words (report_id, seq, title, body, legal_ground, place, happened_on, latitude, longitude) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    LIST = "SELECT seq, title, body, legal_ground, place, happened_on, latitude, longitude FROM words \
        WHERE report_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    LOAD = "SELECT seq, title, body, legal_ground, place, happened_on, latitude, longitude FROM words \
        WHERE report_id = $1 AND seq = $2";
    LIST_ANSWERS = "SELECT w.body FROM event e JOIN words w ON w.report_id = e.report_id AND w.seq = e.seq \
        WHERE e.report_id = $1 AND e.kind = 'answered' ORDER BY e.seq DESC LIMIT 20";
}

/// What somebody wrote with one event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    pub title: Option<String>,
    pub body: String,
    pub legal_ground: Option<String>,
    /// Where it happened, in the reporter's words.
    pub place: Option<String>,
    /// The day it happened, `YYYY-MM-DD`.
    pub happened_on: Option<String>,
    /// Degrees north.
    pub latitude: Option<String>,
    /// Degrees east.
    pub longitude: Option<String>,
}

/// Stores the words of an event.
pub async fn insert(tx: &mut Tx, report: ReportId, seq: u32, words: &Words) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(report.0)
            .bind(i64::from(seq))
            .bind(&words.title)
            .bind(&words.body)
            .bind(&words.legal_ground)
            .bind(&words.place)
            .bind(&words.happened_on)
            .bind(&words.latitude)
            .bind(&words.longitude)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

type Text = Option<String>;
type Columns = (i64, Text, String, Text, Text, Text, Text, Text);

/// All words of a report with the numbers of their events.
pub async fn list(tx: &mut Tx, report: ReportId) -> Result<Vec<(u32, Words)>> {
    let mut all: Vec<(u32, Words)> = Vec::new();
    loop {
        let after = all.last().map_or(0, |(seq, _)| i64::from(*seq));
        let rows: Vec<Columns> = on!(tx, |link| {
            sqlx::query_as(LIST.on(engine_of(link))).bind(report.0).bind(after).bind(PAGE as i64).fetch_all(link).await
        })?;
        let ended = rows.len() < PAGE;
        for row in rows {
            all.push(words(row)?);
        }
        if ended {
            return Ok(all);
        }
    }
}

/// The latest answers that the reporter of a report has got.
pub async fn list_answers(tx: &mut Tx, report: ReportId) -> Result<Vec<String>> {
    Ok(on!(tx, |link| sqlx::query_scalar(LIST_ANSWERS.on(engine_of(link))).bind(report.0).fetch_all(link).await)?)
}

/// What was written with one event.
pub async fn load(tx: &mut Tx, report: ReportId, seq: u32) -> Result<Option<Words>> {
    let row: Option<Columns> = on!(tx, |link| {
        sqlx::query_as(LOAD.on(engine_of(link))).bind(report.0).bind(i64::from(seq)).fetch_optional(link).await
    })?;
    Ok(row.map(words).transpose()?.map(|(_, words)| words))
}

fn words((seq, title, body, legal_ground, place, happened_on, latitude, longitude): Columns) -> Result<(u32, Words)> {
    Ok((small(seq)?, Words { title, body, legal_ground, place, happened_on, latitude, longitude }))
}
