//! Connections to the embedded database, lent one at a time.
//!
//! The driver's own pool asks a connection whether it is alive each time it comes back; here that is a
//! thread of this very process, and the question costs as much as a short query.

use crate::{Error, Result};
use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

/// A number of connections, each opened when it is first needed.
#[derive(Clone)]
pub struct Lender(Arc<Shelf>);

type Slot = Arc<tokio::sync::Mutex<SqliteConnection>>;

struct Shelf {
    options: SqliteConnectOptions,
    free: Mutex<Vec<Slot>>,
    permits: Arc<Semaphore>,
    most: u32,
    patience: Duration,
}

/// A connection that goes back to its lender when it is dropped.
pub struct Lent {
    connection: OwnedMutexGuard<SqliteConnection>,
    slot: Slot,
    shelf: Arc<Shelf>,
    _permit: OwnedSemaphorePermit,
}

impl Lender {
    /// A lender of at most `most` connections; nobody waits for one longer than `patience`.
    pub(super) fn new(options: SqliteConnectOptions, most: u32, patience: Duration) -> Lender {
        let permits = Arc::new(Semaphore::new(most as usize));
        Lender(Arc::new(Shelf { options, free: Mutex::default(), permits, most, patience }))
    }

    /// A connection, or [`Error::Busy`] when none came back in time.
    pub(super) async fn lend(&self) -> Result<Lent> {
        let waiting = tokio::time::timeout(self.0.patience, self.0.permits.clone().acquire_owned());
        let permit = waiting.await.map_err(|_| Error::Busy)?.map_err(|_| Error::Engine(sqlx::Error::PoolClosed))?;
        let free = self.0.free().pop();
        let slot = match free {
            Some(slot) => slot,
            None => Arc::new(tokio::sync::Mutex::new(self.0.options.connect().await?)),
        };
        let connection = slot.clone().lock_owned().await;
        Ok(Lent { connection, slot, shelf: self.0.clone(), _permit: permit })
    }

    /// Waits until all have come back, and lets them go.
    pub(super) async fn close(&self) {
        if self.0.permits.acquire_many(self.0.most).await.is_ok() {
            self.0.permits.close();
            self.0.free().clear();
        }
    }
}

impl Shelf {
    fn free(&self) -> std::sync::MutexGuard<'_, Vec<Slot>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Deref for Lent {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        self.shelf.free().push(self.slot.clone());
    }
}
