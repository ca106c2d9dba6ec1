//! `/statistik/evaluasi/{semester}`: the predicates of a half year, each with its working.

use crate::components::{Frame, Page, Place, sample};
use crate::words::Words;
use askama::Template;
use domain::AgencyId;
use domain::evaluation::Predicate;

/// An agency with its predicate.
#[derive(Debug, Clone)]
pub struct ResultRow {
    pub office: AgencyId,
    pub name: String,
    /// Hundredths of a point.
    pub score: u32,
    pub predicate: Predicate,
}

impl ResultRow {
    /// The score as people write it.
    pub fn told(&self, w: &Words) -> String {
        w.with("evaluation-score", &[("score", w.hundredths(self.score.into()).into())])
    }
}

/// `Semester 1 2021`.
pub fn period_told(w: &Words, (year, half): (i16, u8)) -> String {
    w.with("statistics-semester", &[("half", i64::from(half).into()), ("year", year.to_string().into())])
}

/// The predicates.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/evaluations.html")]
pub struct EvaluationResultsPage {
    pub w: Words,
    pub frame: Frame,
    pub semester: String,
    /// Year and half.
    pub period: (i16, u8),
    /// The best first.
    pub rows: Vec<ResultRow>,
    pub next: Option<String>,
}

impl EvaluationResultsPage {
    fn period_told(&self) -> String {
        period_told(&self.w, self.period)
    }
}

/// A row for samples.
pub(crate) fn sample_result(predicate: Predicate) -> ResultRow {
    ResultRow { office: AgencyId(630_000), name: sample::LONG_AGENCY.into(), score: 9_520, predicate }
}

impl Page for EvaluationResultsPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let typical = EvaluationResultsPage {
            w: Words::default(),
            frame: Frame::at("/statistik/evaluasi/2021-1", Place::Statistics),
            semester: "2021-1".into(),
            period: (2021, 1),
            rows: Predicate::ALL.map(sample_result).to_vec(),
            next: Some("/statistik/evaluasi/2021-1?after=5000.630000".into()),
        };
        let empty = EvaluationResultsPage { rows: vec![], next: None, ..typical.clone() };
        vec![typical, empty]
    }
}
