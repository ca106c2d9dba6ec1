//! `/desk/peringatan/{id}`: one early warning, its weeks and cases, and what is done about it.

use super::surges::{SurgeRow, sample_row};
use crate::components::chart::{Bar, Columns};
use crate::components::{Card, Choice, Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;
use jiff::civil::Date;

/// Something that was done.
#[derive(Debug, Clone)]
pub struct SurgeStepRow {
    /// The office of whoever did it.
    pub office: String,
    pub at: Moment,
    /// The office that it was given to; none where it was acknowledged.
    pub owner: Option<String>,
    pub text: String,
}

/// One warning.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/surge.html")]
pub struct SurgePage {
    pub w: Words,
    pub frame: Frame,
    pub row: SurgeRow,
    /// First and last day of the seven.
    pub window: (Date, Date),
    /// How many times more the season brings, in hundredths.
    pub lift: u64,
    /// Most reports of any seven days since it began.
    pub peak: u32,
    /// Each week by its first day, the week of the rise last.
    pub weeks: Columns,
    pub cases: Vec<Card>,
    /// Cases that are told by their number only.
    pub unshown: usize,
    pub steps: Vec<SurgeStepRow>,
    pub key: String,
    pub seq: u32,
    /// Offices that it may be given to.
    pub owners: Vec<Choice>,
    pub may_answer: bool,
    pub slips: Vec<Slip>,
    pub owner: Field,
    pub why: Field,
    pub answer: Field,
}

impl SurgePage {
    fn window_told(&self) -> String {
        let args = [("from", self.w.day(self.window.0).into()), ("to", self.w.day(self.window.1).into())];
        self.w.with("counted-period", &args)
    }

    fn usual_told(&self) -> String {
        let (w, row) = (&self.w, &self.row);
        w.with("surge-usual", &[("expected", row.usual(w).into()), ("lift", w.hundredths(self.lift).into())])
    }
}

impl Page for SurgePage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let bar = |week: u64| Bar { label: format!("{}/10", week * 3 + 1), value: week % 3, list: None };
        let mut weeks: Vec<Bar> = (0..8).map(bar).collect();
        weeks.push(Bar { label: "26/11".into(), value: 14, list: None });
        let step = |owner: Option<&str>| SurgeStepRow {
            office: "Pemerintah Provinsi Kalimantan Selatan".into(),
            at: sample::moment(14, 10, 0),
            owner: owner.map(str::to_owned),
            text: "Posko banjir dibuka di tiga kecamatan; laporan dijawab bersama BPBD.".into(),
        };
        let typical = SurgePage {
            w: Words::default(),
            frame: Frame::at("/desk/peringatan/1", Place::Oversight).seated(sample::seat()),
            row: sample_row("raised"),
            window: (sample::today(), sample::today()),
            lift: 180,
            peak: 21,
            weeks: Columns(weeks),
            cases: sample::cards(),
            unshown: 2,
            steps: vec![step(Some("Badan Penanggulangan Bencana Daerah")), step(None)],
            key: "kunci".into(),
            seq: 3,
            owners: vec![Choice::new(1, "Badan Penanggulangan Bencana Daerah")],
            may_answer: true,
            slips: vec![],
            owner: Field::default(),
            why: Field::default(),
            answer: Field::default(),
        };
        let bare = SurgePage {
            row: sample_row("over"),
            cases: vec![],
            unshown: 0,
            steps: vec![],
            owners: vec![],
            may_answer: false,
            ..typical.clone()
        };
        let slip = Message::new("slip-surge-owner");
        let wrong = SurgePage {
            owner: Field::wrong("x", slip.clone()),
            slips: vec![Slip { field: "owner", message: slip }],
            ..typical.clone()
        };
        vec![typical, bare, wrong]
    }
}
