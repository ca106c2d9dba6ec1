//! What statements run on.

use crate::{Engine, Result};
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgConnection;
use sqlx::{Postgres, Sqlite, Transaction};
use std::ops::{Deref, DerefMut};

/// A connection of either engine, in or outside a transaction, that counts its statements.
pub struct Tx {
    pub(crate) link: Link,
    statements: u32,
}

pub(crate) enum Link {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PgLink),
}

pub(crate) enum PgLink {
    Reading(PoolConnection<Postgres>),
    Writing(Transaction<'static, Postgres>),
}

impl Deref for PgLink {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        match self {
            PgLink::Reading(connection) => connection,
            PgLink::Writing(transaction) => transaction,
        }
    }
}

impl DerefMut for PgLink {
    fn deref_mut(&mut self) -> &mut PgConnection {
        match self {
            PgLink::Reading(connection) => connection,
            PgLink::Writing(transaction) => transaction,
        }
    }
}

impl Tx {
    pub(super) fn reading_sqlite(connection: PoolConnection<Sqlite>) -> Tx {
        Tx { link: Link::Sqlite(connection), statements: 0 }
    }

    pub(super) fn reading_postgres(connection: PoolConnection<Postgres>) -> Tx {
        Tx { link: Link::Postgres(PgLink::Reading(connection)), statements: 0 }
    }

    pub(super) fn writing_postgres(transaction: Transaction<'static, Postgres>) -> Tx {
        Tx { link: Link::Postgres(PgLink::Writing(transaction)), statements: 0 }
    }

    pub(super) async fn commit(self) -> Result<()> {
        if let Link::Postgres(PgLink::Writing(transaction)) = self.link {
            transaction.commit().await?;
        }
        Ok(())
    }

    /// The engine behind it.
    pub fn engine(&self) -> Engine {
        match self.link {
            Link::Sqlite(_) => Engine::Sqlite,
            Link::Postgres(_) => Engine::Postgres,
        }
    }

    /// How many statements have run on it.
    pub fn statements(&self) -> u32 {
        self.statements
    }

    pub(crate) fn count(&mut self) {
        self.statements += 1;
    }
}

/// Runs the same expression on the connection of either engine.
macro_rules! on {
    ($tx:expr, |$link:ident| $body:expr) => {{
        $tx.count();
        match &mut $tx.link {
            $crate::db::tx::Link::Sqlite(connection) => {
                let $link = &mut **connection;
                $body
            }
            $crate::db::tx::Link::Postgres(connection) => {
                let $link = &mut **connection;
                $body
            }
        }
    }};
}
pub(crate) use on;

/// Tells the engine of a connection inside [`on!`].
pub(crate) trait OfEngine {
    const ENGINE: Engine;
}

impl OfEngine for sqlx::SqliteConnection {
    const ENGINE: Engine = Engine::Sqlite;
}

impl OfEngine for PgConnection {
    const ENGINE: Engine = Engine::Postgres;
}

/// The engine of a connection.
pub(crate) fn engine_of<C: OfEngine>(_: &C) -> Engine {
    C::ENGINE
}
