//! Why a command of the binary ended badly, said so that an operator can mend it.

use std::fmt::{self, Display};
use web::words::{Lang, Value, Words};

/// Why a command ended badly.
#[derive(Debug)]
pub enum Failure {
    /// Something went wrong at a place: a setting, a file, a use case.
    At { place: String, text: String },
    /// The program refuses, and a sentence says why and what to do.
    Told { code: &'static str, params: Vec<(&'static str, String)> },
}

impl Failure {
    /// A failure at a place.
    pub fn new(place: impl Display, error: impl Display) -> Failure {
        Failure::At { place: place.to_string(), text: error.to_string() }
    }

    /// A refusal with the key of its sentence.
    pub fn told(code: &'static str) -> Failure {
        Failure::Told { code, params: Vec::new() }
    }

    /// The same refusal, naming something.
    pub fn with(mut self, name: &'static str, value: impl Display) -> Failure {
        if let Failure::Told { params, .. } = &mut self {
            params.push((name, value.to_string()));
        }
        self
    }

    /// The failure in a language, and what to look at.
    pub fn lines(&self, words: Words) -> Vec<String> {
        match self {
            Failure::At { place, text } => {
                let args = [("place", place.into()), ("error", text.into())];
                vec![words.with("doctor-start", &args), words.t("doctor-start-mend")]
            }
            Failure::Told { code, params } => vec![sentence(words, code, params)],
        }
    }
}

/// A sentence with what it names.
pub fn sentence(words: Words, code: &str, params: &[(&'static str, String)]) -> String {
    let args: Vec<(&str, Value)> = params.iter().map(|(name, value)| (*name, value.into())).collect();
    words.with(code, &args)
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::At { place, text } => write!(f, "{place}: {text}"),
            Failure::Told { code, params } => {
                let [first, second] = Lang::ALL.map(|lang| sentence(Words::new(lang), code, params));
                write!(f, "{first}\n{second}")
            }
        }
    }
}

impl std::error::Error for Failure {}

impl From<app::Error> for Failure {
    fn from(error: app::Error) -> Failure {
        Failure::new("lapor", error)
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Failure {
        Failure::new("database", error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::new("file", error)
    }
}
