//! The few words that a short message may begin with, as people write them.

use super::ShortCode;
use crate::Code;
use crate::code::CodeError;
use std::collections::BTreeMap;

/// What a message asks for, whatever was said before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    Status(Option<Code>),
    Help,
    Stop,
    Start,
    Cancel,
    Operator,
    Skip,
    /// "Selesai ya".
    Settled {
        code: Option<Code>,
        rating: Option<u8>,
    },
    /// "Belum": with the reason, where one is told.
    Unsettled {
        code: Option<Code>,
        reason: String,
    },
    /// A tracking number and what is to be added.
    Add {
        code: Code,
        text: String,
    },
    /// `KODE isi`, or `LAPOR isi` with no code.
    Report {
        word: Option<String>,
        text: String,
    },
    /// A digit on its own.
    Number(u8),
    Thanks,
    Greeting,
    /// Ten digits of which one is wrong.
    Slip,
    Text(String),
    Nothing,
}

const STATUS: &[&str] = &["STATUS", "CEK", "LACAK"];
const HELP: &[&str] = &["BANTUAN", "HELP", "INFO", "MENU", "?"];
const STOP: &[&str] = &["STOP", "BERHENTI", "UNREG"];
const START: &[&str] = &["MULAI", "START", "REG"];
const CANCEL: &[&str] = &["BATAL", "CANCEL"];
const OPERATOR: &[&str] = &["PETUGAS", "OPERATOR", "ADMIN"];
const SKIP: &[&str] = &["LEWATI", "SKIP", "LEWAT"];
const REPORT: &[&str] = &["LAPOR", "ADUAN", "LAPORAN", "PENGADUAN"];
const SETTLED: &[&str] = &["YA", "IYA", "Y", "YES", "SELESAI", "SUDAH", "BERES", "TUNTAS", "OKE", "OK", "SDH"];
const UNSETTLED: &[&str] = &["TIDAK", "BELUM", "TDK", "BLM", "NO", "GAK", "NGGAK", "ENGGAK", "KEBERATAN"];
const THANKS: &[&str] = &["TERIMA", "KASIH", "TERIMAKASIH", "MAKASIH", "TRIMS", "THANKS", "BAIK", "SIAP"];
const GREETING: &[&str] =
    &["HALO", "HALLO", "HAI", "HI", "P", "PAGI", "SIANG", "SORE", "MALAM", "SELAMAT", "ASSALAMUALAIKUM", "TES", "TEST"];
/// Words that may stand beside a short answer and change nothing.
const POLITE: &[&str] = &["PAK", "BU", "MIN", "KAK", "BANYAK", "ATAS", "BANTUANNYA", "NYA", "ALHAMDULILLAH"];

/// Whether a word means something in every message, and cannot name an office.
pub fn is_reserved(word: &str) -> bool {
    let lists = [STATUS, HELP, STOP, START, CANCEL, OPERATOR, SKIP, REPORT, SETTLED, UNSETTLED, THANKS, GREETING];
    lists.iter().any(|list| list.contains(&word))
}

/// Reads a message.
pub fn read(text: &str, codes: &BTreeMap<String, ShortCode>) -> Wish {
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some(first) = words.first().map(|word| plain(word)) else { return Wish::Nothing };
    match numbered(&words) {
        Numbered::Code(code, rest) => return about(code, rest),
        Numbered::Slip => return Wish::Slip,
        Numbered::No => {}
    }
    let alone = words.len() == 1;
    let is = |list: &[&str]| list.contains(&first.as_str());
    if alone && let Some(wish) = alone_means(&first) {
        return wish;
    }
    if is(STATUS) {
        return match numbered(&words[1..]) {
            Numbered::Code(code, []) => Wish::Status(Some(code)),
            Numbered::Slip => Wish::Slip,
            _ if alone => Wish::Status(None),
            _ => Wish::Text(text.trim().to_owned()),
        };
    }
    if !alone && (is(REPORT) || codes.contains_key(&first)) {
        // `LAPOR TANGKAB jalan rusak` names the office too.
        let named = |at: usize| words.get(at).map(|word| plain(word)).filter(|word| codes.contains_key(word));
        let at = usize::from(is(REPORT) && words.len() > 2 && named(1).is_some());
        return Wish::Report { word: named(at), text: words[at + 1..].join(" ") };
    }
    verdict(&words).or_else(|| courtesy(&words)).unwrap_or_else(|| Wish::Text(text.trim().to_owned()))
}

