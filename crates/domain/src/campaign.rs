//! A reminder campaign ("surat cinta"): a letter to agencies about reports of a time that are still open, with a
//! deadline. KemenPANRB asked in 2021 that all reports of 2020 be done by 31 March.

use crate::deadline::Calendar;
use jiff::Span;
use jiff::civil::Date;

/// Days before the deadline at which those who are not done are reminded again.
const LAST_CALL: i64 = 3;

/// Which open reports a campaign is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Criterion {
    /// The first and the last local day on which they came in.
    pub from: Date,
    pub to: Date,
    /// Only those past what is due for them.
    pub late_only: bool,
}

/// What a letter has a name for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholder {
    Agency,
    Count,
    Deadline,
    From,
    To,
    Sender,
}

impl Placeholder {
    /// All of them.
    pub const ALL: [Placeholder; 6] = [
        Placeholder::Agency,
        Placeholder::Count,
        Placeholder::Deadline,
        Placeholder::From,
        Placeholder::To,
        Placeholder::Sender,
    ];

    /// The name as it is typed, between braces.
    pub fn name(self) -> &'static str {
        match self {
            Placeholder::Agency => "instansi",
            Placeholder::Count => "jumlah",
            Placeholder::Deadline => "tenggat",
            Placeholder::From => "dari",
            Placeholder::To => "sampai",
            Placeholder::Sender => "pengirim",
        }
    }

    fn parse(name: &str) -> Option<Placeholder> {
        Placeholder::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// Why a text is no letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LetterFault {
    /// Fewer characters than a letter needs, or more than fit.
    Length,
    /// A name between braces that stands for nothing.
    Unknown(String),
    /// A brace without its other one.
    Brace,
}

/// The text of a letter, in which every name between braces is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterText(String);

impl LetterText {
    /// Fewest and most characters.
    pub const LEAST: usize = 20;
    pub const MOST: usize = 8_000;

    /// Checks a typed text.
    pub fn parse(typed: &str) -> Result<LetterText, LetterFault> {
        let text = typed.trim().replace("\r\n", "\n");
        if !(LetterText::LEAST..=LetterText::MOST).contains(&text.chars().count()) {
            return Err(LetterFault::Length);
        }
        pieces(&text).try_for_each(|piece| piece.map(drop))?;
        Ok(LetterText(text))
    }

    /// The text as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text with every name replaced.
    pub fn fill(&self, value: impl Fn(Placeholder) -> String) -> String {
        let filled = pieces(&self.0).map(|piece| match piece {
            Ok(Piece::Words(words)) => words.to_owned(),
            Ok(Piece::Name(name)) => value(name),
            Err(_) => String::new(),
        });
        filled.collect()
    }
}

enum Piece<'a> {
    Words(&'a str),
    Name(Placeholder),
}

fn pieces(text: &str) -> impl Iterator<Item = Result<Piece<'_>, LetterFault>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(inner) = rest.strip_prefix('{') else {
            let end = rest.find(['{', '}']).unwrap_or(rest.len());
            let words = &rest[..end];
            rest = &rest[end..];
            if words.is_empty() {
                rest = "";
                return Some(Err(LetterFault::Brace));
            }
            return Some(Ok(Piece::Words(words)));
        };
        let Some((name, behind)) = inner.split_once('}') else {
            rest = "";
            return Some(Err(LetterFault::Brace));
        };
        rest = behind;
        Some(Placeholder::parse(name.trim()).map(Piece::Name).ok_or_else(|| LetterFault::Unknown(name.to_owned())))
    })
}

/// The days on which those who are not done are reminded: at half-time and shortly before the deadline, each on a
/// working day between the sending and the deadline.
pub fn reminders(calendar: &Calendar, sent: Date, deadline: Date) -> Vec<Date> {
    let half = (deadline - sent).get_days() / 2;
    let wished = [sent.checked_add(Span::new().days(half)), deadline.checked_sub(Span::new().days(LAST_CALL))];
    let mut days: Vec<Date> = wished.into_iter().flatten().filter_map(|day| working(calendar, day, sent)).collect();
    days.dedup();
    days
}

/// The day, or the last working day before it; none where that is not after `sent`.
fn working(calendar: &Calendar, mut day: Date, sent: Date) -> Option<Date> {
    while day > sent && !calendar.is_working_day(day) {
        day = day.yesterday().ok()?;
    }
    (day > sent).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_letter_knows_its_names_and_refuses_others() {
        let letter = LetterText::parse("Kepada {instansi}: {jumlah} laporan sampai {tenggat}.")
            .unwrap_or(LetterText(String::new()));
        let filled = letter.fill(|name| name.name().to_uppercase());
        assert_eq!(filled, "Kepada INSTANSI: JUMLAH laporan sampai TENGGAT.");
        let unknown = LetterText::parse("Kepada {bupati} yang terhormat, mohon perhatian.");
        assert_eq!(unknown, Err(LetterFault::Unknown("bupati".into())));
        for broken in ["Kepada {instansi yang terhormat sekali", "Kepada instansi} yang terhormat sekali"] {
            assert_eq!(LetterText::parse(broken), Err(LetterFault::Brace), "{broken}");
        }
        assert_eq!(LetterText::parse("Pendek"), Err(LetterFault::Length));
    }

    #[test]
    fn reminders_come_on_working_days_between_sending_and_deadline() {
        let days = reminders(&Calendar::default(), date(2021, 2, 22), date(2021, 3, 31));
        assert_eq!(days, [date(2021, 3, 12), date(2021, 3, 26)]);
        assert!(reminders(&Calendar::default(), date(2021, 3, 30), date(2021, 3, 31)).is_empty());
    }
}
