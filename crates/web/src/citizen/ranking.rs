//! `/statistik/peringkat`: offices of a kind compared within bands of volume, with all that a place was made of.

use super::PeriodLink;
use crate::components::{Frame, Page, Place, sample};
use crate::words::{Moment, Words};
use askama::Template;
use domain::measure::{Figure, Measure};
use domain::ranking::{Band, Coaching};
use jiff::civil::Date;

/// Something to choose.
#[derive(Debug, Clone)]
pub struct Choosable {
    pub label: String,
    pub path: String,
    pub is_chosen: bool,
}

/// An office in its place.
#[derive(Debug, Clone)]
pub struct RankRow {
    /// Its place; none in the smallest band.
    pub rank: Option<u32>,
    pub is_tied: bool,
    pub office: String,
    /// Its figures.
    pub page: String,
    /// The list of its reports.
    pub list: String,
    pub raw: Figure,
    /// Reports that were late before they came to it, and are left out.
    pub inherited: u64,
    /// Hundredths of a percent, as the three after it.
    pub expected: u64,
    pub adjusted: u64,
    pub score: u64,
    /// Names of suspicions.
    pub suspicions: Vec<&'static str>,
    /// What helps where there are too few reports for a place.
    pub coaching: Option<Coached>,
    /// Its certificate, where the figures are frozen.
    pub certificate: Option<String>,
}

/// What an office with few reports had better look at, with the lists of what is counted.
#[derive(Debug, Clone)]
pub struct Coached {
    pub coaching: Coaching,
    pub untouched: String,
    pub open: String,
    pub answered: String,
}

impl RankRow {
    /// The share that public figures show, without the sign.
    pub fn share(&self, w: &Words) -> String {
        w.hundredths(self.raw.basis_points().unwrap_or(0))
    }

    /// Hundredths of a percent as people write them.
    pub fn percent(&self, w: &Words, points: &u64) -> String {
        w.hundredths(*points)
    }

    /// What an office with few reports had better look at, each with the list of what it counts.
    pub fn coached(&self, w: &Words) -> Vec<(String, &str)> {
        let Some(Coached { coaching, untouched, open, answered }) = &self.coaching else { return Vec::new() };
        let oldest = coaching.oldest.filter(|_| coaching.open > 0);
        let oldest = oldest.map(|day| [("n", coaching.open.into()), ("day", w.day(day).into())]);
        [
            (coaching.untouched > 0).then(|| (w.n("coaching-untouched", coaching.untouched), untouched.as_str())),
            oldest.map(|args| (w.with("coaching-open", &args), open.as_str())),
            coaching.slowest.map(|hours| (w.n("coaching-slowest", hours), answered.as_str())),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// What the share divides by what.
    pub fn counted(&self, w: &Words) -> String {
        let args = [("done", self.raw.numerator.into()), ("all", self.raw.denominator.into())];
        w.with("ranking-counted", &args)
    }
}

/// The offices of a band.
#[derive(Debug, Clone)]
pub struct BandTable {
    pub band: Band,
    pub rows: Vec<RankRow>,
}

/// A ranking.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/ranking.html")]
pub struct RankingPage {
    pub w: Words,
    pub frame: Frame,
    /// The name of the league.
    pub league: &'static str,
    pub share: Measure,
    /// The agency or province to which the offices belong.
    pub of: Option<String>,
    pub from: Date,
    pub to: Date,
    pub as_of: Moment,
    pub leagues: Vec<Choosable>,
    pub shares: Vec<Choosable>,
    pub awards: Vec<Choosable>,
    pub periods: Vec<PeriodLink>,
    /// What was asked, for files of the same.
    pub asked: String,
    pub bands: Vec<BandTable>,
    /// More reports would have to be looked at than one question may.
    pub too_wide: bool,
}

impl RankingPage {
    fn code(&self) -> &'static str {
        self.share.code()
    }

    /// Which reports it is about, as of when.
    pub fn told(&self) -> String {
        let (from, to) = (self.w.day(self.from), self.w.day(self.to));
        let args = [("from", from.into()), ("to", to.into()), ("at", self.w.moment(self.as_of).into())];
        self.w.with("statistics-period", &args)
    }
}

impl Page for RankingPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = |rank: Option<u32>, office: &str, raw: (u64, u64), score| RankRow {
            rank,
            is_tied: false,
            office: office.into(),
            page: "/statistik?agency=630000".into(),
            list: "/statistik/daftar".into(),
            raw: Figure { numerator: raw.0, denominator: raw.1 },
            inherited: 0,
            expected: 9_120,
            adjusted: 9_500,
            score,
            suspicions: vec![],
            coaching: rank.is_none().then(|| Coached {
                coaching: Coaching {
                    untouched: 1,
                    open: 1,
                    oldest: Some(jiff::civil::date(2026, 3, 2)),
                    slowest: Some(60),
                },
                untouched: "/statistik/daftar".into(),
                open: "/statistik/daftar".into(),
                answered: "/statistik/daftar".into(),
            }),
            certificate: None,
        };
        let choose =
            |label: &str, is_chosen| Choosable { label: label.into(), path: "/statistik/peringkat".into(), is_chosen };
        let typical = RankingPage {
            w: Words::default(),
            frame: Frame::at("/statistik/peringkat", Place::Statistics),
            league: "provinces",
            share: Measure::FollowUp,
            of: None,
            from: jiff::civil::date(2021, 1, 1),
            to: jiff::civil::date(2021, 6, 30),
            as_of: sample::moment(9, 8, 0),
            leagues: vec![choose("Pemerintah provinsi", true), choose("Kabupaten dan kota", false)],
            shares: vec![choose("Tindak lanjut", true), choose("Penyelesaian", false)],
            awards: vec![choose("Respon isu teraktif", false)],
            asked: "period=2021-1".into(),
            periods: vec![PeriodLink { label: "2021/1".into(), path: "/statistik/peringkat".into(), is_chosen: true }],
            bands: vec![
                BandTable {
                    band: Band::B,
                    rows: vec![
                        row(Some(1), "Pemerintah Provinsi Kalimantan Selatan", (522, 545), 9_372),
                        RankRow {
                            is_tied: true,
                            inherited: 7,
                            ..row(Some(2), "Pemerintah Provinsi Aceh", (380, 402), 9_150)
                        },
                        RankRow {
                            is_tied: true,
                            suspicions: vec!["hasty", "reopened", "passed_on", "dropped", "alike"],
                            ..row(Some(2), sample::LONG_AGENCY, (990, 1_000), 9_150)
                        },
                    ],
                },
                BandTable { band: Band::E, rows: vec![row(None, "Pemerintah Provinsi Papua", (3, 4), 3_000)] },
            ],
            too_wide: false,
        };
        let empty = RankingPage { of: Some(sample::LONG_AGENCY.into()), bands: vec![], ..typical.clone() };
        let wide = RankingPage { too_wide: true, ..empty.clone() };
        vec![typical, empty, wide]
    }
}
