//! Texts that were checked once, at the edge, and are known to be good ever after.

use serde::{Deserialize, Serialize};

/// Why a text cannot be taken; `least` and `most` count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextError {
    /// Nothing but white space, or less than `least`.
    TooShort { least: usize },
    /// More than `most`.
    TooLong { most: usize },
    /// Not of the form that is needed.
    Shape,
}

impl TextError {
    /// The message key in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            TextError::TooShort { .. } => "text-too-short",
            TextError::TooLong { .. } => "text-too-long",
            TextError::Shape => "text-shape",
        }
    }
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $least:expr, $most:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Fewest characters.
            pub const LEAST: usize = $least;
            /// Most characters.
            pub const MOST: usize = $most;

            /// Checks a typed text; line ends are unified, control characters and outer space dropped.
            pub fn parse(typed: &str) -> Result<Self, TextError> {
                tidy(typed, $least, $most).map(Self)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

text!(
    /// The one-line gist of a report.
    Title, 5, 150
);
text!(
    /// What happened, as told by the reporter; also replies and answers.
    Body, 10, 8_000
);
text!(
    /// A short reason or an internal note.
    Remark, 3, 2_000
);
text!(
    /// A step of a plan.
    StepText, 3, 200
);
text!(
    /// A person's name.
    PersonName, 2, 100
);

/// A telephone number in international form without `+`, e.g. `6281234567890`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(String);

impl Phone {
    /// Reads Indonesian habits (`0812-…`, `+62 812 …`) and other countries' `+…` forms.
    pub fn parse(typed: &str) -> Result<Phone, TextError> {
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let foreign = typed.trim().starts_with('+');
        let number = match digits.strip_prefix('0') {
            Some(local) if !foreign => format!("62{local}"),
            _ => digits,
        };
        let known = typed.chars().all(|c| c.is_ascii_digit() || " +-().".contains(c));
        if known && (8..=15).contains(&number.len()) { Ok(Phone(number)) } else { Err(TextError::Shape) }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An e-mail address: one `@`, a dotted host, no spaces. The proof is that mail arrives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// Checks the outer form and lower-cases the host.
    pub fn parse(typed: &str) -> Result<Email, TextError> {
        let (local, host) = typed.trim().split_once('@').ok_or(TextError::Shape)?;
        let plain =
            |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c == '@' || c.is_control());
        let dotted = host.contains('.') && host.split('.').all(|label| !label.is_empty());
        if plain(local) && plain(host) && dotted && typed.len() <= 254 {
            Ok(Email(format!("{local}@{}", host.to_lowercase())))
        } else {
            Err(TextError::Shape)
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn tidy(typed: &str, least: usize, most: usize) -> Result<String, TextError> {
    let unified = typed.replace("\r\n", "\n");
    let clean: String = unified.chars().filter(|c| *c == '\n' || *c == '\t' || !c.is_control()).collect();
    let clean = clean.trim();
    let length = clean.chars().count();
    if length < least {
        Err(TextError::TooShort { least })
    } else if length > most {
        Err(TextError::TooLong { most })
    } else {
        Ok(clean.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_of_spaces_is_too_short_and_a_pasted_novel_too_long() {
        assert_eq!(Title::parse("     "), Err(TextError::TooShort { least: 5 }));
        assert_eq!(Body::parse(&"a".repeat(8_001)), Err(TextError::TooLong { most: 8_000 }));
    }

    #[test]
    fn length_counts_characters_and_line_ends_are_unified() {
        assert_eq!(Title::parse("éééé é").unwrap().as_str(), "éééé é");
        assert_eq!(Body::parse("satu\r\ndua tiga\u{0}").unwrap().as_str(), "satu\ndua tiga");
    }

    #[test]
    fn phones_are_read_as_people_write_them() {
        for typed in ["081234567890", "+62 812-3456-7890", "62 812 3456 7890"] {
            assert_eq!(Phone::parse(typed).unwrap().as_str(), "6281234567890", "{typed}");
        }
        assert!(Phone::parse("nol delapan").is_err());
        assert!(Phone::parse("123").is_err());
    }

    #[test]
    fn an_address_needs_a_host() {
        assert_eq!(Email::parse(" budi@Contoh.ID ").unwrap().as_str(), "budi@contoh.id");
        for wrong in ["budi", "budi@", "@contoh.id", "budi@contoh", "bu di@contoh.id", "a@b@c.id"] {
            assert!(Email::parse(wrong).is_err(), "{wrong}");
        }
    }
}
