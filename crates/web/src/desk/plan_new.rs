//! `/desk/rencana/baru`: a supervisor asks an agency that finished too little for an action plan.

use super::oversight::Share;
use crate::components::{Choice, Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;

/// An agency that finished too little.
#[derive(Debug, Clone)]
pub struct BehindRow {
    pub agency: i64,
    pub name: String,
    pub share: Share,
    /// Its figures of the half year.
    pub figures: String,
    /// The plan that it has already.
    pub plan: Option<i64>,
    pub chosen: bool,
}

/// The form.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/plan_new.html")]
pub struct PlanNewPage {
    pub w: Words,
    pub frame: Frame,
    /// Half years that are over, the latest first.
    pub halves: Vec<Choice>,
    /// The chosen one, `2022-2`.
    pub half: String,
    /// The threshold as people write it, without the sign.
    pub threshold: String,
    pub rows: Vec<BehindRow>,
    pub key: String,
    pub slips: Vec<Slip>,
    pub text: Field,
}

impl PlanNewPage {
    /// Whether any of them can still be asked.
    fn is_askable(&self) -> bool {
        self.rows.iter().any(|row| row.plan.is_none())
    }
}

impl Page for PlanNewPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = |agency, plan| BehindRow {
            agency,
            name: "Pemerintah Kabupaten Hulu Sungai Utara".into(),
            share: Share { done: 16, all: 30, points: Some(5_333) },
            figures: "/statistik?agency=630800&period=2022-2".into(),
            plan,
            chosen: plan.is_none(),
        };
        let typical = PlanNewPage {
            w: Words::default(),
            frame: Frame::at("/desk/rencana/baru", Place::Oversight).seated(sample::seat()),
            halves: vec![Choice::new("2022-2", "Semester 2 tahun 2022").chosen()],
            half: "2022-2".into(),
            threshold: "90".into(),
            rows: vec![row(630_800, None), row(630_900, Some(1))],
            key: "kunci".into(),
            slips: vec![],
            text: Field::default(),
        };
        let empty = PlanNewPage { rows: vec![], ..typical.clone() };
        let slip = Message::new("slip-plan-agency");
        let wrong = PlanNewPage {
            text: Field::of("Mohon kirimkan langkah dan tanggalnya."),
            slips: vec![Slip { field: "agency", message: slip }],
            ..typical.clone()
        };
        vec![typical, empty, wrong]
    }
}
