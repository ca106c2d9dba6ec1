//! Figures from the kept counters, at most a second old, or two while somebody reads them anew. No request counts rows.

use crate::{App, Result};
use domain::AgencyId;
use domain::agency::AgencyTree;
use domain::measure::Tally;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};
use store::counter::{self, Key};

const FRESH: Duration = Duration::from_secs(1);
/// How old they may be while they are read anew.
const STALE: Duration = Duration::from_secs(2);

/// All counters as they were at an instant.
#[derive(Debug, Clone)]
pub struct Figures {
    pub at: Timestamp,
    counters: Arc<Vec<(Key, i64)>>,
    /// What was added up before from these counters.
    sums: Arc<Mutex<HashMap<Sum, Tally>>>,
}

/// Which counters are added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Sum {
    Public(Option<AgencyId>),
    Desk(Option<AgencyId>),
    Liaison(AgencyId),
}

/// The counters that were read last.
#[derive(Default)]
pub(crate) struct Kept {
    last: RwLock<Option<(Instant, Figures)>>,
    /// Held by the one that reads them anew, so that the others do not all do it too.
    reading: tokio::sync::Mutex<()>,
}

impl Kept {
    fn younger(&self, age: Duration) -> Option<Figures> {
        let kept = self.last.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        kept.as_ref().filter(|(read, _)| read.elapsed() < age).map(|(_, figures)| figures.clone())
    }

    fn put(&self, figures: Figures) {
        *self.last.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some((Instant::now(), figures));
    }
}

impl Figures {
    /// What the public may know: of the whole country, or of an office and all below it. Sealed
    /// reports are left out, so that no figure tells of them.
    pub fn public(&self, agencies: &AgencyTree, office: Option<AgencyId>) -> Tally {
        let within = |key: &Key| office.is_none_or(|office| agencies.within(key.agency, office));
        self.kept(Sum::Public(office), |key| !key.sealed && within(key))
    }

    /// What a seat's inbox holds, sealed reports among it.
    pub fn desk(&self, agencies: &AgencyTree, office: Option<AgencyId>) -> Tally {
        self.kept(Sum::Desk(office), |key| office.is_none_or(|office| agencies.within(key.agency, office)))
    }

    /// The counters themselves.
    pub(crate) fn counters(&self) -> &[(Key, i64)] {
        &self.counters
    }

    /// What a liaison officer's inbox holds: sealed reports are counted only in stages that are reached after a
    /// disposition, as before it they are not for this seat.
    pub fn liaison(&self, agencies: &AgencyTree, office: AgencyId) -> Tally {
        let known = |key: &Key| !key.sealed || key.stage.is_behind_disposition();
        self.kept(Sum::Liaison(office), |key| known(key) && agencies.within(key.agency, office))
    }

    fn kept(&self, which: Sum, wanted: impl Fn(&Key) -> bool) -> Tally {
        let mut sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        sums.entry(which).or_insert_with(|| self.sum(wanted)).clone()
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
        self.figures.last.write().unwrap_or_else(|poisoned| poisoned.into_inner()).take();
    }

    /// The counters, at most a second old; while one reads them anew, the others go on with those of a second before.
    pub async fn figures(&self) -> Result<Figures> {
        if let Some(kept) = self.figures.younger(FRESH) {
            return Ok(kept);
        }
        let _only_one = match self.figures.reading.try_lock() {
            Ok(reading) => reading,
            Err(_) => match self.figures.younger(STALE) {
                Some(kept) => return Ok(kept),
                None => self.figures.reading.lock().await,
            },
        };
        if let Some(kept) = self.figures.younger(FRESH) {
            return Ok(kept);
        }
        let counters = counter::list(&mut self.db.read().await?).await?;
        let fresh = Figures { at: self.now(), counters: Arc::new(counters), sums: Arc::default() };
        self.figures.put(fresh.clone());
        Ok(fresh)
    }
}
