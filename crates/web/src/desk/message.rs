//! `/desk/pesan/{id}`: what one sender wrote, and the answer of a person.

use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;

/// A message of the sender.
#[derive(Debug, Clone)]
pub struct MessageLine {
    pub text: String,
    pub at: Moment,
    /// Its state, `message-state-…`.
    pub state: &'static str,
    /// Files that came with it.
    pub files: Vec<i64>,
    /// Files that could not be taken.
    pub lost: u32,
    /// Degrees north and east, in words.
    pub place: Option<Message>,
    /// The address of the public post that it was.
    pub post: Option<String>,
}

/// A conversation that a person tends.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/message.html")]
pub struct MessagePage {
    pub w: Words,
    pub frame: Frame,
    pub id: i64,
    /// The whole number, so that it can be called; or the account.
    pub sender: String,
    /// By which they write, `way-…`.
    pub way: &'static str,
    /// Whether the sender is who they say they are.
    pub proved: bool,
    /// The oldest first.
    pub lines: Vec<MessageLine>,
    /// Whether some of them wait.
    pub waits: bool,
    pub text: Field,
    pub slips: Vec<Slip>,
}

impl MessagePage {
    /// The most letters of an answer: three parts of a short message.
    pub const MOST: usize = 400;
}

impl Page for MessagePage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let line = |n, text: &str, state| MessageLine {
            text: text.into(),
            at: sample::moment(n, 9, 30),
            state,
            files: vec![],
            lost: 0,
            place: None,
            post: None,
        };
        let waits = MessagePage {
            w: Words::default(),
            frame: Frame::at("/desk/pesan/7", Place::Messages).seated(sample::seat()),
            id: 7,
            sender: "6281100000001".into(),
            way: "sms",
            proved: true,
            lines: vec![line(1, "Halo", "heard"), line(2, sample::LONG, "waiting"), line(3, "tolong", "flagged")],
            waits: true,
            text: Field::default(),
            slips: vec![],
        };
        let slip = Message::new("text-too-short").with("least", 3);
        let wrong = MessagePage {
            text: Field::wrong("a", slip.clone()),
            slips: vec![Slip { field: "text", message: slip }],
            ..waits.clone()
        };
        let place = Message::new("message-place").with("north", "-3,44").with("east", "114,83");
        let shown = MessageLine { files: vec![71, 72], lost: 1, place: Some(place), ..line(1, "", "waiting") };
        let chat = MessagePage { sender: "90210".into(), way: "telegram", lines: vec![shown], ..waits.clone() };
        let letter = MessagePage { sender: "siti@contoh.id".into(), way: "email", proved: false, ..waits.clone() };
        let address = Some("https://x.com/i/web/status/1990000000000000020".to_owned());
        let posted = MessageLine { post: address, ..line(1, "Jalan rusak", "waiting") };
        let post = MessagePage { sender: "90210".into(), way: "x", lines: vec![posted], ..waits.clone() };
        let seen = MessagePage { lines: vec![line(1, "Halo", "seen")], waits: false, ..waits.clone() };
        vec![waits, wrong, chat, letter, post, seen]
    }
}
