//! `/desk/rencana`: action plans that a seat owns, judges or is concerned by.

use super::oversight::Share;
use crate::components::{Field, Frame, Page, Place, sample};
use crate::words::{Message, Words};
use askama::Template;

/// A plan as a line of the list.
#[derive(Debug, Clone)]
pub struct PlanRow {
    pub id: i64,
    pub agency: String,
    pub owner: String,
    /// Year and half.
    pub period: (i16, u8),
    /// The share when the plan was asked for.
    pub share: Share,
    /// `open`, `done` or `verified`; the key `plan-state-…`.
    pub state: &'static str,
}

impl PlanRow {
    /// `Semester 1 tahun 2023`.
    pub fn period_told(&self, w: &Words) -> String {
        w.with("plan-period", &[("half", self.period.1.into()), ("year", self.period.0.to_string().into())])
    }
}

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/plans.html")]
pub struct PlansPage {
    pub w: Words,
    pub frame: Frame,
    pub rows: Vec<PlanRow>,
    pub next: Option<String>,
    /// The threshold as it may be changed here, in percent.
    pub threshold: Option<Field>,
    /// Whether the seat asks agencies for plans.
    pub asks: bool,
}

/// A plan for the samples.
pub(super) fn sample_row(state: &'static str) -> PlanRow {
    PlanRow {
        id: 1_234_567_890_123_456_789,
        agency: "Pemerintah Kabupaten Hulu Sungai Utara".into(),
        owner: "Dinas Komunikasi dan Informatika Provinsi Kalimantan Selatan".into(),
        period: (2023, 1),
        share: Share { done: 53, all: 100, points: Some(5_300) },
        state,
    }
}

impl Page for PlansPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let typical = PlansPage {
            w: Words::default(),
            frame: Frame::at("/desk/rencana", Place::Oversight).seated(sample::seat()),
            rows: ["open", "done", "verified"].map(sample_row).to_vec(),
            next: Some("/desk/rencana?after=1".into()),
            threshold: None,
            asks: true,
        };
        let empty =
            PlansPage { rows: vec![], next: None, asks: false, threshold: Some(Field::of("92,5")), ..typical.clone() };
        let wrong = Field::wrong("<b>", Message::new("slip-threshold"));
        let refused = PlansPage { threshold: Some(wrong), ..empty.clone() };
        vec![typical, empty, refused]
    }
}
