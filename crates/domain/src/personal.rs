//! Personal data in what people write, found so that it can be masked before the public reads it
//! (UU 27/2022 on the protection of personal data).
//!
//! It finds what has a form: numbers, addresses of mail, plates. Names have none; an officer masks them.

use std::ops::Range;

/// What kind of personal data was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PersonalKind {
    /// Nomor Induk Kependudukan: 16 digits, of which the first six are a region and the next six a birthday.
    Nik,
    Phone,
    Email,
    /// The plate of a vehicle, e.g. `DA 1234 XY`.
    Plate,
    /// The number of a bank account, told by the words before it.
    Account,
}

impl PersonalKind {
    /// The name in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            PersonalKind::Nik => "nik",
            PersonalKind::Phone => "phone",
            PersonalKind::Email => "email",
            PersonalKind::Plate => "plate",
            PersonalKind::Account => "account",
        }
    }
}

/// Something personal, and the bytes of the text that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal {
    pub kind: PersonalKind,
    pub at: Range<usize>,
}

/// What stands in the place of something masked.
pub const MASK: &str = "••••";

/// Everything personal in a text, in its order and without overlaps.
pub fn find(text: &str) -> Vec<Personal> {
    let mut found: Vec<Personal> = emails(text).chain(numbers(text)).chain(plates(text)).collect();
    found.sort_by_key(|personal| (personal.at.start, personal.at.end));
    let mut end = 0;
    found.retain(|personal| {
        let free = personal.at.start >= end;
        end = if free { personal.at.end } else { end };
        free
    });
    found
}

/// The text with everything personal masked.
pub fn mask(text: &str) -> String {
    mask_some(text, |_| true)
}

/// The text with some of what is personal masked: that for which the taker, asked with its place among all that
/// [`find`] gives, says so.
pub fn mask_some(text: &str, wanted: impl Fn(usize) -> bool) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut told = 0;
    for (_, Personal { at, .. }) in find(text).into_iter().enumerate().filter(|(n, _)| wanted(*n)) {
        masked.push_str(&text[told..at.start]);
        masked.push_str(MASK);
        told = at.end;
    }
    masked.push_str(&text[told..]);
    masked
}

fn emails(text: &str) -> impl Iterator<Item = Personal> + '_ {
    text.match_indices('@').filter_map(|(sign, _)| {
        let local =
            text[..sign].bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || b"._%+-".contains(b)).count();
        let host = text[sign + 1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || b".-".contains(b)).count();
        let name = text[sign + 1..sign + 1 + host].trim_end_matches(['.', '-']);
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let whole = local > 0 && ending.len() >= 2 && ending.bytes().all(|b| b.is_ascii_alphabetic());
        whole.then(|| Personal { kind: PersonalKind::Email, at: sign - local..sign + 1 + name.len() })
    })
}

/// Most groups of digits that one number is written in, e.g. `0812-3456-7890`.
const MOST_GROUPS: usize = 6;

fn numbers(text: &str) -> impl Iterator<Item = Personal> + '_ {
    let groups = digit_groups(text);
    let mut from = 0;
    std::iter::from_fn(move || {
        while from < groups.len() {
            let chain = joined(text, &groups[from..]);
            let first = from;
            let hit = (1..=chain).rev().find_map(|n| {
                let group = &groups[first..first + n];
                let digits: String = group.iter().map(|at| &text[at.clone()]).collect();
                let start = group[0].start;
                number_kind(&digits, &text[..start]).map(|kind| (n, kind, start..group[n - 1].end))
            });
            from += hit.as_ref().map_or(1, |(n, ..)| *n);
            if let Some((_, kind, at)) = hit {
                let plus = usize::from(text[..at.start].ends_with('+'));
                return Some(Personal { kind, at: at.start - plus..at.end });
            }
        }
        None
    })
}

/// Runs of digits, none of them part of a word.
fn digit_groups(text: &str) -> Vec<Range<usize>> {
    let mut groups = runs(text, |c| c.is_ascii_digit());
    groups.retain(|at| {
        !text[..at.start].ends_with(char::is_alphabetic) && !text[at.end..].starts_with(char::is_alphabetic)
    });
    groups
}

