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

/// No Kemendagri code begins so.
const NATION: &str = "00";

/// How deep a code reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegionLevel {
    Province,
    Regency,
    District,
    Village,
}

impl RegionLevel {
    /// All levels, the widest first.
    pub const ALL: [RegionLevel; 4] =
        [RegionLevel::Province, RegionLevel::Regency, RegionLevel::District, RegionLevel::Village];
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

    /// The whole country: where a short message did not say where, and nobody could tell.
    pub fn nation() -> RegionCode {
        RegionCode(NATION.to_owned())
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
    /// By official name.
    spoken: HashMap<String, Vec<RegionCode>>,
    aliases: HashMap<String, Vec<RegionCode>>,
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
        self.aliases.entry(spoken(alias)).or_default().push(code);
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
        if code.as_str() == NATION {
            return Some("Indonesia");
        }
        self.names.get(code).map(String::as_str)
    }

    /// Names from the region itself up to its province.
    pub fn full_name(&self, code: &RegionCode) -> String {
        let steps = std::iter::successors(Some(code.as_str()), |code| code.rsplit_once('.').map(|(above, _)| above));
        let names: Vec<&str> = steps.filter_map(|step| self.names.get(step).map(String::as_str)).collect();
        if names.is_empty() {
            return self.name(code).unwrap_or_default().to_owned();
        }
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

    /// Finds a region of any level by a name as people write it ("Kab. Banjar", "DKI", "Kota Adm. Jakarta
    /// Selatan"), inside `above` where given. The least deep level that knows the name counts, and only
    /// where it knows one region of that name.
    pub fn find(&self, name: &str, above: Option<&RegionCode>) -> Option<RegionCode> {
        let named = RegionLevel::ALL.into_iter().map(|level| self.named(level, name, above));
        match &named.into_iter().find(|known| !known.is_empty())?[..] {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    /// All regions of one level that a name may mean, inside `above` where given. A bare name means the
    /// regency and the city of that name ("Bandung"), unless something at this level is called just so.
    pub fn named(&self, level: RegionLevel, name: &str, above: Option<&RegionCode>) -> Vec<RegionCode> {
        let fits = |code: &&RegionCode| {
            code.level() == level && above.is_none_or(|above| level > above.level() && self.lies_in(code, above))
        };
        let name = spoken(name);
        let official = |key: &str| self.spoken.get(key).into_iter().flatten();
        let alias = self.aliases.get(&name).into_iter().flatten();
        let mut found: BTreeSet<&RegionCode> = official(&name).chain(alias).filter(fits).collect();
        if found.is_empty() && level == RegionLevel::Regency {
            let kinds = ["kabupaten", "kota"].map(|kind| format!("{kind} {name}"));
            found = kinds.iter().flat_map(|key| official(key)).filter(fits).collect();
        }
        found.into_iter().cloned().collect()
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
    joined(words)
}

/// Words with a space between them; single letters stand together, as in "D.K.I." and "DKI".
fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    let mut after_letter = false;
    for word in words {
        let letter = word.chars().all(char::is_alphabetic) && word.chars().nth(1).is_none();
        let joins = text.is_empty() || (letter && after_letter);
        if !joins {
            text.push(' ');
        }
        text.push_str(word);
        after_letter = letter;
    }
    text
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
    fn a_name_is_looked_for_at_the_level_that_is_asked() {
        let mut regions = some();
        regions.add(code("32.04.05"), "Bandung");
        regions.add(code("63.06.04.2001"), "Banjarmasin");
        let named = |level, name: &str, above: &str| regions.named(level, name, Some(&code(above)));
        assert_eq!(named(RegionLevel::Regency, "Bandung", "32"), [code("32.04"), code("32.73")]);
        assert_eq!(named(RegionLevel::District, "Bandung", "32"), [code("32.04.05")]);
        assert_eq!(named(RegionLevel::Regency, "Banjarmasin", "63"), [code("63.71")]);
        assert_eq!(regions.find("Banjarmasin", Some(&code("63"))), Some(code("63.71")));
        assert_eq!(named(RegionLevel::Regency, "Kalimantan Selatan", "63"), []);
    }

    #[test]
    fn abbreviations_are_read_with_and_without_dots() {
        let regions = everywhere();
        let provinces = [
            ("D.K.I. Jakarta", "31"),
            ("D.I. Yogyakarta", "34"),
            ("DI. Yogyakarta", "34"),
            ("N.A.D.", "11"),
            ("D.I. Aceh", "11"),
            ("DI Aceh", "11"),
            ("N.T.B", "52"),
        ];
        for (name, province) in provinces {
            assert_eq!(regions.named(RegionLevel::Province, name, None), [code(province)], "{name}");
        }
        assert_eq!(regions.find("H.S.S.", None), Some(code("63.06")));
    }

    fn table(text: &str) -> impl Iterator<Item = (String, String)> {
        let rows = csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap);
        rows.map(|row| (row[0].to_owned(), row[1].to_owned())).collect::<Vec<_>>().into_iter()
    }

    /// All regions of the country, villages included.
    fn everywhere() -> Regions {
        let mut regions = Regions::default();
        for text in [
            include_str!("../../../data/region/provinces.csv"),
            include_str!("../../../data/region/regencies.csv"),
            include_str!("../../../data/region/districts.csv"),
            include_str!("../../../data/region/villages.csv"),
        ] {
            table(text).for_each(|(region, name)| regions.add(code(&region), &name));
        }
        let aliases = table(include_str!("../../../data/region/aliases.csv"));
        aliases.for_each(|(alias, region)| regions.add_alias(&alias, code(&region)));
        regions
    }

    /// The 25 names that a regency shares with a city of its own province.
    const SHARED: [&str; 25] = [
        "Bandung",
        "Bekasi",
        "Bima",
        "Blitar",
        "Bogor",
        "Cirebon",
        "Gorontalo",
        "Jayapura",
        "Kediri",
        "Kupang",
        "Madiun",
        "Magelang",
        "Malang",
        "Mojokerto",
        "Pasuruan",
        "Pekalongan",
        "Probolinggo",
        "Semarang",
        "Serang",
        "Solok",
        "Sorong",
        "Sukabumi",
        "Tangerang",
        "Tasikmalaya",
        "Tegal",
    ];

    #[test]
    fn every_regency_is_found_by_its_bare_name_and_never_taken_for_a_district_or_a_village() {
        let regions = everywhere();
        let mut read = 0;
        for (regency, official) in table(include_str!("../../../data/region/regencies.csv")) {
            let regency = code(&regency);
            let kinds = ["Kabupaten Administrasi ", "Kota Administrasi ", "Kabupaten ", "Kota "];
            let bare = kinds.iter().find_map(|kind| official.strip_prefix(kind)).unwrap();
            let named = |name| regions.named(RegionLevel::Regency, name, Some(&regency.province()));
            let just = std::slice::from_ref(&regency);
            match SHARED.contains(&bare) {
                true => assert_eq!(named(bare).len(), 2, "{official}"),
                false => assert_eq!(named(bare), just, "{official}"),
            }
            assert_eq!(named(&official), just, "{official}");
            read += 1;
        }
        assert_eq!(read, 514);
    }

    #[test]
    fn merauke_is_found_under_its_old_province() {
        assert_eq!(some().find("Kab. Merauke", Some(&code("91"))), Some(code("93.01")));
    }

    #[test]
    fn a_report_from_somewhere_in_the_country_has_a_place_that_nobody_chooses_from_a_list() {
        let regions = some();
        let nation = RegionCode::nation();
        assert_eq!((regions.name(&nation), regions.full_name(&nation).as_str()), (Some("Indonesia"), "Indonesia"));
        assert!(regions.below(None).all(|(code, _)| *code != nation));
        assert_eq!(regions.find("Indonesia", None), None);
    }

    #[test]
    fn zones_follow_the_province() {
        assert_eq!(some().zone(&code("63.71")), Zone::Wita);
        assert_eq!(some().full_name(&code("63.71")), "Kota Banjarmasin, Kalimantan Selatan");
    }
}
