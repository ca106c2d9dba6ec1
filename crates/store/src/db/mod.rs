//! A database of either engine, and a transaction on it.

mod audience;
mod hearing;
mod lender;
mod open;
pub(crate) mod tx;
mod writer;

pub use audience::Audience;
pub use lender::Lent;
pub use open::Limits;
use tx::Link;
pub use tx::Tx;
pub(crate) use tx::{engine_of, on};

use crate::{Engine, Error, Result};
use audience::Changes;
use futures_util::future::BoxFuture;
use hearing::Hearing;
use lender::Lender;
use sqlx::PgPool;
use std::sync::Arc;
use writer::Writer;

/// A database, cheap to clone.
#[derive(Clone)]
pub struct Db {
    behind: Behind,
    changes: Arc<Changes>,
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
        hearing: Arc<Hearing>,
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

    /// Grows with each write after which this audience may be shown something else: what was read while it stayed the same
    /// was not changed by this process, nor, where [`Db::hears_others`], by another.
    pub fn changes(&self, audience: Audience) -> u64 {
        self.changes.seen_by(audience)
    }

    /// Whether changes by other processes are in [`Db::changes`] too, a moment after their commit. An embedded database is
    /// served by one process; PostgreSQL tells once [`Db::listen`] was called, and while the line to it is good.
    pub fn hears_others(&self) -> bool {
        match &self.behind {
            Behind::Sqlite { .. } => true,
            Behind::Postgres { hearing, .. } => hearing.is_sharp(),
        }
    }

    /// Listens to what other processes change, until the database is closed. `own` is the name of this process, which no
    /// other has.
    pub fn listen(&self, own: &str) {
        if let Behind::Postgres { pool, hearing } = &self.behind
            && hearing.name(own)
        {
            let options = (*pool.connect_options()).clone();
            tokio::spawn(hearing::listen(pool.clone(), options, hearing.clone(), self.changes.clone()));
        }
    }

    /// Writes that wait for their turn; on PostgreSQL none do.
    pub fn waiting(&self) -> usize {
        match &self.behind {
            Behind::Sqlite { writer, .. } => writer.waiting(),
            Behind::Postgres { .. } => 0,
        }
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<Tx> {
        match &self.behind {
            Behind::Sqlite { readers, .. } => Ok(Tx::on_sqlite(readers.lend().await?)),
            Behind::Postgres { pool, .. } => Ok(Tx::reading_postgres(acquired(pool.acquire().await)?)),
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
        self.write_for(Audience::Everybody, work).await
    }

    /// The same for a write after which nobody but this audience may be shown something else, see [`Db::changes`].
    pub async fn write_for<T, E, F>(&self, audience: Audience, work: F) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, std::result::Result<T, E>> + Send + 'static,
    {
        let changes = self.changes.clone();
        let after = move || changes.note(audience);
        match &self.behind {
            Behind::Sqlite { writer, .. } => writer.write(work, after).await,
            Behind::Postgres { pool, hearing } => {
                let pool = pool.clone();
                let told = hearing.clone();
                let task = tokio::spawn(async move {
                    let told = (audience == Audience::Everybody).then_some(&*told);
                    let outcome = on_postgres(&pool, work, told).await;
                    after();
                    outcome
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
            Behind::Postgres { pool, .. } => pool.close().await,
        }
    }
}

/// A write in a transaction of its own, whose commit tells the other processes where one is to `tell`.
async fn on_postgres<T, E, F>(pool: &PgPool, work: F, tell: Option<&Hearing>) -> std::result::Result<T, E>
where
    E: From<Error>,
    F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, std::result::Result<T, E>>,
{
    let begun = acquired(pool.begin().await)?;
    let mut tx = Tx::writing_postgres(begun);
    let outcome = work(&mut tx).await;
    let value = tx.ended(outcome).await?;
    if let (Some(hearing), Link::Postgres(link)) = (tell, &mut tx.link) {
        hearing.tell(link).await.map_err(Error::Engine)?;
    }
    tx.commit().await?;
    Ok(value)
}

/// No free connection in time means that the system is busy, not that it is broken.
fn acquired<T>(result: std::result::Result<T, sqlx::Error>) -> Result<T> {
    result.map_err(|error| match error {
        sqlx::Error::PoolTimedOut => Error::Busy,
        other => Error::Engine(other),
    })
}
