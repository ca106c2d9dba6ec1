//! What statements run on.

use super::Lent;
use crate::tally::Tally;
use crate::{Engine, Error, Result};
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgConnection;
use sqlx::{Postgres, Transaction};
use std::ops::{Deref, DerefMut};

/// A connection of either engine, in or outside a transaction, that counts its statements.
pub struct Tx {
    pub(crate) link: Link,
    statements: u32,
    spoilt: bool,
    tally: Tally,
}

pub(crate) enum Link {
    Sqlite(Lent),
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
    pub(super) fn on_sqlite(connection: Lent) -> Tx {
        Tx { link: Link::Sqlite(connection), statements: 0, spoilt: false, tally: Tally::default() }
    }

    pub(super) fn reading_postgres(connection: PoolConnection<Postgres>) -> Tx {
        Tx { link: Link::Postgres(PgLink::Reading(connection)), statements: 0, spoilt: false, tally: Tally::default() }
    }

    pub(super) fn writing_postgres(transaction: Transaction<'static, Postgres>) -> Tx {
        Tx { link: Link::Postgres(PgLink::Writing(transaction)), statements: 0, spoilt: false, tally: Tally::default() }
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

    /// How many statements this reading or this write has run, with those that its end will take.
    pub fn statements(&self) -> u32 {
        self.statements + self.tally.statements()
    }

    pub(crate) fn tally(&mut self) -> &mut Tally {
        &mut self.tally
    }

    /// Forgets what the write before it on the same connection did.
    pub(super) fn renew(&mut self) {
        self.statements = 0;
        self.spoilt = false;
        self.tally = Tally::default();
    }

    /// After a failed statement nothing more is done: PostgreSQL has already given the transaction up
    /// and SQLite may have.
    pub(crate) fn count(&mut self) -> std::result::Result<(), sqlx::Error> {
        if self.spoilt {
            return Err(sqlx::Error::Protocol("an earlier statement failed".to_owned()));
        }
        self.statements += 1;
        Ok(())
    }

    pub(crate) fn spoil(&mut self) {
        self.spoilt = true;
    }

    /// Ends a write that succeeded by what it counted. A success after a failed statement is none.
    pub(super) async fn ended<T, E: From<Error>>(
        &mut self,
        outcome: std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let value = self.judged(outcome)?;
        std::mem::take(&mut self.tally).write(self).await?;
        Ok(value)
    }

    fn judged<T, E: From<Error>>(&self, outcome: std::result::Result<T, E>) -> std::result::Result<T, E> {
        if self.spoilt && outcome.is_ok() {
            let hidden = "a failed statement was passed over; the write was undone".to_owned();
            return Err(Error::Engine(sqlx::Error::Protocol(hidden)).into());
        }
        outcome
    }

    /// Runs a statement that begins or ends something; it is not counted.
    pub(super) async fn control(&mut self, sql: &'static str) -> Result<()> {
        match &mut self.link {
            Link::Sqlite(connection) => sqlx::query(sql).execute(&mut **connection).await.map(drop)?,
            Link::Postgres(connection) => sqlx::query(sql).execute(&mut **connection).await.map(drop)?,
        }
        Ok(())
    }
}

/// Runs the same expression on the connection of either engine.
macro_rules! on {
    ($tx:expr, |$link:ident| $body:expr) => {{
        let outcome: std::result::Result<_, sqlx::Error> = match $tx.count() {
            Err(spoilt) => Err(spoilt),
            Ok(()) => match &mut $tx.link {
                $crate::db::tx::Link::Sqlite(connection) => {
                    let $link = &mut **connection;
                    $body
                }
                $crate::db::tx::Link::Postgres(connection) => {
                    let $link = &mut **connection;
                    $body
                }
            },
        };
        if outcome.is_err() {
            $tx.spoil();
        }
        outcome
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
