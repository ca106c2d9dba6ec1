//! `/desk/instansi/{id}/akun`: who sits in an office, who is invited, and the form to invite.

use super::office::{OfficeHead, sample_head};
use crate::components::{Choice, Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;
use domain::{Role, SeatId};
use jiff::civil::{Date, date};

/// Somebody's seat.
#[derive(Debug, Clone)]
pub struct SeatRow {
    pub id: SeatId,
    pub name: String,
    pub login: String,
    pub email: Option<String>,
    pub role: Role,
    pub since: Date,
    /// The last day, where there is one.
    pub until: Option<Date>,
    /// Whom it stands in for.
    pub on_behalf_of: Option<String>,
    /// Whether it begins later.
    pub coming: bool,
    /// Whether the account is closed.
    pub closed: bool,
}

/// An invitation that can still be accepted.
#[derive(Debug, Clone)]
pub struct InvitationRow {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub until: Moment,
    /// The whole link.
    pub link: String,
}

/// The form to invite, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct InviteForm {
    pub key: String,
    pub name: Field,
    pub email: Field,
    pub role: Field,
    /// The roles that this officer gives here; none where they only look.
    pub roles: Vec<Role>,
    pub slips: Vec<Slip>,
}

impl InviteForm {
    /// The roles to choose from, in words.
    pub fn choices(&self, words: &Words) -> Vec<Choice> {
        self.roles.iter().map(|role| Choice::new(role.name(), words.of("role", role.name()))).collect()
    }
}

/// A role, and whether a second step is asked of it at login.
#[derive(Debug, Clone)]
pub struct DemandRow {
    pub role: Role,
    pub asked: bool,
    /// An office above asks it already.
    pub above: bool,
}

/// The seats of one office.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/seats.html")]
pub struct SeatsPage {
    pub w: Words,
    pub frame: Frame,
    pub head: OfficeHead,
    pub rows: Vec<SeatRow>,
    pub invited: Vec<InvitationRow>,
    pub form: InviteForm,
    /// Of whom a second step is asked at login: the roles that may be told here.
    pub demands: Vec<DemandRow>,
    pub next: Option<String>,
}

impl Page for SeatsPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = |name: &str, role| SeatRow {
            id: SeatId(7),
            name: name.into(),
            login: "contoh".into(),
            email: Some("contoh@instansi.example".into()),
            role,
            since: date(2024, 3, 1),
            until: None,
            on_behalf_of: None,
            coming: false,
            closed: false,
        };
        let deputy = SeatRow {
            until: Some(date(2026, 4, 2)),
            on_behalf_of: Some("Ratna Wulandari".into()),
            coming: true,
            email: None,
            ..row("Budi Contoh", Role::AgencyAdmin)
        };
        let closed = SeatRow { closed: true, ..row("Nama Yang Panjang Sekali Bin Contoh", Role::LiaisonOfficer) };
        let typical = SeatsPage {
            w: Words::default(),
            frame: Frame::at("/desk/instansi/630000/akun", Place::Elsewhere).seated(sample::seat()),
            head: sample_head("akun"),
            rows: vec![row("Ratna Wulandari", Role::AgencyAdmin), deputy, closed],
            invited: vec![InvitationRow {
                id: 9,
                name: "Siti Contoh".into(),
                email: "siti@instansi.example".into(),
                role: Role::LiaisonOfficer,
                until: sample::moment(25, 9, 0),
                link: format!("https://lapor.example/desk/undangan/{}", "0a1b".repeat(16)),
            }],
            form: InviteForm { roles: vec![Role::LiaisonOfficer, Role::AgencyAdmin], ..InviteForm::default() },
            demands: vec![
                DemandRow { role: Role::LiaisonOfficer, asked: true, above: false },
                DemandRow { role: Role::AgencyAdmin, asked: false, above: true },
            ],
            next: Some("/desk/instansi/630000/akun?after=7".into()),
        };
        let wrong = Message::new("slip-email");
        let refused = SeatsPage {
            form: InviteForm {
                name: Field::of("Siti Contoh"),
                email: Field::wrong("siti", wrong.clone()),
                slips: vec![Slip { field: "email", message: wrong }],
                ..typical.form.clone()
            },
            ..typical.clone()
        };
        let looking =
            SeatsPage { form: InviteForm::default(), invited: vec![], rows: vec![], next: None, ..typical.clone() };
        vec![typical, refused, looking]
    }
}
