//! Supervision: where reports stand at each office, what is late there, and how much was finished.

mod overview;
mod plan;
mod queue;
mod standing;

pub use overview::{OfficeRow, Order, Overview};
pub use plan::{PlanAct, PlanView};
pub use queue::{OfficeQueue, QueueKind};

use crate::{App, Result};
use domain::oversight::THRESHOLD;
use jiff::Timestamp;
use std::sync::{Arc, PoisonError, RwLock};
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
            .write(move |tx| Box::pin(async move { Ok::<(), crate::Error>(lateness::keep(tx, &measured, now).await?) }))
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
}

pub(crate) const THRESHOLD_SETTING: &str = "oversight_threshold";
