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
    /// Where the officer wanted to go.
    pub back: String,
}

impl Page for LoginPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let fresh = LoginPage {
            w: Words::default(),
            frame: Frame::at("/desk/masuk", Place::Elsewhere),
            login: Field::default(),
            password: Field::default(),
            slips: vec![],
            back: "/desk".into(),
        };
        let wrong = Message::new("slip-login");
        let refused = LoginPage {
            login: Field::of("admin.banjarmasin"),
            password: Field::wrong("", wrong.clone()),
            slips: vec![Slip { field: "password", message: wrong }],
            ..fresh.clone()
        };
        vec![fresh, refused]
    }
}
