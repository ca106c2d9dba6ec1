//! `/desk/akun/token`: a new API token with its limits, and the token itself, shown once.

use crate::components::{Choice, Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;

/// For which partner system a token is, and how much it may use; posted as `partner`, `per_minute` and `per_day`.
#[derive(Debug, Clone)]
pub struct PartnerFields {
    pub name: Field,
    pub per_minute: Field,
    pub per_day: Field,
}

/// The form, posted as `label`, `verb` (several), `office` and `password`; or the token that it made.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/token.html")]
pub struct TokenPage {
    pub w: Words,
    pub frame: Frame,
    /// The new token, shown once.
    pub made: Option<String>,
    pub label: Field,
    /// The verbs that are ticked.
    pub verbs: Vec<&'static str>,
    /// The offices to which it can be limited.
    pub offices: Vec<Choice>,
    pub office: Field,
    pub password: Field,
    /// For seats that let partner systems in.
    pub partner: Option<PartnerFields>,
    pub slips: Vec<Slip>,
}

impl TokenPage {
    /// Whether a verb is ticked.
    pub fn has(&self, verb: &str) -> bool {
        self.verbs.contains(&verb)
    }
}

impl Page for TokenPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let fresh = TokenPage {
            w: Words::default(),
            frame: Frame::at("/desk/akun/token", Place::Elsewhere).seated(sample::seat()),
            made: None,
            label: Field::default(),
            verbs: vec!["read"],
            offices: vec![Choice::new(630_003, sample::LONG_AGENCY), Choice::new(630_004, "Dinas Perhubungan")],
            office: Field::default(),
            password: Field::default(),
            partner: None,
            slips: vec![],
        };
        let wrong = Message::new("slip-scope");
        let refused = TokenPage {
            label: Field::of("Rekap harian"),
            verbs: vec![],
            slips: vec![Slip { field: "verb-read", message: wrong }],
            ..fresh.clone()
        };
        let fields = PartnerFields { name: Field::default(), per_minute: Field::of("60"), per_day: Field::of("5000") };
        let admin = TokenPage { partner: Some(fields), verbs: vec!["submit"], ..fresh.clone() };
        let made = TokenPage { made: Some("0198f3b2".repeat(8)), ..fresh.clone() };
        vec![fresh, refused, made, admin]
    }
}
