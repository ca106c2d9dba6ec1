//! `/desk/rencana/{id}`: one action plan, its steps, and what was said about it.

use super::plans::{PlanRow, sample_row};
use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::{Moment, Words};
use askama::Template;
use jiff::civil::Date;

/// A step.
#[derive(Debug, Clone)]
pub struct StepRow {
    pub id: i64,
    pub text: String,
    pub due: Date,
    pub done: Option<Moment>,
    pub late: bool,
}

/// A remark.
#[derive(Debug, Clone)]
pub struct RemarkRow {
    pub office: String,
    pub at: Moment,
    pub text: String,
}

/// One plan.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/plan.html")]
pub struct PlanPage {
    pub w: Words,
    pub frame: Frame,
    pub row: PlanRow,
    /// The threshold then, as people write it, without the sign.
    pub threshold: String,
    pub key: String,
    pub seq: u32,
    pub steps: Vec<StepRow>,
    pub remarks: Vec<RemarkRow>,
    pub may_work: bool,
    pub may_judge: bool,
    pub slips: Vec<Slip>,
    pub step: Field,
    pub due: Field,
    pub remark: Field,
}

impl PlanPage {
    /// Whether the owner may say that everything was carried out.
    pub fn is_ready(&self) -> bool {
        self.may_work && !self.steps.is_empty() && self.steps.iter().all(|step| step.done.is_some())
    }
}

impl Page for PlanPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let step = |id, done: bool| StepRow {
            id,
            text: "Pendampingan admin Kabupaten Hulu Sungai Utara di Amuntai".into(),
            due: sample::today(),
            done: done.then(|| sample::moment(12, 9, 0)),
            late: !done,
        };
        let remark = RemarkRow {
            office: "Kementerian PANRB".into(),
            at: sample::moment(14, 10, 0),
            text: "Mohon sertakan jadwal pendampingan.".into(),
        };
        let typical = PlanPage {
            w: Words::default(),
            frame: Frame::at("/desk/rencana/1", Place::Oversight).seated(sample::seat()),
            row: sample_row("open"),
            threshold: "90".into(),
            key: "kunci".into(),
            seq: 3,
            steps: vec![step(1, true), step(2, false)],
            remarks: vec![remark],
            may_work: true,
            may_judge: false,
            slips: vec![],
            step: Field::default(),
            due: Field::default(),
            remark: Field::default(),
        };
        let ready = PlanPage { steps: vec![step(1, true)], ..typical.clone() };
        let done = PlanPage { row: sample_row("done"), may_work: false, may_judge: true, ..ready.clone() };
        let slip = crate::words::Message::new("slip-date");
        let wrong = PlanPage {
            due: Field::wrong("besok", slip.clone()),
            slips: vec![Slip { field: "due", message: slip }],
            ..typical.clone()
        };
        let bare = PlanPage {
            row: sample_row("verified"),
            steps: vec![],
            remarks: vec![],
            may_work: false,
            ..typical.clone()
        };
        vec![typical, ready, done, wrong, bare]
    }
}
