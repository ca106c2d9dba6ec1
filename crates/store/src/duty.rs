//! The open parts of supporting units, in the order of their deadlines.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::report::{Columns, NEVER, Row, row};
use crate::{Result, Tx, millis, small};
use domain::{AgencyId, ReportId};
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO duty (report_id, number, office, root, due_at, words_seq) VALUES ($1, $2, $3, $4, $5, $6)";
    CLEAR = "DELETE FROM duty WHERE report_id = $1";
    LIST_OFFICE = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, d.number, d.due_at, t.title, w.body \
        FROM duty d JOIN report r ON r.id = d.report_id \
        JOIN words t ON t.report_id = r.id AND t.seq = r.words_seq \
        LEFT JOIN words w ON w.report_id = d.report_id AND w.seq = d.words_seq \
        WHERE d.office = $1 AND (d.due_at, d.report_id, d.number) > ($2, $3, $4) \
        ORDER BY d.due_at, d.report_id, d.number LIMIT $5";
    LIST_ROOT = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, d.number, d.due_at, t.title, w.body \
        FROM duty d JOIN report r ON r.id = d.report_id \
        JOIN words t ON t.report_id = r.id AND t.seq = r.words_seq \
        LEFT JOIN words w ON w.report_id = d.report_id AND w.seq = d.words_seq \
        WHERE d.root = $1 AND (d.due_at, d.report_id, d.number) > ($2, $3, $4) \
        ORDER BY d.due_at, d.report_id, d.number LIMIT $5";
}

/// What a unit has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duty {
    /// The number of the part.
    pub number: u8,
    pub office: AgencyId,
    /// The parent agency of the unit.
    pub root: AgencyId,
    pub due_at: Option<Timestamp>,
    /// The event whose words are the task.
    pub words_seq: u32,
}

/// A duty with its report.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    pub row: Row,
    pub number: u8,
    /// As it is stored; [`NEVER`] where there is none.
    pub due_at: i64,
    pub title: Option<String>,
    pub task: Option<String>,
}

/// Where a page of duties goes on: deadline, report and number.
pub type Cursor = (i64, i64, i64);

/// Before the first row.
pub const START: Cursor = (i64::MIN, 0, 0);

/// Whose duties are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Office(AgencyId),
    /// A whole parent agency's.
    Root(AgencyId),
}

/// Puts the duties about a report in the place of those that were there.
pub async fn replace(tx: &mut Tx, report: ReportId, duties: &[Duty]) -> Result<()> {
    on!(tx, |link| sqlx::query(CLEAR.on(engine_of(link))).bind(report.0).execute(link).await.map(drop))?;
    for duty in duties {
        on!(tx, |link| {
            sqlx::query(INSERT.on(engine_of(link)))
                .bind(report.0)
                .bind(i64::from(duty.number))
                .bind(duty.office.0)
                .bind(duty.root.0)
                .bind(duty.due_at.map_or(NEVER, millis))
                .bind(i64::from(duty.words_seq))
                .execute(link)
                .await
                .map(drop)
        })?;
    }
    Ok(())
}

/// A page of duties in the order of their deadlines.
pub async fn list(tx: &mut Tx, whose: Whose, after: Cursor, limit: u32) -> Result<Vec<Listed>> {
    type Found = (i64, i64, i64, i64, Option<String>, String, i64, i64, Option<String>, Option<String>);
    let (sql, agency) = match whose {
        Whose::Office(agency) => (LIST_OFFICE, agency),
        Whose::Root(agency) => (LIST_ROOT, agency),
    };
    let rows: Vec<Found> = on!(tx, |link| {
        sqlx::query_as(sql.on(engine_of(link)))
            .bind(agency.0)
            .bind(after.0)
            .bind(after.1)
            .bind(after.2)
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    let listed = |(id, code, words_seq, root, external_ref, state, number, due_at, title, task): Found| {
        let columns: Columns = (id, code, words_seq, root, external_ref, state);
        let number = u8::try_from(small(number)?).unwrap_or(u8::MAX);
        Ok(Listed { row: row(columns)?, number, due_at, title, task })
    };
    rows.into_iter().map(listed).collect()
}
