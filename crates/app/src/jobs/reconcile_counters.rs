//! `ReconcileCounters`: every night the counters are held against the truth. A difference is an alarm,
//! not a silent repair.

use crate::{App, Error, Result};
use jiff::SignedDuration;
use std::collections::BTreeMap;
use store::counter::Key;
use store::job::{Claimed, NewJob};
use store::{counter, job};

/// The job's name in the outbox.
pub const KIND: &str = "reconcile_counters";

impl App {
    /// Counters that differ from the truth: the counter, what it says, and what is true.
    pub async fn wrong_counters(&self) -> Result<Vec<(Key, i64, i64)>> {
        let (kept, truth) = self
            .db
            .write(|tx| {
                Box::pin(async move { Ok::<_, Error>((counter::list(tx).await?, counter::recount(tx).await?)) })
            })
            .await?;
        let mut both: BTreeMap<Key, (i64, i64)> = kept.into_iter().map(|(key, n)| (key, (n, 0))).collect();
        for (key, n) in truth {
            both.entry(key).or_default().1 = n;
        }
        Ok(both.into_iter().filter(|(_, (kept, true_n))| kept != true_n).map(|(key, (a, b))| (key, a, b)).collect())
    }

    /// Sees to it that the counters are checked tonight, once, whatever the number of processes.
    pub async fn plan_reconciliation(&self) -> Result<()> {
        let tomorrow = self.now().checked_add(SignedDuration::from_hours(24)).unwrap_or_else(|_| self.now());
        let zone = domain::time::Zone::Wib;
        let run_at = zone.at(zone.day(tomorrow), 2);
        // The id is made of the night, so that a second process plans the same job and not another.
        let id = self.ids.past(run_at, 0);
        let new = NewJob { id, kind: KIND, report: None, payload: "{}".into(), run_at };
        let planned =
            self.db.write(move |tx| Box::pin(async move { Ok::<(), Error>(job::insert(tx, &new).await?) })).await;
        if let Err(error) = planned {
            tracing::debug!(%error, "tonight's reconciliation was planned already");
        }
        Ok(())
    }
}

pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    for (key, kept, truth) in app.wrong_counters().await? {
        metrics::counter!("lapor_counter_differences_total").increment(1);
        tracing::error!(agency = %key.agency, stage = key.stage.name(), sealed = key.sealed, kept, truth, "a counter is wrong");
    }
    let process = app.process.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                for one in claimed {
                    job::settle(tx, one.id, &process).await?;
                }
                Ok::<(), Error>(())
            })
        })
        .await?;
    app.plan_reconciliation().await
}
