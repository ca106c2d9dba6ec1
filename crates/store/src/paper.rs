//! Papers of offices: decrees and yearly reports. The bytes lie in the file store under their digest.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Error, Result, Tx, instant, millis};
use domain::AgencyId;
use domain::agency::PaperKind;
use jiff::Timestamp;
use jiff::civil::Date;

statements! {
    INSERT = "INSERT INTO paper (id, agency_id, kind, title, dated, shown, name, media, size, hash, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING";
    LIST = "SELECT id, agency_id, kind, title, dated, shown, name, media, size, hash, at FROM paper WHERE agency_id = $1 \
        ORDER BY dated DESC, id DESC LIMIT $2";
    LOAD = "SELECT id, agency_id, kind, title, dated, shown, name, media, size, hash, at FROM paper WHERE id = $1";
    DELETE = "DELETE FROM paper WHERE id = $1";
}

/// One paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub id: i64,
    pub agency: AgencyId,
    pub kind: PaperKind,
    /// Its number or title.
    pub title: String,
    /// The day that stands on it.
    pub dated: Date,
    /// Whether everybody may read it.
    pub shown: bool,
    /// The name it was sent under, without a path.
    pub name: String,
    /// Media type by content.
    pub media: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 in hexadecimal.
    pub hash: String,
    pub at: Timestamp,
}

type Columns = (i64, i64, String, String, String, bool, String, String, i64, String, i64);

/// Records a paper that is already in the file store. `false` when its id is there before.
pub async fn insert(tx: &mut Tx, paper: &Paper) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(paper.id)
            .bind(paper.agency.0)
            .bind(paper.kind.name())
            .bind(&paper.title)
            .bind(paper.dated.to_string())
            .bind(paper.shown)
            .bind(&paper.name)
            .bind(&paper.media)
            .bind(paper.size)
            .bind(&paper.hash)
            .bind(millis(paper.at))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// The papers of an office, the newest first.
pub async fn list(tx: &mut Tx, agency: AgencyId, limit: u32) -> Result<Vec<Paper>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST.on(engine_of(link))).bind(agency.0).bind(i64::from(limit)).fetch_all(link).await
    })?;
    rows.into_iter().map(paper).collect()
}

/// One paper.
pub async fn load(tx: &mut Tx, id: i64) -> Result<Option<Paper>> {
    let row: Option<Columns> =
        on!(tx, |link| sqlx::query_as(LOAD.on(engine_of(link))).bind(id).fetch_optional(link).await)?;
    row.map(paper).transpose()
}

/// Takes a paper away.
pub async fn delete(tx: &mut Tx, id: i64) -> Result<()> {
    on!(tx, |link| sqlx::query(DELETE.on(engine_of(link))).bind(id).execute(link).await.map(drop))?;
    Ok(())
}

fn paper(columns: Columns) -> Result<Paper> {
    let (id, agency, kind, title, dated, shown, name, media, size, hash, at) = columns;
    let unknown = |what: &str| Error::Corrupt(format!("paper {id}: {what}"));
    Ok(Paper {
        id,
        agency: AgencyId(agency),
        kind: PaperKind::parse(&kind).ok_or_else(|| unknown(&kind))?,
        title,
        dated: dated.parse().map_err(|_| unknown(&dated))?,
        shown,
        name,
        media,
        size,
        hash,
        at: instant(at)?,
    })
}
