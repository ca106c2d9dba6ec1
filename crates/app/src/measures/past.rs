//! Figures as of a past instant: the same facts, made of the logs up to then.

use super::Buckets;
use super::read::{Grouping, Look, add_up, amongst};
use crate::{App, Error, Result};
use domain::ReportId;
use domain::measure::{Cut, Fact, Sight, Sums, fact};
use jiff::Timestamp;
use std::collections::BTreeSet;
use store::measure::{self, Stretch};

/// Reports whose logs one question may read.
pub(super) const MOST: u32 = 20_000;
/// Logs that are read at once.
const PAGE: usize = 500;

impl App {
    /// Sums for each grouping as they would have been told at an instant; `None` where too many logs would have to be read.
    pub(super) async fn of_past(
        &self,
        cut: &Cut,
        groupings: &[Grouping],
        sight: Sight,
        at: Timestamp,
    ) -> Result<Option<Vec<Buckets>>> {
        let Some(facts) = self.past_facts(cut, sight, at).await? else { return Ok(None) };
        let reference = self.reference();
        let of = |grouping: &Grouping| {
            let mut buckets = Buckets::new();
            add_up(&reference, &mut buckets, (cut, grouping.group, sight), &facts, Look::Whole);
            buckets.values_mut().for_each(Sums::prune);
            buckets
        };
        Ok(Some(groupings.iter().map(of).collect()))
    }

    /// What all reports contributed at an instant that may belong to a selection, without those that were sealed since.
    /// Only a few are asked for at once: the others are told to come again.
    pub(super) async fn past_facts(&self, cut: &Cut, sight: Sight, at: Timestamp) -> Result<Option<Vec<Fact>>> {
        let _one_of_few = self.looking_back.try_acquire().map_err(|_| Error::Busy)?;
        let reference = self.reference();
        let Some(reports) = self.once_among(cut, sight).await? else { return Ok(None) };
        let mut facts = Vec::new();
        for page in reports.into_iter().collect::<Vec<_>>().chunks(PAGE) {
            let logs = measure::logs(&mut self.db.read().await?, page).await?;
            let reference = reference.clone();
            let made = tokio::task::spawn_blocking(move || {
                let until = |log: Vec<(Timestamp, domain::Event)>| log.into_iter().filter(|(then, _)| *then <= at);
                let facts = logs
                    .into_iter()
                    .filter_map(|(id, log)| fact(&reference.rules, id, &until(log).collect::<Vec<_>>()));
                facts.collect::<Vec<_>>()
            });
            facts.extend(made.await.map_err(|error| Error::Broken(error.to_string()))?);
        }
        facts.sort_unstable_by_key(|fact| (fact.day, fact.report));
        Ok(Some(facts))
    }

    /// Reports that are, or once were, with the office, and came in during the period from the region.
    async fn once_among(&self, cut: &Cut, sight: Sight) -> Result<Option<BTreeSet<ReportId>>> {
        let reference = self.reference();
        let mut found = BTreeSet::new();
        // What a report is may have changed since, where and by which way it came in has not.
        let fixed = Cut { category: None, class: None, stage: None, ..cut.clone() };
        for among in amongst(&reference, cut) {
            let facts =
                measure::list(&mut self.db.read().await?, among, Stretch::of(cut.from, cut.to), MOST + 1).await?;
            if facts.len() > MOST as usize {
                return Ok(None);
            }
            let fits = |fact: &&Fact| sight.sees(fact.veil) && fixed.takes(&reference.categories, fact);
            found.extend(facts.iter().filter(fits).map(|fact| fact.report));
        }
        Ok(Some(found).filter(|found| found.len() <= MOST as usize))
    }
}
