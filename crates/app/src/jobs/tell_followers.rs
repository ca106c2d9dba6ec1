//! `TellFollowers`: puts a letter into the post for everybody who follows a public report to which something
//! happened, batch by batch.

use crate::mail::NewLetter;
use crate::{App, Error, Result};
use domain::{ReportId, quiet};
use jiff::Timestamp;
use store::job::{Claimed, NewJob};
use store::{Tx, account, follow, letter, report};

/// The job's name in the outbox.
pub const KIND: &str = "tell_followers";

/// Followers told in one transaction.
const BATCH: u32 = 100;

/// Puts the job into the outbox: news of a report from an event on, for those behind an account.
pub(crate) async fn enqueue(tx: &mut Tx, id: i64, report: ReportId, seq: u32, after: i64, at: Timestamp) -> Result<()> {
    let payload = format!("[{seq},{after}]");
    super::put(tx, &NewJob { id, kind: KIND, report: Some(report), payload, run_at: at }).await
}

pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    let report = claimed.first().and_then(|job| job.report);
    let report = report.ok_or_else(|| Error::Broken("a job without its report".into()))?;
    let app = app.clone();
    app.clone()
        .db
        .write(move |tx| {
            Box::pin(async move {
                if !super::settle(tx, &claimed, &app.process).await? {
                    return Ok(());
                }
                for job in &claimed {
                    let (seq, after) = serde_json::from_str(&job.payload)
                        .map_err(|error| Error::Broken(format!("{KIND}: {error}")))?;
                    tell(&app, tx, report, seq, after).await?;
                }
                Ok(())
            })
        })
        .await
}

async fn tell(app: &App, tx: &mut Tx, id: ReportId, seq: u32, after: i64) -> Result<()> {
    let Some(row) = report::load(tx, id).await?.filter(|row| row.report.is_public()) else { return Ok(()) };
    let followers = follow::list(tx, id, after, BATCH).await?;
    let now = app.now();
    let not_before = quiet::next_loud(&app.reference().rules.calendar, row.report.zone, now);
    for follower in &followers {
        // What waits to leave tells this event too.
        if letter::has_waiting(tx, id, *follower).await? {
            continue;
        }
        let Some(account) = account::load(tx, *follower).await? else { continue };
        let news = NewLetter {
            report: Some(id),
            account: Some(account.id),
            first_seq: Some(seq),
            urgent: false,
            not_before,
            ..NewLetter::now(account.address, account.language, "follow", now).by(account.way)
        };
        app.post(tx, news).await?;
    }
    match followers.last().filter(|_| followers.len() == BATCH as usize) {
        Some(last) => enqueue(tx, app.id(), id, seq, *last, now).await,
        None => Ok(()),
    }
}
