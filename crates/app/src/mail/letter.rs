//! A letter to be put into the post.

use domain::{ReportId, Way};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something that belongs into a sentence of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arg {
    /// A name or any other text, written as it is.
    Text(String),
    Number(i64),
    Day(Date),
    /// Another sentence, by its key.
    Key(String),
    /// Several sentences, with commas between them.
    Keys(Vec<String>),
    /// A path of this service, written as a whole address.
    Path(String),
}

/// The named values of a sentence.
pub type Args = BTreeMap<String, Arg>;

/// A letter to be put into the post.
#[derive(Debug, Clone)]
pub struct NewLetter {
    pub way: Way,
    /// An e-mail address without a name, or a telephone number. It is written to no log.
    pub to: String,
    /// `id` or `en`.
    pub language: String,
    /// The letter's name, e.g. `invitation` for the sentences `letter-invitation-subject` and `letter-invitation`.
    pub kind: &'static str,
    pub args: Args,
    /// The report that it is about; it is found there when that report is erased.
    pub report: Option<ReportId>,
    /// The account that it is for, where it is for one that follows the report.
    pub account: Option<i64>,
    /// For news of a report: it tells the events from this one on, those included that come before it leaves.
    pub first_seq: Option<u32>,
    /// It leaves in the night and on a holiday too.
    pub urgent: bool,
    /// When it may leave.
    pub not_before: Timestamp,
}

impl NewLetter {
    /// A letter by e-mail that somebody waits for: it leaves at once.
    pub fn now(to: impl Into<String>, language: impl Into<String>, kind: &'static str, now: Timestamp) -> NewLetter {
        NewLetter {
            way: Way::Email,
            to: to.into(),
            language: language.into(),
            kind,
            args: Args::new(),
            report: None,
            account: None,
            first_seq: None,
            urgent: true,
            not_before: now,
        }
    }

    /// The same by another way.
    pub fn by(self, way: Way) -> NewLetter {
        NewLetter { way, ..self }
    }

    /// Adds what belongs into its sentences.
    pub fn with(mut self, name: &str, arg: Arg) -> NewLetter {
        self.args.insert(name.to_owned(), arg);
        self
    }
}
