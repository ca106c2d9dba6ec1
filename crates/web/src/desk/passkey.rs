//! A passkey: made on the account, shown on the way in. The pages of the desk that need a script, and say so
//! without it.

use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;

/// What a passkey is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeyUse {
    /// To be made, at `/desk/akun/keamanan/kunci`.
    Make,
    /// As a whole login, at `/desk/masuk/kunci`.
    Alone,
    /// After the password, at `/desk/masuk/kode/kunci`.
    Second,
}

impl PasskeyUse {
    /// Where the page stands and its form goes.
    pub fn path(self) -> &'static str {
        match self {
            PasskeyUse::Make => "/desk/akun/keamanan/kunci",
            PasskeyUse::Alone => "/desk/masuk/kunci",
            PasskeyUse::Second => "/desk/masuk/kode/kunci",
        }
    }
}

/// The form that a script fills with the device's answer, posted as `ticket`, `answer`, `back` and, where a passkey is
/// made, `label` and `password`.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/passkey.html")]
pub struct PasskeyPage {
    pub w: Words,
    pub frame: Frame,
    pub way: PasskeyUse,
    pub back: String,
    /// The sealed challenge.
    pub ticket: String,
    /// What the browser is asked, as JSON.
    pub options: String,
    pub label: Field,
    pub password: Field,
    pub slips: Vec<Slip>,
}

impl PasskeyPage {
    /// The page for making one.
    pub fn makes(&self) -> bool {
        self.way == PasskeyUse::Make
    }
}

impl Page for PasskeyPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let made = PasskeyPage {
            w: Words::default(),
            frame: Frame::at(PasskeyUse::Make.path(), Place::Elsewhere).seated(sample::seat()),
            way: PasskeyUse::Make,
            back: "/desk/akun/keamanan".to_owned(),
            ticket: "00ff".to_owned(),
            options: "{}".to_owned(),
            label: Field::default(),
            password: Field::default(),
            slips: vec![],
        };
        let wrong = Message::new("slip-password-present");
        let refused = PasskeyPage {
            label: Field::of("Laptop kantor"),
            password: Field::wrong("", wrong.clone()),
            slips: vec![Slip { field: "password", message: wrong }],
            ..made.clone()
        };
        let shown = |way: PasskeyUse, slips| PasskeyPage {
            frame: Frame::at(way.path(), Place::Elsewhere),
            way,
            back: "/desk".to_owned(),
            slips,
            ..made.clone()
        };
        let slip = |key| vec![Slip { field: "send", message: Message::new(key) }];
        let alone = shown(PasskeyUse::Alone, vec![]);
        let unknown = shown(PasskeyUse::Alone, slip("slip-passkey-alone"));
        let second = shown(PasskeyUse::Second, vec![]);
        let unfit = shown(PasskeyUse::Second, slip("slip-passkey"));
        vec![made, refused, alone, unknown, second, unfit]
    }
}
