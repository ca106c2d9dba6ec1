//! `/desk/akun/keamanan/identitas`: persons of the identity provider that are this officer.

use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;

/// A person of the provider that is linked.
#[derive(Debug, Clone)]
pub struct IdentityRow {
    pub issuer: String,
    pub subject: String,
    pub label: String,
    pub since: Moment,
    /// The id of the field below.
    pub input: String,
    pub password: Field,
}

/// The links, and the one that is to be made.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/link.html")]
pub struct LinkPage {
    pub w: Words,
    pub frame: Frame,
    /// What people call the provider, where there is one.
    pub provider: Option<String>,
    /// Who just came back from the provider and is linked to nobody.
    pub new: Option<String>,
    pub rows: Vec<IdentityRow>,
    pub password: Field,
    pub slips: Vec<Slip>,
}

impl Page for LinkPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = IdentityRow {
            issuer: "https://masuk.contoh.go.id".to_owned(),
            subject: "8812".to_owned(),
            label: "siti@contoh.go.id".to_owned(),
            since: sample::moment(9, 8, 0),
            input: "unlink-1".to_owned(),
            password: Field::default(),
        };
        let none = LinkPage {
            w: Words::default(),
            frame: Frame::at("/desk/akun/keamanan/identitas", Place::Elsewhere).seated(sample::seat()),
            provider: Some("Masuk Pegawai".to_owned()),
            new: None,
            rows: vec![],
            password: Field::default(),
            slips: vec![],
        };
        let wrong = Message::new("slip-password-present");
        let new = LinkPage { new: Some(row.label.clone()), ..none.clone() };
        let refused = LinkPage {
            password: Field::wrong("", wrong.clone()),
            slips: vec![Slip { field: "password", message: wrong.clone() }],
            ..new.clone()
        };
        let kept = LinkPage {
            rows: vec![IdentityRow { password: Field::wrong("", wrong.clone()), ..row.clone() }],
            slips: vec![Slip { field: "links", message: wrong }],
            ..none.clone()
        };
        let off = LinkPage { provider: None, ..none.clone() };
        vec![LinkPage { rows: vec![row], ..none.clone() }, none, off, new, refused, kept]
    }
}
