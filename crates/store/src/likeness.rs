//! How often a parent agency answered in the same words: a digest of them, never the words.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Result, Tx, millis, small};
use domain::AgencyId;
use jiff::Timestamp;

statements! {
    COUNT = "INSERT INTO answer_likeness (root, likeness, n, at) VALUES ($1, $2, 1, $3) ON CONFLICT (root, likeness) \
        DO UPDATE SET n = answer_likeness.n + 1, at = excluded.at RETURNING n";
    FORGET = "DELETE FROM answer_likeness WHERE (root, likeness) IN (SELECT root, likeness FROM answer_likeness \
        WHERE at < $1 LIMIT 1000)";
}

/// Counts an answer; returns how many there were before it.
pub async fn count(tx: &mut Tx, root: AgencyId, likeness: &str, at: Timestamp) -> Result<u32> {
    let n: i64 = on!(tx, |link| {
        sqlx::query_scalar(COUNT.on(engine_of(link))).bind(root.0).bind(likeness).bind(millis(at)).fetch_one(link).await
    })?;
    small(n - 1)
}

/// Forgets some of those that nobody has used since an instant. Returns how many.
pub async fn forget(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    Ok(on!(tx, |link| {
        sqlx::query(FORGET.on(engine_of(link)))
            .bind(millis(before))
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?)
}
