//! Where reports lie: by regency, by category in a regency, and by squares of the map.
//!
//! Ids are ordered by time, so that a stretch of time is a stretch of each index.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::report::{Listed, ListedColumns, listed};
use crate::{Result, Tx};
use domain::similar::Point;
use domain::{CategoryId, RegionCode, Report, ReportId};

statements! {
    INSERT = "INSERT INTO near (report_id, area, topic, cell) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    MOVE = "UPDATE near SET topic = $1 WHERE report_id = $2";
    IN_AREA = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body, f.latitude, f.longitude \
        FROM near n JOIN report r ON r.id = n.report_id JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        JOIN words f ON f.report_id = r.id AND f.seq = 1 \
        WHERE n.area = $1 AND n.report_id >= $2 AND n.report_id <= $3 ORDER BY n.report_id DESC LIMIT $4";
    IN_TOPIC = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body, f.latitude, f.longitude \
        FROM near n JOIN report r ON r.id = n.report_id JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        JOIN words f ON f.report_id = r.id AND f.seq = 1 \
        WHERE n.area = $1 AND n.report_id >= $2 AND n.report_id <= $3 AND n.topic = $5 ORDER BY n.report_id DESC LIMIT $4";
    IN_CELL = "SELECT r.id, r.code, r.words_seq, r.root, r.external_ref, r.state, r.due_at, w.title, w.body, f.latitude, f.longitude \
        FROM near n JOIN report r ON r.id = n.report_id JOIN words w ON w.report_id = r.id AND w.seq = r.words_seq \
        JOIN words f ON f.report_id = r.id AND f.seq = 1 \
        WHERE n.cell = $1 AND n.report_id >= $2 AND n.report_id <= $3 ORDER BY n.report_id DESC LIMIT $4";
}

/// A report that may be like another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub listed: Listed,
    pub point: Option<Point>,
}

/// A stretch of report ids, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: ReportId,
    pub to: ReportId,
}

type Columns =
    (i64, i64, i64, i64, Option<String>, String, i64, Option<String>, String, Option<String>, Option<String>);

/// The name under which the neighbourhood of a region is kept: its regency, or the province where that is all
/// that is known.
pub(crate) fn area(region: &RegionCode) -> String {
    region.regency().unwrap_or_else(|| region.province()).to_string()
}

/// The number under which a category is kept; 0 for none.
pub(crate) fn topic(category: Option<CategoryId>) -> i64 {
    category.map_or(0, |category| category.0)
}

/// Notes where a new report lies.
pub async fn insert(tx: &mut Tx, report: &Report, point: Option<Point>) -> Result<()> {
    let area = area(&report.region);
    on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(report.id.0)
            .bind(&area)
            .bind(topic(report.category))
            .bind(point.map(Point::cell))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// Notes the category that a report has now.
pub async fn reclassify(tx: &mut Tx, report: &Report) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(MOVE.on(engine_of(link)))
            .bind(topic(report.category))
            .bind(report.id.0)
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// The newest reports of a regency.
pub async fn in_area(tx: &mut Tx, region: &RegionCode, span: Span, limit: u32) -> Result<Vec<Candidate>> {
    let area = area(region);
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(IN_AREA.on(engine_of(link)))
            .bind(&area)
            .bind(span.from.0)
            .bind(span.to.0)
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    rows.into_iter().map(candidate).collect()
}

/// The newest reports of a regency under one category.
pub async fn in_topic(
    tx: &mut Tx,
    region: &RegionCode,
    category: CategoryId,
    span: Span,
    limit: u32,
) -> Result<Vec<Candidate>> {
    let area = area(region);
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(IN_TOPIC.on(engine_of(link)))
            .bind(&area)
            .bind(span.from.0)
            .bind(span.to.0)
            .bind(i64::from(limit))
            .bind(category.0)
            .fetch_all(link)
            .await
    })?;
    rows.into_iter().map(candidate).collect()
}

/// The newest reports that are marked in one square of the map.
pub async fn in_cell(tx: &mut Tx, cell: i64, span: Span, limit: u32) -> Result<Vec<Candidate>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(IN_CELL.on(engine_of(link)))
            .bind(cell)
            .bind(span.from.0)
            .bind(span.to.0)
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    rows.into_iter().map(candidate).collect()
}

fn candidate(columns: Columns) -> Result<Candidate> {
    let (id, code, words_seq, root, external_ref, state, due_at, title, body, north, east) = columns;
    let row: ListedColumns = (id, code, words_seq, root, external_ref, state, due_at, title, body);
    let point = north.zip(east).and_then(|(north, east)| Point::parse(&north, &east));
    Ok(Candidate { listed: listed(row)?, point })
}
