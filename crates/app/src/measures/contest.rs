//! Offices of a kind compared over a period: see [`domain::ranking`].

use super::most;
use super::read::Grouping;
use crate::reference::Reference;
use crate::{App, Result};
use domain::measure::{Cut, Group, Measure, Sight, Sums};
use domain::ranking::{Contender, League, Standing, rank};
use domain::{AgencyId, RegionCode};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What is compared. The cut says the period and, for [`League::Units`], the agency.
#[derive(Debug, Clone, PartialEq)]
pub struct Contest {
    /// One of [`domain::ranking::SHARES`].
    pub share: Measure,
    pub league: League,
    pub cut: Cut,
    /// Only offices of a province.
    pub province: Option<RegionCode>,
    pub as_of: Option<Timestamp>,
}

/// What comes of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub enum Compared {
    Told(Ranking),
    /// More reports would have to be looked at than one question may.
    TooWide {
        most: u32,
    },
}

/// Offices in their places.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// What happened later is not counted.
    pub as_of: Timestamp,
    pub standings: Vec<Standing>,
}

impl App {
    /// Ranks offices as everybody may know them, sealed reports left out.
    pub async fn ranking(&self, contest: &Contest) -> Result<Compared> {
        let as_of = self.instant_of(contest).await?;
        let Some(now) = self.field(contest, &contest.cut).await? else {
            return Ok(Compared::TooWide { most: most(contest.as_of) });
        };
        let before = match contest.cut.before() {
            Some(cut) => self.field(contest, &cut).await?,
            None => None,
        };
        let reports = |office: &AgencyId| before.as_ref().map(|all| all.get(office).map_or(0, Sums::reports));
        let contenders: Vec<Contender> =
            now.iter().map(|(office, sums)| Contender { office: *office, sums, before: reports(office) }).collect();
        Ok(Compared::Told(Ranking { as_of, standings: rank(contest.share, &contenders) }))
    }

    /// The instant of which a contest is.
    pub(super) async fn instant_of(&self, contest: &Contest) -> Result<Timestamp> {
        match contest.as_of {
            Some(past) => Ok(past.min(self.now())),
            None => self.measured_until().await,
        }
    }

    /// The offices of a contest with what they did in a period; `None` where too much would have to be read.
    pub(super) async fn field(&self, contest: &Contest, cut: &Cut) -> Result<Option<BTreeMap<AgencyId, Sums>>> {
        let reference = self.reference();
        let by_office = [Grouping { group: Some(Group::Agency), of_stages: false }];
        let Some(found) = self.buckets(cut, contest.as_of, Sight::Public, &by_office).await? else { return Ok(None) };
        let offices = found.into_iter().flatten().filter_map(|(key, sums)| Some((AgencyId(key.parse().ok()?), sums)));
        Ok(Some(offices.filter(|(office, _)| competes(&reference, contest, *office)).collect()))
    }
}

fn competes(reference: &Reference, contest: &Contest, office: AgencyId) -> bool {
    let Some(agency) = reference.rules.agencies.get(office) else { return false };
    contest.league.takes(agency.kind, agency.region.as_ref(), contest.province.as_ref())
}
