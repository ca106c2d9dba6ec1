//! `/desk/instansi/{id}/data`: what is known of an office, with the forms to change it and to add one below it.

use super::office::{OfficeHead, sample_head};
use crate::components::{Choice, Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;
use domain::agency::{AgencyKind, Connection};
use jiff::civil::Date;

/// The form of an office, posted with the field names of this struct.
#[derive(Debug, Clone, Default)]
pub struct OfficeForm {
    pub key: String,
    pub edition: u32,
    pub name: Field,
    pub short: Field,
    pub kind: Field,
    /// The name of the office above.
    pub parent: Field,
    /// Code or name of its region.
    pub region: Field,
    /// Parted by semicolons.
    pub aliases: Field,
    pub active_from: Field,
    pub active_to: Field,
    pub connection: Field,
}

/// An office, and what this seat may change about it.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/office_data.html")]
pub struct OfficeDataPage {
    pub w: Words,
    pub frame: Frame,
    pub head: OfficeHead,
    pub kind: AgencyKind,
    pub connection: Connection,
    pub active_from: Option<Date>,
    pub active_to: Option<Date>,
    pub aliases: Vec<String>,
    pub region: Option<String>,
    /// What may be changed about it.
    pub change: Option<OfficeForm>,
    /// What may be added below it.
    pub add: Option<OfficeForm>,
    /// Whether this seat may add something below it.
    pub adds: bool,
    /// Whether the connection is this seat's to decide.
    pub connects: bool,
    pub slips: Vec<Slip>,
    /// Names of offices, offered for the one above.
    pub offices: Vec<Choice>,
}

impl OfficeDataPage {
    fn kinds(&self) -> impl Iterator<Item = AgencyKind> {
        AgencyKind::ALL.into_iter().filter(|kind| *kind != AgencyKind::National || self.kind == AgencyKind::National)
    }

    fn connections(&self) -> [Connection; 3] {
        Connection::ALL
    }

    /// The forms that are there, with the address each is posted to and the heading above it.
    fn forms(&self) -> Vec<(&OfficeForm, String, &'static str)> {
        let path = |last: &str| format!("/desk/instansi/{}/{last}", self.head.id);
        let change = self.change.as_ref().map(|form| (form, path("data"), "office-change"));
        let add = self.add.as_ref().map(|form| (form, path("baru"), "office-add"));
        change.into_iter().chain(add).collect()
    }
}

impl Page for OfficeDataPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let read = OfficeDataPage {
            w: Words::default(),
            frame: Frame::at("/desk/instansi/630000/data", Place::Elsewhere).seated(sample::seat()),
            head: sample_head("data"),
            kind: AgencyKind::Province,
            connection: Connection::Semi,
            active_from: None,
            active_to: Some(sample::today()),
            aliases: vec!["Pemprov Kalsel".into()],
            region: Some("Kalimantan Selatan".into()),
            change: None,
            add: None,
            adds: false,
            connects: false,
            slips: vec![],
            offices: sample::agencies(),
        };
        let form = OfficeForm {
            key: "0198f3b2".into(),
            edition: 3,
            name: Field::of(&read.head.name),
            short: Field::of("Pemprov Kalsel"),
            kind: Field::of("province"),
            parent: Field::of("Admin Nasional"),
            region: Field::of("63"),
            aliases: Field::of("Kalsel; Pemprov"),
            connection: Field::of("semi"),
            ..OfficeForm::default()
        };
        let mut edited = read.clone();
        edited.change = Some(form.clone());
        edited.connects = true;
        edited.adds = true;
        let wrong = Message::new("agency-fault-open_reports");
        let mut refused = edited.clone();
        refused.change = Some(OfficeForm { active_to: Field::wrong("2026-03-17", wrong.clone()), ..form });
        refused.slips = vec![Slip { field: "active_to", message: wrong }];
        let mut adding = read.clone();
        adding.add = Some(OfficeForm { key: "k".into(), kind: Field::of("unit"), ..OfficeForm::default() });
        vec![read, edited, refused, adding]
    }
}
