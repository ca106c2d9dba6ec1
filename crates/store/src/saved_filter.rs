//! What an officer often narrows the inbox to, under a name of their own.

use crate::db::{engine_of, on};
use crate::dialect::statements;
use crate::{Result, Tx, millis};
use domain::UserId;
use jiff::Timestamp;

statements! {
    INSERT = "INSERT INTO saved_filter (id, officer_id, name, query, created_at) VALUES ($1, $2, $3, $4, $5)";
    LIST = "SELECT id, name, query FROM saved_filter WHERE officer_id = $1 ORDER BY id LIMIT 50";
    DELETE = "DELETE FROM saved_filter WHERE id = $1 AND officer_id = $2";
}

/// A filter of the inbox with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFilter {
    pub id: i64,
    pub name: String,
    /// The query of the inbox's address.
    pub query: String,
}

/// Keeps a filter for an officer.
pub async fn insert(tx: &mut Tx, officer: UserId, filter: &SavedFilter, at: Timestamp) -> Result<()> {
    on!(tx, |link| {
        sqlx::query(INSERT.on(engine_of(link)))
            .bind(filter.id)
            .bind(officer.0)
            .bind(&filter.name)
            .bind(&filter.query)
            .bind(millis(at))
            .execute(link)
            .await
            .map(drop)
    })?;
    Ok(())
}

/// An officer's filters, the oldest first.
pub async fn list(tx: &mut Tx, officer: UserId) -> Result<Vec<SavedFilter>> {
    let rows: Vec<(i64, String, String)> =
        on!(tx, |link| sqlx::query_as(LIST.on(engine_of(link))).bind(officer.0).fetch_all(link).await)?;
    Ok(rows.into_iter().map(|(id, name, query)| SavedFilter { id, name, query }).collect())
}

/// Forgets one of an officer's filters. `false` when there is no such.
pub async fn delete(tx: &mut Tx, officer: UserId, id: i64) -> Result<bool> {
    let done = on!(tx, |link| {
        sqlx::query(DELETE.on(engine_of(link)))
            .bind(id)
            .bind(officer.0)
            .execute(link)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}
