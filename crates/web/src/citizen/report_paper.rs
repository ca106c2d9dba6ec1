//! Pages of figures on paper: the same numbers, with their charts, to be laid before a meeting.

use super::{AwardPage, FigureRow, RankingPage, StatisticsPage};
use crate::components::chart::Tile;
use crate::print::Document;

impl StatisticsPage {
    /// The report on paper.
    pub fn document(&self) -> Document {
        let w = self.w;
        let title = w.t("paper-statistics");
        let of = self.of.clone().unwrap_or_else(|| w.t("statistics-heading"));
        let told = self.told();
        let mut paper = Document::new(w, title.as_str()).foot(format!("{title} · {of}")).large(of.as_str());
        paper = paper.paragraph(told).heading(w.t("statistics-figures")).table(
            &[(&w.t("statistics-measure"), 7), (&w.t("statistics-value"), 3), (&w.t("paper-counted"), 4)],
            self.figures.iter().map(|row| [w.of("measure", row.code()), row.value(&w), row.counted(&w)]),
        );
        if !self.months.is_empty() {
            let numbers = self.months.0.iter().map(|bar| format!("{}: {}", bar.label, w.number(bar.value)));
            let says = format!("{}. {}", w.t("statistics-months"), numbers.collect::<Vec<_>>().join("; "));
            paper = paper.heading(w.t("statistics-months")).columns(self.months.clone(), 3, says);
        }
        for (key, bars) in self.bars() {
            if !bars.is_empty() {
                paper = paper.heading(w.of("statistics-by", key)).bars(bars.clone());
            }
        }
        if !self.tiles.is_empty() {
            let share = |tile: &Tile| tile.percent.map_or("–".to_owned(), |percent| format!("{percent} %"));
            let counted = |tile: &Tile| {
                w.with("ranking-counted", &[("done", tile.numerator.into()), ("all", tile.denominator.into())])
            };
            paper = paper.heading(w.t("statistics-provinces")).table(
                &[(&w.t("statistics-province"), 7), (&w.of("measure", "completion"), 3), (&w.t("paper-counted"), 4)],
                self.tiles.iter().map(|tile| [tile.name.clone(), share(tile), counted(tile)]),
            );
        }
        if let Some(first) = self.places.first() {
            let names: Vec<String> = first.figures.iter().map(|figure| w.of("measure", figure.code())).collect();
            let place = w.t("statistics-place");
            let head: Vec<(&str, u16)> =
                std::iter::once((&*place, 5)).chain(names.iter().map(|name| (&**name, 3))).collect();
            let line = |row: &super::PlaceRow| {
                let values = row.figures.iter().map(|figure| figure.value(&w));
                std::iter::once(row.name.clone()).chain(values).collect::<Vec<String>>()
            };
            paper = paper.heading(w.t("statistics-places")).table(&head, self.places.iter().map(line));
        }
        let formulas = |row: &FigureRow| (w.of("measure", row.code()), w.of("measure-formula", row.code()));
        paper.heading(w.t("paper-formulas")).facts(self.figures.iter().map(formulas)).small(w.t("figures-few"))
    }
}

impl RankingPage {
    /// The ranking on paper.
    pub fn document(&self) -> Document {
        let w = self.w;
        let title = w.t("ranking-title");
        let about = format!("{} · {}", w.of("league", self.league), w.of("measure", self.share.code()));
        let mut paper = Document::new(w, title.as_str()).foot(format!("{title} · {about}")).large(about.as_str());
        if let Some(of) = &self.of {
            paper = paper.about(of.as_str());
        }
        paper = paper.paragraph(self.told());
        for table in &self.bands {
            paper = paper.heading(w.of("ranking-band", table.band.name()));
            if !table.band.is_ranked() {
                let told = |row: &super::RankRow| {
                    let coached: Vec<String> = row.coached(&w).into_iter().map(|(told, _)| told).collect();
                    let coached = if coached.is_empty() { w.t("coaching-clear") } else { coached.join("; ") };
                    format!("{}. {coached}", row.counted(&w))
                };
                let rows = table.rows.iter().map(|row| (row.office.clone(), told(row)));
                paper = paper.facts(rows).small(w.t("ranking-small"));
                continue;
            }
            let head = ["ranking-rank", "ranking-office", "ranking-score", "paper-counted", "ranking-adjusted"];
            let head = head.map(|key| w.t(key));
            let line = |row: &super::RankRow| {
                let flags = row.suspicions.iter().map(|name| format!(" ({})", w.of("ranking-suspicion", name)));
                let tied = if row.is_tied { format!(" {}", w.t("ranking-tied")) } else { String::new() };
                [
                    row.rank.map_or_else(String::new, |rank| format!("{rank}{tied}")),
                    format!("{}{}", row.office, flags.collect::<String>()),
                    w.hundredths(row.score),
                    format!("{} % · {}", row.share(&w), row.counted(&w)),
                    format!("{} %", w.hundredths(row.adjusted)),
                ]
            };
            let shares = [2, 6, 2, 4, 3];
            let columns: Vec<(&str, u16)> = head.iter().map(String::as_str).zip(shares).collect();
            paper = paper.table(&columns, table.rows.iter().map(line));
        }
        let how = ["band", "inherited", "expected", "adjusted", "score", "tied", "suspicions"];
        paper = paper.heading(w.t("ranking-how"));
        how.into_iter().fold(paper, |paper, name| paper.paragraph(w.of("ranking-how", name)))
    }
}

impl AwardPage {
    /// The award with its whole working on paper.
    pub fn document(&self) -> Document {
        let w = self.w;
        let title = w.of("award", &self.formula.code);
        let mut paper = Document::new(w, title.as_str()).foot(title.as_str());
        if let Some(of) = &self.of {
            paper = paper.about(of.as_str());
        }
        if self.is_draft {
            paper = paper.paragraph(w.t("award-draft"));
        }
        let inputs: Vec<String> =
            self.formula.terms.iter().map(|term| w.of("award-input", term.input.name())).collect();
        let (rank, office, score) = (w.t("ranking-rank"), w.t("ranking-office"), w.t("ranking-score"));
        let head = [(&*rank, 2), (&*office, 5), (&*score, 3)];
        let head: Vec<(&str, u16)> = head.into_iter().chain(inputs.iter().map(|name| (&**name, 3))).collect();
        let line = |row: &super::AwardRow| {
            let place = row.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
            let values = row.values.iter().map(|value| self.value(value));
            [place, row.office.clone(), self.score(row)].into_iter().chain(values).collect::<Vec<String>>()
        };
        paper
            .paragraph(self.told())
            .paragraph(format!("{}: {}", w.t("award-formula"), self.spelt()))
            .table(&head, self.rows.iter().map(line))
    }
}
