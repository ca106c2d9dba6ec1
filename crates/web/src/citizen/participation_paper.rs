//! The use of the system on paper.

use super::participation::{KindRow, ParticipationPage, SilentRow, UseRow};
use crate::components::chart::{Bar, Bars};
use crate::print::Document;

/// Agencies of a kind that are not in, as many as paper names; the workbook names all of them.
const NAMED: usize = 12;

impl ParticipationPage {
    /// The same numbers as on the page, to be laid before a meeting; silent agencies are all there.
    pub fn document(&self) -> Document {
        let w = self.w;
        let title = w.t("participation-title");
        let of = self.of.clone().unwrap_or_else(|| w.t("participation-nation"));
        let mut paper = Document::new(w, title.as_str()).foot(format!("{title} · {of}")).large(of.as_str());
        let whole = [
            (w.t("statistics-reports"), w.number(self.whole.reports)),
            (w.t("participation-people"), self.whole.people_told(&w)),
            (w.t("participation-rate"), self.whole.rate_told(&w)),
        ];
        paper = paper.paragraph(self.told()).heading(w.t("participation-use")).facts(whole);
        paper = paper.small(self.sources_told().unwrap_or_else(|| w.t("participation-no-people")));
        if self.nowhere > 0 {
            paper = paper.small(w.n("participation-nowhere", self.nowhere));
        }
        for (key, rows) in self.uses() {
            paper = self.used(paper.heading(w.of("participation-by", key)), &w.of("participation-by", key), rows);
        }
        paper = self.connections(paper.heading(w.t("participation-connected")));
        self.silences(paper.heading(w.t("participation-silent")))
    }

    fn used(&self, paper: Document, place: &str, rows: &[UseRow]) -> Document {
        let w = self.w;
        let bar = |row: &UseRow| Bar { label: row.name.clone(), value: row.reports, list: None };
        let names = ["statistics-reports", "participation-share", "participation-people", "participation-rate"];
        let names = names.map(|name| w.t(name));
        let head = [(place, 5)].into_iter().chain(names.iter().map(|name| (&**name, 3)));
        let line = |row: &UseRow| {
            [row.name.clone(), w.number(row.reports), row.share_told(&w), row.people_told(&w), row.rate_told(&w)]
        };
        let drawn = rows.iter().filter(|row| row.reports > 0).map(bar).collect();
        paper.bars(Bars(drawn)).table(&head.collect::<Vec<_>>(), rows.iter().map(line))
    }

    fn connections(&self, paper: Document) -> Document {
        let w = self.w;
        let (kind, connected) = (w.t("office-kind"), w.t("participation-connected"));
        let outside = w.t("participation-outside");
        let names = |row: &KindRow| match row.outside.len() {
            0 => "–".to_owned(),
            n if n > NAMED => w.n("participation-outside-count", n),
            _ => row.outside.join("; "),
        };
        let line = |row: &KindRow| [w.of("agency-kind", row.kind.name()), row.told(&w), names(row)];
        paper
            .paragraph(self.connected_told())
            .small(w.t("participation-connected-how"))
            .table(&[(&kind, 3), (&connected, 3), (&outside, 8)], self.kinds.iter().map(line))
    }

    fn silences(&self, paper: Document) -> Document {
        let w = self.w;
        if self.silent.is_empty() {
            return paper.paragraph(w.t("participation-silent-none"));
        }
        let (office, how, reports) = (w.t("ranking-office"), w.t("participation-silence"), w.t("statistics-reports"));
        let line = |row: &SilentRow| [row.name.clone(), w.of("silence", row.silence.name()), w.number(row.reports)];
        paper
            .small(w.t("participation-silent-how"))
            .table(&[(&office, 7), (&how, 5), (&reports, 2)], self.silent.iter().map(line))
    }
}
