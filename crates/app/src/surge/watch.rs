//! Looks at the last seven days.

use super::government_of;
use crate::{App, Result};
use domain::region::RegionLevel;
use domain::surge::{Past, Risen, Stretches, SurgeState, is_over};
use domain::time::Zone;
use domain::{CategoryId, RegionCode, ReportId};
use jiff::Timestamp;
use jiff::civil::Date;
use store::measure::{self, Among, Stretch};
use store::surge::{self, Surge};
use store::{Tx, notice};

/// Facts that are read at once.
const PAGE: u32 = 5_000;
/// New warnings of one morning, the least likely first: nobody acknowledges more.
const MOST_NEW: usize = 50;
/// Warnings that stand at the same time.
const MOST_STANDING: u32 = 1_000;

impl App {
    /// Looks at the seven whole days before today: warns of new rises, renews those that go on and ends those that are calm.
    /// Returns how many are new. A second look on the same day changes nothing.
    pub async fn watch_surges(&self) -> Result<usize> {
        let now = self.now();
        let stretches = Stretches::on(Zone::Wib.day(now));
        let past = self.past_of(stretches).await?;
        let rises = past.rises(&self.reference().categories, self.watched(stretches.window.1));
        let app = self.clone();
        let new = self
            .db
            .write(move |tx| Box::pin(async move { app.note_rises(tx, rises, stretches.window.1, now).await }))
            .await?;
        metrics::counter!("lapor_surges_raised_total").increment(new as u64);
        Ok(new)
    }

    async fn past_of(&self, stretches: Stretches) -> Result<Past> {
        let reference = self.reference();
        let mut past = Past::new(stretches);
        for (from, to) in [stretches.recent, stretches.year_ago] {
            let mut stretch = Stretch::of(from, to);
            loop {
                let facts = measure::list(&mut self.db.read().await?, Among::All, stretch, PAGE).await?;
                facts.iter().for_each(|fact| past.count(&reference.categories, fact));
                let Some(last) = facts.last() else { break };
                stretch.after = (last.day, last.report);
            }
        }
        Ok(past)
    }

    /// Topics times places.
    fn watched(&self, day: Date) -> u64 {
        let reference = self.reference();
        let topics = reference.categories.valid_on(day).count();
        topics as u64 * reference.regions.count(RegionLevel::Regency) as u64
    }

    async fn note_rises(&self, tx: &mut Tx, rises: Vec<Risen>, end: Date, now: Timestamp) -> Result<usize> {
        let standing = surge::standing(tx, i64::MIN, MOST_STANDING).await?;
        for was in &standing {
            let risen = rises.iter().find(|risen| risen.topic == was.topic && risen.region == was.region);
            if let Some(renewed) = renewed(was, risen, end, now) {
                // An officer who acts on it at this moment is faster: the next morning sees what was done.
                surge::change(tx, &renewed).await?;
            }
        }
        let mut known: Vec<_> = standing.iter().map(|was| (was.topic, was.region.clone())).collect();
        let mut new = 0;
        for risen in &rises {
            if new < MOST_NEW && !known.iter().any(|known| self.is_told(known, risen)) {
                new += usize::from(self.raise(tx, risen, end, now).await?);
                known.push((risen.topic, risen.region.clone()));
            }
        }
        Ok(new)
    }

    /// Whether a warning about the place tells of the rise already: of its topic, or of one above or below it.
    fn is_told(&self, (topic, region): &(CategoryId, RegionCode), risen: &Risen) -> bool {
        let reference = self.reference();
        let above = |one: CategoryId, other: CategoryId| reference.categories.line(one).any(|above| above == other);
        *region == risen.region && (above(*topic, risen.topic) || above(risen.topic, *topic))
    }

    async fn raise(&self, tx: &mut Tx, risen: &Risen, end: Date, now: Timestamp) -> Result<bool> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let raised = Surge {
            id: self.id(),
            topic: risen.topic,
            region: risen.region.clone(),
            owner: agencies.main_admin_of(government_of(agencies, &risen.region)),
            state: SurgeState::Raised,
            first_day: end,
            last_day: end,
            sighting: risen.sighting.clone(),
            changed_at: now,
            seq: 1,
        };
        if !surge::insert(tx, &raised).await? {
            return Ok(false);
        }
        let data = format!("{{\"surge\":{}}}", raised.id);
        notice::insert(tx, self.id(), raised.owner, ReportId(0), "surge_raised", &data, now).await?;
        Ok(true)
    }
}

/// A warning as it stands after a look, where the look changes it.
fn renewed(was: &Surge, risen: Option<&Risen>, end: Date, now: Timestamp) -> Option<Surge> {
    match risen {
        Some(risen) => {
            let mut sighting = risen.sighting.clone();
            sighting.peak = sighting.peak.max(was.sighting.peak);
            let goes_on = was.last_day != end || was.sighting != sighting;
            goes_on.then(|| Surge { last_day: end, sighting, changed_at: now, ..was.clone() })
        }
        None => is_over(was.last_day, end).then(|| Surge { state: SurgeState::Over, changed_at: now, ..was.clone() }),
    }
}
