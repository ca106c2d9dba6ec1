//! Why a command of the binary ended badly, said so that an operator can mend it.

use std::fmt::{self, Display};

/// A failure with its place: a setting, a file, a use case.
#[derive(Debug)]
pub struct Failure {
    place: String,
    text: String,
}

impl Failure {
    /// A failure at a place.
    pub fn new(place: impl Display, error: impl Display) -> Failure {
        Failure { place: place.to_string(), text: error.to_string() }
    }

    /// Where it happened.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What happened.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.text)
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
