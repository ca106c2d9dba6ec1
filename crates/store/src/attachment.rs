//! Files sent with reports, replies and answers. The bytes lie in the file store under their digest.

use crate::db::{engine_of, on};
use crate::dialect::{over_rows, statements};
use crate::{Result, Tx, instant, json, millis, small};
use domain::{AttachmentId, ReportId};
use jiff::Timestamp;
use serde::Serialize;

statements! {
    INSERT = "INSERT INTO attachment (id, report_id, seq, client_key, name, kind, size, hash, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
    INSERT_ALL = over_rows!(
        "INSERT INTO attachment (id, report_id, seq, name, kind, size, hash, at) \
        SELECT CAST(value ->> 'id' AS BIGINT), CAST(value ->> 'report_id' AS BIGINT), CAST(value ->> 'seq' AS BIGINT), \
        value ->> 'name', value ->> 'kind', CAST(value ->> 'size' AS BIGINT), value ->> 'hash', \
        CAST(value ->> 'at' AS BIGINT) FROM ",
        " WHERE true ON CONFLICT DO NOTHING"
    );
    LIST = "SELECT id, report_id, seq, name, kind, size, hash, at FROM attachment WHERE report_id = $1 ORDER BY seq, id LIMIT 500";
    LIST_OF = over_rows!(
        "SELECT a.id, a.report_id, a.seq, a.name, a.kind, a.size, a.hash, a.at FROM ",
        " JOIN attachment a ON a.report_id = CAST(value ->> 'report_id' AS BIGINT)"
    );
    LIST_AFTER = "SELECT id, report_id, seq, name, kind, size, hash, at FROM attachment WHERE id > $1 ORDER BY id LIMIT $2";
    LOAD = "SELECT id, report_id, seq, name, kind, size, hash, at FROM attachment WHERE id = $1";
    FIND_BY_KEY = "SELECT id, report_id, seq, name, kind, size, hash, at FROM attachment WHERE report_id = $1 AND client_key = $2";
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub id: AttachmentId,
    pub report: ReportId,
    /// The event it belongs to.
    pub seq: u32,
    /// The name it was sent under, without a path.
    pub name: String,
    /// Media type by content, e.g. `image/jpeg`.
    pub kind: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 in hexadecimal.
    pub hash: String,
    pub at: Timestamp,
}

type Columns = (i64, i64, i64, String, String, i64, String, i64);

/// Records a file that is already in the store. `false` when its client key was used before.
pub async fn insert(tx: &mut Tx, attachment: &Attachment, client_key: Option<&str>) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(attachment.id.0)
            .bind(attachment.report.0)
            .bind(i64::from(attachment.seq))
            .bind(client_key)
            .bind(&attachment.name)
            .bind(&attachment.kind)
            .bind(attachment.size)
            .bind(&attachment.hash)
            .bind(millis(attachment.at))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// A file in the form in which several are written at once.
#[derive(Serialize)]
struct Row<'a> {
    id: i64,
    report_id: i64,
    seq: u32,
    name: &'a str,
    kind: &'a str,
    size: i64,
    hash: &'a str,
    at: i64,
}

impl<'a> Row<'a> {
    fn of(file: &'a Attachment) -> Row<'a> {
        Row {
            id: file.id.0,
            report_id: file.report.0,
            seq: file.seq,
            name: &file.name,
            kind: &file.kind,
            size: file.size,
            hash: &file.hash,
            at: millis(file.at),
        }
    }
}

/// Records files that are already in the store, in one statement.
pub async fn insert_all(tx: &mut Tx, attachments: &[Attachment]) -> Result<()> {
    if attachments.is_empty() {
        return Ok(());
    }
    let rows = json(&attachments.iter().map(Row::of).collect::<Vec<_>>())?;
    on!(tx, |link| sqlx::query(INSERT_ALL.on(engine_of(link))).bind(&rows).execute(link).await.map(drop))?;
    Ok(())
}

/// The files of a report.
pub async fn list(tx: &mut Tx, report: ReportId) -> Result<Vec<Attachment>> {
    let rows: Vec<Columns> =
        on!(tx, |link| sqlx::query_as(LIST.on(engine_of(link))).bind(report.0).fetch_all(link).await)?;
    rows.into_iter().map(attachment).collect()
}

/// The files of several reports, in no order.
pub async fn list_of(tx: &mut Tx, reports: &[ReportId]) -> Result<Vec<Attachment>> {
    let mut files = Vec::new();
    for some in reports.chunks(crate::MANY) {
        let rows = crate::report_ids(some)?;
        let rows: Vec<Columns> =
            on!(tx, |link| sqlx::query_as(LIST_OF.on(engine_of(link))).bind(&rows).fetch_all(link).await)?;
        for columns in rows {
            files.push(attachment(columns)?);
        }
    }
    Ok(files)
}

/// All files in the order of their ids, for checks.
pub async fn list_after(tx: &mut Tx, after: AttachmentId, limit: u32) -> Result<Vec<Attachment>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST_AFTER.on(engine_of(link))).bind(after.0).bind(i64::from(limit)).fetch_all(link).await
    })?;
    rows.into_iter().map(attachment).collect()
}

/// One file.
pub async fn load(tx: &mut Tx, id: AttachmentId) -> Result<Option<Attachment>> {
    let found: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id.0).fetch_optional(link).await)?;
    found.map(attachment).transpose()
}

/// The file that was sent to a report under a client key.
pub async fn find_by_key(tx: &mut Tx, report: ReportId, key: &str) -> Result<Option<Attachment>> {
    let found: Option<Columns> = on!(tx, |link| {
        sqlx::query_as(FIND_BY_KEY.on(engine_of(link))).bind(report.0).bind(key).fetch_optional(link).await
    })?;
    found.map(attachment).transpose()
}

fn attachment(columns: Columns) -> Result<Attachment> {
    let (id, report, seq, name, kind, size, hash, at) = columns;
    Ok(Attachment {
        id: AttachmentId(id),
        report: ReportId(report),
        seq: small(seq)?,
        name,
        kind,
        size,
        hash,
        at: instant(at)?,
    })
}
