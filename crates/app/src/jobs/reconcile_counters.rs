//! `ReconcileCounters`: every night the counters are held against the truth. A difference is an alarm,
//! not a silent repair.

use crate::{App, Error, Result};
use jiff::SignedDuration;
use store::counter::Key;
use store::job::{Claimed, NewJob};
use store::{Tx, counter, job};

/// The job's name in the outbox.
pub const KIND: &str = "reconcile_counters";

impl App {
    /// Counters that differ from the truth: the counter, what it says, and what is true.
    pub async fn wrong_counters(&self) -> Result<Vec<(Key, i64, i64)>> {
        Ok(counter::wrong(&mut self.db.read().await?).await?)
    }

    /// Sees to it that the counters are checked tonight, once, whatever the number of processes.
    pub async fn plan_reconciliation(&self) -> Result<()> {
        let app = self.clone();
        self.db.write(move |tx| Box::pin(async move { plan(&app, tx).await })).await
    }
}

/// Plans the next night's check, where it is not planned yet.
async fn plan(app: &App, tx: &mut Tx) -> Result<()> {
    let tomorrow = app.now().checked_add(SignedDuration::from_hours(24)).unwrap_or_else(|_| app.now());
    let zone = domain::time::Zone::Wib;
    let run_at = zone.at(zone.day(tomorrow), 2);
    // The id is made of the night, so that a second process plans the same job and not another.
    let id = app.ids.past(run_at, 0);
    let new = NewJob { id, kind: KIND, report: None, payload: "{}".into(), run_at };
    if !job::insert(tx, &new).await? {
        tracing::debug!("tonight's reconciliation was planned already");
    }
    Ok(())
}

/// The next night is planned in the transaction that settles this one: there is always one to come.
pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    for (key, kept, truth) in app.wrong_counters().await? {
        metrics::counter!("lapor_counter_differences_total").increment(1);
        tracing::error!(agency = %key.agency, stage = key.stage.name(), sealed = key.sealed, kept, truth, "a counter is wrong");
    }
    let app = app.clone();
    app.clone()
        .db
        .write(move |tx| {
            Box::pin(async move {
                match super::settle(tx, &claimed, &app.process).await? {
                    true => plan(&app, tx).await,
                    false => Ok::<(), Error>(()),
                }
            })
        })
        .await
}
