//! What an officer pasted, a post or an article, read as far as it tells something for certain. Nothing is fetched.

use super::Source;
use crate::mention::{Hand, mentioned};
use crate::region::{RegionCode, Regions};
use crate::report::Channel;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Most characters that are read of what was pasted.
const MOST: usize = 20_000;
/// Days so long ago are no days on which something was just posted about.
const OLDEST_YEARS: i64 = 10;

const MONTHS: [[&str; 3]; 12] = [
    ["januari", "jan", "january"],
    ["februari", "feb", "february"],
    ["maret", "mar", "march"],
    ["april", "apr", "april"],
    ["mei", "mei", "may"],
    ["juni", "jun", "june"],
    ["juli", "jul", "july"],
    ["agustus", "agu", "august"],
    ["september", "sep", "september"],
    ["oktober", "okt", "october"],
    ["november", "nov", "november"],
    ["desember", "des", "december"],
];

/// A draft of a report out of something that was pasted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clipping {
    /// Social media or the press, where there is an address.
    pub channel: Option<Channel>,
    pub source: Option<Source>,
    /// The words without addresses, mentions and the tags that only call us.
    pub text: String,
    /// The regency, city or province that is named.
    pub region: Option<RegionCode>,
    /// The one day that is named.
    pub day: Option<Date>,
}

impl Clipping {
    /// Reads what was pasted; `today` is the last day on which it can have happened.
    pub fn read(pasted: &str, regions: &Regions, today: Date) -> Clipping {
        let pasted: String = pasted.replace("\r\n", "\n").chars().take(MOST).collect();
        let source = pasted.split_whitespace().find_map(address);
        let text = clean(&pasted);
        Clipping {
            channel: source.as_ref().map(Source::channel),
            region: mentioned(regions, &text, Hand::Careful),
            day: day(&text, today),
            source,
            text,
        }
    }
}

/// A word that is an address.
fn address(word: &str) -> Option<Source> {
    let word =
        word.trim_matches(|c: char| matches!(c, '(' | ')' | '<' | '>' | '[' | ']' | '"' | ',' | '.' | ';' | '“' | '”'));
    let lower = word.to_lowercase();
    let named = ["https://", "http://", "www."].iter().any(|start| lower.starts_with(start));
    Source::parse(word).ok().filter(|_| named)
}

/// The words without addresses, mentions and tags that only call us, line by line.
fn clean(pasted: &str) -> String {
    let noise = |word: &&str| {
        let lower = word.to_lowercase();
        address(word).is_none() && !lower.starts_with('@') && !lower.starts_with("#lapor") && *word != "RT"
    };
    let lines = pasted.lines().map(|line| line.split_whitespace().filter(noise).collect::<Vec<_>>().join(" "));
    let mut text = String::new();
    for line in lines {
        let empty = text.is_empty() || text.ends_with("\n\n");
        if !(line.is_empty() && empty) {
            text.push_str(line.trim_start_matches([':', ',']).trim_start());
            text.push('\n');
        }
    }
    text.trim().to_owned()
}

/// The one day that is named: `3 November 2026`, `3/11/2026` or `2026-11-03`.
fn day(text: &str, today: Date) -> Option<Date> {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || ",;()|".contains(c)).filter(|w| !w.is_empty()).collect();
    let spelt = words.windows(3).filter_map(|three| spelt(three[0], three[1], three[2]));
    let figures = words.iter().filter_map(|word| figures(word.trim_end_matches(['.', ':'])));
    let oldest = today.saturating_sub(OLDEST_YEARS.years());
    let days: BTreeSet<Date> = spelt.chain(figures).filter(|day| (oldest..=today).contains(day)).collect();
    if days.len() == 1 { days.into_iter().next() } else { None }
}

fn spelt(day: &str, month: &str, year: &str) -> Option<Date> {
    let lower = month.trim_end_matches('.').to_lowercase();
    let month = MONTHS.iter().position(|names| names.contains(&lower.as_str()))?;
    date(year.trim_end_matches('.'), i8::try_from(month + 1).ok()?, day)
}

