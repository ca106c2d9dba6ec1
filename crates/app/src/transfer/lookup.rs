//! Regions, offices and categories by the names that stand in the file.

use crate::reference::Reference;
use domain::region::RegionLevel;
use domain::{AgencyId, CategoryId, RegionCode};
use std::collections::HashMap;
use std::sync::Arc;

/// Reference data by name.
pub(crate) struct Lookup {
    pub reference: Arc<Reference>,
    /// Whether somebody loaded the villages; an unknown one says nothing otherwise.
    pub villages: bool,
    agencies: HashMap<String, Vec<AgencyId>>,
    categories: HashMap<String, Vec<CategoryId>>,
    /// Names of categories that were merged away, and other ways to name one.
    other_categories: HashMap<String, CategoryId>,
}

/// A place as far as its names were understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub region: RegionCode,
    /// The levels whose names were not understood: 0 for the province, 1 regency, 2 district, 3 village.
    pub not_understood: Vec<(usize, Why)>,
}

/// Why a name was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    Unknown,
    /// Several have the name, as Kabupaten Bandung and Kota Bandung.
    Ambiguous,
    /// The place lies in another province than the file says.
    Elsewhere,
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
        let mut categories: HashMap<String, Vec<CategoryId>> = HashMap::new();
        let mut other_categories = HashMap::new();
        for node in reference.categories.iter() {
            match node.merged_into {
                None => categories.entry(plain(&node.name)).or_default().push(node.id),
                Some(_) => {
                    other_categories.entry(plain(&node.name)).or_insert(node.id);
                }
            }
            for alias in &node.aliases {
                other_categories.entry(plain(alias)).or_insert(node.id);
            }
        }
        let villages = reference.regions.count(RegionLevel::Village) > 0;
        Lookup { reference, villages, agencies, categories, other_categories }
    }

    /// An office by name, short name or alias; where several have it, the one below `parent`, or the one
    /// that has the number: in a file of our own the two fit.
    pub fn agency(&self, name: &str, number: Option<i64>, parent: Option<AgencyId>) -> Option<AgencyId> {
        let found = self.agencies.get(&plain(name))?;
        let tree = &self.reference.rules.agencies;
        let below: Vec<AgencyId> =
            found.iter().copied().filter(|id| parent.is_none_or(|parent| tree.within(*id, parent))).collect();
        match (&below[..], &found[..]) {
            ([only], _) => Some(*only),
            ([], [only]) => Some(*only),
            _ => found.iter().copied().find(|id| Some(id.0) == number),
        }
    }

    /// A category by name or alias. Where several have the name, the one that has the number as well, which is
    /// so in a file of our own, or else the top category. A number alone means nothing: it is another system's.
    pub fn category(&self, name: &str, number: Option<i64>) -> Result<CategoryId, Why> {
        let name = plain(name);
        let Some(same) = self.categories.get(&name) else {
            return self.other_categories.get(&name).copied().ok_or(Why::Unknown);
        };
        if let [only] = same[..] {
            return Ok(only);
        }
        let is_top = |id: &CategoryId| self.reference.categories.get(*id).is_some_and(|node| node.parent.is_none());
        let of_number = same.iter().copied().find(|id| Some(id.0) == number);
        of_number.or_else(|| same.iter().copied().find(is_top)).ok_or(Why::Ambiguous)
    }

    /// A place by the names of province, regency, district and village, as deep as they are known. Each
    /// name is looked for at its own level only: "Demak" as a regency is never the district of that name.
    pub fn region(&self, names: [&str; 4]) -> Option<Found> {
        let mut not_understood = Vec::new();
        let mut note = |level: usize, why| not_understood.push((level, why));
        let [province, regency, _, _] = names;
        let top = self.one(RegionLevel::Province, province, None);
        let second = match self.one(RegionLevel::Regency, regency, top.as_ref().ok()) {
            Err(Some(Why::Unknown)) if top.is_ok() => {
                self.one(RegionLevel::Regency, regency, None).inspect(|_| note(0, Why::Elsewhere))
            }
            other => other,
        };
        for (level, sought) in [(0, &top), (1, &second)] {
            if let Err(Some(why)) = sought {
                note(level, *why);
            }
        }
        let mut deepest = second.is_ok();
        let mut region = second.or(top).ok()?;
        for (level, name) in [(RegionLevel::District, names[2]), (RegionLevel::Village, names[3])] {
            match self.one(level, name, Some(&region)) {
                _ if !deepest => {}
                Ok(deeper) => region = deeper,
                Err(None) => {}
                Err(Some(why)) => {
                    note(level as usize, why);
                    deepest = false;
                }
            }
        }
        Some(Found { region, not_understood })
    }

    /// The one region of a level that a name means; an empty name means none, and nothing is wrong with it.
    fn one(&self, level: RegionLevel, name: &str, above: Option<&RegionCode>) -> Result<RegionCode, Option<Why>> {
        if name.is_empty() {
            return Err(None);
        }
        match &self.reference.regions.named(level, name, above)[..] {
            [only] => Ok(only.clone()),
            [] => Err(Some(Why::Unknown)),
            _ => Err(Some(Why::Ambiguous)),
        }
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
