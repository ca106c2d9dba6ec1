//! `/desk/pesan`: messages by telephone and chat that wait for a person.

use crate::components::{Frame, Page, Place, sample};
use crate::words::{Moment, Words};
use askama::Template;

/// A sender whose messages wait.
#[derive(Debug, Clone)]
pub struct TalkRow {
    /// The latest of the messages.
    pub id: i64,
    /// The number or account with its middle hidden.
    pub sender: String,
    /// By which they write, `way-…`.
    pub way: &'static str,
    pub text: String,
    pub waiting: u32,
    /// Why they are flagged, `message-flag-…`, where all of them are.
    pub flagged: Option<&'static str>,
    pub at: Moment,
}

/// The list of them.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/messages.html")]
pub struct MessagesPage {
    pub w: Words,
    pub frame: Frame,
    /// Whether people can write at all.
    pub on: bool,
    pub rows: Vec<TalkRow>,
    /// Whether the seat gives out the words that name offices.
    pub words: bool,
    /// Whether only what is flagged is listed.
    pub only: bool,
    /// The last of the messages that were looked at, where there may be more.
    pub next: Option<i64>,
}

impl Page for MessagesPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = |id, text: &str, flagged: Option<&'static str>| TalkRow {
            id,
            sender: "6281••••001".into(),
            way: if flagged.is_some() { "whatsapp" } else { "sms" },
            text: text.into(),
            waiting: u32::try_from(id).unwrap_or(1),
            flagged,
            at: sample::moment(3, 9, 30),
        };
        let list = MessagesPage {
            w: Words::default(),
            frame: Frame::at("/desk/pesan", Place::Messages).seated(sample::seat()),
            on: true,
            rows: vec![row(1, "Tolong telepon saya kembali", None), row(3, sample::LONG, Some("too-many"))],
            words: true,
            only: false,
            next: Some(50),
        };
        let empty = MessagesPage { rows: vec![], words: false, next: None, ..list.clone() };
        let flagged =
            MessagesPage { only: true, rows: vec![row(2, "Pulsa murah hari ini", Some("machine"))], ..list.clone() };
        let without = MessagesPage { on: false, ..empty.clone() };
        vec![list, empty, flagged, without]
    }
}
