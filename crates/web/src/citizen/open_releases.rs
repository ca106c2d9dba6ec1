//! `/data-terbuka`: the releases of open data, how they are protected, and what their columns say.

use super::dictionary::{LICENCE, TableRow, tables};
use crate::components::{Frame, Page, Place, sample};
use crate::words::{Moment, Words};
use askama::Template;
use domain::open_data::Month;

/// A month that was released.
#[derive(Debug, Clone)]
pub struct ReleaseRow {
    pub month: Month,
    pub made: Moment,
    pub reports: u64,
}

impl ReleaseRow {
    /// The month in words.
    pub fn told(&self, w: &Words) -> String {
        w.month(self.month.first())
    }

    /// When it was made, and of how many reports it tells.
    pub fn made_told(&self, w: &Words) -> String {
        let args = [("reports", self.reports.into()), ("at", w.moment(self.made).into())];
        w.with("open-made", &args)
    }
}

/// The months, the latest first.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/open_releases.html")]
pub struct OpenReleasesPage {
    pub w: Words,
    pub frame: Frame,
    pub rows: Vec<ReleaseRow>,
    /// The address of earlier ones, where there are some.
    pub next: Option<String>,
    /// How many people each row stands for at least, and for sensitive matters.
    pub people: u32,
    pub sensitive_people: u32,
    /// Top categories that are told as sensitive matters.
    pub sensitive: Vec<String>,
}

impl OpenReleasesPage {
    fn tables(&self) -> Vec<TableRow> {
        tables(self.w)
    }

    fn licence(&self) -> (&'static str, &'static str) {
        LICENCE
    }

    fn how(&self) -> Vec<String> {
        let args = [("people", self.people.into()), ("sensitive", self.sensitive_people.into())];
        ["people", "once", "sensitive", "never", "place"]
            .map(|key| self.w.with(&format!("open-how-{key}"), &args))
            .to_vec()
    }
}

/// A row for samples.
pub(crate) fn sample_release() -> ReleaseRow {
    let month = Month::of(jiff::civil::date(2026, 2, 1));
    ReleaseRow { month, made: sample::moment(5, 6, 0), reports: 14_207 }
}

impl Page for OpenReleasesPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let before = ReleaseRow { month: sample_release().month.before(), reports: 5, ..sample_release() };
        let typical = OpenReleasesPage {
            w: Words::default(),
            frame: Frame::at("/data-terbuka", Place::Statistics),
            rows: vec![sample_release(), before],
            next: Some("/data-terbuka?before=2026-01".into()),
            people: 5,
            sensitive_people: 10,
            sensitive: vec!["Kesehatan".into(), "Kesetaraan Gender dan Sosial Inklusif".into()],
        };
        let empty = OpenReleasesPage { rows: vec![], next: None, ..typical.clone() };
        vec![typical, empty]
    }
}
