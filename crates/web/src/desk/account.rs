//! `/desk/akun`: an officer's own password, sessions and tokens.

use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::desk::SeatRow;
use crate::words::{Message, Moment, Words};
use askama::Template;
use domain::{Role, SeatId};
use jiff::civil::date;

/// A session or a token.
#[derive(Debug, Clone)]
pub struct PassRow {
    /// The digest by which it is ended; it opens nothing.
    pub hash: String,
    /// `session` or `token`.
    pub kind: &'static str,
    /// Browser and system, or the name that the token was given.
    pub label: String,
    /// The verbs of a limited token.
    pub limits: Vec<&'static str>,
    /// The office to which it is limited.
    pub office: Option<String>,
    pub since: Moment,
    pub until: Moment,
    /// The one that shows this page.
    pub here: bool,
}

/// One of the officer's own seats.
#[derive(Debug, Clone)]
pub struct OwnSeat {
    pub row: SeatRow,
    pub office: String,
    /// The one that this session sits in.
    pub here: bool,
}

/// The account of the officer who is logged in.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/account.html")]
pub struct AccountPage {
    pub w: Words,
    pub frame: Frame,
    pub present: Field,
    pub new: Field,
    pub slips: Vec<Slip>,
    /// Fewest characters of a password.
    pub least: usize,
    pub passes: Vec<PassRow>,
    pub seats: Vec<OwnSeat>,
    /// Pages of the office that this officer may open: the path and the key of its name.
    pub places: Vec<(String, &'static str)>,
}

impl Page for AccountPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = |kind, label: &str, here| PassRow {
            hash: "0198f3b2".into(),
            kind,
            label: label.into(),
            limits: if kind == "token" { vec!["read", "export"] } else { vec![] },
            office: (kind == "token").then(|| "Dinas PUPR Provinsi Kalimantan Selatan".to_owned()),
            since: sample::moment(16, 8, 0),
            until: sample::moment(16, 18, 0),
            here,
        };
        let seat = |id, office: &str, until| OwnSeat {
            row: SeatRow {
                id: SeatId(id),
                name: "Ratna Wulandari".into(),
                login: "ratna".into(),
                email: None,
                role: Role::AgencyAdmin,
                since: date(2024, 3, 1),
                until,
                on_behalf_of: until.map(|_| "Budi Contoh".into()),
                coming: id == 9,
                closed: false,
            },
            office: office.into(),
            here: id == 7,
        };
        let typical = AccountPage {
            w: Words::default(),
            frame: Frame::at("/desk/akun", Place::Account).seated(sample::seat()),
            present: Field::default(),
            new: Field::default(),
            slips: vec![],
            least: 10,
            passes: vec![
                row("session", "Firefox, Windows", true),
                row("session", "", false),
                row("token", "rekap", false),
            ],
            places: vec![
                ("/desk/instansi/637100".into(), "account-office"),
                ("/desk/serah-terima".into(), "handover-title"),
            ],
            seats: vec![
                seat(7, "Pemerintah Kota Banjarmasin", None),
                seat(8, sample::LONG_AGENCY, Some(sample::today())),
                seat(9, "Dinas Perhubungan", Some(sample::today())),
            ],
        };
        let wrong = Message::new("slip-password-present");
        let refused = AccountPage {
            present: Field::wrong("", wrong.clone()),
            slips: vec![Slip { field: "present", message: wrong }],
            ..typical.clone()
        };
        vec![typical, refused]
    }
}
