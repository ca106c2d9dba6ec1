//! Which days are compared, and the reports of these days by topic and place.

use super::{Baseline, MOST_CASES, SEASON, Season, Sighting, WEEKS, WINDOW, Weeks, judge, spread, window};
use crate::category::CategoryTree;
use crate::ids::{CategoryId, ReportId};
use crate::measure::{Fact, Veil};
use crate::region::RegionCode;
use crate::report::StageKind;
use jiff::Span;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The same day of the week a year ago.
const YEAR: i32 = 364;

/// First and last days of what is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretches {
    /// The week that is judged.
    pub window: (Date, Date),
    /// The weeks before it, and itself.
    pub recent: (Date, Date),
    /// The same a year ago: the weeks around the window's days, and the weeks before these.
    pub year_ago: (Date, Date),
    /// The first of the days around.
    season: Date,
}

impl Stretches {
    /// What is compared on a day.
    pub fn on(today: Date) -> Stretches {
        let back = |day: Date, days: i32| day.saturating_sub(Span::new().days(days));
        let (first, last) = window(today);
        let weeks = WINDOW * WEEKS as i32;
        let beside = WINDOW * (SEASON as i32 / 2);
        let season = back(first, YEAR + beside);
        Stretches {
            window: (first, last),
            recent: (back(first, weeks), last),
            year_ago: (back(season, weeks), back(last, YEAR - beside)),
            season,
        }
    }
}

/// Reports of the compared days, by topic and place.
#[derive(Debug, Clone)]
pub struct Past {
    stretches: Stretches,
    /// Of each topic in each regency: the weeks before, and the reports of the window.
    places: BTreeMap<(CategoryId, RegionCode), (Weeks, Vec<ReportId>)>,
    seasons: BTreeMap<(CategoryId, RegionCode), Season>,
}

impl Past {
    /// Nothing counted yet.
    pub fn new(stretches: Stretches) -> Past {
        Past { stretches, places: BTreeMap::new(), seasons: BTreeMap::new() }
    }

    /// Counts a report under its category and all above. Sealed ones never count, so that no warning tells of them; archived
    /// ones do not either, since pranks come in swarms. Reports without a category or a regency belong to no topic or place.
    pub fn count(&mut self, categories: &CategoryTree, fact: &Fact) {
        let archived = matches!(fact.stage, StageKind::ArchivedAdmin | StageKind::ArchivedSystem);
        if fact.veil != Veil::None || archived {
            return;
        }
        let (Some(category), Some(regency)) = (fact.category, fact.region.regency()) else { return };
        for topic in categories.line(category) {
            self.count_in(topic, &regency, fact);
        }
    }

    fn count_in(&mut self, topic: CategoryId, regency: &RegionCode, fact: &Fact) {
        let within = |(first, last): (Date, Date)| first <= fact.day && fact.day <= last;
        if within(self.stretches.window) {
            let (_, cases) = self.places.entry((topic, regency.clone())).or_default();
            cases.push(fact.report);
        } else if within(self.stretches.recent) {
            let (weeks, _) = self.places.entry((topic, regency.clone())).or_default();
            let days = (fact.day - self.stretches.recent.0).get_days();
            if let Some(week) = usize::try_from(days / WINDOW).ok().and_then(|week| weeks.get_mut(week)) {
                *week += 1;
            }
        } else if within(self.stretches.year_ago) {
            let season = self.seasons.entry((topic, regency.province())).or_default();
            match fact.day >= self.stretches.season {
                true => season.around += 1,
                false => season.before += 1,
            }
        }
    }

    /// The rises of the window where `cells` topics and places are watched, the least likely first; of equals, the narrower
    /// topic says more.
    pub fn rises(&self, categories: &CategoryTree, cells: u64) -> Vec<Risen> {
        let spread = spread(self.places.values().map(|(weeks, _)| weeks));
        let judged = self.places.iter().filter_map(|((topic, region), (weeks, cases))| {
            let season = self.seasons.get(&(*topic, region.province())).copied().unwrap_or_default();
            let seen = u32::try_from(cases.len()).unwrap_or(u32::MAX);
            let rise = judge(&Baseline::of(weeks, season, spread), seen, cells)?;
            let cases = cases.iter().rev().take(MOST_CASES).copied().collect();
            let sighting = Sighting { rise, weeks: *weeks, lift: season.lift(), peak: seen, cases };
            Some(Risen { topic: *topic, region: region.clone(), sighting })
        });
        let mut rises: Vec<Risen> = judged.collect();
        let depth = |risen: &Risen| std::cmp::Reverse(categories.line(risen.topic).count());
        rises.sort_by(|one, other| {
            let chances = one.sighting.rise.chance.total_cmp(&other.sighting.rise.chance);
            chances.then_with(|| depth(one).cmp(&depth(other)))
        });
        rises
    }
}

/// A topic that rises in a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Risen {
    /// A category of any level.
    pub topic: CategoryId,
    /// A regency or city.
    pub region: RegionCode,
    pub sighting: Sighting,
}
