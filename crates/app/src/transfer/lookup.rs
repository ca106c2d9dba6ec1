//! Regions, offices and categories by the names that stand in the file.

use crate::reference::Reference;
use domain::{AgencyId, CategoryId, RegionCode};
use std::collections::HashMap;
use std::sync::Arc;

/// Reference data by name.
pub(super) struct Lookup {
    pub reference: Arc<Reference>,
    agencies: HashMap<String, Vec<AgencyId>>,
    categories: HashMap<String, CategoryId>,
}

/// A place as far as its names were understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub region: RegionCode,
    /// The level whose name was not understood: 1 for the regency, 2 district, 3 village.
    pub stopped_at: Option<usize>,
}

impl Lookup {
    pub fn new(reference: Arc<Reference>) -> Lookup {
        let mut agencies: HashMap<String, Vec<AgencyId>> = HashMap::new();
        for agency in reference.rules.agencies.iter() {
            let names = [&agency.name, &agency.short].into_iter().chain(&agency.aliases);
            for name in names {
                let same = agencies.entry(plain(name)).or_default();
                if !same.contains(&agency.id) {
                    same.push(agency.id);
                }
            }
        }
        let mut categories = HashMap::new();
        for node in reference.categories.iter() {
            for name in std::iter::once(&node.name).chain(&node.aliases) {
                let own_name = *name == node.name && node.merged_into.is_none();
                if own_name {
                    categories.insert(plain(name), node.id);
                } else {
                    categories.entry(plain(name)).or_insert(node.id);
                }
            }
        }
        Lookup { reference, agencies, categories }
    }

    /// An office by name, short name or alias; below `parent` where several have the same name.
    pub fn agency(&self, name: &str, parent: Option<AgencyId>) -> Option<AgencyId> {
        let found = self.agencies.get(&plain(name))?;
        let tree = &self.reference.rules.agencies;
        let below: Vec<AgencyId> =
            found.iter().copied().filter(|id| parent.is_none_or(|parent| tree.within(*id, parent))).collect();
        match (&below[..], &found[..]) {
            ([only], _) => Some(*only),
            ([], [only]) => Some(*only),
            _ => None,
        }
    }

    /// A category by name or alias. Numbers differ between systems: they count only without a name.
    pub fn category(&self, name: &str, number: Option<i64>) -> Option<CategoryId> {
        if !name.is_empty() {
            return self.categories.get(&plain(name)).copied();
        }
        let number = CategoryId(number?);
        self.reference.categories.get(number).map(|node| node.id)
    }

    /// A place by the names of province, regency, district and village, as deep as they are known.
    pub fn region(&self, names: [&str; 4]) -> Option<Found> {
        let regions = &self.reference.regions;
        let [province, regency, _, _] = names;
        let top = regions.find(province, None);
        let inside = top.as_ref().and_then(|top| regions.find(regency, Some(top)));
        let anywhere =
            || regions.find(regency, None).filter(|code| code.level() > domain::region::RegionLevel::Province);
        let second = if regency.is_empty() { None } else { inside.or_else(anywhere) };
        let mut region = second.clone().or(top)?;
        let mut stopped_at = (!regency.is_empty() && second.is_none()).then_some(1);
        for (level, name) in names.into_iter().enumerate().skip(2) {
            if name.is_empty() || stopped_at.is_some() || second.is_none() {
                continue;
            }
            match regions.find(name, Some(&region)) {
                Some(deeper) => region = deeper,
                None => stopped_at = Some(level),
            }
        }
        Some(Found { region, stopped_at })
    }
}

/// A name reduced to what its spellings share.
fn plain(name: &str) -> String {
    let lower = name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), " ");
    let words = lower.split_whitespace().map(|word| match word {
        "kab" => "kabupaten",
        "prov" | "propinsi" => "provinsi",
        "pemkab" => "pemerintah kabupaten",
        "pemkot" => "pemerintah kota",
        "pemprov" => "pemerintah provinsi",
        "kemen" => "kementerian",
        "dan" | "and" => "",
        other => other,
    });
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
