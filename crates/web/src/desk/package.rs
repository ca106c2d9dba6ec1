//! The paper that goes to the Ombudsman with a report.

use super::case_file::story;
use crate::components::Entry;
use crate::print::Document;
use crate::words::{Moment, Words};
use domain::Code;

/// A clock, and whether it was kept.
#[derive(Debug, Clone)]
pub struct TermRow {
    /// The limit's name; the key `limit-…`.
    pub limit: &'static str,
    pub basis: String,
    pub from: Moment,
    pub due: Moment,
    pub met: Option<Moment>,
    pub missed: bool,
}

/// A file among the papers.
#[derive(Debug, Clone)]
pub struct PaperFile {
    pub place: String,
    pub hash: String,
    pub bytes: u64,
}

/// The paper.
#[derive(Debug, Clone)]
pub struct PackagePaper {
    pub w: Words,
    pub code: Code,
    pub title: String,
    pub holder: String,
    pub place: String,
    pub sent: Moment,
    pub consented: Moment,
    pub made: Moment,
    pub objections: u8,
    /// Name, telephone and e-mail, as far as they are known; none of an anonymous reporter.
    pub reporter: Option<Vec<String>>,
    /// The words as they came.
    pub original: String,
    pub terms: Vec<TermRow>,
    pub history: Vec<Entry>,
    pub files: Vec<PaperFile>,
}

impl PackagePaper {
    /// The document.
    pub fn document(&self) -> Document {
        let w = self.w;
        let title = format!("{} {}", w.t("package-title"), self.code.spaced());
        let document = Document::new(w, &*title)
            .about(&*self.holder)
            .foot(title)
            .paragraph(&*self.title)
            .facts(self.facts())
            .heading(w.t("package-original"))
            .quote(&*self.original);
        let document = story(w, self.terms(document), "package-history", &self.history);
        self.listed(document)
    }

    fn facts(&self) -> [(String, String); 7] {
        let w = self.w;
        let reporter = self.reporter.as_ref().map_or_else(|| w.t("package-anonymous"), |known| known.join(", "));
        [
            (w.t("package-holder"), self.holder.clone()),
            (w.t("package-place"), self.place.clone()),
            (w.t("package-sent"), w.moment(self.sent)),
            (w.t("package-consent"), w.moment(self.consented)),
            (w.t("package-made"), w.moment(self.made)),
            (w.t("package-objections"), w.number(self.objections)),
            (w.t("package-reporter"), reporter),
        ]
    }

    fn terms(&self, document: Document) -> Document {
        let w = self.w;
        let heads = ["limit", "from", "due", "met"].map(|key| w.of("package", key));
        let columns: Vec<(&str, u16)> = heads.iter().map(String::as_str).zip([6, 4, 4, 5]).collect();
        let row = |term: &TermRow| {
            let met = term.met.map_or_else(|| w.t("package-not-met"), |at| w.moment(at));
            let missed = term.missed.then(|| w.t("package-missed"));
            let met = [Some(met), missed].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            let limit = format!("{}\n{}", w.of("limit", term.limit), term.basis);
            vec![limit, w.moment(term.from), w.moment(term.due), met]
        };
        document.heading(w.t("package-terms")).table(&columns, self.terms.iter().map(row))
    }

    fn listed(&self, document: Document) -> Document {
        let w = self.w;
        let document = document.heading(w.t("package-files"));
        if self.files.is_empty() {
            return document.paragraph(w.t("package-files-none"));
        }
        let told = |document: Document, file: &PaperFile| {
            let digest = format!("{}: {}", w.t("print-file-hash"), file.hash);
            document.subheading(&*file.place).small(w.bytes(&file.bytes)).small(digest)
        };
        self.files.iter().fold(document, told)
    }
}
