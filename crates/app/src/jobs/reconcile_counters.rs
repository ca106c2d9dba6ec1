//! `ReconcileCounters`: every night the counters are held against the truth. A difference is an alarm,
//! not a silent repair.

use super::nightly;
use crate::{App, Result};
use store::counter;
use store::counter::Key;
use store::job::Claimed;

/// The job's name in the outbox.
pub const KIND: &str = "reconcile_counters";

impl App {
    /// Counters that differ from the truth: the counter, what it says, and what is true.
    pub async fn wrong_counters(&self) -> Result<Vec<(Key, i64, i64)>> {
        Ok(counter::wrong(&mut self.db.read().await?).await?)
    }
}

pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    for (key, kept, truth) in app.wrong_counters().await? {
        metrics::counter!("lapor_counter_differences_total").increment(1);
        tracing::error!(agency = %key.agency, stage = key.stage.name(), sealed = key.sealed, kept, truth, "a counter is wrong");
    }
    nightly::settle(app, claimed, KIND).await
}
