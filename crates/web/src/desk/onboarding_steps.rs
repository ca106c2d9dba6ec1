//! `/desk/keterhubungan/{id}`: the way of one agency into the system, step by step.

use super::onboarding::counted;
use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;
use domain::measure::Figure;
use domain::participation::OnboardingStep;
use domain::text::Remark;
use jiff::civil::Date;

/// A step, and what was told of it.
#[derive(Debug, Clone)]
pub struct StepLine {
    pub step: OnboardingStep,
    pub is_done: bool,
    /// Day, note, and the office that told it.
    pub told: Option<(Date, String, Option<String>)>,
}

/// What is told of a step, with the name of the step.
#[derive(Debug, Clone, Default)]
pub struct StepForm {
    pub step: Field,
    pub day: Field,
    pub note: Field,
    pub slips: Vec<Slip>,
}

/// The steps of an agency.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/onboarding_steps.html")]
pub struct OnboardingStepsPage {
    pub w: Words,
    pub frame: Frame,
    pub id: i64,
    pub name: String,
    pub is_connected: bool,
    /// The day of the first report that is with it.
    pub first_report: Option<Date>,
    pub steps: Vec<StepLine>,
    pub done: Figure,
    /// Where the seat says how far the agency is.
    pub form: Option<StepForm>,
}

impl OnboardingStepsPage {
    fn counted(&self) -> String {
        self.w.with("onboarding-steps-done", &[("counted", counted(&self.w, self.done).into())])
    }

    /// Steps that somebody has to tell.
    fn tellable(&self) -> impl Iterator<Item = OnboardingStep> {
        OnboardingStep::ALL.into_iter().filter(|step| !step.is_seen())
    }

    fn most_note(&self) -> usize {
        Remark::MOST
    }
}

impl Page for OnboardingStepsPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let line = |(n, step): (usize, OnboardingStep)| StepLine {
            step,
            is_done: n < 3,
            told: (n < 2).then(|| {
                let by = (n == 0).then(|| "Pemerintah Provinsi Kalimantan Timur".to_owned());
                (sample::today(), "SK <sudah> ditandatangani & \"dikirim\".".to_owned(), by)
            }),
        };
        let typical = OnboardingStepsPage {
            w: Words::default(),
            frame: Frame::at("/desk/keterhubungan/640800", Place::Oversight).seated(sample::seat()),
            id: 640_800,
            name: "Pemerintah Kabupaten Kutai Timur".into(),
            is_connected: false,
            first_report: None,
            steps: OnboardingStep::ALL.into_iter().enumerate().map(line).collect(),
            done: Figure { numerator: 3, denominator: 6 },
            form: Some(StepForm::default()),
        };
        let wrong = Message::new("slip-date");
        let refused = OnboardingStepsPage {
            form: Some(StepForm {
                step: Field::of("decree"),
                day: Field::wrong("besok", wrong.clone()),
                note: Field::of("SK"),
                slips: vec![Slip { field: "day", message: wrong }],
            }),
            ..typical.clone()
        };
        let read = OnboardingStepsPage {
            form: None,
            is_connected: true,
            first_report: Some(sample::today()),
            ..typical.clone()
        };
        vec![typical, refused, read]
    }
}
