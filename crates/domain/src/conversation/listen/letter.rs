//! One turn by letter: what it answers stands in its thread, and a letter that answers nothing is a new report.

use super::{Talk, is_too_short};
use crate::Code;
use crate::conversation::keyword::{Wish, is_courtesy, read};
use crate::conversation::{Deed, Draft, Note, Pending, Say, Waits};
use crate::mention::{Hand, mentioned};

/// Words of an answer to a question; more are a story.
const SHORT: usize = 4;
/// Fewer words tell nothing.
const FEWEST: usize = 4;
/// Lines of a name below a farewell.
const MOST_NAMES: usize = 2;
/// Words of a name.
const MOST_WORDS: usize = 5;

impl Talk<'_> {
    pub(super) fn letter(&mut self, note: &Note) {
        let heart = heart(&note.text);
        let again = !heart.is_empty() && self.is_again(&heart);
        let wish = match read(&heart, self.known.codes) {
            // A story may begin with a number of any kind.
            Wish::Slip if heart.split_whitespace().count() > SHORT => Wish::Text(heart.clone()),
            wish => named(wish, note.about),
        };
        let Some(wish) = self.command(wish) else { return self.understood() };
        if again {
            return self.deeds.push(Deed::Flag);
        }
        if self.next.operator {
            return self.deeds.push(Deed::HandOver);
        }
        match wish {
            Wish::Report { word, .. } => {
                let text = without_first(&note.text, &heart);
                self.begin_letter(word.as_deref(), &Note { text, ..note.clone() });
            }
            Wish::Number(number) => self.number(number),
            Wish::Skip => self.skip(),
            Wish::Settled { code: None, .. } | Wish::Thanks if self.is_drafting() => self.miss(),
            Wish::Unsettled { code: None, .. } if self.is_drafting() => self.text(&note.text),
            Wish::Settled { code, rating } => self.settled(code, rating),
            Wish::Unsettled { code, reason } => self.unsettled(code, &reason, &note.text),
            Wish::Thanks => self.understood(),
            _ => self.told(note, &heart),
        }
    }

    /// A story: more about the report of its thread, the answer to what was asked, or a new report.
    fn told(&mut self, note: &Note, heart: &str) {
        if let Some(code) = note.about {
            return self.more(code, note);
        }
        let answers = note.answers || heart.split_whitespace().count() <= SHORT;
        match &mut self.next.pending {
            Some(Pending::Report { draft, .. }) if answers => {
                draft.photos.extend(&note.files);
                self.text(heart);
            }
            Some(Pending::Reason { .. }) if answers => self.text(&note.text),
            _ => self.begin_letter(None, note),
        }
    }

    /// More about a report that the letter's thread names.
    fn more(&mut self, code: Code, note: &Note) {
        let reason = matches!(self.next.pending, Some(Pending::Reason { code: asked }) if asked == code);
        let Some(own) = self.own(code) else { return self.say = Some(Say::NotYours) };
        let short = is_too_short(&note.text);
        match () {
            () if own.waits == Waits::Over => self.say = Some(Say::NothingWaits),
            () if short && note.files.is_empty() => self.say = Some(Say::AskText),
            () => {
                self.understood();
                match (short, reason) {
                    (true, _) => {}
                    (false, true) => self.object(code, &note.text),
                    (false, false) => self.deeds.push(Deed::Add { code, text: note.text.clone() }),
                }
                self.deeds.extend(note.files.iter().map(|photo| Deed::Attach { code, photo: *photo }));
            }
        }
    }

    /// A new report. Where the letter has little text, its subject is the story.
    fn begin_letter(&mut self, word: Option<&str>, note: &Note) {
        let text = match is_too_short(&note.text) {
            true => format!("{}\n{}", note.subject, note.text).trim().to_owned(),
            false => note.text.clone(),
        };
        let words = text.split_whitespace().count() + note.subject.split_whitespace().count();
        if (is_too_short(&text) || words < FEWEST) && note.files.is_empty() {
            return self.miss();
        }
        self.end_open();
        let draft = self.draft(word.and_then(|word| self.known.codes.get(word)), &text);
        let region = draft.region.clone();
        let named = || mentioned(self.known.regions, &note.subject, Hand::Hasty);
        let draft = Draft {
            title: Some(note.subject.clone()).filter(|subject| !is_too_short(subject)),
            region: region.or_else(named),
            photos: note.files.clone(),
            ..draft
        };
        self.go_on(draft);
    }
}

