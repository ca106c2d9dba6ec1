//! `/desk/unduhan`: the files that an officer asked for.

use super::extract::sample_row;
use crate::components::{Frame, Page, Place, sample};
use crate::words::{Moment, Words};
use app::{ExtractRow, ExtractState};
use askama::Template;
use domain::measure::Measure;

/// An officer's extracts.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/extracts.html")]
pub struct ExtractsPage {
    pub w: Words,
    pub frame: Frame,
    /// Each with the figure whose reports it lists, and when it was asked for.
    pub extracts: Vec<(ExtractRow, Option<Measure>, Moment)>,
    /// How many are kept, and for how many days.
    pub most: usize,
    pub days: i64,
}

impl ExtractsPage {
    fn name(&self, measure: &Option<Measure>) -> String {
        measure.map_or_else(|| self.w.t("extracts-title"), |measure| self.w.of("measure", measure.code()))
    }
}

impl Page for ExtractsPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let asked_at = sample::moment(18, 10, 0);
        let page = ExtractsPage {
            w: Words::default(),
            frame: Frame::at("/desk/unduhan", Place::Oversight).seated(sample::seat()),
            extracts: vec![
                (sample_row(ExtractState::Running, 200), Some(Measure::Completion), asked_at),
                (sample_row(ExtractState::Done, 545), Some(Measure::ResponseMedian), asked_at),
                (sample_row(ExtractState::TooMany, 0), None, asked_at),
            ],
            most: 3,
            days: 7,
        };
        vec![page.clone(), ExtractsPage { extracts: vec![], ..page }]
    }
}
