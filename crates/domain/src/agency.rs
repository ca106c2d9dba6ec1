//! The tree of offices: national → parent agency → unit → sub-unit.

mod check;
mod connection;
mod paper;

pub use check::{AgencyFault, check};
pub use connection::{Connection, verifier};
pub use paper::PaperKind;

use crate::ids::AgencyId;
use crate::region::RegionCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What kind of office it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgencyKind {
    /// The national admin of SP4N-LAPOR!.
    National,
    Ministry,
    /// A non-ministerial body or other institution.
    Body,
    Province,
    Regency,
    City,
    Unit,
    /// Inspektorat (APIP).
    Inspectorate,
    /// Dinas Komunikasi dan Informatika, usually the agency's main admin.
    Communication,
    /// An office of a ministry or body in a region (instansi vertikal), e.g. a Kanwil or a Polres.
    Vertical,
    /// A firm of the state or of a region (BUMN, BUMD).
    StateFirm,
    /// A state university (PTN).
    University,
    /// An embassy or consulate (perwakilan RI).
    Embassy,
}

impl AgencyKind {
    /// All kinds.
    pub const ALL: [AgencyKind; 13] = [
        AgencyKind::National,
        AgencyKind::Ministry,
        AgencyKind::Body,
        AgencyKind::Province,
        AgencyKind::Regency,
        AgencyKind::City,
        AgencyKind::Unit,
        AgencyKind::Inspectorate,
        AgencyKind::Communication,
        AgencyKind::Vertical,
        AgencyKind::StateFirm,
        AgencyKind::University,
        AgencyKind::Embassy,
    ];

    const NAMES: [(AgencyKind, &'static str); 13] = [
        (AgencyKind::National, "national"),
        (AgencyKind::Ministry, "ministry"),
        (AgencyKind::Body, "body"),
        (AgencyKind::Province, "province"),
        (AgencyKind::Regency, "regency"),
        (AgencyKind::City, "city"),
        (AgencyKind::Unit, "unit"),
        (AgencyKind::Inspectorate, "inspectorate"),
        (AgencyKind::Communication, "communication"),
        (AgencyKind::Vertical, "vertical"),
        (AgencyKind::StateFirm, "state_firm"),
        (AgencyKind::University, "university"),
        (AgencyKind::Embassy, "embassy"),
    ];

    /// The name in storage and in the reference data.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _)| *kind == self).map_or("unit", |(_, name)| name)
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<AgencyKind> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }
}

/// One office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    pub id: AgencyId,
    pub parent: Option<AgencyId>,
    pub kind: AgencyKind,
    pub name: String,
    pub short: String,
    pub region: Option<RegionCode>,
    pub aliases: Vec<String>,
    /// The first and the last day on which it is there, where they are known.
    #[serde(default)]
    pub active_from: Option<Date>,
    #[serde(default)]
    pub active_to: Option<Date>,
    /// Who verifies what is sent to it; counts for parent agencies.
    #[serde(default)]
    pub connection: Connection,
    /// How often it was edited at run time; guards two editors. 0 for what the embedded table says.
    #[serde(default)]
    pub edition: u32,
}

impl Agency {
    /// Whether the office is there on a day, and may be chosen.
    pub fn is_active(&self, on: Date) -> bool {
        self.active_from.is_none_or(|from| from <= on) && self.active_to.is_none_or(|to| on <= to)
    }
}

/// All offices, by id.
#[derive(Debug, Clone, Default)]
pub struct AgencyTree {
    agencies: BTreeMap<AgencyId, Agency>,
    national: Option<AgencyId>,
}

impl AgencyTree {
    /// A tree of the given offices; the one without a parent and of kind national is the root.
    pub fn new(agencies: impl IntoIterator<Item = Agency>) -> AgencyTree {
        let agencies: BTreeMap<_, _> = agencies.into_iter().map(|agency| (agency.id, agency)).collect();
        let national = agencies.values().find(|agency| agency.kind == AgencyKind::National).map(|agency| agency.id);
        AgencyTree { agencies, national }
    }

    /// The office of the national admin.
    pub fn national(&self) -> AgencyId {
        self.national.unwrap_or(AgencyId(1))
    }

    /// One office.
    pub fn get(&self, id: AgencyId) -> Option<&Agency> {
        self.agencies.get(&id)
    }

