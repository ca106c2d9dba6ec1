//! Chat services, by which people write to a house and are answered: what each brings in and takes, in one shape.
//!
//! [`telegram`] and [`whatsapp`] read what the services post to a webhook and give messages to them; [`x`] asks for what is
//! new. All are JSON over HTTPS; secrets stand in no log, which is why no address of a failed call is told.

mod call;
pub mod telegram;
pub mod whatsapp;
pub mod x;

#[cfg(test)]
mod tests;

pub use call::Download;

/// The longest body that a service may post.
pub const MOST_POSTED: usize = 4 * 1024 * 1024;
/// Files of one message that are taken; services send one with each.
const MOST_FILES: usize = 10;
/// The longest text of one message, in letters; services let no more be written.
const MOST_TEXT: usize = 8_000;

/// A message that somebody wrote.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Incoming {
    /// The service's name for the message, by which a repetition is known.
    pub remote: String,
    /// The service's name for the account that wrote it.
    pub from: String,
    pub text: String,
    /// Degrees north and east.
    pub point: Option<(f64, f64)>,
    pub files: Vec<RemoteFile>,
}

/// A file that lies with the service.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RemoteFile {
    /// By which the service gives it out.
    pub id: String,
    /// As the sender named it, or a name after its kind.
    pub name: String,
}

/// An answer that can be given with one touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is heard when it is chosen.
    pub says: String,
    /// What stands on the button.
    pub label: String,
}

/// A message on its way out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outgoing {
    /// The account that it is for.
    pub to: String,
    pub text: String,
    pub choices: Vec<Choice>,
    /// A place is asked for: the service may offer to send where the person is.
    pub asks_place: bool,
    /// Ours for the message, which a service may give back when it tells what became of it.
    pub reference: String,
}

/// What became of a message that was given away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The service's name for it.
    pub remote: String,
    /// What we called it.
    pub reference: Option<String>,
    /// Why it did not arrive; `None` where it was taken or arrived.
    pub failure: Option<String>,
}

/// Why nothing could be read out of what was posted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not what the service describes: {0}")]
pub struct Unreadable(String);

/// A text without signs that no text has, cut where nobody writes on.
fn plain(text: &str) -> String {
    text.chars().filter(|c| *c != '\0').take(MOST_TEXT).collect::<String>().trim().to_owned()
}

/// A place on the globe; others are none.
fn point(north: f64, east: f64) -> Option<(f64, f64)> {
    ((-90.0..=90.0).contains(&north) && (-180.0..=180.0).contains(&east)).then_some((north, east))
}
