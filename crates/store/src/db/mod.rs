//! A database of either engine, and a transaction on it.

mod lender;
mod open;
pub(crate) mod tx;
mod writer;

pub use lender::Lent;
pub use open::Limits;
pub use tx::Tx;
pub(crate) use tx::{engine_of, on};

use crate::{Engine, Error, Result};
use futures_util::future::BoxFuture;
use lender::Lender;
use sqlx::PgPool;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use writer::Writer;

/// A database, cheap to clone.
#[derive(Clone)]
pub struct Db {
    behind: Behind,
    writes: Arc<AtomicU64>,
}

#[derive(Clone)]
enum Behind {
    /// One writer connection whose waiting writes share a commit; readers on a read-only connections of their own.
    Sqlite {
        readers: Lender,
        writer: Writer,
    },
    Postgres {
        pool: PgPool,
    },
}

impl Db {
    /// The engine behind it.
    pub fn engine(&self) -> Engine {
        match self.behind {
            Behind::Sqlite { .. } => Engine::Sqlite,
            Behind::Postgres { .. } => Engine::Postgres,
        }
    }

    /// Grows with each write of this process: what was read while it stayed the same was not changed from here.
    pub fn writes(&self) -> u64 {
        self.writes.load(Ordering::Acquire)
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<Tx> {
        match &self.behind {
            Behind::Sqlite { readers, .. } => Ok(Tx::on_sqlite(readers.lend().await?)),
            Behind::Postgres { pool } => Ok(Tx::reading_postgres(acquired(pool.acquire().await)?)),
        }
    }

    /// Runs `work` in a transaction of its own or, on SQLite, in its own savepoint of a shared one.
    ///
    /// `Ok` is returned only after the commit is on disk. An `Err` of `work` undoes all it wrote, and so
    /// does a failed statement, even where `work` passes over it. The work goes on to its end when the
    /// caller stops waiting. `work` must not wait for another write: on SQLite that would be for ever.
    pub async fn write<T, E, F>(&self, work: F) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, std::result::Result<T, E>> + Send + 'static,
    {
        self.writes.fetch_add(1, Ordering::AcqRel);
        let outcome = self.run(work).await;
        self.writes.fetch_add(1, Ordering::AcqRel);
        outcome
    }

    async fn run<T, E, F>(&self, work: F) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, std::result::Result<T, E>> + Send + 'static,
    {
        match &self.behind {
            Behind::Sqlite { writer, .. } => writer.write(work).await,
            Behind::Postgres { pool } => {
                let pool = pool.clone();
                let task = tokio::spawn(async move {
                    let begun = acquired(pool.begin().await)?;
                    let mut tx = Tx::writing_postgres(begun);
                    let outcome = work(&mut tx).await;
                    let value = tx.judged(outcome)?;
                    tx.commit().await?;
                    Ok(value)
                });
                task.await.unwrap_or_else(|stopped| {
                    tracing::error!(%stopped, "a write broke off and was undone");
                    Err(Error::Engine(sqlx::Error::Protocol("the write broke off and was undone".to_owned())).into())
                })
            }
        }
    }

    /// Waits for running writes and closes all connections.
    pub async fn close(&self) {
        match &self.behind {
            Behind::Sqlite { readers, writer } => {
                writer.close().await;
                readers.close().await;
            }
            Behind::Postgres { pool } => pool.close().await,
        }
    }
}

/// No free connection in time means that the system is busy, not that it is broken.
fn acquired<T>(result: std::result::Result<T, sqlx::Error>) -> Result<T> {
    result.map_err(|error| match error {
        sqlx::Error::PoolTimedOut => Error::Busy,
        other => Error::Engine(other),
    })
}
