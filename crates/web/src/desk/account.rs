//! `/desk/akun`: an officer's own password, sessions and tokens.

use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;

/// A session or a token.
#[derive(Debug, Clone)]
pub struct PassRow {
    /// The digest by which it is ended; it opens nothing.
    pub hash: String,
    /// `session` or `token`.
    pub kind: &'static str,
    /// Browser and system, or the name that the token was given.
    pub label: String,
    pub since: Moment,
    pub until: Moment,
    /// The one that shows this page.
    pub here: bool,
}

/// The account of the officer who is logged in.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/account.html")]
pub struct AccountPage {
    pub w: Words,
    pub frame: Frame,
    pub present: Field,
    pub new: Field,
    pub slips: Vec<Slip>,
    /// Fewest characters of a password.
    pub least: usize,
    pub passes: Vec<PassRow>,
}

impl Page for AccountPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = |kind, label: &str, here| PassRow {
            hash: "0198f3b2".into(),
            kind,
            label: label.into(),
            since: sample::moment(16, 8, 0),
            until: sample::moment(16, 18, 0),
            here,
        };
        let typical = AccountPage {
            w: Words::default(),
            frame: Frame::at("/desk/akun", Place::Elsewhere).seated(sample::seat()),
            present: Field::default(),
            new: Field::default(),
            slips: vec![],
            least: 10,
            passes: vec![
                row("session", "Firefox, Windows", true),
                row("session", "", false),
                row("token", "rekap", false),
            ],
        };
        let wrong = Message::new("slip-password-present");
        let refused = AccountPage {
            present: Field::wrong("", wrong.clone()),
            slips: vec![Slip { field: "present", message: wrong }],
            ..typical.clone()
        };
        vec![typical, refused]
    }
}
