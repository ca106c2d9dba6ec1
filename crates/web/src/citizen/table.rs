//! Pages of figures as sheets of a workbook: the same lines, in cells that go on being counted with.

use super::{AwardPage, FigureRow, RankingPage, StatisticsPage};
use crate::components::chart::Bar;
use crate::words::Words;
use app::book::{Cell, Column, Sheet};
use domain::measure::{Reading, Unit};

/// The value of a figure, with the format of its unit.
pub fn value(measure: domain::measure::Measure, hundredths: Option<i64>) -> Cell {
    match (hundredths, measure.definition().unit) {
        (None, _) => Cell::Empty,
        (Some(n), Unit::Percent) => Cell::Points(n),
        (Some(n), Unit::Count) => Cell::Count(n / 100),
        (Some(n), _) => Cell::Hundredths(n),
    }
}

/// The value, the numerator and the denominator of a reading; no percentage of few reports.
pub fn figure(reading: &Reading) -> [Cell; 3] {
    let shown = reading.hundredths.filter(|_| !reading.is_of_few());
    [value(reading.measure, shown), Cell::Count(reading.numerator), count(reading.denominator)]
}

/// A column.
pub fn column(title: String, about: String) -> Column {
    Column { title, about }
}

/// A number of things.
pub fn count(n: u64) -> Cell {
    Cell::Count(i64::try_from(n).unwrap_or(i64::MAX))
}

/// Hundredths of a percent.
pub fn points(n: u64) -> Cell {
    Cell::Points(i64::try_from(n).unwrap_or(i64::MAX))
}

/// Columns whose titles and explanations are in the locale files under `book`.
pub fn columns(words: Words, names: &[&str]) -> Vec<Column> {
    names.iter().map(|name| column(words.of("book", name), words.of("book-about", name))).collect()
}

impl StatisticsPage {
    /// The figures, and what is drawn.
    pub fn sheets(&self) -> Vec<Sheet> {
        let w = self.w;
        let line = |row: &FigureRow| {
            vec![
                w.of("measure", row.measure.code()).into(),
                value(row.measure, row.hundredths),
                w.of("measure-unit", row.measure.definition().unit.name()).into(),
                Cell::Count(row.numerator),
                count(row.denominator),
                w.of("measure-formula", row.measure.code()).into(),
                Cell::Count(row.measure.definition().version.into()),
            ]
        };
        let names = ["measure", "value", "unit", "done", "all", "formula", "version"];
        let mut sheets = vec![Sheet {
            name: w.t("statistics-figures"),
            columns: columns(w, &names),
            rows: self.figures.iter().map(line).collect(),
        }];
        let parts = [
            ("months", &self.months.0),
            ("topics", &self.topics.0),
            ("channels", &self.channels.0),
            ("stages", &self.stages.0),
        ];
        sheets.extend(parts.into_iter().filter(|(_, bars)| !bars.is_empty()).map(|(name, bars)| drawn(w, name, bars)));
        if !self.tiles.is_empty() {
            let line = |tile: &crate::components::chart::Tile| {
                let share = tile.percent.map_or(Cell::Empty, |_| points(share_of(tile.numerator, tile.denominator)));
                vec![tile.name.as_str().into(), share, Cell::Count(tile.numerator), count(tile.denominator)]
            };
            sheets.push(Sheet {
                name: w.t("book-provinces"),
                columns: columns(w, &["province", "completion", "done", "all"]),
                rows: self.tiles.iter().map(line).collect(),
            });
        }
        sheets
    }
}

fn share_of(numerator: i64, denominator: u64) -> u64 {
    let numerator = u64::try_from(numerator).unwrap_or(0);
    domain::measure::Figure { numerator, denominator }.basis_points().unwrap_or(0)
}

fn drawn(words: Words, name: &str, bars: &[Bar]) -> Sheet {
    let title = if name == "months" { words.t("statistics-month") } else { words.of("statistics-by", name) };
    Sheet {
        name: title.clone(),
        columns: [vec![column(title, words.t("book-about-group"))], columns(words, &["reports"])].concat(),
        rows: bars.iter().map(|bar| vec![bar.label.as_str().into(), count(bar.value)]).collect(),
    }
}

impl RankingPage {
    /// All places, with what they are made of.
    pub fn sheets(&self) -> Vec<Sheet> {
        let w = self.w;
        let names =
            ["band", "rank", "office", "raw", "done", "all", "inherited", "expected", "adjusted", "score", "flags"];
        let rows = self.bands.iter().flat_map(|table| table.rows.iter().map(move |row| (table.band, row)));
        let line = |(band, row): (domain::ranking::Band, &super::RankRow)| {
            let share = |n: u64| if band.is_ranked() { points(n) } else { Cell::Empty };
            let flags: Vec<String> = row.suspicions.iter().map(|flag| w.of("ranking-suspicion", flag)).collect();
            vec![
                band.name().to_uppercase().into(),
                row.rank.map_or(Cell::Empty, |rank| Cell::Count(rank.into())),
                row.office.as_str().into(),
                share(row.raw.basis_points().unwrap_or(0)),
                count(row.raw.numerator),
                count(row.raw.denominator),
                count(row.inherited),
                share(row.expected),
                share(row.adjusted),
                share(row.score),
                flags.join(", ").into(),
            ]
        };
        vec![Sheet { name: w.t("ranking-title"), columns: columns(w, &names), rows: rows.map(line).collect() }]
    }
}

impl AwardPage {
    /// All scores with their whole working.
    pub fn sheets(&self) -> Vec<Sheet> {
        let w = self.w;
        let mut head = columns(w, &["office", "rank", "award-score", "reports"]);
        for term in &self.formula.terms {
            let (name, about) = (w.of("award-input", term.input.name()), w.of("award-about", term.input.name()));
            head.push(column(name.clone(), about));
            head.push(column(format!("{name} ({})", w.t("statistics-numerator")), w.t("book-about-done")));
            head.push(column(format!("{name} ({})", w.t("statistics-denominator")), w.t("book-denominator-about")));
        }
        let line = |row: &super::AwardRow| {
            let mut cells = vec![
                row.office.as_str().into(),
                row.rank.map_or(Cell::Empty, |rank| Cell::Count(rank.into())),
                row.score.map_or(Cell::Empty, |score| Cell::Number(score as f64 / 1_000.0)),
                count(row.reports),
            ];
            for value in &row.values {
                cells.push(value.share.map_or(Cell::Empty, Cell::Number));
                cells.extend([count(value.numerator), count(value.denominator)]);
            }
            cells
        };
        vec![Sheet { name: w.t("award-title"), columns: head, rows: self.rows.iter().map(line).collect() }]
    }
}