/// What is asked or judged in a thread is about its report.
fn named(wish: Wish, about: Option<Code>) -> Wish {
    match wish {
        Wish::Status(None) => Wish::Status(about),
        Wish::Settled { code: None, rating } => Wish::Settled { code: about, rating },
        Wish::Unsettled { code: None, reason } => Wish::Unsettled { code: about, reason },
        other => other,
    }
}

/// A letter without its salutation, and without a farewell and the name below it: "Ya. Salam, Siti" says "Ya".
fn heart(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let begin = lines.iter().take_while(|line| is_salutation(line)).count();
    let farewell = lines.iter().rposition(|line| is_farewell(line));
    let signed = |at: &usize| lines[at + 1..].len() <= MOST_NAMES && lines[at + 1..].iter().all(|line| is_name(line));
    let end = farewell.filter(signed).unwrap_or(lines.len());
    match begin < end {
        true => lines[begin..end].join("\n"),
        // Nothing else was said.
        false => lines.join("\n"),
    }
}

/// A story without the word before it, where that stands at the very beginning.
fn without_first(text: &str, heart: &str) -> String {
    let word = heart.split_whitespace().next().unwrap_or_default();
    text.trim_start().strip_prefix(word).unwrap_or(text).trim_start().to_owned()
}

fn plain(line: &str) -> String {
    line.trim_matches(|sign: char| !sign.is_alphanumeric()).to_uppercase()
}

fn is_salutation(line: &str) -> bool {
    const BEGIN: [&str; 5] = ["YTH", "KEPADA YTH", "DENGAN HORMAT", "DEAR", "BAPAK/IBU"];
    let plain = plain(line);
    let named = BEGIN.iter().any(|begin| plain.starts_with(begin)) && line.split_whitespace().count() <= 6;
    named || (line.ends_with(',') && is_courtesy(&plain))
}

fn is_farewell(line: &str) -> bool {
    const FAREWELLS: [&str; 14] = [
        "SALAM",
        "SALAM HORMAT",
        "HORMAT SAYA",
        "HORMAT KAMI",
        "WASSALAM",
        "WASSALAMUALAIKUM",
        "TERIMA KASIH",
        "TERIMAKASIH",
        "DEMIKIAN TERIMA KASIH",
        "REGARDS",
        "BEST REGARDS",
        "KIND REGARDS",
        "THANKS",
        "THANK YOU",
    ];
    FAREWELLS.contains(&plain(line).as_str())
}

/// A name is a few words in capitals; "masih ada lubang" is none.
fn is_name(line: &str) -> bool {
    line.split_whitespace().count() <= MOST_WORDS
        && line.split_whitespace().all(|word| word.chars().next().is_some_and(|first| !first.is_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heart_of_a_letter_is_what_stands_between_salutation_and_name() {
        for (letter, heart_of_it) in [
            ("Ya", "Ya"),
            ("Yth. Admin,\n\nYa.\n\nTerima kasih,\nSiti Contoh\nBanjarbaru", "Ya."),
            ("Selamat pagi,\nBelum, masih padam.\nSalam\nBudi", "Belum, masih padam."),
            ("Ya\n\nTerima kasih\nlubang lain masih ada", "Ya\nTerima kasih\nlubang lain masih ada"),
            ("Terima kasih", "Terima kasih"),
            ("", ""),
        ] {
            assert_eq!(heart(letter), heart_of_it, "{letter}");
        }
    }
}
