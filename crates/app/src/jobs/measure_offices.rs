//! `MeasureOffices`: every night, what became of the reports of this half year is counted for each parent agency, and
//! an action plan asked for where too little was finished; and evaluations end whose time to object has passed.

use super::nightly;
use crate::{App, Result};
use store::job::Claimed;

/// The job's name in the outbox.
pub const KIND: &str = "measure_offices";

pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    let semester = app.take_standings().await?;
    let asked = app.ask_for_plans(semester).await?;
    metrics::counter!("lapor_plans_asked_total").increment(asked as u64);
    let closed = app.close_evaluations().await?;
    metrics::counter!("lapor_evaluations_closed_total").increment(closed as u64);
    nightly::settle(app, claimed, KIND).await
}
