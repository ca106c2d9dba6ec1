//! What tables and columns a database has, for the test that compares the engines and for `doctor`.

use crate::db::{engine_of, on};
use crate::dialect::{Engine, statements};
use crate::{Result, Sql, Tx};

statements! {
    ALIVE = "SELECT CAST(1 AS BIGINT)";
}

const COLUMNS: Sql = Sql::each(
    "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
        WHERE m.type = 'table' AND m.name NOT LIKE 'search%' AND m.name NOT LIKE 'sqlite%' ORDER BY 1, 2",
    "SELECT CAST(table_name AS text), CAST(column_name AS text) FROM information_schema.columns \
        WHERE table_schema = current_schema() AND table_name NOT LIKE 'search%' ORDER BY 1, 2",
);

const INDEXES: Sql = Sql::each(
    "SELECT name FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite%' ORDER BY 1",
    "SELECT CAST(indexname AS text) FROM pg_indexes WHERE schemaname = current_schema() \
        AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE 'search%' ORDER BY 1",
);

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

/// The words by which an engine is known.
pub fn name(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    }
}
