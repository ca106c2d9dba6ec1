//! Into a reporter's account: the form that asks for an address, and the one that asks for the code sent there.

use crate::components::{Field, Frame, Page, Place, Reach, Slip};
use crate::words::{Message, Words};
use askama::Template;

/// The form that asks for an address, and after it the one that asks for the code.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/account_login.html")]
pub struct AccountLoginPage {
    pub w: Words,
    pub frame: Frame,
    /// Where a code can be sent.
    pub reach: Reach,
    /// The address, masked, to which a code went; the address is asked for otherwise.
    pub sent_to: Option<String>,
    pub contact: Field,
    pub code: Field,
    pub slips: Vec<Slip>,
}

impl Page for AccountLoginPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let first = AccountLoginPage {
            w: Words::default(),
            frame: Frame::at("/akun", Place::Elsewhere),
            reach: Reach::Both,
            sent_to: None,
            contact: Field::default(),
            code: Field::default(),
            slips: vec![],
        };
        let wrong = Message::new("slip-account-code");
        let second = AccountLoginPage {
            sent_to: Some("siti••••.id".into()),
            code: Field::wrong("", wrong.clone()),
            slips: vec![Slip { field: "code", message: wrong }],
            ..first.clone()
        };
        let phone = AccountLoginPage { reach: Reach::Phone, ..first.clone() };
        let email = AccountLoginPage { reach: Reach::Email, ..first.clone() };
        vec![first, second, phone, email]
    }
}
