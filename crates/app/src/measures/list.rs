//! The reports behind a figure: exactly those that it counts, in the order of their arrival.

use super::read::amongst;
use crate::list::Summary;
use crate::{App, Result};
use domain::measure::{Cut, Fact, Measure, Part, Side, Sight};
use domain::policy::{Action, may, sight};
use domain::time::Zone;
use domain::{Actor, ReportId};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashMap;
use store::measure::{self, Stretch};

/// Reports on a page, and those that are looked at for it.
const SHOWN: usize = 50;
const LOOKED_AT: u32 = 2_000;

/// A report that a figure counts.
#[derive(Debug, Clone, PartialEq)]
pub enum Counted {
    /// Whoever asks may read it.
    Shown(Box<Summary>),
    /// It counts, and is not for whoever asks: not verified yet, archived, hidden, or of another office.
    Unshown,
}

/// A page of the reports that a figure counts.
#[derive(Debug, Clone, PartialEq)]
pub struct CountedPage {
    pub rows: Vec<Counted>,
    /// Where the next page begins: behind this report of this day.
    pub next: Option<(Date, ReportId)>,
}

impl App {
    /// Reports that a figure counts for the eyes of whoever asks, in its numerator or its denominator, behind a place. `None` for a question
    /// that is too wide to be answered, see [`super::Measured::TooWide`].
    pub async fn counted(
        &self,
        by: &Actor,
        (measure, part): (Measure, Part),
        cut: &Cut,
        as_of: Option<Timestamp>,
        after: Option<(Date, ReportId)>,
    ) -> Result<Option<CountedPage>> {
        let reference = self.reference();
        let sight = sight(&reference.rules.agencies, by, cut.office);
        let at = match as_of {
            Some(past) => past.min(self.now()),
            None => self.measured_until().await?,
        };
        let Some((facts, behind)) = self.window(cut, sight, as_of, after).await? else { return Ok(None) };
        let today = Zone::Wib.day(at);
        let agencies = &reference.rules.agencies;
        let mut next = behind;
        let mut found: Vec<(Date, ReportId)> = Vec::new();
        for fact in &facts {
            let with_office = match measure.side() {
                Side::Answerable => cut.blames(agencies, fact),
                Side::Held | Side::PassedOn => cut.holds(agencies, fact),
            };
            let here = sight.sees(fact.veil) && cut.takes(&reference.categories, fact) && with_office;
            if here && measure.counts(fact, part, today) {
                if found.len() == SHOWN {
                    next = found.last().copied();
                    break;
                }
                found.push((fact.day, fact.report));
            }
        }
        let ids: Vec<ReportId> = found.into_iter().map(|(_, id)| id).collect();
        let mut tx = self.db.read().await?;
        let mut shown = match by {
            Actor::Officer { .. } => measure::listed(&mut tx, &ids).await?,
            _ => measure::shown(&mut tx, &ids).await?,
        };
        if let Actor::Officer { .. } = by {
            shown.retain(|listed| may(agencies, by, Action::Read, &listed.row.report));
        }
        let mut shown: HashMap<ReportId, _> = shown.into_iter().map(|listed| (listed.row.report.id, listed)).collect();
        let row = |id: ReportId| match shown.remove(&id) {
            Some(listed) => Counted::Shown(Box::new(self.summary(listed))),
            None => Counted::Unshown,
        };
        Ok(Some(CountedPage { rows: ids.into_iter().map(row).collect(), next }))
    }

    /// The next facts behind a place in their order, each once, and the place up to which these are all there are, where
    /// there are more.
    async fn window(
        &self,
        cut: &Cut,
        sight: Sight,
        as_of: Option<Timestamp>,
        after: Option<(Date, ReportId)>,
    ) -> Result<Option<(Vec<Fact>, Option<(Date, ReportId)>)>> {
        let place = |fact: &Fact| (fact.day, fact.report);
        if let Some(past) = as_of {
            let facts = self.past_facts(cut, sight, past).await?;
            let behind = |fact: &Fact| after.is_none_or(|after| place(fact) > after);
            return Ok(facts.map(|facts| (facts.into_iter().filter(behind).collect(), None)));
        }
        let mut stretch = Stretch::of(cut.from, cut.to);
        stretch.after = after.unwrap_or(stretch.after).max(stretch.after);
        let (mut facts, mut end): (Vec<Fact>, Option<(Date, ReportId)>) = (Vec::new(), None);
        for among in amongst(&self.reference(), cut) {
            let found = measure::list(&mut self.db.read().await?, among, stretch, LOOKED_AT).await?;
            if let Some(last) = found.last().filter(|_| found.len() == LOOKED_AT as usize) {
                end = Some(end.map_or(place(last), |end| end.min(place(last))));
            }
            facts.extend(found);
        }
        facts.sort_unstable_by_key(place);
        facts.dedup_by_key(|fact| fact.report);
        facts.retain(|fact| end.is_none_or(|end| place(fact) <= end));
        Ok(Some((facts, end)))
    }
}
