//! `/statistik/daftar`: the reports that a figure counts.

use crate::components::{Card, Frame, Page, Place, sample};
use crate::words::{Moment, Words};
use askama::Template;
use domain::measure::{Measure, Part};
use jiff::civil::Date;

/// A page of the reports that a figure counts.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/counted.html")]
pub struct CountedPage {
    pub w: Words,
    pub frame: Frame,
    pub measure: Measure,
    pub part: Part,
    pub from: Date,
    pub to: Date,
    /// What else the reports have in common: office, region, category and so on.
    pub narrow: Vec<String>,
    /// The instant of the past that the figure is of.
    pub as_of: Option<Moment>,
    pub reports: Vec<Card>,
    /// Reports on this page that count, and are not for everybody to read.
    pub unshown: usize,
    /// More reports would have to be looked at than one question may.
    pub too_wide: bool,
    pub next: Option<String>,
}

impl CountedPage {
    fn code(&self) -> &'static str {
        self.measure.code()
    }

    fn as_of_told(&self) -> Option<String> {
        self.as_of.map(|at| self.w.with("counted-as-of", &[("at", self.w.moment(at).into())]))
    }

    fn part_name(&self) -> &'static str {
        match self.part {
            Part::Numerator => "numerator",
            Part::Denominator => "denominator",
        }
    }
}

impl Page for CountedPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let typical = CountedPage {
            w: Words::default(),
            frame: Frame::at("/statistik/daftar", Place::Reports),
            measure: Measure::Completion,
            part: Part::Numerator,
            from: jiff::civil::date(2021, 1, 1),
            to: jiff::civil::date(2021, 6, 30),
            narrow: vec!["Pemerintah Provinsi Kalimantan Selatan".into(), "Jalan & jembatan".into()],
            as_of: Some(sample::moment(9, 8, 0)),
            reports: sample::cards(),
            unshown: 3,
            too_wide: false,
            next: Some("/statistik/daftar?after=18000.1".into()),
        };
        let empty = CountedPage {
            part: Part::Denominator,
            narrow: vec![],
            as_of: None,
            reports: vec![],
            unshown: 0,
            next: None,
            ..typical.clone()
        };
        let wide = CountedPage { too_wide: true, ..empty.clone() };
        vec![typical, empty, wide]
    }
}
