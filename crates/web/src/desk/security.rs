//! `/desk/akun/keamanan`: an officer's second factors, recovery codes, and what happened to them.

use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;

/// A factor.
#[derive(Debug, Clone)]
pub struct FactorRow {
    pub id: i64,
    /// `totp` or `passkey`.
    pub kind: &'static str,
    /// What its owner calls it.
    pub label: String,
    pub since: Moment,
    pub used: Option<Moment>,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct FactorNote {
    /// The end of a locale key.
    pub what: String,
    pub label: String,
    pub at: Moment,
}

/// The page; forms go to `/desk/akun/keamanan/cabut` and `/desk/akun/keamanan/pemulihan`.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/security.html")]
pub struct SecurityPage {
    pub w: Words,
    pub frame: Frame,
    pub factors: Vec<FactorRow>,
    pub codes_left: usize,
    /// The office asks for a second factor.
    pub demanded: bool,
    pub notes: Vec<FactorNote>,
    /// This site has a name that passkeys can be for.
    pub can_add_passkey: bool,
    /// There is an identity provider.
    pub identities: bool,
    /// Which form came back: `remove` or `renew`.
    pub open: &'static str,
    /// The factor that was chosen in the form that came back.
    pub chosen: String,
    pub password: Field,
    pub code: Field,
    pub slips: Vec<Slip>,
}

impl SecurityPage {
    /// The field of a form: empty unless that form came back.
    pub fn field(&self, form: &str, name: &str) -> Field {
        match (form == self.open, name) {
            (true, "password") => self.password.clone(),
            (true, _) => self.code.clone(),
            (false, _) => Field::default(),
        }
    }

    /// The slips of a form: none unless that form came back.
    pub fn slips_of(&self, form: &str) -> &[Slip] {
        if form == self.open { &self.slips } else { &[] }
    }
}

impl Page for SecurityPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let factor = |id, kind, label: &str, used| FactorRow {
            id,
            kind,
            label: label.to_owned(),
            since: sample::moment(9, 8, 0),
            used,
        };
        let note = |what: &str, label: &str| FactorNote {
            what: what.to_owned(),
            label: label.to_owned(),
            at: sample::moment(16, 8, 0),
        };
        let none = SecurityPage {
            w: Words::default(),
            frame: Frame::at("/desk/akun/keamanan", Place::Elsewhere).seated(sample::seat()),
            factors: vec![],
            codes_left: 0,
            demanded: true,
            notes: vec![note("factors-reset", "")],
            can_add_passkey: false,
            identities: false,
            open: "",
            chosen: String::new(),
            password: Field::default(),
            code: Field::default(),
            slips: vec![],
        };
        let some = SecurityPage {
            factors: vec![
                factor(7, "totp", "Ponsel kantor", Some(sample::moment(16, 8, 0))),
                factor(8, "passkey", "", None),
            ],
            codes_left: 3,
            demanded: false,
            can_add_passkey: true,
            identities: true,
            notes: [
                "identity-linked",
                "identity-unlinked",
                "passkey-copied",
                "totp-added",
                "totp-removed",
                "passkey-added",
                "passkey-removed",
                "recovery-used",
                "recovery-renewed",
            ]
            .map(|what| note(what, "Ponsel kantor"))
            .to_vec(),
            ..none.clone()
        };
        let wrong = Message::new("slip-code");
        let refused = SecurityPage {
            open: "remove",
            chosen: "8".to_owned(),
            code: Field::wrong("", wrong.clone()),
            slips: vec![Slip { field: "remove-code", message: wrong }],
            ..some.clone()
        };
        vec![none, some, refused]
    }
}
