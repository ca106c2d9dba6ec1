//! The place that a text names, where it names one.

use crate::region::{RegionCode, RegionLevel, Regions};
use std::collections::BTreeSet;

/// Words that a name of a place follows.
const BEFORE: [&str; 12] =
    ["di", "ke", "dari", "kota", "kab", "kabupaten", "wilayah", "daerah", "provinsi", "prov", "propinsi", "sekitar"];
/// Regencies and cities whose bare name is also an everyday word.
const WORDS: [&str; 6] = ["batu", "batang", "buru", "metro", "pati", "banjar"];
/// Most words in a name.
const LONGEST: usize = 5;

/// The regency or city that a text names, or the province: the one that is named, or the province around several.
/// `None` where none is named, or several that lie apart.
pub fn mentioned(regions: &Regions, text: &str) -> Option<RegionCode> {
    let words = words_of(text);
    let mut regencies = BTreeSet::new();
    let mut provinces = BTreeSet::new();
    let mut at = 0;
    while at < words.len() {
        let step = (1..=LONGEST.min(words.len() - at)).rev().find_map(|length| {
            let found = named(regions, &words, at, length)?;
            match found {
                Found::Regencies(codes) => regencies.extend(codes),
                Found::Province(code) => drop(provinces.insert(code)),
            }
            Some(length)
        });
        at += step.unwrap_or(1);
    }
    narrowed(&regencies, &provinces)
}

enum Found {
    Regencies(Vec<RegionCode>),
    Province(RegionCode),
}

fn named(regions: &Regions, words: &[String], at: usize, length: usize) -> Option<Found> {
    let name = words[at..at + length].join(" ");
    let own = ["kota ", "kab ", "kabupaten "].iter().any(|kind| name.starts_with(kind));
    let led = at == 0 || words[at - 1] == "," || BEFORE.contains(&words[at - 1].as_str());
    if name.contains(',') || !(own || led || length > 1) || WORDS.contains(&name.as_str()) {
        return None;
    }
    let found = regions.named(RegionLevel::Regency, &name, None);
    if !found.is_empty() {
        return Some(Found::Regencies(found));
    }
    regions.named(RegionLevel::Province, &name, None).into_iter().next().map(Found::Province)
}

fn narrowed(regencies: &BTreeSet<RegionCode>, provinces: &BTreeSet<RegionCode>) -> Option<RegionCode> {
    let inside: Vec<&RegionCode> =
        regencies.iter().filter(|code| provinces.is_empty() || provinces.contains(&code.province())).collect();
    let around: BTreeSet<RegionCode> =
        inside.iter().map(|code| code.province()).chain(provinces.iter().cloned()).collect();
    match (&inside[..], around.into_iter().collect::<Vec<_>>()) {
        ([only], provinces) if provinces.len() <= 1 => Some((*only).clone()),
        (_, mut provinces) if provinces.len() == 1 => provinces.pop(),
        _ => None,
    }
}

/// Words in small letters; a comma is a word of its own.
fn words_of(text: &str) -> Vec<String> {
    let spaced = text.to_lowercase().replace([',', '(', ')', ';', '\n'], " , ");
    spaced.split_whitespace().map(|word| word.trim_matches(['.', '!', '?', ':', '"']).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions() -> Regions {
        let mut regions = Regions::default();
        for (code, name) in [
            ("32", "Jawa Barat"),
            ("32.04", "Kabupaten Bandung"),
            ("32.73", "Kota Bandung"),
            ("35", "Jawa Timur"),
            ("35.79", "Kota Batu"),
            ("36", "Banten"),
            ("36.03", "Kabupaten Tangerang"),
            ("36.71", "Kota Tangerang"),
            ("36.74", "Kota Tangerang Selatan"),
            ("63", "Kalimantan Selatan"),
            ("63.72", "Kota Banjarbaru"),
        ] {
            regions.add(RegionCode::parse(code).unwrap(), name);
        }
        regions
    }

    #[test]
    fn a_place_is_read_from_everyday_sentences() {
        let said = [
            ("Lampu jalan padam di Banjarbaru sejak kemarin", Some("63.72")),
            ("Jalan rusak di Kota Tangerang Selatan, dekat pasar", Some("36.74")),
            ("jalan berlubang kab. Tangerang", Some("36.03")),
            ("jalan berlubang di Tangerang", Some("36")),
            ("air mati di Bandung, Jawa Barat", Some("32")),
            ("Puskesmas di Kota Batu antre lama", Some("35.79")),
            ("banyak batu di jalan", None),
            ("dari Banjarbaru ke Kota Bandung busnya selalu terlambat", None),
            ("jalan rusak parah", None),
            ("Kalimantan Selatan gelap gulita", Some("63")),
        ];
        for (text, code) in said {
            assert_eq!(mentioned(&regions(), text).as_ref().map(RegionCode::as_str), code, "{text}");
        }
    }
}
