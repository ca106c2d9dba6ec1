//! What seems to be a prank or an advertisement: a word to the officer who verifies, and never a decision.

use std::collections::BTreeSet;

/// Why a report is worth a second look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Doubt {
    /// It came while very many came, without the proof of work that was asked for.
    Unproved,
    /// Its sender has lately sent several that are nearly the same.
    Alike,
    /// It says hardly anything beside links.
    LinksOnly,
    /// It does not look like a sentence of any language.
    Nonsense,
    /// It has a phrase of pranks or advertisements.
    Phrase,
}

impl Doubt {
    pub const ALL: [Doubt; 5] = [Doubt::Unproved, Doubt::Alike, Doubt::LinksOnly, Doubt::Nonsense, Doubt::Phrase];

    /// The name in storage and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Doubt::Unproved => "unproved",
            Doubt::Alike => "alike",
            Doubt::LinksOnly => "links_only",
            Doubt::Nonsense => "nonsense",
            Doubt::Phrase => "phrase",
        }
    }

    pub fn parse(name: &str) -> Option<Doubt> {
        Doubt::ALL.into_iter().find(|doubt| doubt.name() == name)
    }
}

/// Letters that a text must have beside its links to say something.
const LEAST_BESIDE_LINKS: usize = 30;
/// From so many letters on it can be told whether a text is one.
const LEAST_LETTERS: usize = 12;
/// The longest word of Indonesian that is no compound has about so many letters.
const LONGEST_WORD: usize = 30;

/// What is doubtful in a text by itself. `phrases` are in small letters with one space between words.
pub fn doubts(text: &str, phrases: &[String]) -> Vec<Doubt> {
    let mut found = Vec::new();
    let (links, rest): (Vec<&str>, Vec<&str>) = text.split_whitespace().partition(|word| is_link(word));
    let letters: Vec<char> = rest.iter().flat_map(|word| word.chars()).filter(|c| c.is_alphabetic()).collect();
    if !links.is_empty() && letters.len() < LEAST_BESIDE_LINKS {
        found.push(Doubt::LinksOnly);
    } else if is_nonsense(&rest, &letters) {
        found.push(Doubt::Nonsense);
    }
    let said = format!(" {} ", words(text).collect::<Vec<_>>().join(" "));
    if phrases.iter().any(|phrase| said.contains(&format!(" {phrase} "))) {
        found.push(Doubt::Phrase);
    }
    found
}

fn is_link(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '<', '"', '\'']).to_ascii_lowercase();
    ["http://", "https://", "www.", "wa.me/", "t.me/", "bit.ly/"].iter().any(|begin| word.starts_with(begin))
}

/// Keys that were struck at random, one letter held down, the same word again and again. Only texts in the Latin script are
/// judged.
fn is_nonsense(rest: &[&str], letters: &[char]) -> bool {
    if letters.len() < LEAST_LETTERS || letters.iter().any(|c| !c.is_ascii()) {
        return false;
    }
    let small: Vec<char> = letters.iter().map(char::to_ascii_lowercase).collect();
    let kinds = small.iter().collect::<BTreeSet<_>>().len();
    let vowels = small.iter().filter(|c| "aeiou".contains(**c)).count();
    let longest = rest.iter().map(|word| word.chars().filter(|c| c.is_alphabetic()).count()).max().unwrap_or(0);
    let distinct = rest.iter().map(|word| word.to_lowercase()).collect::<BTreeSet<_>>().len();
    kinds <= 3 || vowels * 8 < small.len() || longest > LONGEST_WORD || (rest.len() >= 6 && distinct * 4 <= rest.len())
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Words of a text that are compared; what stands behind them is not.
const MOST_WORDS: usize = 48;
/// A text of fewer different words is like every other short one.
const LEAST_WORDS: usize = 4;
/// Earlier texts that are alike, from which on it is doubtful.
pub const MANY_ALIKE: usize = 2;

/// A text as it is remembered to be compared with the next ones of its sender: numbers that stand for its first words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print(Vec<u32>);

impl Print {
    pub fn of(text: &str) -> Print {
        let distinct: BTreeSet<u32> = words(text).take(MOST_WORDS).map(|word| number_of(&word)).collect();
        Print(distinct.into_iter().collect())
    }

    /// Whether two texts share nearly all of their words.
    pub fn is_like(&self, other: &Print) -> bool {
        let (shared, all) = (self.0.iter().filter(|word| other.0.binary_search(word).is_ok()).count(), self.0.len());
        all >= LEAST_WORDS && other.0.len() >= LEAST_WORDS && shared * 2 * 10 >= (all + other.0.len()) * 8
    }
}

/// FNV-1a of 32 bits; two words with the same number make two texts a little more alike.
fn number_of(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
