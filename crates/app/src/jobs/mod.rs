//! One file per job.

pub mod index_report;
pub mod reconcile_counters;

use crate::{App, Error, Result};
use store::job::Claimed;

/// Does a claimed job and settles it in the transaction of its effect, so that it takes effect once.
pub(crate) async fn run(app: &App, job: Claimed) -> Result<()> {
    match job.kind.as_str() {
        index_report::KIND => index_report::run(app, job).await,
        reconcile_counters::KIND => reconcile_counters::run(app, job).await,
        other => Err(Error::Broken(format!("no such job: {other}"))),
    }
}
