//! `/desk/sosialisasi/baru`: the form of an outreach activity.

use crate::components::{Choice, Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;
use domain::outreach::{MOST_PEOPLE, OutreachKind};
use domain::text::{Remark, StepText, Title};

/// The form of a plan, posted with the field names of this struct.
#[derive(Debug, Clone, Default)]
pub struct OutreachForm {
    /// Where it is posted to.
    pub path: String,
    pub key: String,
    /// The version that the officer sees.
    pub seq: u32,
    /// The office whose activity it is; fixed once it is planned.
    pub office: Option<Field>,
    /// Names of offices, offered.
    pub offices: Vec<Choice>,
    pub kind: Field,
    pub title: Field,
    pub day: Field,
    /// Code or name of the region whose people it is for.
    pub region: Field,
    pub place: Field,
    pub goal: Field,
    pub beneficiaries: Field,
    pub people: Field,
    pub slips: Vec<Slip>,
}

impl OutreachForm {
    /// The kinds to choose.
    pub fn kinds(&self) -> [OutreachKind; 5] {
        OutreachKind::ALL
    }

    /// The limits of a text in characters, as attributes.
    pub fn title_limits(&self) -> String {
        format!("required maxlength=\"{}\" autocomplete=\"off\"", Title::MOST)
    }

    /// The same of a short text.
    pub fn line_limits(&self) -> String {
        format!("required maxlength=\"{}\" autocomplete=\"off\"", StepText::MOST)
    }

    /// The same of a number of people.
    pub fn people_limits(&self) -> String {
        format!("required min=\"0\" max=\"{MOST_PEOPLE}\" inputmode=\"numeric\"")
    }

    /// Most characters of the goal.
    pub fn most_goal(&self) -> usize {
        Remark::MOST
    }
}

/// The form for a new activity.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/outreach_form.html")]
pub struct OutreachFormPage {
    pub w: Words,
    pub frame: Frame,
    pub form: OutreachForm,
}

/// A form for the samples.
pub(super) fn sample_form(path: &str, seq: u32) -> OutreachForm {
    OutreachForm {
        path: path.into(),
        key: "0198f3b2".into(),
        seq,
        office: (seq == 0).then(|| Field::of("Pemerintah Provinsi Kalimantan Selatan")),
        offices: sample::agencies(),
        kind: Field::of("sharing"),
        title: Field::of("LAPOR! Berbagi: paket <bahan> pokok & \"kartu\""),
        day: Field::of("2026-05-24"),
        region: Field::of("63"),
        place: Field::of("Balai warga"),
        goal: Field::of("Warga mengenal cara melapor."),
        beneficiaries: Field::of("Keluarga yang membutuhkan"),
        people: Field::of("100"),
        slips: vec![],
    }
}

impl Page for OutreachFormPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let typical = OutreachFormPage {
            w: Words::default(),
            frame: Frame::at("/desk/sosialisasi/baru", Place::Oversight).seated(sample::seat()),
            form: sample_form("/desk/sosialisasi", 0),
        };
        let (date, people) = (Message::new("slip-date"), Message::new("slip-people").with("most", MOST_PEOPLE));
        let form = OutreachForm {
            day: Field::wrong("besok", date.clone()),
            people: Field::wrong("banyak", people.clone()),
            slips: vec![Slip { field: "day", message: date }, Slip { field: "people", message: people }],
            ..typical.form.clone()
        };
        vec![typical.clone(), OutreachFormPage { form, ..typical }]
    }
}
