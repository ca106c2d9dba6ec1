//! Group commit on SQLite: writes that wait for the one writer share a transaction and its fsync.
//!
//! Each write runs in a savepoint, so that one may fail without the others; nobody is told of success
//! before the shared commit is on disk.

use super::Tx;
use crate::{Error, Result};
use futures_util::future::BoxFuture;
use sqlx::Sqlite;
use sqlx::pool::PoolConnection;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};

/// Most writes in one transaction, and the longest it stays open for more.
const GROUP: usize = 256;
const GROUP_TIME: Duration = Duration::from_millis(25);

type Work = Box<dyn for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Verdict> + Send>;

/// What a write came to, and how to tell its caller once the fate of the commit is known.
struct Verdict {
    keep: bool,
    tell: Box<dyn FnOnce(Result<()>) + Send>,
}

/// The queue before the writer connection.
#[derive(Clone)]
pub struct Writer(mpsc::Sender<Work>);

impl Writer {
    pub(super) fn start(connection: PoolConnection<Sqlite>, waiting: usize) -> Writer {
        let (sender, receiver) = mpsc::channel(waiting);
        tokio::spawn(run(Tx::reading_sqlite(connection), receiver));
        Writer(sender)
    }

    pub(super) async fn write<T, E, F>(&self, work: F) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, std::result::Result<T, E>> + Send + 'static,
    {
        let (answer, told) = oneshot::channel();
        let boxed: Work = Box::new(move |tx| {
            Box::pin(async move {
                let outcome = work(tx).await;
                let keep = outcome.is_ok();
                let tell = move |committed: Result<()>| {
                    let outcome = outcome.and_then(|value| committed.map(|()| value).map_err(E::from));
                    let _nobody_waits = answer.send(outcome);
                };
                Verdict { keep, tell: Box::new(tell) }
            })
        });
        self.0.try_send(boxed).map_err(|_| Error::Busy)?;
        told.await.unwrap_or_else(|_| Err(Error::Engine(sqlx::Error::WorkerCrashed).into()))
    }

    /// Waits until everything that was queued before is on disk.
    pub(super) async fn close(&self) {
        let done: std::result::Result<(), Error> = self.write(|_| Box::pin(async { Ok(()) })).await;
        if let Err(error) = done {
            tracing::warn!(%error, "the last writes were not waited for");
        }
    }
}

async fn run(mut tx: Tx, mut queue: mpsc::Receiver<Work>) {
    while let Some(first) = queue.recv().await {
        let group = group(&mut tx, first, &mut queue).await;
        let committed = match group.begun {
            Ok(()) => statement(&mut tx, "COMMIT").await,
            Err(error) => Err(error),
        };
        if committed.is_err() {
            let _already_over = statement(&mut tx, "ROLLBACK").await;
        }
        let failure = committed.err().map(|error| error.to_string());
        for tell in group.tellers {
            tell(failure.clone().map_or(Ok(()), |text| Err(Error::Engine(sqlx::Error::Protocol(text)))));
        }
    }
}

struct Group {
    begun: Result<()>,
    tellers: Vec<Box<dyn FnOnce(Result<()>) + Send>>,
}

async fn group(tx: &mut Tx, first: Work, queue: &mut mpsc::Receiver<Work>) -> Group {
    let mut tellers = Vec::new();
    if let Err(error) = statement(tx, "BEGIN IMMEDIATE").await {
        return Group { begun: Err(error), tellers };
    }
    let opened = Instant::now();
    let mut next = Some(first);
    while let Some(work) = next.take() {
        match within_savepoint(tx, work).await {
            Ok(Some(verdict)) => tellers.push(verdict.tell),
            Ok(None) => tracing::error!("a write panicked and was undone"),
            Err(error) => return Group { begun: Err(error), tellers },
        }
        if tellers.len() < GROUP && opened.elapsed() < GROUP_TIME {
            next = queue.try_recv().ok();
        }
    }
    Group { begun: Ok(()), tellers }
}

async fn within_savepoint(tx: &mut Tx, work: Work) -> Result<Option<Verdict>> {
    use futures_util::FutureExt;
    statement(tx, "SAVEPOINT one").await?;
    let verdict = AssertUnwindSafe(work(tx)).catch_unwind().await.ok();
    if !verdict.as_ref().is_some_and(|verdict| verdict.keep) {
        statement(tx, "ROLLBACK TO one").await?;
    }
    statement(tx, "RELEASE one").await?;
    Ok(verdict)
}

async fn statement(tx: &mut Tx, sql: &'static str) -> Result<()> {
    super::on!(tx, |link| sqlx::query(sql).execute(link).await.map(drop))?;
    Ok(())
}
