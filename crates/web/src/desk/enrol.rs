//! A new authenticator: on the account at `/desk/akun/keamanan/aplikasi`, or on the way in at `/desk/masuk/pasang`
//! where the office asks for a second factor.

use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;

/// The secret to scan or to type, and the form, posted to `action` as `ticket`, `label`, `code` and `password`.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/enrol.html")]
pub struct EnrolPage {
    pub w: Words,
    pub frame: Frame,
    /// Where the form goes.
    pub action: &'static str,
    /// On the way in: the password was just proved, and there is no name to choose.
    pub on_the_way: bool,
    /// Where the officer wanted to go.
    pub back: String,
    /// The sealed secret.
    pub ticket: String,
    /// The secret in groups of four.
    pub typed: String,
    /// A QR code as SVG, made by us.
    pub picture: String,
    pub label: Field,
    pub code: Field,
    pub password: Field,
    pub slips: Vec<Slip>,
}

/// A picture that is nobody's secret.
const PICTURE: &str = "<svg aria-hidden=\"true\" viewBox=\"0 0 9 9\"><path d=\"M2 2h2v2h-2zM5 5h2v2h-2z\"/></svg>";

impl Page for EnrolPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let account = EnrolPage {
            w: Words::default(),
            frame: Frame::at("/desk/akun/keamanan/aplikasi", Place::Elsewhere).seated(sample::seat()),
            action: "/desk/akun/keamanan/aplikasi",
            on_the_way: false,
            back: String::new(),
            ticket: "00ff".to_owned(),
            typed: "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ".to_owned(),
            picture: PICTURE.to_owned(),
            label: Field::default(),
            code: Field::default(),
            password: Field::default(),
            slips: vec![],
        };
        let wrong = Message::new("slip-code");
        let refused = EnrolPage {
            label: Field::of("Ponsel kantor"),
            code: Field::wrong("", wrong.clone()),
            slips: vec![Slip { field: "code", message: wrong }],
            ..account.clone()
        };
        let on_the_way = EnrolPage {
            frame: Frame::at("/desk/masuk/pasang", Place::Elsewhere),
            action: "/desk/masuk/pasang",
            on_the_way: true,
            back: "/desk".to_owned(),
            ..account.clone()
        };
        vec![account, refused, on_the_way]
    }
}
