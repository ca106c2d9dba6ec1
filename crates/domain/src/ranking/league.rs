//! Offices of a kind, compared with each other.

use crate::agency::AgencyKind;
use crate::region::RegionCode;
use serde::{Deserialize, Serialize};

/// Which offices are compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum League {
    /// Ministries and other bodies of the centre.
    Central,
    Provinces,
    /// Regencies and cities.
    Local,
    Regencies,
    Cities,
    Firms,
    Universities,
    Embassies,
    /// The offices directly below the chosen agency.
    Units,
}

impl League {
    /// All leagues.
    pub const ALL: [League; 9] = [
        League::Central,
        League::Provinces,
        League::Local,
        League::Regencies,
        League::Cities,
        League::Firms,
        League::Universities,
        League::Embassies,
        League::Units,
    ];

    /// The name in addresses, in the API and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            League::Central => "central",
            League::Provinces => "provinces",
            League::Local => "local",
            League::Regencies => "regencies",
            League::Cities => "cities",
            League::Firms => "firms",
            League::Universities => "universities",
            League::Embassies => "embassies",
            League::Units => "units",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<League> {
        League::ALL.into_iter().find(|league| league.name() == name)
    }

    /// Whether an office of a kind and region competes, among all or among those of a province.
    pub fn takes(self, kind: AgencyKind, region: Option<&RegionCode>, province: Option<&RegionCode>) -> bool {
        let is_there = province.is_none_or(|wanted| region.map(RegionCode::province).as_ref() == Some(wanted));
        is_there && self.takes_kind(kind)
    }

    fn takes_kind(self, kind: AgencyKind) -> bool {
        match self {
            League::Central => matches!(kind, AgencyKind::Ministry | AgencyKind::Body),
            League::Provinces => kind == AgencyKind::Province,
            League::Local => matches!(kind, AgencyKind::Regency | AgencyKind::City),
            League::Regencies => kind == AgencyKind::Regency,
            League::Cities => kind == AgencyKind::City,
            League::Firms => kind == AgencyKind::StateFirm,
            League::Universities => kind == AgencyKind::University,
            League::Embassies => kind == AgencyKind::Embassy,
            League::Units => true,
        }
    }
}
