//! Provinces, regencies and cities, districts and villages, by Kemendagri code.

use crate::time::Zone;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

/// A Kemendagri code: `63`, `63.72`, `63.72.01` or `63.72.01.1001`. Not a BPS code.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RegionCode(String);

/// How deep a code reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegionLevel {
    Province,
    Regency,
    District,
    Village,
}

impl RegionCode {
    /// Checks the shape of a code; whether such a region exists, [`Regions`] knows.
    pub fn parse(typed: &str) -> Option<RegionCode> {
        let parts: Vec<&str> = typed.trim().split('.').collect();
        let widths: &[usize] = &[2, 2, 2, 4];
        let fits = parts.len() <= 4
            && parts
                .iter()
                .zip(widths)
                .all(|(part, width)| part.len() == *width && part.bytes().all(|b| b.is_ascii_digit()));
        fits.then(|| RegionCode(parts.join(".")))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How deep it reaches.
    pub fn level(&self) -> RegionLevel {
        match self.0.len() {
            0..=2 => RegionLevel::Province,
            3..=5 => RegionLevel::Regency,
            6..=8 => RegionLevel::District,
            _ => RegionLevel::Village,
        }
    }

    /// The province's code.
    pub fn province(&self) -> RegionCode {
        self.cut(2)
    }

    /// The regency's or city's code, where the code reaches that deep.
    pub fn regency(&self) -> Option<RegionCode> {
        (self.level() >= RegionLevel::Regency).then(|| self.cut(5))
    }

    /// The code of the region around this one.
    pub fn parent(&self) -> Option<RegionCode> {
        self.0.rfind('.').map(|dot| self.cut(dot))
    }

    fn cut(&self, length: usize) -> RegionCode {
        RegionCode(self.0.get(..length).unwrap_or(&self.0).to_owned())
    }
}

impl Borrow<str> for RegionCode {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Names of all known regions and the ways people write them.
#[derive(Debug, Clone, Default)]
pub struct Regions {
    names: BTreeMap<RegionCode, String>,
    /// Codes directly below a code; the provinces below nothing.
    inside: BTreeMap<Option<RegionCode>, BTreeSet<RegionCode>>,
    zones: HashMap<RegionCode, Zone>,
    spoken: HashMap<String, Vec<RegionCode>>,
    moved: HashMap<RegionCode, Vec<RegionCode>>,
}

impl Regions {
    /// Adds a region under its official name.
    pub fn add(&mut self, code: RegionCode, name: &str) {
        self.spoken.entry(spoken(name)).or_default().push(code.clone());
        self.inside.entry(code.parent()).or_default().insert(code.clone());
        self.names.insert(code, name.to_owned());
    }

    /// Adds another way to name a region.
    pub fn add_alias(&mut self, alias: &str, code: RegionCode) {
        self.spoken.entry(spoken(alias)).or_default().push(code);
    }

    /// Sets the time zone of a province.
    pub fn set_zone(&mut self, province: RegionCode, zone: Zone) {
        self.zones.insert(province, zone);
    }

    /// Notes that a regency stood in another province before the provinces of Papua were divided in 2022.
    pub fn add_moved(&mut self, old_province: RegionCode, regency: RegionCode) {
        self.moved.entry(old_province).or_default().push(regency);
    }

    /// The official name.
    pub fn name(&self, code: &RegionCode) -> Option<&str> {
        self.names.get(code).map(String::as_str)
    }

    /// Names from the region itself up to its province.
    pub fn full_name(&self, code: &RegionCode) -> String {
        let steps = std::iter::successors(Some(code.as_str()), |code| code.rsplit_once('.').map(|(above, _)| above));
        let names: Vec<&str> = steps.filter_map(|step| self.names.get(step).map(String::as_str)).collect();
        names.join(", ")
    }

    /// The time zone; WIB, the capital's, where the province is unknown.
    pub fn zone(&self, code: &RegionCode) -> Zone {
        code.0.get(..2).and_then(|province| self.zones.get(province)).copied().unwrap_or(Zone::Wib)
    }

    /// Regions directly below a code, or the provinces.
    pub fn below(&self, above: Option<&RegionCode>) -> impl Iterator<Item = (&RegionCode, &str)> {
        let codes = self.inside.get(&above.cloned()).into_iter().flatten();
        codes.filter_map(|code| Some((code, self.name(code)?)))
    }

