//! Takes Indonesian affixes off, with the Snowball stemmer.
//!
//! Snowball leaves three things that would hide reports from people: it needs a second pass for some
//! words, it cannot know the root's first letter that *meN-* and *peN-* swallow (*menutup*, *tutup*),
//! and it takes some roots for affixes (*keluhan*). The tables here mend what reports are full of.

use snowball_stemmers_rs::{Algorithm, Stemmer};
use std::borrow::Cow;

const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];

/// Roots in `k` without it, as they follow *meng-* and *peng-*; other roots there begin with a vowel.
const SWALLOWED_K: [&str; 34] = [
    "awal",
    "ecewa",
    "ecil",
    "ejar",
    "elola",
    "eluar",
    "eluh",
    "emas",
    "embali",
    "embang",
    "emudi",
    "enal",
    "endali",
    "endara",
    "eras",
    "erja",
    "eruk",
    "ering",
    "etahui",
    "irim",
    "ikis",
    "ira",
    "onfirmasi",
    "onsumsi",
    "ontrol",
    "oordin",
    "oreksi",
    "osong",
    "otor",
    "uasa",
    "umpul",
    "unci",
    "unjung",
    "urang",
];

/// Roots in `m` that follow *me-* and *pe-*; other roots behind *mem-* and a vowel begin with `p`.
const KEPT_M: [&str; 11] =
    ["macet", "makam", "makan", "masuk", "milik", "minat", "minjam", "minta", "mohon", "muat", "mulai"];

/// Roots in `n` that follow *me-* and *pe-*; other roots behind *men-* and a vowel begin with `t`.
const KEPT_N: [&str; 7] = ["naik", "nama", "nanti", "nasihat", "nikah", "nilai", "nuh"];

/// Words whose root ends or begins like an affix.
const WHOLE: [(&str, &str); 7] = [
    ("keluarkan", "luar"),
    ("keluhan", "keluh"),
    ("kembalikan", "mbali"),
    ("kerjakan", "kerja"),
    ("masukan", "masuk"),
    ("tindakan", "tindak"),
    ("tumpukan", "tumpuk"),
];

/// The stem of a lower-case word; words that only differ in affixes share it.
pub(super) fn stem(word: &str) -> Cow<'_, str> {
    if word.bytes().any(|b| b.is_ascii_digit()) {
        return Cow::Borrowed(word);
    }
    let stemmer = Stemmer::create(Algorithm::Indonesian);
    let mut stem = once(&stemmer, word);
    loop {
        let next = once(&stemmer, &stem);
        if next == stem {
            return stem;
        }
        stem = Cow::Owned(next.into_owned());
    }
}

fn once<'a>(stemmer: &Stemmer, word: &'a str) -> Cow<'a, str> {
    let bare = ["nya", "lah", "kah", "pun"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    if let Some((_, root)) = WHOLE.iter().find(|(known, _)| *known == bare) {
        return Cow::Borrowed(root);
    }
    match restore(word) {
        Some(restored) => Cow::Owned(stemmer.stem(&restored).into_owned()),
        None => stemmer.stem(word),
    }
}

/// Gives back the letter that the prefix swallowed, so that Snowball finds it.
fn restore(word: &str) -> Option<String> {
    let behind = word.strip_prefix("me").or_else(|| word.strip_prefix("pe"))?;
    let many_syllables = word.matches(VOWELS).count() > 2;
    if !many_syllables || starts_with_any(behind, &KEPT_M) || starts_with_any(behind, &KEPT_N) {
        return many_syllables.then(|| behind.to_owned());
    }
    let (prefix, _) = word.split_at_checked(2)?;
    match behind.strip_prefix("ng") {
        Some(root) if starts_with_any(root, &SWALLOWED_K) => Some(format!("{prefix}ngk{root}")),
        Some(_) => None,
        None => {
            behind.strip_prefix('n').filter(|root| root.starts_with(VOWELS)).map(|root| format!("{prefix}nt{root}"))
        }
    }
}

fn starts_with_any(text: &str, roots: &[&str]) -> bool {
    roots.iter().any(|root| text.starts_with(root))
}
