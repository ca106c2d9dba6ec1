//! `/desk/evaluasi`: evaluations of a frozen half year, as far as a seat has to do with them.

use crate::citizen::period_told;
use crate::components::{Frame, Page, Place, sample};
use crate::words::{Moment, Words};
use askama::Template;

/// An evaluation as a line of the list.
#[derive(Debug, Clone)]
pub struct EvaluationLine {
    pub url: String,
    pub agency: String,
    /// The name of a [`domain::evaluation::Stage`].
    pub stage: &'static str,
    pub changed: Moment,
    /// The name of a [`domain::evaluation::Predicate`], once it is final.
    pub predicate: Option<String>,
}

/// What the seat does for its own agency.
#[derive(Debug, Clone)]
pub struct OwnEvaluation {
    pub agency: String,
    /// Its evaluation of the half year.
    pub url: String,
    /// Its papers for the competition of the year.
    pub papers: String,
}

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/evaluations.html")]
pub struct EvaluationsPage {
    pub w: Words,
    pub frame: Frame,
    /// Half years that are frozen, the latest first: name, year, half.
    pub halves: Vec<(String, i16, u8)>,
    /// The one that is shown; none where nothing is frozen.
    pub chosen: Option<(i16, u8)>,
    pub own: Option<OwnEvaluation>,
    /// Agencies that the seat judges and that have not begun.
    pub not_begun: Vec<String>,
    pub rows: Vec<EvaluationLine>,
    pub next: Option<String>,
}

impl EvaluationsPage {
    fn period(&self, year: &i16, half: &u8) -> String {
        period_told(&self.w, (*year, *half))
    }

    fn is_chosen(&self, year: &i16, half: &u8) -> bool {
        self.chosen == Some((*year, *half))
    }
}

impl Page for EvaluationsPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let line = |stage, predicate: Option<&str>| EvaluationLine {
            url: "/desk/evaluasi/2025-2/630000".into(),
            agency: sample::LONG_AGENCY.into(),
            stage,
            changed: sample::moment(12, 9, 0),
            predicate: predicate.map(str::to_owned),
        };
        let typical = EvaluationsPage {
            w: Words::default(),
            frame: Frame::at("/desk/evaluasi", Place::Oversight).seated(sample::seat()),
            halves: vec![("2025-2".into(), 2025, 2), ("2025-1".into(), 2025, 1)],
            chosen: Some((2025, 2)),
            own: None,
            not_begun: vec!["Pemerintah Kota Banjarmasin".into(), sample::LONG_AGENCY.into()],
            rows: vec![
                line("draft", None),
                line("submitted", None),
                line("verified", None),
                line("objected", None),
                line("final", Some("very_good")),
            ],
            next: Some("/desk/evaluasi?semester=2025-2&after=7".into()),
        };
        let own = OwnEvaluation {
            agency: "Pemerintah Kota Banjarmasin".into(),
            url: "/desk/evaluasi/2025-2/637100".into(),
            papers: "/desk/berkas-lomba/637100/2025".into(),
        };
        let filling =
            EvaluationsPage { own: Some(own), not_begun: vec![], rows: vec![], next: None, ..typical.clone() };
        let nothing = EvaluationsPage {
            halves: vec![],
            chosen: None,
            not_begun: vec![],
            rows: vec![],
            next: None,
            ..typical.clone()
        };
        vec![typical, filling, nothing]
    }
}
