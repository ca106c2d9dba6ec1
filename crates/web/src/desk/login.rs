//! `/desk/masuk`: the officers' door.

use crate::components::{Field, Frame, Page, Place, Slip};
use crate::words::{Message, Words};
use askama::Template;

/// The form, posted to `/desk/masuk` as `login`, `password` and `back`.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/login.html")]
pub struct LoginPage {
    pub w: Words,
    pub frame: Frame,
    pub login: Field,
    pub password: Field,
    pub slips: Vec<Slip>,
    /// A passkey does in place of a password.
    pub passkey: bool,
    /// What people call the identity provider, where there is one.
    pub provider: Option<String>,
    /// Where the officer wanted to go.
    pub back: String,
    /// Words that were sent after the session had ended, to be copied.
    pub kept: Option<String>,
}

impl LoginPage {
    /// The empty form.
    pub fn new(words: Words, frame: Frame, back: &str) -> LoginPage {
        LoginPage {
            w: words,
            frame,
            login: Field::default(),
            password: Field::default(),
            slips: Vec::new(),
            passkey: false,
            provider: None,
            back: back.to_owned(),
            kept: None,
        }
    }
}

impl Page for LoginPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let fresh = LoginPage::new(Words::default(), Frame::at("/desk/masuk", Place::Elsewhere), "/desk");
        let wrong = Message::new("slip-login");
        let refused = LoginPage {
            login: Field::of("admin.banjarmasin"),
            password: Field::wrong("", wrong.clone()),
            slips: vec![Slip { field: "password", message: wrong }],
            passkey: true,
            provider: Some("Masuk Pegawai".to_owned()),
            ..fresh.clone()
        };
        let ended = LoginPage {
            kept: Some("Jalan sudah ditambal dan diberi marka.".into()),
            slips: vec![Slip { field: "login", message: Message::new("slip-session-ended") }],
            ..fresh.clone()
        };
        vec![fresh, refused, ended]
    }
}
