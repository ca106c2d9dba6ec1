//! `ReplayRules`: tries a set of routing rules on past cases, batch by batch; each batch notes how far it came and
//! puts the next one into the outbox.

use crate::reference::Reference;
use crate::routing::{MOST_REPLAYED, compare};
use crate::{App, Error, Result};
use domain::ReportId;
use domain::routing::{Past, RuleSet};
use jiff::Timestamp;
use store::job::{Claimed, NewJob};
use store::replay::{self, ReplayRow};
use store::{Tx, routing};

/// The job's name in the outbox.
pub const KIND: &str = "replay_rules";

/// Reports that are looked at in one job.
const BATCH: u32 = 500;

/// Puts the next batch of a replay into the outbox.
pub(crate) async fn enqueue(tx: &mut Tx, id: i64, replay: i64, at: Timestamp) -> Result<()> {
    let new = NewJob { id, kind: KIND, report: None, payload: replay.to_string(), run_at: at };
    super::put(tx, &new).await
}

pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    let id: Option<i64> = claimed.first().and_then(|job| job.payload.parse().ok());
    let id = id.ok_or_else(|| Error::Broken("a replay without its number".into()))?;
    let batch = app.replayed(id).await?;
    let app = app.clone();
    app.clone()
        .db
        .write(move |tx| {
            Box::pin(async move {
                if !super::settle(tx, &claimed, &app.process).await? {
                    return Ok(());
                }
                let Some((was_after, row, moved)) = batch else { return Ok(()) };
                if !replay::advance(tx, &row, was_after).await? {
                    return Ok(());
                }
                for (report, past) in &moved {
                    replay::put_case(tx, row.id, *report, past).await?;
                }
                match row.ended_at {
                    Some(_) => Ok(()),
                    None => enqueue(tx, app.id(), row.id, app.now()).await,
                }
            })
        })
        .await
}

type Batch = (ReportId, ReplayRow, Vec<(ReportId, Past)>);

impl App {
    /// The next batch of a replay: where it began, the replay as it stands behind it, and what would have moved.
    /// Nothing where the replay has ended or its draft was thrown away.
    async fn replayed(&self, id: i64) -> Result<Option<Batch>> {
        let mut tx = self.db.read().await?;
        let Some(mut row) = replay::load(&mut tx, id).await?.filter(|row| row.ended_at.is_none()) else {
            return Ok(None);
        };
        let Some(set) = routing::load(&mut tx, row.set).await? else { return Ok(None) };
        let draft = RuleSet { owner: set.owner, version: set.version, rules: routing::rules(&mut tx, set.id).await? };
        let cases = replay::past(&mut tx, row.after, row.until, BATCH).await?;
        let reference: Reference = Reference::load(&mut tx).await?;
        drop(tx);
        let was_after = row.after;
        let mut moved = Vec::new();
        for case in &cases {
            row.after = case.report.id;
            let Some(past) = compare(&reference, &row.by, &draft, case) else { continue };
            row.sum.add(&reference.rules.agencies, &past);
            if past.moves() {
                moved.push((case.report.id, past));
            }
            if row.sum.cases >= MOST_REPLAYED {
                break;
            }
        }
        if cases.len() < BATCH as usize || row.sum.cases >= MOST_REPLAYED {
            row.ended_at = Some(self.now());
        }
        Ok(Some((was_after, row, moved)))
    }
}
