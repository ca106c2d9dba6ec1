//! `/desk/undangan/{secret}`: the page behind an invitation's link.

use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;
use domain::Role;

/// An invitation as the one who opens the link sees it.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/invitation.html")]
pub struct InvitationPage {
    pub w: Words,
    pub frame: Frame,
    /// The address of this page, to which its forms are posted.
    pub path: String,
    pub name: String,
    pub role: Role,
    pub office: String,
    pub until: Moment,
    /// Why it can no longer be accepted: `used`, `withdrawn` or `expired`.
    pub closed: Option<&'static str>,
    /// The name of the account that is logged in.
    pub known: Option<String>,
    pub login: Field,
    pub password: Field,
    /// Fewest characters of a password.
    pub least: usize,
    pub slips: Vec<Slip>,
}

impl Page for InvitationPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let path = format!("/desk/undangan/{}", "0a1b".repeat(16));
        let fresh = InvitationPage {
            w: Words::default(),
            frame: Frame::at(&path, Place::Elsewhere),
            path,
            name: "Siti Contoh".into(),
            role: Role::LiaisonOfficer,
            office: sample::LONG_AGENCY.into(),
            until: sample::moment(25, 9, 0),
            closed: None,
            known: None,
            login: Field::default(),
            password: Field::default(),
            least: 10,
            slips: vec![],
        };
        let wrong = Message::new("slip-seat-taken");
        let refused = InvitationPage {
            login: Field::wrong("siti", wrong.clone()),
            slips: vec![Slip { field: "login", message: wrong }],
            ..fresh.clone()
        };
        let known = InvitationPage { known: Some("Siti Contoh".into()), ..fresh.clone() };
        let closed = ["used", "withdrawn", "expired"].map(|why| InvitationPage { closed: Some(why), ..fresh.clone() });
        [fresh, refused, known].into_iter().chain(closed).collect()
    }
}
