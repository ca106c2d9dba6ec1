//! `/desk/kursi/{id}`: one seat, its deputies, and the ways to end it.

use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::desk::SeatRow;
use crate::words::{Message, Words};
use askama::Template;
use domain::{AgencyId, Role, SeatId, UserId};
use jiff::civil::{Date, date};

/// The form for a deputy, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct DeputyForm {
    pub login: Field,
    pub from: Field,
    pub to: Field,
    /// Logins of colleagues in the office, to choose from.
    pub colleagues: Vec<(String, String)>,
}

/// One seat.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/seat.html")]
pub struct SeatPage {
    pub w: Words,
    pub frame: Frame,
    pub row: SeatRow,
    pub office: (AgencyId, String),
    pub officer: UserId,
    pub deputies: Vec<SeatRow>,
    pub today: Date,
    /// The form for a deputy; none for a seat that is itself a deputy's.
    pub deputy: Option<DeputyForm>,
    /// Whether the viewer may end the seat and close the account.
    pub manages: bool,
    pub slips: Vec<Slip>,
}

impl Page for SeatPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = SeatRow {
            id: SeatId(7),
            name: "Ratna Wulandari".into(),
            login: "ratna".into(),
            email: Some("ratna@instansi.example".into()),
            role: Role::LiaisonOfficer,
            since: date(2024, 3, 1),
            until: None,
            on_behalf_of: None,
            coming: false,
            closed: false,
        };
        let deputy = SeatRow {
            id: SeatId(8),
            name: "Budi Contoh".into(),
            until: Some(date(2026, 4, 2)),
            on_behalf_of: Some("Ratna Wulandari".into()),
            ..row.clone()
        };
        let form = DeputyForm { colleagues: vec![("budi".into(), "Budi Contoh".into())], ..DeputyForm::default() };
        let typical = SeatPage {
            w: Words::default(),
            frame: Frame::at("/desk/kursi/7", Place::Elsewhere).seated(sample::seat()),
            row,
            office: (AgencyId(630_003), sample::LONG_AGENCY.into()),
            officer: UserId(4),
            deputies: vec![deputy.clone()],
            today: sample::today(),
            deputy: Some(form.clone()),
            manages: true,
            slips: vec![],
        };
        let wrong = Message::new("slip-seat-stranger");
        let refused = SeatPage {
            deputy: Some(DeputyForm { login: Field::wrong("tono", wrong.clone()), ..form }),
            slips: vec![Slip { field: "login", message: wrong }],
            manages: false,
            ..typical.clone()
        };
        let closed = SeatPage {
            row: SeatRow { closed: true, ..deputy },
            deputy: None,
            deputies: vec![],
            slips: vec![Slip { field: "end", message: Message::new("slip-seat-oneself") }],
            ..typical.clone()
        };
        vec![typical, refused, closed]
    }
}
