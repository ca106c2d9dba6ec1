//! Holds what was added up against the truth. A difference is an alarm, not a silent repair.

use super::fold::{Cells, arrive, spread};
use crate::{App, Error, Result};
use domain::ReportId;
use domain::measure::{Fact, Sums, Veil, fact, first_of_month, month_number};
use jiff::civil::{Date, date};
use store::Tx;
use store::arrival::{self, Arrivals};
use store::measure::{self, Among, CellKey, Stretch};

/// Facts that are read at once.
const PAGE: u32 = 2_000;
/// Facts that are held against their logs each night.
const SAMPLE: u32 = 1_000;
/// Before the first report, and behind the last.
const FIRST: Date = date(1970, 1, 1);
const LAST: Date = date(9999, 12, 31);

/// What is wrong with the statistics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongMeasure {
    /// A sum over a scope, month and veil is not what the facts say, or over a scope and day, which then ends the scope.
    Sum { scope: String, month: i64, veil: &'static str },
    /// What a report contributes is not what its log says.
    Fact(ReportId),
}

impl App {
    /// Sums that are not what the facts say.
    pub async fn wrong_sums(&self) -> Result<Vec<WrongMeasure>> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let mut tx = self.db.read().await?;
        let (mut truth, mut arrivals) = (Cells::new(), Arrivals::new());
        let mut stretch = Stretch::of(FIRST, LAST);
        loop {
            let facts = measure::list(&mut tx, Among::All, stretch, PAGE).await?;
            facts.iter().for_each(|fact| spread(agencies, &mut truth, fact, 1));
            facts.iter().for_each(|fact| arrive(&mut arrivals, fact, 1));
            let Some(last) = facts.last() else { break };
            stretch.after = (last.day, last.report);
        }
        truth.values_mut().for_each(Sums::prune);
        let kept = measure::every_cell(&mut tx).await?;
        let differing = differing_days(&mut tx, arrivals).await?;
        drop(tx);
        let mut wrong = self.wrong_days(differing).await?;
        let nothing = Sums::default();
        let keys = truth.keys().chain(kept.keys().filter(|key| !truth.contains_key(key)));
        let differs = |key: &&CellKey| truth.get(key).unwrap_or(&nothing) != kept.get(key).unwrap_or(&nothing);
        for key in keys.filter(differs) {
            if self.is_wrong(key.clone()).await? {
                let (scope, month) = (key.scope.clone(), key.month);
                wrong.push(WrongMeasure::Sum { scope, month, veil: key.veil.name() });
            }
        }
        Ok(wrong)
    }

    /// Those counters of single days that are not what the facts say, after a second look.
    async fn wrong_days(&self, differing: Vec<(String, Date)>) -> Result<Vec<WrongMeasure>> {
        let mut wrong = Vec::new();
        for (scope, day) in differing {
            if self.is_wrong_day(scope.clone(), day).await? {
                let scope = format!("{scope}/{day}");
                wrong.push(WrongMeasure::Sum { scope, month: month_number(day), veil: Veil::None.name() });
            }
        }
        Ok(wrong)
    }

    /// Looks again at a counter of a day that differed, while nobody changes it.
    async fn is_wrong_day(&self, scope: String, day: Date) -> Result<bool> {
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    measure::alone(tx).await?;
                    let (mut truth, mut stretch) = (Arrivals::new(), Stretch::of(day, day));
                    loop {
                        let facts = measure::list(tx, Among::All, stretch, PAGE).await?;
                        facts.iter().for_each(|fact| arrive(&mut truth, fact, 1));
                        let Some(last) = facts.last() else { break };
                        stretch.after = (last.day, last.report);
                    }
                    let kept = arrival::sums(tx, std::slice::from_ref(&scope), (day, day)).await?;
                    let kept = kept.get(&scope).copied().unwrap_or(0);
                    Ok::<bool, Error>(
                        truth.get(&(scope, day)).copied().unwrap_or(0) != i64::try_from(kept).unwrap_or(-1),
                    )
                })
            })
            .await
    }

    /// Looks again at a sum that differed, while nobody changes it: reports may have been measured in between.
    async fn is_wrong(&self, key: CellKey) -> Result<bool> {
        let first = first_of_month(key.month).unwrap_or(FIRST);
        let reference = self.reference();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let agencies = &reference.rules.agencies;
                    measure::alone(tx).await?;
                    let mut truth = Cells::new();
                    let mut stretch = Stretch::of(first, first.last_of_month());
                    loop {
                        let facts = measure::list(tx, Among::All, stretch, PAGE).await?;
                        facts.iter().for_each(|fact| spread(agencies, &mut truth, fact, 1));
                        let Some(last) = facts.last() else { break };
                        stretch.after = (last.day, last.report);
                    }
                    let mut truth = truth.remove(&key).unwrap_or_default();
                    truth.prune();
                    let kept = measure::cells(tx, std::iter::once(&key)).await?.remove(&key).unwrap_or_default();
                    Ok::<bool, Error>(truth != kept)
                })
            })
            .await
    }

    /// Facts that are not what the logs say, among some that are drawn by lot.
    pub async fn wrong_facts_by_lot(&self) -> Result<Vec<WrongMeasure>> {
        let last = self.ids.past(self.now(), 0);
        let place = ReportId(rand::random_range(0..=last.max(1)));
        Ok(self.wrong_facts(place, SAMPLE).await?.0)
    }

    /// Facts that are not what the logs say, among as many as asked behind a report; and the last that was looked at,
    /// where there are more.
    pub async fn wrong_facts(&self, after: ReportId, limit: u32) -> Result<(Vec<WrongMeasure>, Option<ReportId>)> {
        let mut tx = self.db.read().await?;
        let ids = store::report::list_ids(&mut tx, after, limit).await?;
        let kept = measure::facts(&mut tx, &ids).await?;
        let logs = measure::logs(&mut tx, &ids).await?;
        let behind = measure::list_unmeasured(&mut tx, after, limit).await?;
        drop(tx);
        let reference = self.reference();
        let is_wrong = |id: &&ReportId| {
            let kept: Option<&Fact> = kept.iter().find(|fact| fact.report == **id);
            let truth = logs.get(*id).and_then(|log| fact(&reference.rules, **id, log));
            kept != truth.as_ref() && !behind.iter().any(|(waiting, _)| waiting == *id)
        };
        let wrong = ids.iter().filter(is_wrong).map(|id| WrongMeasure::Fact(*id)).collect();
        Ok((wrong, ids.last().filter(|_| ids.len() == limit as usize).copied()))
    }
}

/// Counters of single days that differ from those made of the facts.
async fn differing_days(tx: &mut Tx, mut truth: Arrivals) -> Result<Vec<(String, Date)>> {
    let mut after = (String::new(), FIRST);
    loop {
        let kept = arrival::list(tx, &after, PAGE).await?;
        let Some((last, _)) = kept.last() else { break };
        after = last.clone();
        kept.into_iter().for_each(|(key, n)| *truth.entry(key).or_default() -= n);
    }
    truth.retain(|_, n| *n != 0);
    Ok(truth.into_keys().collect())
}
