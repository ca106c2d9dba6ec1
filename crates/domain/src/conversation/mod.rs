//! What is said over a line that carries but short messages: SMS, chat.
//!
//! The engine is pure. It gets what was said so far, what was said now, and what the house knows of the sender; it
//! gives what is to be done and what is to be said. It asks for what is missing in the fewest turns that a channel
//! allows, goes on where it was interrupted, asks nothing twice, and hands over to a person when it has not understood
//! twice. Its dialogues stand in `tests/expect/dialogue-*.md`.

mod keyword;
mod listen;

pub use keyword::is_reserved;
pub use listen::{Turn, listen};

use crate::region::{RegionCode, Regions};
use crate::report::Class;
use crate::{AgencyId, CategoryId, Code};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The same message so often in a row is a machine's, and is not answered any more.
pub const MOST_REPEATS: u8 = 3;
/// After so many messages in a row that were not understood a person takes over.
pub const MOST_MISSED: u8 = 2;

/// What a sender said.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    Text(String),
    /// Pictures that were sent together, by the numbers under which they are kept, and what was said with them.
    Photos(Vec<i64>, String),
    /// Degrees north and east.
    Point(f64, f64),
    Letter(Note),
    /// Nothing more for a while, with something left open.
    Silence,
}

/// A letter by e-mail.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Note {
    /// The report in whose thread it is written.
    pub about: Option<Code>,
    /// It answers a letter of ours.
    pub answers: bool,
    pub subject: String,
    pub text: String,
    /// Files, by the numbers under which they are kept.
    pub files: Vec<i64>,
}

/// How much a channel lets be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Each message costs money: only the place is asked, and once.
    Sms,
    /// Class and photo are asked too.
    Chat,
    /// Everybody reads along: only the place is asked, and once.
    Post,
    /// A letter says all at once: only the place is asked, and once.
    Letter,
}

/// What was said so far with one sender.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conversation {
    pub pending: Option<Pending>,
    /// Messages in a row that were not understood.
    pub missed: u8,
    /// A person has it; the engine heeds commands only.
    pub operator: bool,
    /// The last text, to know a machine that says the same for ever.
    pub last: String,
    pub repeats: u8,
}

/// What is left open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Pending {
    /// A report of which something is missing.
    Report { draft: Draft, asked: Question },
    /// Why a report is not settled.
    Reason { code: Code },
    /// How content its reporter is.
    Rating { code: Code },
    /// Whether a text belongs to a report, or begins another.
    Whose { code: Code, text: String },
}

/// What is asked of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    Text,
    Class,
    Place,
    Photo,
}

/// A report as far as it was said.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub class: Option<Class>,
    /// The subject of a letter.
    pub title: Option<String>,
    pub text: String,
    pub agency: Option<AgencyId>,
    pub category: Option<CategoryId>,
    pub region: Option<RegionCode>,
    pub point: Option<(f64, f64)>,
    pub photos: Vec<i64>,
    /// What was asked already, and is not asked again.
    pub asked: Vec<Question>,
}

/// What the house knows of the sender and of the words that name offices.
#[derive(Debug)]
pub struct Known<'a> {
    pub regions: &'a Regions,
    /// By the word, in capitals.
    pub codes: &'a BTreeMap<String, ShortCode>,
    /// The sender's own reports, the newest first.
    pub reports: &'a [Own],
}

/// What a word like `TANGKAB` before a message means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShortCode {
    pub agency: AgencyId,
    pub region: Option<RegionCode>,
    pub category: Option<CategoryId>,
}

/// A report of the sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Own {
    pub code: Code,
    pub waits: Waits,
    /// Whether a rating may still be given.
    pub unrated: bool,
}

/// For what a report waits of its reporter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// Nothing; more may be said.
    No,
    /// It is on hold until something missing is told.
    ForMore,
    /// It was answered, and its reporter has the last word.
    ForVerdict,
    /// It was closed by others, and its reporter may still object.
    ForObjection,
    /// It has ended, and nothing can be added.
    Over,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    TakeIn(Draft),
    /// Add to a report what its reporter says more.
    Add {
        code: Code,
        text: String,
    },
    /// Add a picture to a report that waits for more.
    Attach {
        code: Code,
        photo: i64,
    },
    Confirm {
        code: Code,
        rating: Option<u8>,
    },
    Object {
        code: Code,
        text: String,
    },
    /// Tell where a report stands.
    Tell(Code),
    /// No more news, or news again.
    Stop,
    Start,
    /// A person is to look at it.
    HandOver,
    /// Not answered: it is kept for somebody to look at.
    Flag,
}

/// What is to be said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Say {
    Help,
    AskText,
    AskClass,
    AskPlace,
    AskPhoto,
    AskReason(Code),
    AskWhose(Code),
    /// The number is needed, since several reports wait.
    AskWhich(Vec<Code>),
    NothingWaits,
    NoReports,
    /// Not a number of this sender's; the same for one that is nobody's.
    NotYours,
    /// A slip of the finger in a number.
    Slip,
    NotUnderstood,
    HandedOver,
    Stopped,
    Started,
    Cancelled,
    /// So many messages in an hour are not answered.
    TooMany,
}

impl Say {
    /// The sentence's key in the locale files.
    pub fn key(&self) -> &'static str {
        match self {
            Say::Help => "talk-help",
            Say::AskText => "talk-ask-text",
            Say::AskClass => "talk-ask-class",
            Say::AskPlace => "talk-ask-place",
            Say::AskPhoto => "talk-ask-photo",
            Say::AskReason(_) => "talk-ask-reason",
            Say::AskWhose(_) => "talk-ask-whose",
            Say::AskWhich(_) => "talk-ask-which",
            Say::NothingWaits => "talk-nothing-waits",
            Say::NoReports => "talk-no-reports",
            Say::NotYours => "talk-not-yours",
            Say::Slip => "talk-slip",
            Say::NotUnderstood => "talk-not-understood",
            Say::HandedOver => "talk-handed-over",
            Say::Stopped => "talk-stopped",
            Say::Started => "talk-started",
            Say::Cancelled => "talk-cancelled",
            Say::TooMany => "talk-too-many",
        }
    }

    /// The reports that the sentence names.
    pub fn codes(&self) -> &[Code] {
        match self {
            Say::AskReason(code) | Say::AskWhose(code) => std::slice::from_ref(code),
            Say::AskWhich(codes) => codes,
            _ => &[],
        }
    }
}
