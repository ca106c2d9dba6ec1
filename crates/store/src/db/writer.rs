//! Group commit on SQLite: writes that wait for the one writer share a transaction and its fsync.
//!
//! Each write runs in a savepoint, so that one may fail without the others; nobody is told of success
//! before the shared commit is on disk.

use super::{Lent, Tx};
use crate::{Error, Result};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};

/// Most writes in one transaction, and the longest it stays open for more.
const GROUP: usize = 256;
const GROUP_TIME: Duration = Duration::from_millis(25);

/// A write that takes longer is undone, so that it cannot keep all others waiting for ever.
const LONGEST: Duration = Duration::from_secs(60);

type Run = Box<dyn for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, bool> + Send>;
type Tell = Box<dyn FnOnce(Result<()>) + Send>;

/// A write in the queue.
struct Work {
    /// Does it, and says whether what it wrote is to be kept.
    run: Run,
    /// Tells its caller, once the fate of the shared commit is known.
    tell: Tell,
}

/// The queue before the writer connection.
#[derive(Clone)]
pub struct Writer(mpsc::Sender<Work>);

impl Writer {
    pub(super) fn start(connection: Lent, waiting: usize) -> Writer {
        let (sender, receiver) = mpsc::channel(waiting);
        tokio::spawn(run(Tx::on_sqlite(connection), receiver));
        Writer(sender)
    }

    /// Writes that wait in the queue.
    pub(super) fn waiting(&self) -> usize {
        self.0.max_capacity() - self.0.capacity()
    }

    /// Does a write, and `after` once its fate is known and before its caller hears of it.
    pub(super) async fn write<T, E, F>(
        &self,
        work: F,
        after: impl FnOnce() + Send + 'static,
    ) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, std::result::Result<T, E>> + Send + 'static,
    {
        let (work, told) = queued(work, after);
        self.0.try_send(work).map_err(|refused| match refused {
            TrySendError::Full(_) => Error::Busy,
            TrySendError::Closed(_) => Error::Engine(sqlx::Error::WorkerCrashed),
        })?;
        told.await.unwrap_or_else(|_| Err(Error::Engine(sqlx::Error::WorkerCrashed).into()))
    }

    /// Waits until everything that was queued before is on disk.
    pub(super) async fn close(&self) {
        let (work, told) = queued(|_| Box::pin(async { Ok::<(), Error>(()) }), || {});
        let sent = self.0.send(work).await;
        if sent.is_err() || !matches!(told.await, Ok(Ok(()))) {
            tracing::warn!("the last writes were not waited for");
        }
    }
}

fn queued<T, E, F>(
    work: F,
    after: impl FnOnce() + Send + 'static,
) -> (Work, oneshot::Receiver<std::result::Result<T, E>>)
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, std::result::Result<T, E>> + Send + 'static,
{
    let (answer, told) = oneshot::channel();
    let (leave, mut left) = oneshot::channel();
    let run: Run = Box::new(move |tx| {
        Box::pin(async move {
            let outcome = work(tx).await;
            let outcome = tx.ended(outcome).await;
            let keep = outcome.is_ok();
            leave.send(outcome).is_ok() && keep
        })
    });
    let tell: Tell = Box::new(move |committed| {
        after();
        let outcome = match left.try_recv() {
            Ok(outcome) => outcome.and_then(|value| committed.map(|()| value).map_err(E::from)),
            Err(_) => Err(committed.err().unwrap_or_else(unfinished).into()),
        };
        let _nobody_waits = answer.send(outcome);
    });
    (Work { run, tell }, told)
}

fn unfinished() -> Error {
    Error::Engine(sqlx::Error::Protocol("the write broke off and was undone".to_owned()))
}

async fn run(mut tx: Tx, mut queue: mpsc::Receiver<Work>) {
    while let Some(first) = queue.recv().await {
        let mut tellers = Vec::new();
        let fate = commit_group(&mut tx, first, &mut queue, &mut tellers).await;
        if let Err(error) = &fate {
            tracing::error!(%error, writes = tellers.len(), "a group of writes was undone");
            let _already_over = tx.control("ROLLBACK").await;
        }
        for tell in tellers {
            tell(fate.as_ref().copied().map_err(told_again));
        }
    }
}

async fn commit_group(
    tx: &mut Tx,
    first: Work,
    queue: &mut mpsc::Receiver<Work>,
    tellers: &mut Vec<Tell>,
) -> Result<()> {
    tellers.push(first.tell);
    tx.control("BEGIN IMMEDIATE; SAVEPOINT one").await?;
    let opened = Instant::now();
    let mut run = first.run;
    loop {
        let kept = is_to_be_kept(tx, run).await;
        if !kept {
            tx.control("ROLLBACK TO one").await?;
        }
        let room = tellers.len() < GROUP && opened.elapsed() < GROUP_TIME;
        let Some(next) = room.then(|| queue.try_recv().ok()).flatten() else { break };
        tellers.push(next.tell);
        run = next.run;
        if kept {
            tx.control("RELEASE one; SAVEPOINT one").await?;
        }
    }
    tx.control("RELEASE one; COMMIT").await
}

async fn is_to_be_kept(tx: &mut Tx, run: Run) -> bool {
    tx.renew();
    match tokio::time::timeout(LONGEST, AssertUnwindSafe(run(tx)).catch_unwind()).await {
        Ok(Ok(keep)) => keep,
        Ok(Err(_)) => broke_off("a write panicked and was undone"),
        Err(_) => broke_off("a write took too long and was undone"),
    }
}

fn broke_off(how: &str) -> bool {
    tracing::error!("{how}");
    false
}

/// One failure, told to each write of a group. Another process that holds the database is no fault.
fn told_again(error: &Error) -> Error {
    let busy = matches!(error, Error::Engine(sqlx::Error::Database(inner)) if inner.code().as_deref() == Some("5"));
    if busy { Error::Busy } else { Error::Engine(sqlx::Error::Protocol(error.to_string())) }
}
