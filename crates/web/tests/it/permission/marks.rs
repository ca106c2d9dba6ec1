//! Words that occur nowhere else: whoever finds one in an answer knows whose secret was told.

use std::collections::BTreeSet;

/// What kind of thing a mark stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The words as they came: content, until somebody writes them anew.
    First,
    /// The words as they were written anew.
    Rewritten,
    /// The name of a file that came with it.
    File,
    /// An answer, which everybody reads who reads the report.
    Answer,
    /// Why it is on hold or archived: between the office and the reporter.
    Reason,
    /// A note between officers, or one that goes with a disposition.
    Note,
    Place,
    Name,
    Contact,
}

const KINDS: [(Kind, char); 9] = [
    (Kind::First, 'f'),
    (Kind::Rewritten, 'r'),
    (Kind::File, 'l'),
    (Kind::Answer, 'a'),
    (Kind::Reason, 'h'),
    (Kind::Note, 'n'),
    (Kind::Place, 'p'),
    (Kind::Name, 'm'),
    (Kind::Contact, 'c'),
];

const HEAD: &str = "zqx";

/// The mark of a kind of words of the report with a number below 100.
pub fn mark(kind: Kind, report: usize) -> String {
    let letter = KINDS.iter().find(|(known, _)| *known == kind).unwrap().1;
    let digit = |n: usize| char::from(b'a' + u8::try_from(n).unwrap());
    format!("{HEAD}{letter}{}{}k", digit(report / 10), digit(report % 10))
}

/// A telephone number that belongs to one report only.
pub fn phone(report: usize) -> String {
    format!("62899771{report:02}31")
}

/// All marks in a text.
pub fn found(text: &str, reports: usize) -> BTreeSet<(usize, Kind)> {
    let lower = text.to_lowercase();
    let mut marks: BTreeSet<(usize, Kind)> =
        lower.match_indices(HEAD).filter_map(|(at, _)| read(&lower[at..])).collect();
    let digits: String = text.chars().filter(|c| !" -+.()".contains(*c)).collect();
    marks.extend((0..reports).filter(|n| digits.contains(&phone(*n)[2..])).map(|n| (n, Kind::Contact)));
    marks
}

fn read(text: &str) -> Option<(usize, Kind)> {
    let mut letters = text[HEAD.len()..].chars();
    let kind = letters.next()?;
    let kind = KINDS.iter().find(|(_, letter)| *letter == kind)?.0;
    let digit = |letter: char| letter.is_ascii_lowercase().then(|| letter as usize - 'a' as usize).filter(|n| *n < 10);
    let number = digit(letters.next()?)? * 10 + digit(letters.next()?)?;
    (letters.next()? == 'k').then_some((number, kind))
}
