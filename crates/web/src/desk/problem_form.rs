//! The words of a problem as an officer types them.

use crate::components::{Choice, Field, Slip, sample};
use domain::Code;
use domain::problem::MOST_STEPS;
use domain::text::{Remark, StepText, Title};

/// The ids of the fields of each step: what, until when, whether it is done.
pub const STEP_IDS: [(&str, &str, &str); MOST_STEPS] = [
    ("step-1", "until-1", "done-1"),
    ("step-2", "until-2", "done-2"),
    ("step-3", "until-3", "done-3"),
    ("step-4", "until-4", "done-4"),
    ("step-5", "until-5", "done-5"),
    ("step-6", "until-6", "done-6"),
];

/// A step of the plan.
#[derive(Debug, Clone, Default)]
pub struct StepField {
    pub what: Field,
    pub until: Field,
    pub done: bool,
}

/// The words of a problem.
#[derive(Debug, Clone, Default)]
pub struct ProblemForm {
    /// The path that it is posted to.
    pub path: String,
    /// Client key.
    pub key: String,
    /// The version that the officer saw; 0 for a new one.
    pub seq: u32,
    /// The report of which it is made.
    pub of: Option<Code>,
    pub title: Field,
    pub cause: Field,
    pub owner: Field,
    /// Offices that are suggested.
    pub owners: Vec<Choice>,
    pub steps: Vec<StepField>,
    pub slips: Vec<Slip>,
}

impl ProblemForm {
    /// The ids of the fields of a step, counted from 0.
    pub fn ids(&self, step: &usize) -> (&'static str, &'static str, &'static str) {
        STEP_IDS[*step % MOST_STEPS]
    }

    /// The attributes of the title.
    pub fn title_limits(&self) -> String {
        format!("required maxlength=\"{}\"", Title::MOST)
    }

    /// Most characters of the cause.
    pub fn most_cause(&self) -> usize {
        Remark::MOST
    }

    /// Most characters of a step.
    pub fn most_step(&self) -> usize {
        StepText::MOST
    }
}

/// A filled form for samples.
pub(super) fn sample(path: &str, seq: u32) -> ProblemForm {
    let step = |what: &str, until: &str, done| StepField { what: Field::of(what), until: Field::of(until), done };
    let mut steps =
        vec![step("Survei ruas sepanjang 1,2 km", "2026-05-20", true), step("Penambalan", "2026-06-10", false)];
    steps.resize(MOST_STEPS, StepField::default());
    ProblemForm {
        path: path.into(),
        key: "0198f3b2c4d9".into(),
        seq,
        of: (seq == 0).then(|| sample::code(0)),
        title: Field::of("Jalan Padat Karya rusak sepanjang 1,2 km"),
        cause: Field::of("Saluran air tersumbat; badan jalan tergenang setiap hujan."),
        owner: Field::of("Dinas PUPR Kota Banjarmasin"),
        owners: sample::agencies(),
        steps,
        slips: vec![],
    }
}
