//! One connection of either engine, opened as the service opens it.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Executor};
use std::error::Error;
use std::str::FromStr;
use std::time::Duration;
use store::{Engine, Sql};

pub type Failure = Box<dyn Error + Send + Sync>;

/// A value for a statement.
#[derive(Debug, Clone)]
pub enum Value {
    Number(i64),
    Text(String),
    Bool(bool),
    NoNumber,
    NoText,
}

pub enum Link {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

macro_rules! run {
    ($connection:expr, $text:expr, $values:expr, $fetch:ident) => {{
        let mut query = sqlx::query($text);
        for value in $values {
            query = match value.clone() {
                Value::Number(n) => query.bind(n),
                Value::Text(text) => query.bind(text),
                Value::Bool(flag) => query.bind(flag),
                Value::NoNumber => query.bind(None::<i64>),
                Value::NoText => query.bind(None::<String>),
            };
        }
        query.$fetch($connection).await?
    }};
}

impl Link {
    pub async fn open(url: &str) -> Result<Link, Failure> {
        if !url.starts_with("sqlite") {
            let options = PgConnectOptions::from_str(url)?.statement_cache_capacity(200).options([("jit", "off")]);
            return Ok(Link::Postgres(options.connect().await?));
        }
        let options = SqliteConnectOptions::from_str(url)?
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(200)
            .pragma("cache_size", "-16384")
            .pragma("temp_store", "MEMORY")
            .pragma("wal_autocheckpoint", "4000");
        Ok(Link::Sqlite(options.connect().await?))
    }

    pub fn engine(&self) -> Engine {
        match self {
            Link::Sqlite(_) => Engine::Sqlite,
            Link::Postgres(_) => Engine::Postgres,
        }
    }

    pub async fn begin(&mut self) -> Result<(), Failure> {
        match self {
            Link::Sqlite(connection) => connection.execute("BEGIN IMMEDIATE").await.map(drop)?,
            Link::Postgres(connection) => connection.execute("BEGIN").await.map(drop)?,
        }
        Ok(())
    }

    pub async fn commit(&mut self) -> Result<(), Failure> {
        match self {
            Link::Sqlite(connection) => connection.execute("COMMIT").await.map(drop)?,
            Link::Postgres(connection) => connection.execute("COMMIT").await.map(drop)?,
        }
        Ok(())
    }

    pub async fn write(&mut self, sql: Sql, values: &[Value]) -> Result<u64, Failure> {
        let text = sql.on(self.engine());
        Ok(match self {
            Link::Sqlite(connection) => run!(connection, text, values, execute).rows_affected(),
            Link::Postgres(connection) => run!(connection, text, values, execute).rows_affected(),
        })
    }

    pub async fn read(&mut self, sql: Sql, values: &[Value]) -> Result<Found, Failure> {
        let text = sql.on(self.engine());
        Ok(match self {
            Link::Sqlite(connection) => found(run!(connection, text, values, fetch_all)),
            Link::Postgres(connection) => found(run!(connection, text, values, fetch_all)),
        })
    }
}

/// What a query found.
pub struct Found {
    pub rows: usize,
    /// The first column of the first row, where it is a number.
    pub first: Option<i64>,
}

fn found<R>(rows: Vec<R>) -> Found
where
    R: sqlx::Row,
    usize: sqlx::ColumnIndex<R>,
    for<'r> i64: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
{
    Found { rows: rows.len(), first: rows.first().and_then(|row| row.try_get::<i64, _>(0usize).ok()) }
}
