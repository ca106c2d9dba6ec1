//! `/desk/serah-terima/{id}/berita-acara`: the minutes of a hand-over on paper.

use super::inventory::{HandOverTold, sample_told};
use crate::components::{Frame, Page, Place, sample};
use crate::print::{Document, Signer};
use crate::words::{Value, Words};
use askama::Template;

/// The minutes (berita acara), to be printed and signed on paper.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/minutes.html")]
pub struct MinutesPage {
    pub w: Words,
    pub frame: Frame,
    pub told: HandOverTold,
}

impl MinutesPage {
    /// The minutes on paper.
    pub fn document(&self) -> Document {
        let (w, told) = (self.w, &self.told);
        let mut document = Document::new(w, w.t("minutes-title"))
            .foot(format!("{} · {} → {}", w.t("minutes-title"), told.row.giving, told.row.receiving))
            .paragraph(self.parties());
        if let Some(decree) = &told.decree {
            document = document.paragraph(w.with("minutes-decree", &[("decree", decree.as_str().into())]));
        }
        document = inventory(document.paragraph(&*told.reason).heading(w.t("inventory-heading")), &w, told);
        document.paragraph(w.t("minutes-lateness")).signers(told.sides().map(|(side, office, signed)| Signer {
            role: format!("{}\n{office}", w.of("side", side)),
            name: signed.map_or_else(|| w.t("minutes-line"), |signed| signed.name.clone()),
        }))
    }

    /// Who hands over to whom, and when.
    fn parties(&self) -> String {
        let row = &self.told.row;
        let day = Value::Text(self.w.long_day(row.day));
        let parties = [("giving", row.giving.as_str().into()), ("receiving", row.receiving.as_str().into())];
        self.w.with("minutes-text", &[&[("date", day)], &parties[..]].concat())
    }
}

/// The open cases by stage and age.
fn inventory(document: Document, w: &Words, told: &HandOverTold) -> Document {
    let keys = ["stage", "d5", "d14", "d60", "more", "total", "overdue"].map(|key| w.of("inventory", key));
    let columns: Vec<(&str, u16)> = keys.iter().map(String::as_str).zip([6, 2, 2, 2, 2, 2, 3]).collect();
    let row = |(stage, cells): (&str, Vec<String>)| [vec![w.of("stage", stage)], cells].concat();
    let sums = [vec![w.t("inventory-total")], told.sums(w)].concat();
    let document = match told.inventory.rows.is_empty() {
        true => document.paragraph(w.t("inventory-none")),
        false => document.table(&columns, told.lines(w).into_iter().map(row).chain([sums])),
    };
    if told.inventory.kept > 0 { document.small(w.n("inventory-kept", told.kept())) } else { document }
}

impl Page for MinutesPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let page = |state| MinutesPage {
            w: Words::default(),
            frame: Frame::at("/desk/serah-terima/7/berita-acara", Place::Elsewhere).seated(sample::seat()),
            told: sample_told(state),
        };
        vec![page("draft"), page("done")]
    }
}
