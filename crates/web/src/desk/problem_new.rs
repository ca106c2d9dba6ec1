//! `/desk/masalah/baru`: the form for a new problem.

use super::problem_form::{self, ProblemForm};
use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;

/// The form for a new problem.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/problem_new.html")]
pub struct ProblemNewPage {
    pub w: Words,
    pub frame: Frame,
    pub form: ProblemForm,
}

impl Page for ProblemNewPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let typical = ProblemNewPage {
            w: Words::default(),
            frame: Frame::at("/desk/masalah/baru", Place::Problems).seated(sample::seat()),
            form: problem_form::sample("/desk/masalah", 0),
        };
        let (short, date) = (Message::new("text-too-short").with("least", 5), Message::new("slip-date"));
        let mut form = problem_form::sample("/desk/masalah", 0);
        form.title = Field::wrong("Jln", short.clone());
        form.steps[1].until = Field::wrong("besok", date.clone());
        form.slips = vec![Slip { field: "problem-title", message: short }, Slip { field: "until-2", message: date }];
        vec![typical.clone(), ProblemNewPage { form, ..typical }]
    }
}
