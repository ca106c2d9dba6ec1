//! `HandOver`: after both offices have signed, the open cases go over, batch by batch; each batch puts the next
//! one into the outbox, and a pass that moved nothing is the last.

use crate::act::again_when_overtaken;
use crate::record::Decided;
use crate::{App, Error, Result, moment};
use domain::handover::goes_along;
use domain::report::{Command, decide};
use domain::{Actor, ReportId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::hand_over::HandOver;
use store::job::{Claimed, NewJob};
use store::report::InboxCursor;
use store::{Tx, hand_over, report};

/// The job's name in the outbox.
pub const KIND: &str = "hand_over";

/// Cases that are looked at in one job.
const BATCH: u32 = 40;

/// How far the walk over the giving office's open cases has come.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Walk {
    hand_over: i64,
    due_at: i64,
    id: i64,
    /// Cases that this pass has moved.
    moved: u32,
}

impl Walk {
    /// A walk from the beginning.
    pub(crate) fn of(hand_over: i64) -> Walk {
        Walk { hand_over, due_at: InboxCursor::START.due_at, id: 0, moved: 0 }
    }
}

/// Puts the next batch into the outbox.
pub(crate) async fn enqueue(tx: &mut Tx, id: i64, walk: &Walk, at: Timestamp) -> Result<()> {
    let payload = serde_json::to_string(walk).map_err(|error| Error::Broken(error.to_string()))?;
    super::put(tx, &NewJob { id, kind: KIND, report: None, payload, run_at: at }).await
}

pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    let walk = claimed.first().and_then(|job| serde_json::from_str::<Walk>(&job.payload).ok());
    let walk = walk.ok_or_else(|| Error::Broken("a hand-over without its walk".into()))?;
    again_when_overtaken(|| {
        let (own, claimed, walk) = (app.clone(), claimed.clone(), walk.clone());
        app.db.write(move |tx| {
            Box::pin(async move {
                match super::settle(tx, &claimed, &own.process).await? {
                    true => own.hand_batch_over(tx, walk).await,
                    false => Ok(()),
                }
            })
        })
    })
    .await
}

impl App {
    async fn hand_batch_over(&self, tx: &mut Tx, mut walk: Walk) -> Result<()> {
        let row = hand_over::load(tx, walk.hand_over).await?.ok_or(Error::NotFound)?;
        let cursor = InboxCursor { due_at: walk.due_at, id: ReportId(walk.id) };
        let page = report::list_held(tx, row.giving, cursor, BATCH).await?;
        let ended = page.len() < BATCH as usize;
        let mut moved = 0;
        for (held, due_at) in page {
            (walk.due_at, walk.id) = (due_at, held.report.id.0);
            moved += u32::from(self.hand_case_over(tx, &row, held).await?);
        }
        walk.moved += moved;
        hand_over::advance(tx, row.id, i64::from(moved)).await?;
        if !ended {
            return enqueue(tx, self.id(), &walk, self.now()).await;
        }
        // What came in behind the walk goes over in another pass.
        if walk.moved > 0 {
            return enqueue(tx, self.id(), &Walk::of(row.id), self.now()).await;
        }
        if hand_over::finish(tx, row.id, self.now()).await? {
            self.log_hand_over(tx, None, &row, "done").await?;
        }
        Ok(())
    }

    async fn hand_case_over(&self, tx: &mut Tx, over: &HandOver, held: report::Row) -> Result<bool> {
        let (reference, now) = (self.reference(), self.now());
        if !goes_along(&reference.rules.agencies, &held.report, over.giving, over.receiving) {
            return Ok(false);
        }
        let command = Command::HandOver { to: over.receiving };
        let events = decide(&moment(&reference, now), &Actor::System, &held.report, &command)?;
        let id = held.report.id;
        let decided = Decided {
            by: Actor::System,
            at: now,
            command: &command,
            events,
            said: Vec::new(),
            key: None,
            uploads: Vec::new(),
            shared: false,
        };
        self.record(tx, held, decided).await?;
        hand_over::inherit(tx, over.id, id).await?;
        Ok(true)
    }
}
