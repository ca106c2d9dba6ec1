//! The scheduler: does what is due, and the jobs that wait in the outbox.

use crate::{Act, App, Error, Result, duties, jobs, moment, timing};
use domain::report::decide;
use domain::{Actor, ReportId, due};
use jiff::{SignedDuration, Timestamp};
use store::job::Claimed;
use store::{Audience, job, report};
use tokio::task::{JoinError, JoinSet};

/// Reports and jobs taken in one round.
const ROUND: u32 = 200;
/// How long a process may hold a job before another takes it over.
const CLAIM: SignedDuration = SignedDuration::from_mins(2);
/// How long a report is left alone that could not be woken.
const SNOOZE: SignedDuration = SignedDuration::from_mins(10);
/// Jobs done at once: on the embedded engine they share a commit.
const AT_ONCE: usize = 6;

/// What one round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    pub ticked: usize,
    pub jobs: usize,
}

impl Round {
    /// Whether there may be more to do at once.
    pub fn is_full(self) -> bool {
        self.ticked.max(self.jobs) >= ROUND as usize
    }
}

impl App {
    /// One round: what is due for reports, then jobs. Safe to run in any number of processes at once:
    /// a report's version and a job's claim let only one of them do a thing.
    pub async fn work(&self) -> Result<Round> {
        metrics::gauge!("lapor_writes_waiting").set(self.db.waiting() as f64);
        self.follow_reference().await?;
        Ok(Round { ticked: self.tick().await?, jobs: self.run_jobs().await? })
    }

    async fn tick(&self) -> Result<usize> {
        let due = report::list_waking(&mut self.db.read().await?, self.now(), ROUND).await?;
        for id in &due {
            match self.wake(*id).await {
                Ok(()) | Err(Error::Conflict(_)) => {}
                Err(Error::Busy) => tracing::warn!(report = %id, "a due report waits for the next round"),
                Err(error) => self.put_off(*id, &error).await,
            }
        }
        Ok(due.len())
    }

    /// Puts off the alarm of a report that cannot be woken, so that it does not stand before all others for ever.
    async fn put_off(&self, id: ReportId, error: &Error) {
        tracing::error!(report = %id, %error, "a due report could not be woken");
        let until = self.now().checked_add(SNOOZE).unwrap_or(Timestamp::MAX);
        let write = self.db.write_for(Audience::Nobody, move |tx| {
            Box::pin(async move { Ok::<(), Error>(report::snooze(tx, id, until).await?) })
        });
        if let Err(error) = write.await {
            tracing::error!(report = %id, %error, "its alarm could not be put off");
        }
    }

    /// Does the next due thing for a report, or moves its alarm when nothing is due after all.
    async fn wake(&self, id: ReportId) -> Result<()> {
        let reference = self.reference();
        let now = self.now();
        let row = report::load(&mut self.db.read().await?, id).await?.ok_or(Error::NotFound)?;
        match due::next(&reference.rules, &row.report, now) {
            Some((at, command)) if at <= now => {
                decide(&moment(&reference, now), &Actor::System, &row.report, &command)?;
                let act = Act { seen: Some(row.report.seq), ..Act::new(Actor::System, command) };
                self.act_by_id(id, act).await.map(drop)
            }
            _ => {
                let timing = timing::timing(&reference.rules, &row.report, now);
                self.db
                    .write(move |tx| {
                        Box::pin(async move {
                            report::update(tx, &row, row.report.seq, timing).await?;
                            duties::put(tx, &reference.rules, &row.report, &row.report, now).await
                        })
                    })
                    .await
            }
        }
    }

    async fn run_jobs(&self) -> Result<usize> {
        let process = self.process.clone();
        let now = self.now();
        let until = now.checked_add(CLAIM).unwrap_or(Timestamp::MAX);
        let claimed = self
            .db
            .write_for(Audience::Nobody, move |tx| {
                Box::pin(async move { Ok::<_, Error>(job::claim(tx, &process, now, until, ROUND).await?) })
            })
            .await?;
        let count = claimed.len();
        let mut running = JoinSet::new();
        for bundle in jobs::bundles(claimed) {
            if running.len() >= AT_ONCE {
                ended(running.join_next().await)?;
            }
            let app = self.clone();
            running.spawn(async move { app.run_bundle(bundle).await });
        }
        while !running.is_empty() {
            ended(running.join_next().await)?;
        }
        metrics::counter!("lapor_jobs_total").increment(count as u64);
        Ok(count)
    }

    async fn run_bundle(&self, bundle: Vec<Claimed>) -> Result<()> {
        let known: Vec<(i64, i64)> = bundle.iter().map(|job| (job.id, job.attempts)).collect();
        if let Err(error) = jobs::run(self, bundle).await {
            for (id, attempts) in known {
                self.postpone(id, attempts, &error).await?;
            }
        }
        Ok(())
    }

    /// Tries a failed job again after 2, 4, 8 … seconds, an hour at most. It is never dropped.
    async fn postpone(&self, id: i64, attempts: i64, error: &Error) -> Result<()> {
        tracing::error!(job = id, attempts, %error, "a job failed");
        let wait = SignedDuration::from_secs(1 << attempts.clamp(1, 11)).min(SignedDuration::from_hours(1));
        let run_at = self.now().checked_add(wait).unwrap_or(Timestamp::MAX);
        let (process, text) = (self.process.clone(), error.to_string());
        self.db
            .write_for(Audience::Nobody, move |tx| {
                Box::pin(async move { Ok::<(), Error>(job::postpone(tx, id, &process, run_at, &text).await?) })
            })
            .await
    }
}

/// What came of a job; a panic in it is told like any other failure, and its claim runs out.
fn ended(joined: Option<std::result::Result<Result<()>, JoinError>>) -> Result<()> {
    match joined {
        Some(Err(broken)) => Err(Error::Broken(broken.to_string())),
        Some(Ok(done)) => done,
        None => Ok(()),
    }
}
