//! Chores that come every night, each planned once, whatever the number of processes.

use super::{
    measure_offices, measure_queues, reconcile_counters, release_open_data, sweep_files, sweep_letters, watch_surges,
};
use crate::{App, Result};
use jiff::SignedDuration;
use store::job::{Claimed, NewJob};
use store::{Tx, job};

/// Each chore and its hour, no two at the same.
const CHORES: [(&str, i8); 6] = [
    (measure_offices::KIND, 1),
    (reconcile_counters::KIND, 2),
    (sweep_files::KIND, 3),
    (sweep_letters::KIND, 4),
    (watch_surges::KIND, 5),
    (release_open_data::KIND, 6),
];

impl App {
    /// Sees to it that the chores of the coming night, and the next measurement of what is late, are planned.
    pub async fn plan_nights(&self) -> Result<()> {
        let app = self.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    for (kind, _) in CHORES {
                        plan(&app, tx, kind).await?;
                    }
                    measure_queues::plan(&app, tx).await?;
                    Ok(())
                })
            })
            .await
    }
}

/// Settles a chore of this night and plans the next one in the same transaction: there is always one to come.
pub(super) async fn settle(app: &App, claimed: Vec<Claimed>, kind: &'static str) -> Result<()> {
    let app = app.clone();
    app.clone()
        .db
        .write(move |tx| {
            Box::pin(async move {
                match super::settle(tx, &claimed, &app.process).await? {
                    true => plan(&app, tx, kind).await,
                    false => Ok(()),
                }
            })
        })
        .await
}

/// Plans the next night of a chore, where it is not planned yet.
async fn plan(app: &App, tx: &mut Tx, kind: &'static str) -> Result<()> {
    let tomorrow = app.now().checked_add(SignedDuration::from_hours(24)).unwrap_or_else(|_| app.now());
    let zone = domain::time::Zone::Wib;
    let hour = CHORES.iter().find(|(known, _)| *known == kind).map_or(1, |(_, hour)| *hour);
    let run_at = zone.at(zone.day(tomorrow), hour);
    // The id is made of the hour, so that a second process plans the same job and not another.
    let new = NewJob { id: app.ids.past(run_at, 0), kind, report: None, payload: "{}".into(), run_at };
    if !job::insert(tx, &new).await? {
        tracing::debug!(kind, "the coming night was planned already");
    }
    Ok(())
}
