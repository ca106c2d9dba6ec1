//! Half years frozen, each as the very text that was signed.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Result, Tx, instant, millis};
use domain::UserId;
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO snapshot (semester, taken_at, taken_by, document, digest, signature, signer) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (semester) DO NOTHING";
    LIST = "SELECT semester, taken_at, taken_by, digest, signature, signer FROM snapshot WHERE semester < $1 ORDER BY semester DESC \
        LIMIT $2";
    LOAD = "SELECT document FROM snapshot WHERE semester = $1";
}

/// What there is to know about a snapshot beside what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The half year, `2026-1`.
    pub semester: String,
    pub taken_at: Timestamp,
    pub taken_by: Option<UserId>,
    /// SHA-256 of the document, in hexadecimal.
    pub digest: String,
    /// Ed25519 over the document, in hexadecimal, and the key that it fits.
    pub signature: String,
    pub signer: String,
}

type Columns = (String, i64, Option<i64>, String, String, String);

/// Keeps a snapshot; `false` where the half year was frozen before, and nothing changed.
pub async fn insert(tx: &mut Tx, seal: &Seal, document: &str) -> Result<bool> {
    let rows = on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(&seal.semester)
            .bind(millis(seal.taken_at))
            .bind(seal.taken_by.map(|user| user.0))
            .bind(document)
            .bind(&seal.digest)
            .bind(&seal.signature)
            .bind(&seal.signer)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(rows == 1)
}

/// The latest half years that were frozen, before one.
pub async fn list(tx: &mut Tx, before: &str, limit: u32) -> Result<Vec<Seal>> {
    let rows: Vec<Columns> = on!(tx, |link| {
        sqlx::query_as(LIST.on(engine_of(link))).bind(before).bind(i64::from(limit)).fetch_all(link).await
    })?;
    rows.into_iter()
        .map(|(semester, taken_at, taken_by, digest, signature, signer)| {
            let taken_at = instant(taken_at)?;
            Ok(Seal { semester, taken_at, taken_by: taken_by.map(UserId), digest, signature, signer })
        })
        .collect()
}

/// The text that was signed.
pub async fn load(tx: &mut Tx, semester: &str) -> Result<Option<String>> {
    Ok(on!(tx, |link| sqlx::query_scalar(LOAD.on(engine_of(link))).bind(semester).fetch_optional(link).await)?)
}
