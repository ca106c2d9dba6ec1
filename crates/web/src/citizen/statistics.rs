//! `/statistik`: the figures of the country, of a region or of an agency, each with the list that it counts.

use crate::components::chart::{Bar, Bars, Columns, Tile};
use crate::components::{Frame, Page, Place, sample};
use crate::words::{Lang, Moment, Words};
use askama::Template;
use domain::RegionCode;
use domain::measure::{Measure, Reading, Unit};
use jiff::civil::Date;

/// A figure with what it divides by what.
#[derive(Debug, Clone)]
pub struct FigureRow {
    pub measure: Measure,
    /// Hundredths of its unit; nothing of nothing, and no percentage of few reports.
    pub hundredths: Option<i64>,
    pub numerator: i64,
    pub denominator: u64,
    /// The list of what it counts.
    pub list: String,
}

impl FigureRow {
    /// A reading with its list; no percentage of few reports.
    pub fn of(reading: &Reading, list: String) -> FigureRow {
        FigureRow {
            measure: reading.measure,
            hundredths: reading.hundredths.filter(|_| !reading.is_of_few()),
            numerator: reading.numerator,
            denominator: reading.denominator,
            list,
        }
    }

    /// The name of its measure.
    pub fn code(&self) -> &'static str {
        self.measure.code()
    }

    /// What it divides by what.
    pub fn counted(&self, words: &Words) -> String {
        words.with("ranking-counted", &[("done", self.numerator.into()), ("all", self.denominator.into())])
    }

    /// The value with its unit.
    pub fn value(&self, words: &Words) -> String {
        let Some(hundredths) = self.hundredths else { return "–".to_owned() };
        let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
        let sign = if hundredths < 0 { "−" } else { "" };
        let comma = if words.lang() == Lang::Id { ',' } else { '.' };
        let number = match (self.measure.definition().unit, rest) {
            (Unit::Count, _) | (Unit::WorkingHours, 0) => words.number(whole),
            _ => format!("{sign}{}{comma}{rest:02}", words.number(whole)),
        };
        match self.measure.definition().unit {
            Unit::Percent => format!("{number} %"),
            Unit::WorkingHours => format!("{number} {}", words.t("statistics-hours")),
            Unit::Count | Unit::PerReport | Unit::Stars => number,
        }
    }
}

/// A region inside, with some figures.
#[derive(Debug, Clone)]
pub struct PlaceRow {
    pub name: String,
    /// Its own figures.
    pub page: String,
    pub figures: Vec<FigureRow>,
}

/// A period to choose.
#[derive(Debug, Clone)]
pub struct PeriodLink {
    pub label: String,
    pub path: String,
    pub is_chosen: bool,
}

/// The figures of some place over some time.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/statistics.html")]
pub struct StatisticsPage {
    pub w: Words,
    pub frame: Frame,
    /// The office or region; the country where it is absent.
    pub of: Option<String>,
    pub from: Date,
    pub to: Date,
    pub as_of: Moment,
    pub periods: Vec<PeriodLink>,
    /// What was asked, for files of the same.
    pub asked: String,
    /// The ranking of the offices, or of those inside.
    pub ranking: String,
    pub figures: Vec<FigureRow>,
    pub months: Columns,
    pub topics: Bars,
    pub channels: Bars,
    pub stages: Bars,
    /// The provinces; of the country only.
    pub tiles: Vec<Tile>,
    /// The regions inside, with their figures.
    pub places: Vec<PlaceRow>,
    /// More reports would have to be looked at than one question may.
    pub too_wide: bool,
}

impl StatisticsPage {
    /// The charts with bars, each with the key of its title.
    pub(super) fn bars(&self) -> [(&'static str, &Bars); 3] {
        [("topics", &self.topics), ("channels", &self.channels), ("stages", &self.stages)]
    }

    /// Which reports it is about, as of when.
    pub fn told(&self) -> String {
        let (from, to) = (self.w.day(self.from), self.w.day(self.to));
        let args = [("from", from.into()), ("to", to.into()), ("at", self.w.moment(self.as_of).into())];
        self.w.with("statistics-period", &args)
    }
}

impl Page for StatisticsPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let figure = |measure, hundredths, numerator, denominator| FigureRow {
            measure,
            hundredths,
            numerator,
            denominator,
            list: "/statistik/daftar?measure=completion&part=numerator".into(),
        };
        let bar = |label: &str, value| Bar { label: label.into(), value, list: Some("/statistik/daftar".into()) };
        let tile = |code: &str, name: &str, percent| Tile {
            code: RegionCode::parse(code).unwrap_or_else(RegionCode::nation),
            name: name.into(),
            percent,
            numerator: 522,
            denominator: 545,
            page: format!("/statistik?region={code}"),
        };
        let typical = StatisticsPage {
            w: Words::default(),
            frame: Frame::at("/statistik", Place::Statistics),
            of: None,
            from: jiff::civil::date(2021, 1, 1),
            to: jiff::civil::date(2021, 6, 30),
            as_of: sample::moment(9, 8, 0),
            asked: "period=2021-1".into(),
            periods: vec![
                PeriodLink { label: "2021/1".into(), path: "/statistik?period=2021-1".into(), is_chosen: true },
                PeriodLink { label: "2020/2".into(), path: "/statistik?period=2020-2".into(), is_chosen: false },
            ],
            ranking: "/statistik/peringkat".into(),
            figures: vec![
                figure(Measure::Received, Some(54_500), 545, 545),
                figure(Measure::Completion, Some(9_578), 522, 545),
                figure(Measure::ResponseMedian, Some(4_800), 261, 522),
                figure(Measure::Dispositions, Some(214), 1_166, 545),
                figure(Measure::Growth, Some(-1_250), -12, 96),
                figure(Measure::Rating, None, 0, 0),
            ],
            months: Columns((1..=6).map(|month| bar(&format!("2021-0{month}"), 60 + month * 11)).collect()),
            topics: Bars(vec![bar("Jalan & jembatan", 77), bar(sample::LONG_AGENCY, 25)]),
            channels: Bars(vec![bar("situs web", 400), bar("SMS", 145)]),
            stages: Bars(vec![bar("Ditutup", 522), bar("Menunggu verifikasi", 23)]),
            tiles: vec![
                tile("63", "Kalimantan Selatan", Some(95)),
                tile("11", "Aceh", Some(60)),
                tile("91", "Papua", None),
                tile("35", "Jawa Timur", Some(30)),
                tile("53", "Nusa Tenggara Timur", Some(80)),
            ],
            places: vec![],
            too_wide: false,
        };
        let province = StatisticsPage {
            of: Some("Kalimantan Selatan".into()),
            tiles: vec![],
            places: vec![PlaceRow {
                name: "Kabupaten Hulu Sungai Utara".into(),
                page: "/statistik?region=63.08".into(),
                figures: vec![
                    figure(Measure::Completion, Some(5_294), 9, 17),
                    figure(Measure::FollowUp, Some(10_000), 17, 17),
                    figure(Measure::Received, Some(1_700), 17, 17),
                ],
            }],
            ..typical.clone()
        };
        let empty = StatisticsPage {
            of: Some(sample::LONG_AGENCY.into()),
            figures: vec![],
            months: Columns::default(),
            topics: Bars::default(),
            channels: Bars::default(),
            stages: Bars::default(),
            tiles: vec![],
            ..typical.clone()
        };
        let wide = StatisticsPage { too_wide: true, ..empty.clone() };
        vec![typical, province, empty, wide]
    }
}