fn figures(word: &str) -> Option<Date> {
    let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
    let &[first, month, last] = &parts[..] else { return None };
    let month = month.parse().ok()?;
    if first.len() == 4 { date(first, month, last) } else { date(last, month, first) }
}

fn date(year: &str, month: i8, day: &str) -> Option<Date> {
    let year = year.parse().ok().filter(|_| year.len() == 4)?;
    Date::new(year, month, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> RegionCode {
        RegionCode::parse(text).unwrap()
    }

    fn regions() -> Regions {
        let mut regions = Regions::default();
        for (region, name) in [
            ("32", "Jawa Barat"),
            ("32.04", "Kabupaten Bandung"),
            ("32.73", "Kota Bandung"),
            ("35.79", "Kota Batu"),
            ("36.04", "Kabupaten Serang"),
            ("63", "Kalimantan Selatan"),
            ("63.71", "Kota Banjarmasin"),
            ("63.72", "Kota Banjarbaru"),
        ] {
            regions.add(code(region), name);
        }
        regions
    }

    fn read(pasted: &str) -> Clipping {
        Clipping::read(pasted, &regions(), jiff::civil::date(2026, 11, 9))
    }

    #[test]
    fn a_post_becomes_a_draft() {
        let found = read(
            "RT @warga_contoh: Lampu jalan di Jl. Contoh Banjarbaru mati sejak 3 November 2026. @pemda tolong \
            #LaporPak #lampumati\nhttps://x.com/warga_contoh/status/17?s=20",
        );
        assert_eq!(found.channel, Some(Channel::SocialMedia));
        assert_eq!(found.source.unwrap().as_str(), "https://x.com/warga_contoh/status/17");
        assert_eq!(found.text, "Lampu jalan di Jl. Contoh Banjarbaru mati sejak 3 November 2026. tolong #lampumati");
        assert_eq!((found.region, found.day), (Some(code("63.72")), Some(jiff::civil::date(2026, 11, 3))));
    }

    #[test]
    fn an_article_keeps_its_paragraphs() {
        let found = read("Jalan Rusak\n\n\n\nKOTA CONTOH - Warga mengeluh.\n(https://kabar.example/a?utm_source=x)");
        assert_eq!(found.channel, Some(Channel::Press));
        assert_eq!(found.text, "Jalan Rusak\n\nKOTA CONTOH - Warga mengeluh.");
        assert_eq!((found.region, found.day), (None, None));
    }

    #[test]
    fn without_an_address_nothing_is_said_about_where_it_stood() {
        let found = read("Sampah menumpuk, hubungi warga@contoh.id");
        assert_eq!((found.channel, found.source), (None, None));
        assert_eq!(found.text, "Sampah menumpuk, hubungi warga@contoh.id");
    }

    #[test]
    fn a_day_is_taken_where_exactly_one_is_named_and_has_come() {
        let third = Some(jiff::civil::date(2026, 11, 3));
        for (text, day) in [
            ("Senin (3/11/2026)", third),
            ("sejak 2026-11-03.", third),
            ("3 Nov 2026, 08.00 WITA", third),
            ("3 November 2026 dan lagi 03/11/2026", third),
            ("dari 1/11/2026 sampai 3/11/2026", None),
            ("nanti 3 Desember 2026", None),
            ("Perda 3/4/1998, kamar 12-2-1", None),
            ("pukul 08.30.00", None),
        ] {
            assert_eq!(read(text).day, day, "{text}");
        }
    }

    #[test]
    fn whatever_is_pasted_is_read_to_an_end() {
        for pasted in ["", "@", "#", "https://", "Kota", "Kab.", "////", "\u{0}\n\n", &"A ".repeat(30_000)] {
            let found = read(pasted);
            assert!(found.text.len() <= pasted.len());
        }
    }
}
