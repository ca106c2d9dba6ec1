//! The case file: what the page of a report tells its officer, on paper.

use super::CasePage;
use crate::components::{Clock, Entry};
use crate::print::Document;
use crate::words::{Moment, Value, Words};

/// An attachment as the case file lists it.
#[derive(Debug, Clone)]
pub struct FileMark {
    pub name: String,
    /// Media type by content.
    pub kind: String,
    pub bytes: u64,
    /// SHA-256 in hexadecimal, by which a copy can be compared.
    pub hash: String,
    pub at: Moment,
}

/// The case file of a report, cut as its page is cut.
pub struct CaseFile<'a> {
    pub page: &'a CasePage,
    pub files: &'a [FileMark],
    /// Who printed it: name and office.
    pub printed_by: String,
    pub printed_at: Moment,
}

impl CaseFile<'_> {
    /// The document, ready for printing.
    pub fn document(&self) -> Document {
        let (page, w) = (self.page, self.page.w);
        let code = page.report.code.spaced();
        let printed: [(&str, Value); 2] =
            [("officer", self.printed_by.as_str().into()), ("at", w.moment(self.printed_at).into())];
        let mut document = Document::new(w, w.with("print-case-title", &[("code", code.as_str().into())]))
            .foot(w.with("print-case-foot", &[&[("code", Value::from(code.as_str()))][..], &printed[..]].concat()))
            .small(w.with("print-case-printed", &printed));
        if page.facts.secret || page.report.supervisory {
            document = document.paragraph(w.t("print-case-sealed"));
        }
        document = document.heading(w.t("desk-facts")).facts(self.facts());
        document = self.clocks(document);
        document = self.words(document);
        document = self.attachments(document);
        document = self.parts(document);
        document = story(w, document, "desk-history", &page.report.timeline);
        if !page.notes.is_empty() {
            document = story(w, document, "desk-notes", &page.notes);
        }
        document
    }

    fn facts(&self) -> Vec<(String, String)> {
        let (page, w) = (self.page, self.page.w);
        let report = &page.report;
        let mut facts = Vec::new();
        let mut fact = |key: &str, value: Option<String>| {
            facts.extend(value.filter(|value| !value.is_empty()).map(|value| (w.t(key), value)));
        };
        fact("print-number", Some(report.code.spaced()));
        fact("fact-title", Some(report.title.clone()));
        fact("filter-class", Some(w.of("class", report.class.name())));
        fact("fact-category", Some(report.category.clone().unwrap_or_else(|| w.t("category-none"))));
        fact("fact-stage", Some(w.of("stage", report.stage.name())));
        fact("fact-marks", Some(self.marks()));
        fact("fact-agency", report.agency.as_ref().map(|(_, name)| name.clone()));
        fact("fact-officer", Some(page.facts.officer.clone().unwrap_or_else(|| w.t("officer-none"))));
        fact("fact-chosen", page.facts.chosen.clone());
        fact("fact-place", Some(report.place.clone()));
        fact("fact-address", report.address.clone());
        fact("fact-point", page.facts.point.as_ref().map(|(north, east)| format!("{north}, {east}")));
        fact("fact-happened", report.happened.map(|day| w.day(day)));
        fact("fact-sent", Some(w.moment(report.sent)));
        fact("fact-channel", Some(w.of("channel", page.facts.channel.name())));
        fact("desk-reporter", Some(self.reporter()));
        let taken = page.taken.as_ref();
        fact("taken-by", taken.map(|taken| format!("{}\n{}", taken.by, w.moment(taken.at))));
        fact("taken-consent", taken.and_then(|taken| taken.consent).map(|consent| w.of("consent", consent.name())));
        fact("taken-source", taken.and_then(|taken| taken.source.clone()));
        fact("fact-supports", (report.supports > 0).then(|| w.number(report.supports)));
        fact("fact-returns", (page.facts.returns > 0).then(|| w.n("times", page.facts.returns)));
        fact("fact-rating", report.rating.map(|rating| w.n("rated", rating)));
        facts
    }

    fn marks(&self) -> String {
        let (page, w) = (self.page, self.page.w);
        let marks = [
            page.facts.secret.then(|| w.t("secret")),
            page.facts.anonymous.then(|| w.t("anonymous")),
            page.report.supervisory.then(|| w.t("supervisory")),
            page.facts.hidden.map(|reason| format!("{}: {}", w.t("hidden"), w.of("hide", reason.name()))),
        ];
        marks.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn reporter(&self) -> String {
        let person = &self.page.reporter;
        let known = [&person.name, &person.phone, &person.email].into_iter().flatten().cloned();
        let hidden = person.hidden.map(|why| self.page.w.t(why));
        known.chain(hidden).collect::<Vec<_>>().join("\n")
    }

    fn clocks(&self, document: Document) -> Document {
        let w = self.page.w;
        if self.page.report.clocks.is_empty() {
            return document;
        }
        let told = |clock: &Clock| (w.of("limit", clock.limit.name()), format!("{}\n{}", clock.told(&w), clock.basis));
        document.heading(w.t("clock-title")).facts(self.page.report.clocks.iter().map(told))
    }

    fn words(&self, document: Document) -> Document {
        let (page, w) = (self.page, self.page.w);
        let document = document.heading(w.t("desk-words"));
        match &page.original {
            Some(original) => document
                .subheading(w.t("edited-title"))
                .quote(format!("{}\n\n{}", page.report.title, page.report.text))
                .subheading(w.t("original-title"))
                .quote(format!("{}\n\n{}", original.title, original.text)),
            None => document.quote(&*page.report.text),
        }
    }

    /// What other units were asked for, and what they answered.
    fn parts(&self, document: Document) -> Document {
        let w = self.page.w;
        let rows = &self.page.parts.rows;
        let document = if rows.is_empty() { document } else { document.heading(w.t("parts-title")) };
        rows.iter().fold(document, |document, row| {
            let compulsory = w.t(if row.compulsory { "part-compulsory" } else { "part-spare" });
            let document = document
                .subheading(format!("{}. {}", row.number, row.office))
                .small(format!("{} · {compulsory}", w.of("part-state", row.state)));
            let said = row.task.iter().map(|task| (task, false)).chain(row.answer.iter().map(|answer| (answer, true)));
            said.fold(document, |document, (text, quoted)| match quoted {
                true => document.quote(&**text),
                false => document.paragraph(&**text),
            })
        })
    }

    fn attachments(&self, document: Document) -> Document {
        let w = self.page.w;
        let document = document.heading(w.t("print-files"));
        if self.files.is_empty() {
            return document.paragraph(w.t("print-files-none"));
        }
        let told = |document: Document, file: &FileMark| {
            let about = [file.kind.clone(), w.bytes(&file.bytes), w.moment(file.at)].join(" · ");
            let digest = format!("{}: {}", w.t("print-file-hash"), file.hash);
            document.subheading(&*file.name).small(about).small(digest)
        };
        self.files.iter().fold(document, told)
    }
}

/// What happened, from the beginning on.
pub(super) fn story(w: Words, document: Document, heading: &str, entries: &[Entry]) -> Document {
    let mut document = document.heading(w.t(heading));
    for entry in entries.iter().rev() {
        document = document.subheading(format!("{} — {}", w.moment(entry.at), w.say(&entry.message)));
        let internal = entry.internal.then(|| w.t("internal"));
        let files = entry.files.iter().map(|file| file.name.clone()).collect::<Vec<_>>().join(", ");
        let files =
            Some(files).filter(|files| !files.is_empty()).map(|files| format!("{}: {files}", w.t("print-files")));
        let beside: Vec<String> = entry.by.iter().cloned().chain(internal).chain(files).collect();
        if !beside.is_empty() {
            document = document.small(beside.join(" · "));
        }
        if let Some(text) = &entry.text {
            document = document.quote(&**text);
        }
    }
    document
}
