//! Papers that go into the file for the national competition: its contents, and each success story.

use super::case_file::story;
use super::competition::PartLine;
use crate::citizen::PublicReport;
use crate::print::Document;
use crate::words::{Moment, Words};

/// What the file holds and what is missing.
#[derive(Debug, Clone)]
pub struct ContentsPaper {
    pub w: Words,
    pub agency: String,
    pub year: i16,
    pub made: Moment,
    pub parts: Vec<PartLine>,
}

impl ContentsPaper {
    /// The contents on paper.
    pub fn document(&self) -> Document {
        let w = self.w;
        let title = w.with("competition-contents", &[("year", self.year.to_string().into())]);
        let document = Document::new(w, title.as_str())
            .about(self.agency.as_str())
            .foot(title.as_str())
            .paragraph(w.with("competition-contents-made", &[("at", w.moment(self.made).into())]))
            .small(w.t("competition-masked"));
        self.parts.iter().fold(document, |document, line| {
            let document =
                document.heading(format!("{} ({}/)", w.of("competition-part", line.part.name()), line.part.folder()));
            let document = line.there.iter().fold(document, |document, text| document.paragraph(text.as_str()));
            let missing = |text: &String| w.with("competition-missing", &[("what", text.into())]);
            line.missing.iter().fold(document, |document, text| document.paragraph(missing(text)))
        })
    }
}

/// A success story as everybody may read it: nobody who reported is named.
#[derive(Debug, Clone)]
pub struct StoryPaper {
    pub w: Words,
    pub report: PublicReport,
    /// Where anybody reads it.
    pub address: String,
}

impl StoryPaper {
    /// The story on paper.
    pub fn document(&self) -> Document {
        let (w, report) = (self.w, &self.report);
        let facts = [
            (w.t("print-number"), Some(report.code.spaced())),
            (w.t("filter-class"), Some(w.of("class", report.class.name()))),
            (w.t("fact-category"), report.category.clone()),
            (w.t("fact-stage"), Some(w.of("stage", report.stage.name()))),
            (w.t("fact-agency"), report.agency.as_ref().map(|(_, name)| name.clone())),
            (w.t("fact-place"), Some(report.place.clone())),
            (w.t("fact-sent"), Some(w.moment(report.sent))),
            (w.t("fact-rating"), report.rating.map(|rating| w.n("rated", rating))),
        ];
        let facts = facts.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let document = Document::new(w, report.title.as_str())
            .foot(format!("{} · {}", w.of("competition-part", "stories"), report.code.spaced()))
            .facts(facts)
            .heading(w.t("desk-words"))
            .quote(report.text.as_str());
        story(w, document, "package-history", &report.timeline).small(self.address.as_str())
    }
}
