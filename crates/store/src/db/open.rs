//! How a database is opened.

use super::{Db, writer::Writer};
use crate::{Error, Result};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::str::FromStr;
use std::time::Duration;

/// How much the database may hold at once.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections to PostgreSQL, or readers on SQLite.
    pub connections: u32,
    /// Writes that may wait on SQLite before the next is told that the system is busy.
    pub waiting_writes: usize,
    /// How long to wait for a connection.
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { connections: 8, waiting_writes: 512, patience: Duration::from_secs(2) }
    }
}

impl Db {
    /// Opens `sqlite://path` or `postgres://…`. A missing SQLite file is made.
    pub async fn open(url: &str, limits: Limits) -> Result<Db> {
        if url.starts_with("sqlite:") {
            open_sqlite(url, limits).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            open_postgres(url, limits).await
        } else {
            Err(Error::Config(format!("unknown kind of database in {url:?}; use sqlite://… or postgres://…")))
        }
    }
}

async fn open_sqlite(url: &str, limits: Limits) -> Result<Db> {
    let base = SqliteConnectOptions::from_str(url)?
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(200)
        .pragma("cache_size", "-16384")
        .pragma("temp_store", "MEMORY")
        .pragma("mmap_size", "268435456");
    let writing = base.clone().create_if_missing(true).pragma("wal_autocheckpoint", "4000");
    let single = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
    let connection = single.connect_with(writing).await?.acquire().await?;
    let readers = SqlitePoolOptions::new()
        .min_connections(1)
        .max_connections(limits.connections)
        .acquire_timeout(limits.patience)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(base.read_only(true))
        .await?;
    Ok(Db::Sqlite { readers, writer: Writer::start(connection, limits.waiting_writes) })
}

async fn open_postgres(url: &str, limits: Limits) -> Result<Db> {
    let options = PgConnectOptions::from_str(url)?.application_name("lapor").statement_cache_capacity(200).options([
        ("jit", "off"),
        ("statement_timeout", "30s"),
        ("idle_in_transaction_session_timeout", "30s"),
    ]);
    let pool = PgPoolOptions::new()
        .max_connections(limits.connections)
        .acquire_timeout(limits.patience)
        .test_before_acquire(false)
        .connect_with(options)
        .await?;
    Ok(Db::Postgres { pool })
}
