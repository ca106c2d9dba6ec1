//! `MeasureQueues`: every ten minutes, what has become late meanwhile is measured, and what campaigns
//! have come to.

use crate::{App, Result};
use jiff::{SignedDuration, Timestamp};
use store::job::{Claimed, NewJob};
use store::{Tx, job};

/// The job's name in the outbox.
pub const KIND: &str = "measure_queues";

/// Between two measurements, in minutes.
const EVERY: i64 = 10;

pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    app.measure_lateness().await?;
    app.count_campaigns().await?;
    let app = app.clone();
    app.clone()
        .db
        .write(move |tx| {
            Box::pin(async move {
                match super::settle(tx, &claimed, &app.process).await? {
                    true => plan(&app, tx).await,
                    false => Ok(()),
                }
            })
        })
        .await
}

/// Plans the next measurement, where it is not planned yet: its id is made of its instant.
pub(super) async fn plan(app: &App, tx: &mut Tx) -> Result<()> {
    let step = EVERY * 60;
    let second = app.now().as_second().div_euclid(step).saturating_add(1).saturating_mul(step);
    let run_at = Timestamp::from_second(second).unwrap_or_else(|_| app.now() + SignedDuration::from_mins(EVERY));
    let new = NewJob { id: app.ids.past(run_at, 1), kind: KIND, report: None, payload: "{}".into(), run_at };
    if !job::insert(tx, &new).await? {
        tracing::debug!("the next measurement was planned already");
    }
    Ok(())
}