/// The longest stretches of characters of one sort.
fn runs(text: &str, sort: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    for (at, fits) in text.char_indices().map(|(at, c)| (at, sort(c))).chain([(text.len(), false)]) {
        match (start, fits) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                runs.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    runs
}

/// How many groups, from the first on, stand so close that they may be one number.
fn joined(text: &str, groups: &[Range<usize>]) -> usize {
    let close = |pair: &[Range<usize>]| matches!(&text[pair[0].end..pair[1].start], " " | "-" | ".");
    1 + groups.windows(2).take(MOST_GROUPS - 1).take_while(|pair| close(pair)).count()
}

fn number_kind(digits: &str, before: &str) -> Option<PersonalKind> {
    let mobile = digits.starts_with("08") && (10..=13).contains(&digits.len());
    let abroad = digits.starts_with("628") && (11..=14).contains(&digits.len());
    match digits.len() {
        16 if is_nik(digits) => Some(PersonalKind::Nik),
        _ if mobile || abroad => Some(PersonalKind::Phone),
        8..=16 if is_after_a_bank(before) => Some(PersonalKind::Account),
        _ => None,
    }
}

/// Province, regency and district, then the birthday, to which women add forty days.
fn is_nik(digits: &str) -> bool {
    let part = |from: usize| digits[from..from + 2].parse::<u8>().unwrap_or(0);
    let (province, day, month) = (part(0), part(6), part(8));
    let born = (1..=31).contains(&day) || (41..=71).contains(&day);
    (11..=97).contains(&province) && born && (1..=12).contains(&month)
}

fn is_after_a_bank(before: &str) -> bool {
    const WORDS: [&str; 10] = ["rek", "rekening", "norek", "atm", "bri", "bni", "bca", "mandiri", "btn", "bsi"];
    let words = before.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(4).any(|word| WORDS.contains(&word.to_lowercase().as_str()))
}

/// Letters that begin the plate of a region.
const PLATE_REGIONS: [&str; 63] = [
    "A", "B", "D", "E", "F", "G", "H", "K", "L", "M", "N", "P", "R", "S", "T", "W", "Z", "AA", "AB", "AD", "AE", "AG",
    "BA", "BB", "BD", "BE", "BG", "BH", "BK", "BL", "BM", "BN", "BP", "DA", "DB", "DC", "DD", "DE", "DG", "DH", "DK",
    "DL", "DM", "DN", "DP", "DR", "DS", "DT", "DW", "EA", "EB", "ED", "KB", "KH", "KT", "KU", "PA", "PB", "PG", "PS",
    "PY", "QZ", "RI",
];

fn plates(text: &str) -> impl Iterator<Item = Personal> + '_ {
    let words = runs(text, char::is_alphanumeric);
    let parts: Vec<Range<usize>> = words.into_iter().flat_map(|word| letters_and_digits(text, word)).collect();
    let hits: Vec<Personal> = parts
        .windows(3)
        .filter(|part| is_plate(text, part))
        .map(|part| Personal { kind: PersonalKind::Plate, at: part[0].start..part[2].end })
        .collect();
    hits.into_iter()
}

fn is_plate(text: &str, part: &[Range<usize>]) -> bool {
    let [region, number, series] = [0, 1, 2].map(|n| &text[part[n].clone()]);
    let near = |n: usize| matches!(&text[part[n].end..part[n + 1].start], "" | " ");
    let counted = number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0');
    let capital = series.len() <= 3 && series.bytes().all(|b| b.is_ascii_uppercase());
    // What goes on behind is part of something longer.
    let ends = !text[part[2].end..].starts_with(char::is_alphanumeric);
    PLATE_REGIONS.contains(&region) && counted && capital && near(0) && near(1) && ends
}

/// A word cut where letters and digits meet: `DA1234XY` has three parts.
fn letters_and_digits(text: &str, word: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = word.start;
    let mut digit = None;
    for (at, c) in text[word.clone()].char_indices() {
        let at = word.start + at;
        if digit.is_some_and(|was| was != c.is_ascii_digit()) {
            parts.push(from..at);
            from = at;
        }
        digit = Some(c.is_ascii_digit());
    }
    parts.push(from..word.end);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(PersonalKind, &str)> {
        find(text).into_iter().map(|personal| (personal.kind, &text[personal.at])).collect()
    }

    #[test]
    fn what_has_the_form_of_personal_data_is_found() {
        use PersonalKind::*;
        let table: [(&str, &[(PersonalKind, &str)]); 9] = [
            ("NIK saya 6372015208900001.", &[(Nik, "6372015208900001")]),
            ("hubungi 0812-3456-7890 ya", &[(Phone, "0812-3456-7890")]),
            ("WA +62 812 3456 7890, malam", &[(Phone, "+62 812 3456 7890")]),
            ("RT 05 081234567890", &[(Phone, "081234567890")]),
            ("surel: siti.contoh@surel.example.", &[(Email, "siti.contoh@surel.example")]),
            ("motor DA 1234 XY dan mobil B1708ABC", &[(Plate, "DA 1234 XY"), (Plate, "B1708ABC")]),
            ("transfer ke rekening BRI 0123 4567 8901 234", &[(Account, "0123 4567 8901 234")]),
            ("no. rek. 1234567890 a.n. Contoh", &[(Account, "1234567890")]),
            ("Telp 081234567890/siti@surel.example", &[(Phone, "081234567890"), (Email, "siti@surel.example")]),
        ];
        for (text, wanted) in table {
            assert_eq!(kinds(text), wanted, "{text}");
        }
    }

    #[test]
    fn numbers_of_daily_life_are_left_alone() {
        for text in [
            "RT 05 RW 03 nomor 17, kode pos 70714",
            "tanggal 12-05-2026 pukul 08.30 sampai 10.00",
            "biaya Rp 1.500.000 sejak 2024",
            "laporan 123 456 7890 belum dijawab",
            "kwh meter 12345678901 rusak",
            "di km 12 jalan A 12, Blok B 3",
            "tweet @lapor1708 dan surat 45/B/2026",
            "angka 1234567890123456 bukan NIK",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn an_officer_may_leave_what_everybody_may_know() {
        let text = "Kantor lurah (0812 3456 7890), saya di 0813 4567 8901.";
        assert_eq!(mask_some(text, |n| n == 1), "Kantor lurah (0812 3456 7890), saya di ••••.");
        assert_eq!(mask_some(text, |_| false), text);
    }

    #[test]
    fn what_is_masked_is_gone_and_the_rest_stays() {
        let text = "Pak Lurah (0812 3456 7890, lurah@desa.example) minta uang. Plat DA 1 A. “Tolong”";
        let masked = mask(text);
        assert_eq!(masked, "Pak Lurah (••••, ••••) minta uang. Plat ••••. “Tolong”");
        assert_eq!(mask(&masked), masked);
        assert_eq!(find(&masked), []);
    }
}
