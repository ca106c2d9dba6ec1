//! A reminder campaign ("surat cinta"): a letter to agencies about reports of a time that are still open, with a
//! deadline. KemenPANRB asked in 2021 that all reports of 2020 be done by 31 March.

use crate::deadline::Calendar;
use crate::template::{FaultKind, Template, names};
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

names! {
    /// What a letter has a name for.
    Placeholder {
        Agency = "instansi", Count = "jumlah", Deadline = "tenggat", From = "dari", To = "sampai",
        Sender = "pengirim",
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
pub struct LetterText {
    text: String,
    template: Template<Placeholder>,
}

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
        let template = Template::parse(&text).map_err(|fault| match fault.kind {
            FaultKind::Unknown => LetterFault::Unknown(fault.said),
            FaultKind::Unclosed | FaultKind::Unopened => LetterFault::Brace,
        })?;
        Ok(LetterText { text, template })
    }

    /// The text as it was typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text with every name replaced.
    pub fn fill(&self, value: impl Fn(Placeholder) -> String) -> String {
        self.template.fill(value)
    }
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
    use crate::template::Name;
    use jiff::civil::date;

    #[test]
    fn a_letter_knows_its_names_and_refuses_others() {
        let letter = LetterText::parse("Kepada {instansi}: {jumlah} laporan sampai {tenggat}.").unwrap();
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
