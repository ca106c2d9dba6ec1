//! `ReconcileCounters`: every night the counters are held against the truth. A difference is an alarm,
//! not a silent repair.

use super::nightly;
use crate::{App, Error, Result};
use store::counter::Key;
use store::job::Claimed;
use store::{counter, presence, queue};

/// The job's name in the outbox.
pub const KIND: &str = "reconcile_counters";

impl App {
    /// Counters that differ from the truth: the counter, what it says, and what is true.
    pub async fn wrong_counters(&self) -> Result<Vec<(Key, i64, i64)>> {
        Ok(counter::wrong(&mut self.db.read().await?).await?)
    }

    /// Adds up the counters, which are spread so that writers do not wait for each other.
    pub async fn gather_counters(&self) -> Result<()> {
        self.db.write(|tx| Box::pin(async move { Ok::<(), Error>(counter::gather(tx).await?) })).await
    }

    /// Adds up what has become late, so that a queue is as short as what is still to come.
    pub async fn sweep_queues(&self) -> Result<()> {
        let now = self.now();
        self.db.write(move |tx| Box::pin(async move { Ok::<(), Error>(queue::sweep(tx, now).await?) })).await
    }

    /// Queues whose length differs from the truth: scope, owner, what is kept, and what is true.
    pub async fn wrong_queues(&self) -> Result<Vec<(String, i64, i64, i64)>> {
        Ok(queue::wrong(&mut self.db.read().await?, self.now()).await?)
    }
}

pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    app.gather_counters().await?;
    for (key, kept, truth) in app.wrong_counters().await? {
        metrics::counter!("lapor_counter_differences_total").increment(1);
        tracing::error!(agency = %key.agency, stage = key.stage.name(), sealed = key.sealed, kept, truth, "a counter is wrong");
    }
    for (scope, owner, kept, truth) in app.wrong_queues().await? {
        metrics::counter!("lapor_counter_differences_total").increment(1);
        tracing::error!(scope, owner, kept, truth, "the length of a queue is wrong");
    }
    for wrong in app.wrong_sums().await?.into_iter().chain(app.wrong_facts_by_lot().await?) {
        metrics::counter!("lapor_measure_differences_total").increment(1);
        tracing::error!(?wrong, "a figure is wrong");
    }
    let now = app.now();
    let old = now.checked_sub(crate::FRESH).unwrap_or(now);
    app.db
        .write(move |tx| {
            Box::pin(async move {
                queue::sweep(tx, now).await?;
                Ok::<(), Error>(presence::sweep(tx, old).await?)
            })
        })
        .await?;
    nightly::settle(app, claimed, KIND).await
}
