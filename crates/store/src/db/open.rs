//! How a database is opened.

use super::{Behind, Db, lender::Lender, writer::Writer};
use crate::{Error, Result};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

/// How much the database may hold at once.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections to PostgreSQL, or readers on SQLite: there two for each core at most.
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
        .pragma("temp_store", "MEMORY");
    let writing = base.clone().create_if_missing(true).pragma("cache_size", "-16384");
    let writing = writing.pragma("wal_autocheckpoint", "4000");
    let connection = Lender::new(writing, 1, limits.patience).lend().await?;
    let cores = std::thread::available_parallelism().map_or(1, |cores| u32::try_from(cores.get()).unwrap_or(1));
    let most = limits.connections.min(cores * 2).max(1);
    let readers = Lender::new(base.read_only(true).pragma("cache_size", "-2048"), most, limits.patience);
    let writer = Writer::start(connection, limits.waiting_writes);
    Ok(Db { behind: Behind::Sqlite { readers, writer }, changes: Arc::default() })
}

async fn open_postgres(url: &str, limits: Limits) -> Result<Db> {
    let options = PgConnectOptions::from_str(url)?.application_name("lapor").statement_cache_capacity(200).options([
        ("jit", "off"),
        ("statement_timeout", "30s"),
        ("idle_in_transaction_session_timeout", "30s"),
    ]);
    // Once by hand, so that the cause is told at once and not after waiting for the pool.
    options.connect().await?.close().await?;
    let pool = PgPoolOptions::new()
        .max_connections(limits.connections)
        .acquire_timeout(limits.patience)
        .test_before_acquire(false)
        .connect_with(options)
        .await?;
    Ok(Db { behind: Behind::Postgres { pool, hearing: Arc::default() }, changes: Arc::default() })
}
