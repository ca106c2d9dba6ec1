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
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::measure::{self, Among, Stretch};

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
    pub next: Option<ListPlace>,
}

/// Which reports: those that a figure counts in its numerator or its denominator, of a selection, now or as of an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureList {
    pub measure: Measure,
    pub part: Part,
    pub cut: Cut,
    pub as_of: Option<Timestamp>,
}

/// A place in such a list: behind this report of this day.
pub type ListPlace = (Date, ReportId);

impl App {
    /// Reports that a figure counts for the eyes of whoever asks, behind a place. `None` for a question that is too wide to
    /// be answered, see [`super::Measured::TooWide`].
    pub async fn counted(
        &self,
        by: &Actor,
        list: &FigureList,
        after: Option<ListPlace>,
    ) -> Result<Option<CountedPage>> {
        let Some((found, next)) = self.places(by, list, after, SHOWN).await? else { return Ok(None) };
        let agencies = &self.reference().rules.agencies;
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

    /// The next reports of a list behind a place, as many as asked at most, and where to go on.
    async fn places(
        &self,
        by: &Actor,
        list: &FigureList,
        after: Option<ListPlace>,
        most: usize,
    ) -> Result<Option<(Vec<ListPlace>, Option<ListPlace>)>> {
        let FigureList { measure, part, cut, as_of } = list;
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let sight = sight(agencies, by, cut.office);
        let at = match as_of {
            Some(past) => (*past).min(self.now()),
            None => self.measured_until().await?,
        };
        let Some((facts, mut next)) = self.window(cut, sight, *as_of, after).await? else { return Ok(None) };
        let today = Zone::Wib.day(at);
        let with_office = |fact: &Fact| match measure.side() {
            Side::Answerable => cut.blames(agencies, fact),
            Side::Held | Side::PassedOn => cut.holds(agencies, fact),
        };
        let is_counted = |fact: &&Fact| {
            let here = sight.sees(fact.veil) && cut.takes(&reference.categories, fact) && with_office(fact);
            here && measure.counts(fact, *part, today)
        };
        let mut found: Vec<ListPlace> =
            facts.iter().filter(is_counted).map(|fact| (fact.day, fact.report)).take(most + 1).collect();
        if found.len() > most {
            found.truncate(most);
            next = found.last().copied();
        }
        Ok(Some((found, next)))
    }

    /// All reports of a list; `None` where there are more than `most`, or the question is too wide.
    pub(crate) async fn all_counted(
        &self,
        by: &Actor,
        list: &FigureList,
        most: usize,
    ) -> Result<Option<Vec<ReportId>>> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let Some((found, next)) = self.places(by, list, after, most).await? else { return Ok(None) };
            all.extend(found.into_iter().map(|(_, report)| report));
            if all.len() > most {
                return Ok(None);
            }
            match next {
                Some(_) => after = next,
                None => return Ok(Some(all)),
            }
        }
    }

    /// The next facts behind a place in their order, each once, and the place up to which these are all there are, where
    /// there are more.
    async fn window(
        &self,
        cut: &Cut,
        sight: Sight,
        as_of: Option<Timestamp>,
        after: Option<ListPlace>,
    ) -> Result<Option<(Vec<Fact>, Option<ListPlace>)>> {
        let place = |fact: &Fact| (fact.day, fact.report);
        if let Some(past) = as_of {
            let facts = self.past_facts(cut, sight, past).await?;
            let behind = |fact: &Fact| after.is_none_or(|after| place(fact) > after);
            return Ok(facts.map(|facts| (facts.into_iter().filter(behind).collect(), None)));
        }
        let mut stretch = Stretch::of(cut.from, cut.to);
        stretch.after = after.unwrap_or(stretch.after).max(stretch.after);
        let (mut facts, mut end): (Vec<Fact>, Option<ListPlace>) = (Vec::new(), None);
        let held = amongst(&self.reference(), cut).into_iter().filter(|among| !matches!(among, Among::Past(_)));
        for among in held {
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