    /// All offices in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Agency> {
        self.agencies.values()
    }

    /// Offices directly below one.
    pub fn children(&self, id: AgencyId) -> impl Iterator<Item = &Agency> {
        self.agencies.values().filter(move |agency| agency.parent == Some(id))
    }

    /// The office above.
    pub fn parent(&self, id: AgencyId) -> Option<AgencyId> {
        self.get(id).and_then(|agency| agency.parent)
    }

    /// From an office up to the root, itself first. A broken tree that loops ends after 32 steps.
    pub fn line(&self, id: AgencyId) -> impl Iterator<Item = AgencyId> + '_ {
        std::iter::successors(Some(id), |id| self.parent(*id)).take(32)
    }

    /// Whether `id` is `top` or stands somewhere below it.
    pub fn within(&self, id: AgencyId, top: AgencyId) -> bool {
        self.line(id).any(|step| step == top)
    }

    /// The parent agency (instansi induk: ministry, province, regency, body) of an office; the
    /// national office is its own.
    pub fn root_of(&self, id: AgencyId) -> AgencyId {
        let national = self.national();
        self.line(id).take_while(|step| *step != national).last().unwrap_or(national)
    }

    /// The inspectorate (APIP) of a parent agency.
    pub fn inspectorate_of(&self, root: AgencyId) -> Option<AgencyId> {
        self.children(root).find(|office| office.kind == AgencyKind::Inspectorate).map(|office| office.id)
    }

    /// The office that runs the complaints of a parent agency for it: its Diskominfo, or else the agency itself.
    pub fn main_admin_of(&self, root: AgencyId) -> AgencyId {
        self.children(root).find(|office| office.kind == AgencyKind::Communication).map_or(root, |office| office.id)
    }

    /// Whether an office is the government of a province.
    pub fn is_province(&self, id: AgencyId) -> bool {
        self.get(id).is_some_and(|agency| agency.kind == AgencyKind::Province)
    }

    /// Whether an office governs a province, a regency or a city; the cities of Jakarta do so below their province.
    pub fn is_government(&self, id: AgencyId) -> bool {
        let governs = |kind| matches!(kind, AgencyKind::Province | AgencyKind::Regency | AgencyKind::City);
        self.get(id).is_some_and(|agency| governs(agency.kind))
    }

    /// The province that supervises a regency or a city. It does not stand above it: nothing is disposed that way.
    pub fn supervisor_of(&self, root: AgencyId) -> Option<AgencyId> {
        let watched = self.get(root).filter(|agency| matches!(agency.kind, AgencyKind::Regency | AgencyKind::City))?;
        let province = watched.region.as_ref()?.province();
        self.government_of(&province).map(|agency| agency.id)
    }

    /// The main government of a region: the office of kind province, regency or city for that code.
    pub fn government_of(&self, region: &RegionCode) -> Option<&Agency> {
        self.agencies.values().find(|agency| {
            matches!(agency.kind, AgencyKind::Province | AgencyKind::Regency | AgencyKind::City)
                && agency.region.as_ref() == Some(region)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office(id: i64, parent: Option<i64>, kind: AgencyKind) -> Agency {
        Agency {
            id: AgencyId(id),
            parent: parent.map(AgencyId),
            kind,
            name: format!("Kantor {id}"),
            short: format!("K{id}"),
            region: None,
            aliases: vec![],
            active_from: None,
            active_to: None,
            connection: Connection::Semi,
            edition: 0,
        }
    }

    #[test]
    fn a_ministry_may_be_chosen_until_the_day_it_is_closed() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let closed = Agency { active_to: Some(day("2025-10-08")), ..office(139, Some(1), AgencyKind::Ministry) };
        assert!(closed.is_active(day("2025-10-08")) && !closed.is_active(day("2025-10-09")));
        let new = Agency { active_from: Some(day("2025-09-08")), ..office(148, Some(1), AgencyKind::Ministry) };
        assert!(!new.is_active(day("2025-09-07")) && new.is_active(day("2025-09-08")));
    }

    #[test]
    fn a_sub_unit_belongs_to_its_parent_agency_and_to_no_neighbour() {
        let tree = AgencyTree::new([
            office(1, None, AgencyKind::National),
            office(63, Some(1), AgencyKind::Province),
            office(631, Some(63), AgencyKind::Unit),
            office(6311, Some(631), AgencyKind::Unit),
            office(64, Some(1), AgencyKind::Province),
        ]);
        assert_eq!(tree.root_of(AgencyId(6311)), AgencyId(63));
        assert_eq!(tree.root_of(AgencyId(1)), AgencyId(1));
        assert!(tree.within(AgencyId(6311), AgencyId(63)));
        assert!(!tree.within(AgencyId(6311), AgencyId(64)));
    }
}