fn alone_means(word: &str) -> Option<Wish> {
    let is = |list: &[&str]| list.contains(&word);
    let digit = || word.parse::<u8>().ok().filter(|number| *number < 10).map(Wish::Number);
    Some(match word {
        _ if is(HELP) => Wish::Help,
        _ if is(STOP) => Wish::Stop,
        _ if is(START) => Wish::Start,
        _ if is(CANCEL) => Wish::Cancel,
        _ if is(OPERATOR) => Wish::Operator,
        _ if is(SKIP) => Wish::Skip,
        "" => Wish::Nothing,
        _ => return digit(),
    })
}

/// What is said to a report that is named first: `2085653718 ya`.
fn about(code: Code, rest: &[&str]) -> Wish {
    if rest.is_empty() || (rest.len() == 1 && STATUS.contains(&plain(rest[0]).as_str())) {
        return Wish::Status(Some(code));
    }
    match verdict(rest) {
        Some(Wish::Settled { rating, .. }) => Wish::Settled { code: Some(code), rating },
        Some(Wish::Unsettled { reason, .. }) => Wish::Unsettled { code: Some(code), reason },
        _ => Wish::Add { code, text: rest.join(" ") },
    }
}

/// "Selesai ya", "belum, masih berlubang", each with the number and a rating where they are told. A sentence that only
/// begins so ("Sudah dua minggu jalan rusak") is none.
fn verdict(words: &[&str]) -> Option<Wish> {
    let mut left = words;
    if plain(left.first()?) == "SELESAI" && left.len() > 1 {
        let next = plain(left[1]);
        if SETTLED.contains(&next.as_str()) || UNSETTLED.contains(&next.as_str()) {
            left = &left[1..];
        }
    }
    let (first, rest) = left.split_first()?;
    let first = plain(first);
    let (code, rest) = match numbered(rest) {
        Numbered::Code(code, rest) => (Some(code), rest),
        _ => (None, rest),
    };
    if UNSETTLED.contains(&first.as_str()) {
        let rest = match rest.split_first() {
            Some((word, rest)) if SETTLED.contains(&plain(word).as_str()) => rest,
            _ => rest,
        };
        return Some(Wish::Unsettled { code, reason: rest.join(" ").trim_start_matches([',', '.', ' ']).to_owned() });
    }
    if !SETTLED.contains(&first.as_str()) {
        return None;
    }
    let mut rating = None;
    for word in rest.iter().map(|word| plain(word)) {
        match word.parse::<u8>() {
            Ok(number) if (1..=5).contains(&number) && rating.is_none() => rating = Some(number),
            Err(_) if [SETTLED, THANKS, POLITE].iter().any(|list| list.contains(&word.as_str())) => {}
            _ => return None,
        }
    }
    Some(Wish::Settled { code, rating })
}

/// Whether a line says nothing but good day or thanks.
pub(super) fn is_courtesy(line: &str) -> bool {
    courtesy(&line.split_whitespace().collect::<Vec<_>>()).is_some()
}

fn courtesy(words: &[&str]) -> Option<Wish> {
    let all = |lists: &[&[&str]]| {
        words.iter().map(|word| plain(word)).all(|word| lists.iter().any(|list| list.contains(&word.as_str())))
    };
    match () {
        () if all(&[THANKS, POLITE]) => Some(Wish::Thanks),
        () if all(&[GREETING, POLITE]) => Some(Wish::Greeting),
        () => None,
    }
}

enum Numbered<'a> {
    Code(Code, &'a [&'a str]),
    Slip,
    No,
}

/// A tracking number at the beginning, written together or in groups.
fn numbered<'a>(words: &'a [&'a str]) -> Numbered<'a> {
    let digits = |word: &&&str| word.chars().all(|c| c.is_ascii_digit() || matches!(c, '#' | '-' | '.' | ':' | ','));
    let run = words.iter().take_while(digits).count().min(4);
    let mut slip = false;
    for length in (1..=run).rev() {
        let typed = words[..length].concat();
        match Code::parse(typed.trim_end_matches([':', ',', '.'])) {
            Ok(code) => return Numbered::Code(code, &words[length..]),
            Err(CodeError::Slip) => slip = true,
            Err(CodeError::Shape) => {}
        }
    }
    if slip { Numbered::Slip } else { Numbered::No }
}

/// A word in capitals without what stands around it.
fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '?').to_uppercase()
}
