//! Figures from the kept counters, at most a second old. No request counts rows.

use crate::{App, Result};
use domain::AgencyId;
use domain::agency::AgencyTree;
use domain::measure::Tally;
use jiff::Timestamp;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};
use store::counter::{self, Key};

const FRESH: Duration = Duration::from_secs(1);

/// All counters as they were at an instant.
#[derive(Debug, Clone)]
pub struct Figures {
    pub at: Timestamp,
    counters: Arc<Vec<(Key, i64)>>,
}

/// The counters that were read last.
#[derive(Default)]
pub(crate) struct Kept(RwLock<Option<(Instant, Figures)>>);

impl Kept {
    fn fresh(&self) -> Option<Figures> {
        let kept = self.0.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        kept.as_ref().filter(|(read, _)| read.elapsed() < FRESH).map(|(_, figures)| figures.clone())
    }

    fn put(&self, figures: Figures) {
        *self.0.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some((Instant::now(), figures));
    }
}

impl Figures {
    /// What the public may know: of the whole country, or of an office and all below it. Sealed
    /// reports are left out, so that no figure tells of them.
    pub fn public(&self, agencies: &AgencyTree, office: Option<AgencyId>) -> Tally {
        self.sum(|key| !key.sealed && office.is_none_or(|office| agencies.within(key.agency, office)))
    }

    /// What a seat's inbox holds, sealed reports among it.
    pub fn desk(&self, agencies: &AgencyTree, office: Option<AgencyId>) -> Tally {
        self.sum(|key| office.is_none_or(|office| agencies.within(key.agency, office)))
    }

    /// What one office holds itself.
    pub fn own(&self, office: AgencyId) -> Tally {
        self.sum(|key| key.agency == office)
    }

    fn sum(&self, wanted: impl Fn(&Key) -> bool) -> Tally {
        let mut tally = Tally::default();
        for (key, n) in self.counters.iter().filter(|(key, _)| wanted(key)) {
            tally.add(key.stage, u64::try_from(*n).unwrap_or(0));
        }
        tally
    }
}

impl App {
    /// Forgets what was kept, so that the next figures are of now.
    pub fn forget_figures(&self) {
        self.figures.0.write().unwrap_or_else(|poisoned| poisoned.into_inner()).take();
    }

    /// The counters, at most a second old.
    pub async fn figures(&self) -> Result<Figures> {
        if let Some(kept) = self.figures.fresh() {
            return Ok(kept);
        }
        let counters = counter::list(&mut self.db.read().await?).await?;
        let fresh = Figures { at: self.now(), counters: Arc::new(counters) };
        self.figures.put(fresh.clone());
        Ok(fresh)
    }
}
