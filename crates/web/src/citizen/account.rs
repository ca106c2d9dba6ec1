//! `/akun`: the optional account of a reporter: "my reports" and what is followed.

use crate::components::{Card, Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;

/// The reports of an account, and what it follows.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/account.html")]
pub struct AccountPage {
    pub w: Words,
    pub frame: Frame,
    /// The address or the number.
    pub address: String,
    pub mine: Vec<Card>,
    /// Where the next page begins, when there is one.
    pub next: Option<i64>,
    pub followed: Vec<Card>,
    pub number: Field,
    pub pin: Field,
    pub slips: Vec<Slip>,
}

impl Page for AccountPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let full = AccountPage {
            w: Words::default(),
            frame: Frame::at("/akun", Place::Elsewhere),
            address: "siti@contoh.id".into(),
            mine: sample::cards(),
            next: Some(17),
            followed: sample::cards(),
            number: Field::default(),
            pin: Field::default(),
            slips: vec![],
        };
        let wrong = Message::new("slip-claim");
        let empty = AccountPage {
            mine: vec![],
            next: None,
            followed: vec![],
            number: Field::wrong("123 456 7890", wrong.clone()),
            slips: vec![Slip { field: "number", message: wrong }],
            ..full.clone()
        };
        vec![full, empty]
    }
}
