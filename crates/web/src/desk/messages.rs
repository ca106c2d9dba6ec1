//! `/desk/pesan`: short messages that wait for a person.

use crate::components::{Frame, Page, Place, sample};
use crate::words::{Moment, Words};
use askama::Template;

/// A sender whose messages wait.
#[derive(Debug, Clone)]
pub struct TalkRow {
    /// The latest of the messages.
    pub id: i64,
    /// The number with its middle hidden.
    pub sender: String,
    pub text: String,
    pub waiting: u32,
    /// They seem to be a machine's, or too many.
    pub flagged: bool,
    pub at: Moment,
}

/// The list of them.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/messages.html")]
pub struct MessagesPage {
    pub w: Words,
    pub frame: Frame,
    /// The number that people write to; none where no line is set up.
    pub number: Option<String>,
    pub rows: Vec<TalkRow>,
    /// Whether the seat gives out the words that name offices.
    pub words: bool,
}

impl Page for MessagesPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = |id, text: &str, flagged| TalkRow {
            id,
            sender: "6281******001".into(),
            text: text.into(),
            waiting: u32::try_from(id).unwrap_or(1),
            flagged,
            at: sample::moment(3, 9, 30),
        };
        let list = MessagesPage {
            w: Words::default(),
            frame: Frame::at("/desk/pesan", Place::Messages).seated(sample::seat()),
            number: Some("1708".into()),
            rows: vec![row(1, "Tolong telepon saya kembali", false), row(3, sample::LONG, true)],
            words: true,
        };
        let empty = MessagesPage { rows: vec![], words: false, ..list.clone() };
        let without = MessagesPage { number: None, ..empty.clone() };
        vec![list, empty, without]
    }
}
