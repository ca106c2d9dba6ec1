//! Notices to offices: somebody is told, also when nobody was assigned.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Result, Tx, instant, millis};
use domain::{AgencyId, Code, ReportId};
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO notice (id, agency, report_id, kind, data, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    LIST = "SELECT n.id, n.report_id, r.code, n.kind, n.data, n.at, n.seen_at FROM notice n \
        LEFT JOIN report r ON r.id = n.report_id WHERE n.agency = $1 AND n.id < $2 ORDER BY n.id DESC LIMIT $3";
    UNSEEN = "SELECT CAST(COUNT(*) AS BIGINT) FROM \
        (SELECT id FROM notice WHERE agency = $1 AND seen_at IS NULL ORDER BY id DESC LIMIT $2) AS newest";
    SEE = "UPDATE notice SET seen_at = $1 WHERE agency = $2 AND seen_at IS NULL AND id <= $3";
}

/// Something an office should know about a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub id: i64,
    /// The office that is told.
    pub agency: AgencyId,
    /// The report it is about; 0 where it is about something else.
    pub report: ReportId,
    pub code: Option<Code>,
    /// The event's name.
    pub kind: String,
    /// The event, as JSON.
    pub data: String,
    pub at: Timestamp,
    pub seen_at: Option<Timestamp>,
}

/// Tells an office; the same id is told once.
pub async fn insert(
    tx: &mut Tx,
    id: i64,
    agency: AgencyId,
    report: ReportId,
    kind: &str,
    data: &str,
    at: Timestamp,
) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(id)
            .bind(agency.0)
            .bind(report.0)
            .bind(kind)
            .bind(data)
            .bind(millis(at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// An office's notices, the newest first, before an id.
pub async fn list(tx: &mut Tx, agency: AgencyId, before: i64, limit: u32) -> Result<Vec<Notice>> {
    type Columns = (i64, i64, Option<i64>, String, String, i64, Option<i64>);
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST.on(engine_of(link)))
            .bind(agency.0)
            .bind(before)
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    let notice = |(id, report, code, kind, data, at, seen_at): Columns| {
        Ok(Notice {
            id,
            agency,
            report: ReportId(report),
            code: code.map(known).transpose()?,
            kind,
            data,
            at: instant(at)?,
            seen_at: seen_at.map(instant).transpose()?,
        })
    };
    rows.into_iter().map(notice).collect()
}

/// Marks an office's notices up to an id as seen.
pub async fn see(tx: &mut Tx, agency: AgencyId, up_to: i64, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(SEE.on(engine_of(link))).bind(millis(at)).bind(agency.0).bind(up_to).execute(link).await.map(drop)
    })?;
    Ok(())
}

/// How many notices an office has not seen, counted up to a limit.
pub async fn count_unseen(tx: &mut Tx, agency: AgencyId, most: u32) -> Result<u32> {
    let n: i64 = on!(tx, |link| {
        sqlx::query_scalar(UNSEEN.on(engine_of(link))).bind(agency.0).bind(i64::from(most)).fetch_one(link).await
    })?;
    crate::small(n)
}

fn known(number: i64) -> Result<Code> {
    Code::from_number(number).ok_or_else(|| crate::Error::Corrupt(number.to_string()))
}