    /// Number of regions of one level.
    pub fn count(&self, level: RegionLevel) -> usize {
        self.names.keys().filter(|code| code.level() == level).count()
    }

    /// Finds a region by a name as people write it ("Kab. Banjar", "DKI", "Kota Adm. Jakarta Selatan"),
    /// inside `above` where given. A name that fits several regions resolves only when the words
    /// "kabupaten" or "kota", or the surroundings, leave one.
    pub fn find(&self, name: &str, above: Option<&RegionCode>) -> Option<RegionCode> {
        let level = above.map(RegionCode::level);
        let fits = |code: &&RegionCode| match above {
            None => true,
            Some(above) => Some(code.level()) > level && self.lies_in(code, above),
        };
        let empty = Vec::new();
        let exact = self.spoken.get(&spoken(name)).unwrap_or(&empty);
        let mut found: Vec<&RegionCode> = exact.iter().filter(fits).collect();
        if found.is_empty() {
            let bare = [format!("kabupaten {}", spoken(name)), format!("kota {}", spoken(name))];
            found = bare.iter().filter_map(|key| self.spoken.get(key)).flatten().filter(fits).collect();
        }
        let shallowest = found.iter().map(|code| code.level()).min()?;
        found.retain(|code| code.level() == shallowest);
        found.dedup();
        match found[..] {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    fn lies_in(&self, code: &RegionCode, above: &RegionCode) -> bool {
        let moved = || {
            let regencies = self.moved.get(above)?;
            code.regency().map(|regency| regencies.contains(&regency))
        };
        code.0.starts_with(&above.0) || moved().unwrap_or(false)
    }
}

/// A name reduced to what two spellings of it share.
fn spoken(name: &str) -> String {
    let lower = name.to_lowercase().replace(['.', ',', '-', '/', '(', ')', '\''], " ");
    let words = lower.split_whitespace().filter_map(|word| match word {
        "kab" => Some("kabupaten"),
        "adm" | "administrasi" | "administratif" | "provinsi" | "prov" | "propinsi" => None,
        "kec" | "kecamatan" | "kel" | "kelurahan" | "desa" => None,
        "kep" => Some("kepulauan"),
        other => Some(other),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> RegionCode {
        RegionCode::parse(text).unwrap()
    }

    fn some() -> Regions {
        let mut regions = Regions::default();
        for (region, name) in [
            ("31", "DKI Jakarta"),
            ("31.74", "Kota Administrasi Jakarta Selatan"),
            ("32", "Jawa Barat"),
            ("32.04", "Kabupaten Bandung"),
            ("32.73", "Kota Bandung"),
            ("63", "Kalimantan Selatan"),
            ("63.03", "Kabupaten Banjar"),
            ("63.71", "Kota Banjarmasin"),
            ("91", "Papua"),
            ("93", "Papua Selatan"),
            ("93.01", "Kabupaten Merauke"),
        ] {
            regions.add(code(region), name);
        }
        regions.add_alias("DKI", code("31"));
        regions.add_moved(code("91"), code("93.01"));
        regions.set_zone(code("63"), Zone::Wita);
        regions
    }

    #[test]
    fn everyday_names_are_understood() {
        let regions = some();
        assert_eq!(regions.find("DKI", None), Some(code("31")));
        assert_eq!(regions.find("Kab. Banjar", None), Some(code("63.03")));
        assert_eq!(regions.find("Kota Adm. Jakarta Selatan", None), Some(code("31.74")));
        assert_eq!(regions.find("banjarmasin", Some(&code("63"))), Some(code("63.71")));
        assert_eq!(regions.find("Provinsi Kalimantan Selatan", None), Some(code("63")));
    }

    #[test]
    fn a_name_that_fits_two_places_is_not_guessed() {
        let regions = some();
        assert_eq!(regions.find("Bandung", None), None);
        assert_eq!(regions.find("Kota Bandung", None), Some(code("32.73")));
    }

    #[test]
    fn merauke_is_found_under_its_old_province() {
        assert_eq!(some().find("Kab. Merauke", Some(&code("91"))), Some(code("93.01")));
    }

    #[test]
    fn zones_follow_the_province() {
        assert_eq!(some().zone(&code("63.71")), Zone::Wita);
        assert_eq!(some().full_name(&code("63.71")), "Kota Banjarmasin, Kalimantan Selatan");
    }
}
