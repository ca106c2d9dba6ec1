//! What tables and columns a database has, for the test that compares the engines and for `doctor`.

use crate::db::{engine_of, on};
use crate::dialect::{COLUMNS, INDEXES, statements};
use crate::{Result, Sql, Tx};

statements! {
    ALIVE = "SELECT CAST(1 AS BIGINT)";
}

/// Whether the database answers.
pub async fn is_alive(tx: &mut Tx) -> Result<bool> {
    let one: i64 = on!(tx, |link| sqlx::query_scalar(ALIVE.on(engine_of(link))).fetch_one(link).await)?;
    Ok(one == 1)
}

/// Every table's columns, sorted.
pub async fn columns(tx: &mut Tx) -> Result<Vec<(String, String)>> {
    let mut rows: Vec<(String, String)> =
        on!(tx, |link| sqlx::query_as(COLUMNS.on(engine_of(link))).fetch_all(link).await)?;
    rows.sort();
    Ok(rows)
}

/// Every named index, sorted.
pub async fn indexes(tx: &mut Tx) -> Result<Vec<String>> {
    let mut rows: Vec<String> = on!(tx, |link| sqlx::query_scalar(INDEXES.on(engine_of(link))).fetch_all(link).await)?;
    rows.sort();
    Ok(rows)
}

/// Prepares a statement without running it.
pub async fn prepare(tx: &mut Tx, sql: Sql) -> Result<()> {
    use sqlx::{Executor, SqlStr};
    on!(tx, |link| {
        let text: SqlStr = sqlx::SqlSafeStr::into_sql_str(sql.on(engine_of(link)));
        link.prepare(text).await.map(drop)
    })?;
    Ok(())
}
