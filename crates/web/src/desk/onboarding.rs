//! `/desk/keterhubungan`: agencies that are in, and those on their way.

use crate::components::{Choice, Frame, Page, Place, sample};
use crate::words::Words;
use askama::Template;
use domain::agency::AgencyKind;
use domain::measure::Figure;

/// An agency on its way.
#[derive(Debug, Clone)]
pub struct OnboardingRow {
    pub id: i64,
    pub name: String,
    pub kind: AgencyKind,
    pub has_admin: bool,
    pub has_report: bool,
    pub done: Figure,
}

/// How many are in, and the others.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/onboarding.html")]
pub struct OnboardingPage {
    pub w: Words,
    pub frame: Frame,
    pub connected: Figure,
    pub rows: Vec<OnboardingRow>,
    pub next: Option<String>,
    /// Provinces to choose.
    pub provinces: Vec<Choice>,
    /// Whether the seat enters how many people live where.
    pub enters: bool,
}

/// `8 dari 10`.
pub(super) fn counted(w: &Words, figure: Figure) -> String {
    w.with("ranking-counted", &[("done", figure.numerator.into()), ("all", figure.denominator.into())])
}

impl OnboardingPage {
    fn told(&self) -> String {
        self.w.with("participation-connected-told", &[("counted", counted(&self.w, self.connected).into())])
    }

    fn steps(&self, row: &OnboardingRow) -> String {
        self.w.with("onboarding-steps-done", &[("counted", counted(&self.w, row.done).into())])
    }
}

impl Page for OnboardingPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = |name: &str, has_admin, done| OnboardingRow {
            id: 640_800,
            name: name.into(),
            kind: AgencyKind::Regency,
            has_admin,
            has_report: !has_admin,
            done: Figure { numerator: done, denominator: 6 },
        };
        let typical = OnboardingPage {
            w: Words::default(),
            frame: Frame::at("/desk/keterhubungan", Place::Oversight).seated(sample::seat()),
            connected: Figure { numerator: 8, denominator: 10 },
            rows: vec![row("Pemerintah Kabupaten Kutai Timur", true, 3), row(sample::LONG_AGENCY, false, 1)],
            next: Some("/desk/keterhubungan?after=640800".into()),
            provinces: vec![Choice::new("63", "Kalimantan Selatan"), Choice::new("64", "Kalimantan Timur").chosen()],
            enters: true,
        };
        let all = OnboardingPage { rows: vec![], next: None, provinces: vec![], enters: false, ..typical.clone() };
        vec![typical, all]
    }
}
