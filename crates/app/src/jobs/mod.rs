//! One file per job.

pub mod hand_over;
pub mod index_report;
pub mod measure_offices;
pub mod measure_queues;
pub mod reconcile_counters;
pub mod release_open_data;
pub mod replay_rules;
pub mod retime_reports;
pub mod run_batch;
pub mod send_receipt;
pub mod share_answer;
pub mod sweep_files;
pub mod sweep_letters;
pub mod tell_followers;
pub mod watch_surges;
pub mod write_extract;

mod nightly;

use crate::{App, Error, Result, campaign};
use std::collections::BTreeMap;
use store::job::{Claimed, NewJob};
use store::{Tx, job};

/// Puts a new job into the outbox.
pub(crate) async fn put(tx: &mut Tx, new: &NewJob) -> Result<()> {
    match job::insert(tx, new).await? {
        true => Ok(()),
        false => Err(Error::Broken(format!("two jobs have the id {}", new.id))),
    }
}

/// Settles claimed jobs, in the transaction of their effect and before it. `false`, and there must be no effect,
/// when the claims had run out and others have the jobs.
pub(crate) async fn settle(tx: &mut Tx, claimed: &[Claimed], process: &str) -> Result<bool> {
    let mut held = false;
    for one in claimed {
        held |= job::settle(tx, one.id, process).await?;
    }
    Ok(held)
}

/// Claimed jobs, those together that one piece of work settles: the same report is not indexed thrice.
pub(crate) fn bundles(claimed: Vec<Claimed>) -> impl Iterator<Item = Vec<Claimed>> {
    let mut bundles: BTreeMap<(String, i64), Vec<Claimed>> = BTreeMap::new();
    for job in claimed {
        let subject = job.report.map_or(job.id, |report| report.0);
        bundles.entry((job.kind.clone(), subject)).or_default().push(job);
    }
    bundles.into_values()
}

/// Does a bundle of claimed jobs and settles them in the transaction of their effect, so that they take
/// effect once; without effect where this process holds none of them any more.
pub async fn run(app: &App, bundle: Vec<Claimed>) -> Result<()> {
    match bundle.first().map(|job| job.kind.clone()).as_deref() {
        Some(hand_over::KIND) => hand_over::run(app, bundle).await,
        Some(index_report::KIND) => index_report::run(app, bundle).await,
        Some(reconcile_counters::KIND) => reconcile_counters::run(app, bundle).await,
        Some(measure_queues::KIND) => measure_queues::run(app, bundle).await,
        Some(measure_offices::KIND) => measure_offices::run(app, bundle).await,
        Some(campaign::STEP_KIND) => app.campaign_step(bundle).await,
        Some(release_open_data::KIND) => release_open_data::run(app, bundle).await,
        Some(sweep_files::KIND) => sweep_files::run(app, bundle).await,
        Some(sweep_letters::KIND) => sweep_letters::run(app, bundle).await,
        Some(replay_rules::KIND) => replay_rules::run(app, bundle).await,
        Some(run_batch::KIND) => run_batch::run(app, bundle).await,
        Some(send_receipt::KIND) => send_receipt::run(app, bundle).await,
        Some(retime_reports::KIND) => retime_reports::run(app, bundle).await,
        Some(tell_followers::KIND) => tell_followers::run(app, bundle).await,
        Some(watch_surges::KIND) => watch_surges::run(app, bundle).await,
        Some(write_extract::KIND) => write_extract::run(app, bundle).await,
        Some(share_answer::KIND) => share_answer::run(app, bundle).await,
        other => Err(Error::Broken(format!("no such job: {other:?}"))),
    }
}
