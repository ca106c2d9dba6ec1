//! `/desk/ringkasan`: what a leader wants to know, on one page.

use super::{PlanRow, SurgeRow};
use crate::citizen::FigureRow;
use crate::components::chart::{Bar, Bars, Columns};
use crate::components::{Frame, Page, Place, sample};
use crate::words::{Moment, Words};
use askama::Template;
use domain::measure::Measure;

/// A figure of this half year beside that of the one before.
#[derive(Debug, Clone)]
pub struct BesideRow {
    pub now: FigureRow,
    pub before: FigureRow,
}

impl BesideRow {
    /// Which way it went: `up`, `down` or `same`; nothing where one of both is not known.
    pub fn way(&self) -> Option<&'static str> {
        let (now, before) = (self.now.hundredths?, self.before.hundredths?);
        Some(match now.cmp(&before) {
            std::cmp::Ordering::Greater => "up",
            std::cmp::Ordering::Less => "down",
            std::cmp::Ordering::Equal => "same",
        })
    }
}

/// An office with late reports.
#[derive(Debug, Clone)]
pub struct PressedRow {
    pub office: String,
    /// Its late reports.
    pub list: String,
    pub late: u64,
    pub open: u64,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/summary.html")]
pub struct SummaryPage {
    pub w: Words,
    pub frame: Frame,
    /// The agency; the country where it is absent.
    pub office: Option<String>,
    /// This half year and the one before, in words.
    pub halves: (String, String),
    pub as_of: Moment,
    pub figures: Vec<BesideRow>,
    pub open: u64,
    pub late: u64,
    pub oldest: Option<Moment>,
    /// Open sealed reports and the late ones of them, for those who may know.
    pub sealed: Option<(u64, u64)>,
    pub measured: Option<Moment>,
    pub months: Columns,
    pub topics: Bars,
    pub pressed: Vec<PressedRow>,
    pub surges: Vec<SurgeRow>,
    pub plans: Vec<PlanRow>,
}

impl SummaryPage {
    fn as_of_told(&self) -> String {
        self.w.with("counted-as-of", &[("at", self.w.moment(self.as_of).into())])
    }

    fn sealed_told(&self) -> Option<String> {
        let (open, late) = self.sealed?;
        let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
        Some(self.w.with("oversight-sealed", &[("open", count(open)), ("late", count(late))]))
    }
}

impl Page for SummaryPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let figure = |measure, hundredths, numerator| FigureRow {
            measure,
            hundredths,
            numerator,
            denominator: 545,
            list: "/desk/daftar?measure=completion&part=numerator".into(),
        };
        let beside =
            |measure, now, before| BesideRow { now: figure(measure, now, 522), before: figure(measure, before, 510) };
        let bar = |label: &str, value| Bar { label: label.into(), value, list: None };
        let pressed = PressedRow {
            office: "Dinas Pekerjaan Umum dan Penataan Ruang".into(),
            list: "/desk/pengawasan/630003/laporan?hal=late".into(),
            late: 12,
            open: 40,
        };
        let typical = SummaryPage {
            w: Words::default(),
            frame: Frame::at("/desk/ringkasan", Place::Oversight).seated(sample::seat()),
            office: Some("Pemerintah Provinsi Kalimantan Selatan".into()),
            halves: ("Semester 2 2026".into(), "Semester 1 2026".into()),
            as_of: sample::moment(14, 10, 0),
            figures: vec![
                beside(Measure::Received, Some(54_500), Some(51_000)),
                beside(Measure::Completion, Some(9_578), Some(9_578)),
                beside(Measure::ResponseMedian, Some(2_650), Some(4_100)),
                beside(Measure::Rating, None, Some(410)),
            ],
            open: 40,
            late: 12,
            oldest: Some(sample::moment(1, 9, 0)),
            sealed: Some((3, 1)),
            measured: Some(sample::moment(14, 9, 0)),
            months: Columns((1..=12).map(|month| bar(&format!("2026-{month:02}"), 40 + month)).collect()),
            topics: Bars(vec![bar("Jalan & jembatan", 77), bar("Penerangan jalan", 25)]),
            pressed: vec![pressed],
            surges: vec![super::surges::sample_row("raised")],
            plans: vec![super::plans::sample_row("open")],
        };
        let calm = SummaryPage {
            office: None,
            late: 0,
            oldest: None,
            sealed: None,
            measured: None,
            topics: Bars::default(),
            pressed: vec![],
            surges: vec![],
            plans: vec![],
            ..typical.clone()
        };
        vec![typical, calm]
    }
}
