//! `RunBatch`: does one deed to many reports, when the time to undo it is over. Each report is done under a key of the
//! batch, so that a batch that was interrupted does nothing twice when it is taken up again.

use crate::{App, Error, Result};
use jiff::Timestamp;
use store::Tx;
use store::batch::{self, BatchRow, BatchState};
use store::job::{Claimed, NewJob};
use store::officer;

/// The job's name in the outbox.
pub const KIND: &str = "run_batch";

/// Puts a batch into the outbox.
pub(crate) async fn enqueue(tx: &mut Tx, id: i64, batch: i64, run_at: Timestamp) -> Result<()> {
    super::put(tx, &NewJob { id, kind: KIND, report: None, payload: batch.to_string(), run_at }).await
}

pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    let id = claimed.first().and_then(|job| job.payload.parse().ok());
    let id: i64 = id.ok_or_else(|| Error::Broken("a batch without its number".into()))?;
    if begin(app, id).await? {
        let found = batch::load(&mut app.db.read().await?, id).await?;
        do_all(app, &found.ok_or(Error::NotFound)?).await?;
    }
    let app = app.clone();
    app.clone()
        .db
        .write(move |tx| {
            Box::pin(async move {
                if super::settle(tx, &claimed, &app.process).await? {
                    batch::advance(tx, id, BatchState::Running, BatchState::Done).await?;
                }
                Ok(())
            })
        })
        .await
}

/// From here on it cannot be undone. `false` for a batch that was undone, or is done.
async fn begin(app: &App, id: i64) -> Result<bool> {
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let fresh = batch::advance(tx, id, BatchState::Waiting, BatchState::Running).await?;
                let begun = batch::load(tx, id).await?.is_some_and(|batch| batch.state == BatchState::Running);
                Ok::<_, Error>(fresh || begun)
            })
        })
        .await
}

async fn do_all(app: &App, row: &BatchRow) -> Result<()> {
    let deed = serde_json::from_str(&row.details).map_err(|error| Error::Broken(error.to_string()))?;
    let mut tx = app.db.read().await?;
    let items = batch::items(&mut tx, row.id).await?;
    // The rights of today: who has lost the seat meanwhile does nothing more.
    let officer = officer::load(&mut tx, row.officer).await?.filter(|officer| officer.active);
    drop(tx);
    for item in items.iter().filter(|item| item.outcome.is_none()) {
        let outcome = match &officer {
            Some(officer) => app.do_item(&crate::seat(officer), row.id, &deed, item).await?,
            None => "denied".to_owned(),
        };
        let (id, nth) = (row.id, item.nth);
        app.db
            .write(move |tx| Box::pin(async move { Ok::<(), Error>(batch::settle(tx, id, nth, &outcome).await?) }))
            .await?;
    }
    Ok(())
}
