//! Supervision: where reports stand at each office, what is late there, and how much was finished.

mod one_page;
mod overview;
mod plan;
mod queue;
mod request;
mod standing;

pub use one_page::OnePage;
pub use overview::{OfficeRow, Order, Overview};
pub use plan::{PlanAct, PlanView};
pub use queue::{OfficeQueue, QueueKind};
pub use request::Behind;

use crate::{App, Error, Result};
use domain::Actor;
use domain::oversight::THRESHOLD;
use domain::policy::{OfficeAction, may_at};
use jiff::Timestamp;
use std::sync::{Arc, PoisonError, RwLock};
use store::access::log_change;
use store::lateness::{self, Lateness};
use store::reference;

/// What was measured last, kept while it is the last.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    last: RwLock<Option<(Timestamp, Arc<Vec<Lateness>>)>>,
}

impl Measured {
    fn of(&self, at: Timestamp) -> Option<Arc<Vec<Lateness>>> {
        let kept = self.last.read().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().filter(|(known, _)| *known == at).map(|(_, rows)| rows.clone())
    }

    fn put(&self, at: Timestamp, rows: Arc<Vec<Lateness>>) {
        *self.last.write().unwrap_or_else(PoisonError::into_inner) = Some((at, rows));
    }
}

impl App {
    /// Measures what is late at every office, and keeps it with the present instant.
    pub async fn measure_lateness(&self) -> Result<()> {
        let now = self.now();
        let measured = lateness::measure(&mut self.db.read().await?, now).await?;
        self.db
            .write(move |tx| Box::pin(async move { Ok::<(), Error>(lateness::keep(tx, &measured, now).await?) }))
            .await
    }

    /// What was late when it was last measured, and when that was.
    pub(crate) async fn lateness(&self) -> Result<(Option<Timestamp>, Arc<Vec<Lateness>>)> {
        let mut tx = self.db.read().await?;
        let Some(at) = lateness::measured_at(&mut tx).await? else { return Ok((None, Arc::default())) };
        if let Some(kept) = self.measured.of(at) {
            return Ok((Some(at), kept));
        }
        let rows = Arc::new(lateness::list(&mut tx).await?);
        self.measured.put(at, rows.clone());
        Ok((Some(at), rows))
    }

    /// The share of its reports that an office should have finished, in hundredths of a percent.
    pub async fn threshold(&self) -> Result<u64> {
        let set = reference::setting(&mut self.db.read().await?, THRESHOLD_SETTING).await?;
        Ok(set.and_then(|text| text.parse().ok()).unwrap_or(THRESHOLD))
    }

    /// Says which share an office should have finished from now on, in hundredths of a percent, 100 percent at most.
    /// Plans that were asked for before keep theirs.
    pub async fn set_threshold(&self, by: &Actor, points: u64) -> Result<()> {
        let agencies = &self.reference().rules.agencies;
        if !may_at(agencies, by, OfficeAction::SetThreshold, agencies.national()) {
            return Err(Error::Denied);
        }
        let (at, log, user, points) = (self.now(), self.id(), by.user(), points.min(MOST_POINTS));
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    reference::put_setting(tx, THRESHOLD_SETTING, &points.to_string()).await?;
                    let change = format!("{{\"points\":{points}}}");
                    Ok::<(), Error>(log_change(tx, log, at, user, "setting", THRESHOLD_SETTING, &change).await?)
                })
            })
            .await
    }
}

/// All reports, in hundredths of a percent.
const MOST_POINTS: u64 = 10_000;

pub(crate) const THRESHOLD_SETTING: &str = "oversight_threshold";
