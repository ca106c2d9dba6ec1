//! `SendReceipt`: puts the receipt of a report that an officer took in into the post. Its intake writes who took it in
//! as well, and leaves the letter to this job so as to stay short.

use crate::{App, Error, Result};
use domain::ReportId;
use jiff::Timestamp;
use store::job::{Claimed, NewJob};
use store::{Audience, Tx, letter, report, reporter};

/// The job's name in the outbox.
pub const KIND: &str = "send_receipt";

/// Puts the job into the outbox.
pub(crate) async fn enqueue(tx: &mut Tx, id: i64, report: ReportId, at: Timestamp) -> Result<()> {
    let payload = "{}".to_owned();
    super::put(tx, &NewJob { id, kind: KIND, report: Some(report), payload, run_at: at }).await
}

pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    let report = claimed.first().and_then(|job| job.report);
    let report = report.ok_or_else(|| Error::Broken("a job without its report".into()))?;
    let app = app.clone();
    app.clone()
        .db
        .write_for(Audience::Nobody, move |tx| {
            Box::pin(async move {
                match super::settle(tx, &claimed, &app.process).await? {
                    true => put(&app, tx, report).await,
                    false => Ok(()),
                }
            })
        })
        .await
}

/// What waits to leave already tells its reader of the report.
async fn put(app: &App, tx: &mut Tx, id: ReportId) -> Result<()> {
    let (row, person) = (report::load(tx, id).await?, reporter::load(tx, id).await?);
    let (Some(row), Some(person)) = (row, person) else { return Ok(()) };
    match letter::waiting_news(tx, id).await? {
        Some(_) => Ok(()),
        None => app.tell_received(tx, &row, &person, row.report.clocks.received).await,
    }
}
