//! Releases of open data: what they are made of, and what was published, as the very bytes that were signed for.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::measure::Stretch;
use crate::{Error, Result, Tx, day_number, from_json, instant, millis};
use domain::open_data::{Handles, Month, Source};
use domain::similar::Point;
use jiff::Timestamp;

statements! {
    SOURCES = "SELECT f.data, p.name, p.phone, p.email, p.chat, w.latitude, w.longitude FROM fact f \
        LEFT JOIN reporter p ON p.report_id = f.report_id \
        LEFT JOIN words w ON w.report_id = f.report_id AND w.seq = 1 \
        WHERE (f.day, f.report_id) > ($1, $2) AND f.day <= $3 ORDER BY f.day, f.report_id LIMIT $4";
    INSERT = "INSERT INTO open_release (month, made_at, reports, guarantee, digest, signature, signer) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (month) DO NOTHING";
    INSERT_FILE = "INSERT INTO open_file (month, name, digest, content) VALUES ($1, $2, $3, $4)";
    LIST = "SELECT month, made_at, reports, digest, signature, signer FROM open_release WHERE month < $1 \
        ORDER BY month DESC LIMIT $2";
    FIND = "SELECT month, made_at, reports, digest, signature, signer FROM open_release WHERE month = $1";
    GUARANTEE = "SELECT guarantee FROM open_release WHERE month = $1";
    FILE_DIGEST = "SELECT digest FROM open_file WHERE month = $1 AND name = $2";
    FILE = "SELECT content FROM open_file WHERE month = $1 AND name = $2";
}

/// What there is to know about a release beside its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    pub month: Month,
    pub made_at: Timestamp,
    /// Reports that are told of.
    pub reports: u64,
    /// SHA-256 of the guarantee, in hexadecimal.
    pub digest: String,
    /// Ed25519 over the guarantee, in hexadecimal, and the key that it fits.
    pub signature: String,
    pub signer: String,
}

/// A file of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenFile {
    pub name: String,
    /// SHA-256 in hexadecimal.
    pub digest: String,
    pub content: Vec<u8>,
}

type SourceColumns =
    (String, Option<String>, Option<String>, Option<String>, Option<String>, Option<String>, Option<String>);
type IssueColumns = (String, i64, i64, String, String, String);

/// Reports of some days in their order, as far as the limit, with what is known about who sent them and where from.
pub async fn sources(tx: &mut Tx, stretch: Stretch, limit: u32) -> Result<Vec<Source>> {
    let (day, report) = stretch.after;
    let rows: Vec<SourceColumns> = on!(tx, |link| {
        sqlx::query_as(SOURCES.on(engine_of(link)))
            .bind(day_number(day))
            .bind(report.0)
            .bind(day_number(stretch.to))
            .bind(i64::from(limit))
            .fetch_all(link)
            .await
    })?;
    let source = |(data, name, phone, email, chat, north, east): SourceColumns| {
        let point = north.zip(east).and_then(|(north, east)| Point::parse(&north, &east));
        Ok(Source { fact: from_json(&data)?, handles: Handles { phone, email, chat, name }, point })
    };
    rows.into_iter().map(source).collect()
}

/// Keeps a release with its files; `false` where the month was released before, and nothing changed.
pub async fn insert(tx: &mut Tx, issue: &Issue, guarantee: &str, files: &[OpenFile]) -> Result<bool> {
    let month = issue.month.to_string();
    let rows = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(&month)
            .bind(millis(issue.made_at))
            .bind(i64::try_from(issue.reports).unwrap_or(i64::MAX))
            .bind(guarantee)
            .bind(&issue.digest)
            .bind(&issue.signature)
            .bind(&issue.signer)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    if rows == 0 {
        return Ok(false);
    }
    for file in files {
        on!(tx, |link| {
            sqlx::query(INSERT_FILE.on(engine_of(link)))
                .bind(&month)
                .bind(&file.name)
                .bind(&file.digest)
                .bind(&file.content)
                .execute(link)
                .await
                .map(drop)
        })?;
    }
    Ok(true)
}

/// The latest releases of months before one.
pub async fn list(tx: &mut Tx, before: Month, limit: u32) -> Result<Vec<Issue>> {
    let before = before.to_string();
    let rows: Vec<IssueColumns> = on!(tx, |link| {
        sqlx::query_as(LIST.on(engine_of(link))).bind(&before).bind(i64::from(limit)).fetch_all(link).await
    })?;
    rows.into_iter().map(issue).collect()
}

/// The release of a month.
pub async fn find(tx: &mut Tx, month: Month) -> Result<Option<Issue>> {
    let month = month.to_string();
    let found: Option<IssueColumns> =
        on!(tx, |link| sqlx::query_as(FIND.on(engine_of(link))).bind(&month).fetch_optional(link).await)?;
    found.map(issue).transpose()
}

/// The guarantee of a release, as the very text that was signed.
pub async fn guarantee(tx: &mut Tx, month: Month) -> Result<Option<String>> {
    let month = month.to_string();
    Ok(on!(tx, |link| sqlx::query_scalar(GUARANTEE.on(engine_of(link))).bind(&month).fetch_optional(link).await)?)
}

/// The digest of a file, without reading the file.
pub async fn file_digest(tx: &mut Tx, month: Month, name: &str) -> Result<Option<String>> {
    let month = month.to_string();
    Ok(on!(tx, |link| {
        sqlx::query_scalar(FILE_DIGEST.on(engine_of(link))).bind(&month).bind(name).fetch_optional(link).await
    })?)
}

/// A file as it was published.
pub async fn file(tx: &mut Tx, month: Month, name: &str) -> Result<Option<Vec<u8>>> {
    let month = month.to_string();
    Ok(on!(tx, |link| {
        sqlx::query_scalar(FILE.on(engine_of(link))).bind(&month).bind(name).fetch_optional(link).await
    })?)
}

fn issue((month, made_at, reports, digest, signature, signer): IssueColumns) -> Result<Issue> {
    Ok(Issue {
        month: Month::parse(&month).ok_or(Error::Corrupt(month))?,
        made_at: instant(made_at)?,
        reports: u64::try_from(reports).map_err(|error| Error::Corrupt(error.to_string()))?,
        digest,
        signature,
        signer,
    })
}
