//! The places and offices in which made-up reports play, looked up once.

use crate::reference::Reference;
use domain::agency::{AgencyKind, AgencyTree};
use domain::region::RegionLevel;
use domain::{Actor, AgencyId, CategoryId, RegionCode, Role, UserId};
use std::collections::HashMap;
use std::sync::Arc;

/// Who did it where no account is known.
const NOBODY: UserId = UserId(0);
const PENERANGAN_JALAN: CategoryId = CategoryId(632);

/// Which unit looks after a top category, by the beginning of its short name.
const DUTIES: &[(i64, &str)] = &[
    (1, "Setda"),
    (2, "Dinkes"),
    (3, "Bapenda"),
    (4, "Dinkes"),
    (6, "Satpol"),
    (7, "DLH"),
    (8, "Dinas PUPR"),
    (9, "DPMD"),
    (10, "Disdik"),
    (11, "Distan"),
    (12, "Setda"),
    (13, "BKD"),
    (14, "Dinsos"),
    (16, "Dinas ESDM"),
    (17, "Satpol"),
    (20, "Disdukcapil"),
    (23, "Disnaker"),
    (25, "BKD"),
    (31, "Dishub"),
    (32, "Disdag"),
];

/// A regency or city.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub regency: RegionCode,
    pub districts: Vec<RegionCode>,
    /// Its government, which answers for it.
    pub government: AgencyId,
}

/// Reference data as a storyteller needs it.
#[derive(Debug)]
pub(crate) struct World {
    pub reference: Arc<Reference>,
    categories: HashMap<String, CategoryId>,
    owners: HashMap<CategoryId, AgencyId>,
    units: HashMap<AgencyId, Vec<(AgencyId, AgencyKind, String)>>,
    provinces: HashMap<RegionCode, Vec<Place>>,
    accounts: HashMap<(Role, AgencyId), UserId>,
}

impl World {
    pub fn new(reference: Arc<Reference>) -> World {
        let agencies = &reference.rules.agencies;
        let categories = reference.categories.iter().map(|node| (node.name.clone(), node.id)).collect();
        let by_short: HashMap<&str, AgencyId> =
            agencies.iter().map(|agency| (agency.short.as_str(), agency.id)).collect();
        let owners = reference.categories.iter().filter_map(|node| {
            let top = reference.categories.get(reference.categories.top_of(node.id))?;
            Some((node.id, *by_short.get(top.owner.as_str())?))
        });
        let mut units: HashMap<AgencyId, Vec<_>> = HashMap::new();
        for agency in agencies.iter() {
            let below = matches!(agency.kind, AgencyKind::Unit | AgencyKind::Inspectorate | AgencyKind::Communication);
            if let Some(parent) = agency.parent.filter(|_| below) {
                units.entry(parent).or_default().push((agency.id, agency.kind, agency.short.clone()));
            }
        }
        World {
            categories,
            owners: owners.collect(),
            units,
            provinces: provinces(&reference),
            accounts: HashMap::new(),
            reference: Arc::clone(&reference),
        }
    }

    /// Lets an account act for its seat in all stories.
    pub fn seat(&mut self, role: Role, agency: AgencyId, user: UserId) {
        self.accounts.insert((role, agency), user);
    }

    pub fn agencies(&self) -> &AgencyTree {
        &self.reference.rules.agencies
    }

    pub fn category(&self, name: &str) -> Option<CategoryId> {
        self.categories.get(name).copied()
    }

    /// The ministry or body that answers for a category in the whole country.
    pub fn owner(&self, category: CategoryId) -> Option<AgencyId> {
        self.owners.get(&category).copied()
    }

    /// The regencies and cities of a province.
    pub fn places(&self, province: &RegionCode) -> &[Place] {
        self.provinces.get(province).map_or(&[], Vec::as_slice)
    }

    /// The unit of a government that looks after a category; the government itself where it has no units.
    pub fn unit(&self, government: AgencyId, category: Option<CategoryId>, supervisory: bool) -> AgencyId {
        let Some(units) = self.units.get(&government) else { return government };
        let of_kind = |wanted: AgencyKind| units.iter().find(|(_, kind, _)| *kind == wanted);
        let by_duty = |category: CategoryId| {
            let top = self.reference.categories.top_of(category).0;
            let duty = match category {
                PENERANGAN_JALAN => "Dishub",
                _ => DUTIES.iter().find(|(known, _)| *known == top)?.1,
            };
            units.iter().find(|(_, _, short)| short.starts_with(duty))
        };
        let found = match supervisory {
            true => of_kind(AgencyKind::Inspectorate),
            false => category.and_then(by_duty).or_else(|| of_kind(AgencyKind::Communication)),
        };
        found.map_or(government, |(id, _, _)| *id)
    }

    /// Somebody in a seat.
    pub fn officer(&self, role: Role, agency: AgencyId) -> Actor {
        let user = self.accounts.get(&(role, agency)).copied().unwrap_or(NOBODY);
        Actor::Officer { user, role, agency }
    }

    /// Who answers for an office.
    pub fn answerer(&self, office: AgencyId, supervisory: bool) -> Actor {
        let role = match () {
            () if supervisory => Role::Inspector,
            () if office == self.agencies().national() => Role::NationalAdmin,
            () if self.agencies().root_of(office) == office => Role::AgencyAdmin,
            () => Role::LiaisonOfficer,
        };
        self.officer(role, office)
    }
}

fn provinces(reference: &Reference) -> HashMap<RegionCode, Vec<Place>> {
    let regions = &reference.regions;
    let agencies = &reference.rules.agencies;
    let place = |regency: &RegionCode| {
        let government = agencies.government_of(regency).map(|office| office.id);
        Place {
            regency: regency.clone(),
            districts: regions.below(Some(regency)).map(|(code, _)| code.clone()).collect(),
            government: government.unwrap_or(agencies.national()),
        }
    };
    let regencies = |province: &RegionCode| {
        let below = regions.below(Some(province)).filter(|(code, _)| code.level() == RegionLevel::Regency);
        below.map(|(code, _)| place(code)).collect()
    };
    regions.below(None).map(|(province, _)| (province.clone(), regencies(province))).collect()
}
