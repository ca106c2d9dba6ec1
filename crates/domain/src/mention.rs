//! The place that a text names, where it names one.

use crate::region::{RegionCode, RegionLevel, Regions};
use std::collections::BTreeSet;

/// How a text was written, and so by what a name is told from an everyday word: "batu" and "serang" are both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// A post or an article: a name begins with a capital letter.
    Careful,
    /// A short message: a name follows a word such as "di".
    Hasty,
}

/// Words that a name of a place follows.
const BEFORE: [&str; 12] =
    ["di", "ke", "dari", "kota", "kab", "kabupaten", "wilayah", "daerah", "provinsi", "prov", "propinsi", "sekitar"];
/// Words that a name of a place may begin with.
const KINDS: [&str; 5] = ["kota", "kabupaten", "kab", "provinsi", "prov"];
/// Regencies and cities whose bare name is also an everyday word.
const WORDS: [&str; 6] = ["batu", "batang", "buru", "metro", "pati", "banjar"];
/// Most words in a name.
const LONGEST: usize = 5;

/// The regency or city that a text names, or the province: the one that is named, or the one around several. `None`
/// where none is named, or several that lie apart.
pub fn mentioned(regions: &Regions, text: &str, hand: Hand) -> Option<RegionCode> {
    let words = words_of(text);
    let shouted = !text.chars().any(char::is_lowercase);
    let (mut regencies, mut provinces) = (BTreeSet::new(), BTreeSet::new());
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=LONGEST.min(words.len() - at)).rev();
        let could = |length: &usize| match hand {
            Hand::Careful => is_written_as_a_name(&words[at..at + length], shouted),
            Hand::Hasty => is_led_to(&words, at, *length),
        };
        let found = longest.filter(could).find_map(|length| Some((length, meant(regions, &words[at..at + length])?)));
        let Some((length, codes)) = found else {
            at += 1;
            continue;
        };
        for code in codes {
            let known = if code.level() == RegionLevel::Regency { &mut regencies } else { &mut provinces };
            known.insert(code);
        }
        at += length;
    }
    narrowed(&regencies, &provinces)
}

fn meant(regions: &Regions, words: &[String]) -> Option<Vec<RegionCode>> {
    let name = words.join(" ");
    let levels = [RegionLevel::Province, RegionLevel::Regency];
    levels.into_iter().map(|level| regions.named(level, &name, None)).find(|found| !found.is_empty())
}

/// Capital letters throughout, but for the word that says what it is; a single word is none where all is in capitals.
fn is_written_as_a_name(words: &[String], shouted: bool) -> bool {
    let kind = usize::from(KINDS.contains(&words[0].to_lowercase().as_str()));
    let capitals = words.len() > kind && words[kind..].iter().all(|word| word.starts_with(char::is_uppercase));
    capitals && !(shouted && words.len() == 1)
}

fn is_led_to(words: &[String], at: usize, length: usize) -> bool {
    let small = |word: &String| word.to_lowercase();
    let own = length > 1 && KINDS.contains(&small(&words[at]).as_str());
    let led = at == 0 || words[at - 1] == "," || BEFORE.contains(&small(&words[at - 1]).as_str());
    let everyday = length == 1 && WORDS.contains(&small(&words[at]).as_str());
    (own || led || length > 1) && !everyday && words[at..at + length].iter().all(|word| word != ",")
}

fn narrowed(regencies: &BTreeSet<RegionCode>, provinces: &BTreeSet<RegionCode>) -> Option<RegionCode> {
    let apart = !provinces.is_empty() && regencies.iter().all(|code| !provinces.contains(&code.province()));
    let inside: Vec<&RegionCode> =
        regencies.iter().filter(|code| provinces.is_empty() || provinces.contains(&code.province())).collect();
    match (&inside[..], provinces.len()) {
        _ if apart && !regencies.is_empty() => None,
        ([only], 0 | 1) => Some((*only).clone()),
        ([], 1) => provinces.first().cloned(),
        (several, _) => {
            let around: BTreeSet<RegionCode> = several.iter().map(|code| code.province()).collect();
            around.first().filter(|_| around.len() == 1 && provinces.len() <= 1).cloned()
        }
    }
}

/// Words without the signs around them; a comma is a word of its own.
fn words_of(text: &str) -> Vec<String> {
    let spaced = text.replace([',', '(', ')', ';', ':', '/', '\n'], " , ");
    let bare = |word: &str| word.trim_matches(['.', '!', '?', '"', '“', '”', '-']).to_owned();
    spaced.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
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
            ("36.04", "Kabupaten Serang"),
            ("63.71", "Kota Banjarmasin"),
            ("63.72", "Kota Banjarbaru"),
        ] {
            regions.add(RegionCode::parse(code).unwrap(), name);
        }
        regions
    }

    #[test]
    fn a_place_is_read_from_hasty_sentences() {
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
            assert_eq!(mentioned(&regions(), text, Hand::Hasty).as_ref().map(RegionCode::as_str), code, "{text}");
        }
    }

    #[test]
    fn a_place_is_read_from_careful_ones() {
        for (text, code) in [
            ("Banjir di Kota Banjarmasin, Kalimantan Selatan.", Some("63.71")),
            ("Banjir di Kalimantan Selatan", Some("63")),
            ("Banjir di kota Bandung", Some("32.73")),
            ("Banjir di Bandung", Some("32")),
            ("Banjir di Banjarmasin dan Banjarbaru", Some("63")),
            ("Banjir di Banjarmasin, Jawa Barat", None),
            ("Preman serang warga dengan batu", None),
            ("BATU BESAR MENUTUP JALAN", None),
            ("BANJIR DI KOTA BATU", Some("35.79")),
        ] {
            let found = mentioned(&regions(), text, Hand::Careful);
            assert_eq!(found.as_ref().map(RegionCode::as_str), code, "{text}");
        }
    }
}
