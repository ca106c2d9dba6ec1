//! `RetimeReports`: after a new edition of the calendar or the limits, the deadlines and alarms of all open
//! reports are computed anew, batch by batch; each batch puts the next one into the outbox.

use crate::reference::load_rules;
use crate::timing::timing;
use crate::{App, Error, Result, duties};
use domain::ReportId;
use jiff::Timestamp;
use store::job::{Claimed, NewJob};
use store::report::{Row, Timing};
use store::{Tx, millis, report};

/// The job's name in the outbox.
pub const KIND: &str = "retime_reports";

/// Reports that are looked at in one job.
const BATCH: u32 = 500;

/// Puts a walk over the open reports behind a report into the outbox.
pub(crate) async fn enqueue(tx: &mut Tx, id: i64, after: ReportId, at: Timestamp) -> Result<()> {
    let new = NewJob { id, kind: KIND, report: None, payload: after.0.to_string(), run_at: at };
    super::put(tx, &new).await
}

pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    let after = claimed.first().and_then(|job| job.payload.parse().ok()).map(ReportId);
    let after = after.ok_or_else(|| Error::Broken("a walk without its beginning".into()))?;
    let (moved, last) = app.moved(after).await?;
    let app = app.clone();
    app.clone()
        .db
        .write(move |tx| {
            Box::pin(async move {
                if !super::settle(tx, &claimed, &app.process).await? {
                    return Ok(());
                }
                for (row, timing) in &moved {
                    if report::retime(tx, row.report.id, row.report.seq, *timing).await? {
                        duties::put(tx, &app.reference().rules, &row.report, &row.report, app.now()).await?;
                    }
                }
                match last {
                    Some(last) => enqueue(tx, app.id(), last, app.now()).await,
                    None => Ok(()),
                }
            })
        })
        .await
}

impl App {
    /// Of the next open reports behind one, those whose timing has changed; and the last that was looked at,
    /// when there may be more. The rules come from the database: this process may have begun with older ones.
    async fn moved(&self, after: ReportId) -> Result<(Vec<(Row, Timing)>, Option<ReportId>)> {
        let mut tx = self.db.read().await?;
        let rules = load_rules(&mut tx).await?;
        let open = report::list_open(&mut tx, after, BATCH).await?;
        let last = open.last().filter(|_| open.len() == BATCH as usize).map(|(id, _)| *id);
        let now = self.now();
        let mut moved = Vec::new();
        for (id, found) in open {
            match found {
                Ok((row, kept)) => {
                    let fresh = renewed(kept, timing(&rules, &row.report, now));
                    if stored(fresh) != stored(kept) {
                        moved.push((row, fresh));
                    }
                }
                Err(error) => tracing::error!(report = %id, %error, "the timing of a report was not computed anew"),
            }
        }
        Ok((moved, last))
    }
}

/// A report without an alarm is not given one: older reports that were imported lie still until somebody acts.
fn renewed(kept: Timing, fresh: Timing) -> Timing {
    Timing { wake_at: kept.wake_at.and(fresh.wake_at), ..fresh }
}

fn stored(timing: Timing) -> (Option<i64>, Option<i64>) {
    (timing.due_at.map(millis), timing.wake_at.map(millis))
}
