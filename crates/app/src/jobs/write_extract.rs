//! `WriteExtract`: first finds the reports behind a figure, then writes them batch by batch; each batch puts the next one
//! into the outbox, so that no other work waits for a long list and one that was interrupted goes on where it was.

use crate::measures::FigureList;
use crate::{App, Error, MOST_EXTRACTED, Result, seat, transfer};
use domain::{Actor, ReportId};
use jiff::Timestamp;
use store::extract::{self, ExtractRow, ExtractState};
use store::job::{Claimed, NewJob};
use store::{Tx, officer};

/// The job's name in the outbox.
pub const KIND: &str = "write_extract";

/// Reports that are written in one job.
const BATCH: usize = 100;

/// Puts the next step of an extract into the outbox.
pub(crate) async fn enqueue(tx: &mut Tx, id: i64, extract: i64, at: Timestamp) -> Result<()> {
    super::put(tx, &NewJob { id, kind: KIND, report: None, payload: extract.to_string(), run_at: at }).await
}

/// What a step came to.
enum Step {
    Found(Vec<ReportId>),
    /// The rows of the reports from one place to another, and how many there are.
    Written((u64, u64), String, u64),
    Ended(ExtractState),
}

pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    let id = claimed.first().and_then(|job| job.payload.parse().ok());
    let id: i64 = id.ok_or_else(|| Error::Broken("an extract without its number".into()))?;
    let found = extract::load(&mut app.db.read().await?, id).await?;
    let step = match found.filter(|row| row.ended_at.is_none()) {
        Some(row) => Some(app.extract_step(&row).await?),
        None => None,
    };
    let app = app.clone();
    app.clone()
        .db
        .write(move |tx| {
            Box::pin(async move {
                match (super::settle(tx, &claimed, &app.process).await?, step) {
                    (true, Some(step)) => app.end_step(tx, id, step).await,
                    _ => Ok(()),
                }
            })
        })
        .await
}

impl App {
    async fn extract_step(&self, row: &ExtractRow) -> Result<Step> {
        // The rights of today: who has lost the seat meanwhile is given nothing more.
        let officer = officer::load(&mut self.db.read().await?, row.officer).await?.filter(|officer| officer.active);
        let Some(by) = officer.map(|officer| seat(&officer)) else { return Ok(Step::Ended(ExtractState::Denied)) };
        match extract::reports(&mut self.db.read().await?, row.id).await? {
            None => self.find_extracted(&by, row).await,
            Some(reports) => self.write_extracted(&by, row, &reports).await,
        }
    }

    async fn find_extracted(&self, by: &Actor, row: &ExtractRow) -> Result<Step> {
        let list: FigureList = serde_json::from_str(&row.asked).map_err(|error| Error::Broken(error.to_string()))?;
        let found = self.all_counted(by, &list, MOST_EXTRACTED).await?;
        Ok(found.map_or(Step::Ended(ExtractState::TooMany), Step::Found))
    }

    async fn write_extracted(&self, by: &Actor, row: &ExtractRow, reports: &[ReportId]) -> Result<Step> {
        let from = usize::try_from(row.looked_at).unwrap_or(usize::MAX);
        let batch: Vec<ReportId> = reports.iter().skip(from).take(BATCH).copied().collect();
        if batch.is_empty() {
            return Ok(Step::Ended(ExtractState::Done));
        }
        let (rows, n) = transfer::rows_of(self, by, &batch).await?;
        Ok(Step::Written((row.looked_at, row.looked_at + batch.len() as u64), rows, n))
    }

    async fn end_step(&self, tx: &mut Tx, id: i64, step: Step) -> Result<()> {
        let goes_on = match step {
            Step::Found(reports) => {
                extract::found(tx, id, &reports).await?;
                true
            }
            Step::Written(places, rows, n) => extract::advance(tx, id, places, (&rows, n)).await?,
            Step::Ended(state) => {
                extract::end(tx, id, state, self.now()).await?;
                false
            }
        };
        match goes_on {
            true => enqueue(tx, self.id(), id, self.now()).await,
            false => Ok(()),
        }
    }
}
