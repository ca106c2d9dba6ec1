//! A half year frozen (rekaman): all figures and places as they were told, with what they were added up from.
//!
//! The document holds the figures themselves, so that they stay the same whatever becomes of a formula, and the sums,
//! so that anyone can add them up again.

use crate::agency::AgencyKind;
use crate::ids::AgencyId;
use crate::measure::{Measure, Reading, Sums};
use crate::oversight::Semester;
use crate::ranking::{self, Contender, League, SHARES, Standing};
use crate::region::RegionCode;
use crate::time::Zone;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Of the document.
pub const FORMAT: u16 = 1;

/// A frozen half year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    pub format: u16,
    pub semester: Semester,
    /// What happened later is not counted.
    pub as_of: Timestamp,
    /// Versions of formulas by the names of measures, and of the way of ranking.
    pub formulas: BTreeMap<String, u16>,
    pub ranking: u16,
    pub nation: Frozen,
    pub agencies: Vec<FrozenAgency>,
    pub provinces: Vec<FrozenProvince>,
    pub rankings: Vec<FrozenRanking>,
}

/// Figures, and what they were read from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    pub figures: Vec<Reading>,
    pub sums: Sums,
    /// Reports of the half year before.
    pub before: u64,
}

/// A parent agency as it was then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrozenAgency {
    pub id: AgencyId,
    pub name: String,
    pub kind: AgencyKind,
    pub region: Option<RegionCode>,
    pub frozen: Frozen,
}

/// A province.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrozenProvince {
    pub code: RegionCode,
    pub name: String,
    pub frozen: Frozen,
}

/// Places of the offices of a kind, in the whole country or in a province.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrozenRanking {
    pub share: Measure,
    pub league: League,
    pub province: Option<RegionCode>,
    pub standings: Vec<Standing>,
}

impl Frozen {
    /// Reads all measures from sums, as of a day in Jakarta.
    pub fn of(sums: Sums, before: u64, as_of: Timestamp) -> Frozen {
        let today = Zone::Wib.day(as_of);
        let figures = Measure::ALL.iter().map(|measure| measure.read(&sums, Some(before), today)).collect();
        Frozen { figures, sums, before }
    }

    /// One figure.
    pub fn figure(&self, measure: Measure) -> Option<Reading> {
        self.figures.iter().find(|reading| reading.measure == measure).copied()
    }
}

impl Snapshot {
    /// Freezes a half year.
    pub fn take(
        semester: Semester,
        as_of: Timestamp,
        nation: Frozen,
        agencies: Vec<FrozenAgency>,
        provinces: Vec<FrozenProvince>,
    ) -> Snapshot {
        let version = |measure: &Measure| (measure.code().to_owned(), measure.definition().version);
        Snapshot {
            format: FORMAT,
            semester,
            as_of,
            formulas: Measure::ALL.iter().map(version).collect(),
            ranking: ranking::VERSION,
            rankings: rankings(&agencies),
            nation,
            agencies,
            provinces,
        }
    }

    /// A ranking; nothing where nobody was there to be ranked.
    pub fn ranking(&self, share: Measure, league: League, province: Option<&RegionCode>) -> &[Standing] {
        let is_it =
            |one: &&FrozenRanking| one.share == share && one.league == league && one.province.as_ref() == province;
        self.rankings.iter().find(is_it).map_or(&[], |one| &one.standings)
    }

    /// A parent agency.
    pub fn agency(&self, id: AgencyId) -> Option<&FrozenAgency> {
        self.agencies.iter().find(|agency| agency.id == id)
    }
}

/// Every league in the whole country, and the regencies and cities of each province.
fn rankings(agencies: &[FrozenAgency]) -> Vec<FrozenRanking> {
    let provinces: BTreeSet<RegionCode> =
        agencies.iter().filter_map(|one| one.region.as_ref().map(RegionCode::province)).collect();
    let national = League::ALL.into_iter().filter(|league| *league != League::Units).map(|league| (league, None));
    let local = provinces.iter().map(|province| (League::Local, Some(province)));
    let contests: Vec<_> = national.chain(local).collect();
    let places = |share: Measure, league: League, province: Option<&RegionCode>| {
        let competing = agencies.iter().filter(|one| league.takes(one.kind, one.region.as_ref(), province));
        let contenders: Vec<Contender> = competing
            .map(|one| Contender { office: one.id, sums: &one.frozen.sums, before: Some(one.frozen.before) })
            .collect();
        ranking::rank(share, &contenders)
    };
    SHARES
        .into_iter()
        .flat_map(|share| contests.iter().map(move |contest| (share, *contest)))
        .map(|(share, (league, province))| FrozenRanking {
            share,
            league,
            province: province.cloned(),
            standings: places(share, league, province),
        })
        .filter(|ranking| !ranking.standings.is_empty())
        .collect()
}
