//! `/statistik/rekaman/{semester}`: a frozen half year, and how anyone checks that it is the one that was signed.

use super::snapshots::sample_row;
use super::{BandTable, Choosable, FigureRow, RankingPage, SnapshotRow};
use crate::components::{Frame, Page, Place, sample};
use crate::words::{Moment, Words};
use askama::Template;
use domain::measure::Measure;

/// What is told of each province.
pub const SHOWN: [Measure; 4] = [Measure::Received, Measure::FollowUp, Measure::Completion, Measure::ResponseMedian];

/// A province with the figures of [`SHOWN`].
#[derive(Debug, Clone)]
pub struct ProvinceRow {
    pub name: String,
    pub figures: Vec<FigureRow>,
}

/// A frozen half year.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/snapshot.html")]
pub struct SnapshotPage {
    pub w: Words,
    pub frame: Frame,
    pub semester: SnapshotRow,
    pub as_of: Moment,
    pub figures: Vec<FigureRow>,
    pub provinces: Vec<ProvinceRow>,
    pub league: &'static str,
    pub share: Measure,
    pub leagues: Vec<Choosable>,
    pub shares: Vec<Choosable>,
    pub bands: Vec<BandTable>,
    /// In hexadecimal, as the two after it.
    pub digest: String,
    pub signature: String,
    pub signer: String,
}

impl SnapshotPage {
    fn code(&self) -> &'static str {
        self.share.code()
    }

    fn shown(&self) -> [&'static str; 4] {
        SHOWN.map(Measure::code)
    }

    fn told(&self) -> String {
        self.w.with("snapshot-lead", &[("at", self.w.moment(self.as_of).into())])
    }
}

impl Page for SnapshotPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let figure = |measure, hundredths| FigureRow {
            measure,
            hundredths,
            numerator: 522,
            denominator: 545,
            list: String::new(),
        };
        let figures = [Some(54_500), Some(10_000), Some(9_578), None];
        let figures: Vec<FigureRow> = SHOWN.into_iter().zip(figures).map(|(measure, n)| figure(measure, n)).collect();
        let Some(RankingPage { leagues, shares, bands, .. }) = RankingPage::samples().into_iter().next() else {
            return Vec::new();
        };
        let typical = SnapshotPage {
            w: Words::default(),
            frame: Frame::at("/statistik/rekaman/2021-1", Place::Statistics),
            semester: sample_row(),
            as_of: sample::moment(9, 8, 0),
            figures: figures.clone(),
            provinces: vec![
                ProvinceRow { name: "Kalimantan Selatan".into(), figures: figures.clone() },
                ProvinceRow { name: "Kepulauan Bangka Belitung".into(), figures },
            ],
            league: "provinces",
            share: Measure::FollowUp,
            leagues,
            shares,
            bands,
            digest: "0123456789abcdef".repeat(4),
            signature: "0123456789abcdef".repeat(8),
            signer: "0123456789abcdef".repeat(4),
        };
        let empty = SnapshotPage { bands: vec![], ..typical.clone() };
        vec![typical, empty]
    }
}
