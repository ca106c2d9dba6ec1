//! What became of messages, and sending them once more under the same id.

use crate::ids::Ids;
use crate::{App, Error, Result};
use domain::policy::{Action, may};
use domain::{Actor, Report};
use jiff::{SignedDuration, Timestamp};
use store::delivery::{self, Delivery};

/// How long messages can be sent again.
pub(crate) const MEMORY: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Messages put back in one transaction, and in one request.
const STEP: u32 = 1_000;
const MOST: usize = 50_000;

/// What is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resend {
    /// One message, by its event.
    One(i64),
    /// This one and all that came after it.
    From(i64),
    /// All from an instant on.
    Since(Timestamp),
}

impl App {
    /// The messages to an endpoint before an event, the newest first; without the reports that are closed to `by` now.
    pub async fn deliveries(
        &self,
        by: &Actor,
        id: i64,
        dead: bool,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Delivery>> {
        self.webhook(by, id).await?;
        let before = before.unwrap_or(i64::MAX);
        let mut found = delivery::list(&mut self.db.read().await?, id, dead, before, limit.min(100)).await?;
        let reference = self.reference();
        let reads = |report: &Report| may(&reference.rules.agencies, by, Action::Read, report);
        for one in &mut found {
            one.report = one.report.take().filter(|(_, report)| reads(report));
        }
        Ok(found)
    }

    /// Lets messages leave once more, whatever became of them. Returns how many.
    pub async fn send_again(&self, by: &Actor, id: i64, what: Resend) -> Result<usize> {
        self.webhook(by, id).await?;
        let now = self.now();
        let mut from = match what {
            Resend::One(event) => {
                let put = self.db.write(move |tx| {
                    Box::pin(async move { Ok::<bool, Error>(delivery::again(tx, id, event, now).await?) })
                });
                return Ok(usize::from(put.await?));
            }
            Resend::From(event) => event,
            Resend::Since(at) => Ids::first(at),
        };
        let mut put = 0;
        while put < MOST {
            let step = self.db.write(move |tx| {
                Box::pin(async move { Ok::<_, Error>(delivery::again_from(tx, id, from, now, STEP).await?) })
            });
            let step = step.await?;
            put += step.len();
            match step.last() {
                Some(last) if step.len() == STEP as usize => from = last + 1,
                _ => break,
            }
        }
        Ok(put)
    }

    /// Takes away what was told long ago, in short transactions. Returns how many rows.
    pub async fn sweep_webhooks(&self) -> Result<u64> {
        let old = Ids::first(self.now().checked_sub(MEMORY).unwrap_or(Timestamp::MIN));
        let mut swept = 0;
        loop {
            let some =
                self.db.write(move |tx| Box::pin(async move { Ok::<u64, Error>(delivery::forget(tx, old).await?) }));
            match some.await? {
                0 => return Ok(swept),
                more => swept += more,
            }
        }
    }
}
