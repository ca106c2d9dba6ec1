//! Answer templates filled for a report: on the answer form, for a sample, and for many reports at once.

use crate::serve::shape;
use crate::serve::visit::Visit;
use crate::words::{Lang, Words};
use app::reference::Reference;
use app::{AnswerTemplate, Officer, Subject, View};
use domain::Code;
use domain::template::{AnswerText, Placeholder};
use jiff::civil::Date;

/// What the placeholders stand for. Answers are written in Indonesian, whatever language the officer reads.
pub(in crate::serve) struct Facts {
    pub code: Code,
    pub title: String,
    pub agency: String,
    pub category: Option<String>,
    pub region: String,
    pub sent: Date,
    pub today: Date,
    pub due: Option<Date>,
}

impl Facts {
    /// Of a report.
    pub fn of(view: &View, reference: &Reference) -> Facts {
        let subject = Subject { row: &view.row, title: &view.title, clock: view.clock.clone(), at: view.at };
        Facts::about(&subject, reference)
    }

    /// Of one of many reports.
    pub fn about(subject: &Subject<'_>, reference: &Reference) -> Facts {
        let report = &subject.row.report;
        let category = report.category.and_then(|id| reference.categories.get(id));
        Facts {
            code: subject.row.code,
            title: subject.title.to_owned(),
            agency: shape::agency_name(reference, report.holder),
            category: category.map(|category| category.name.clone()),
            region: reference.regions.full_name(&report.region),
            sent: report.zone.day(report.clocks.received),
            today: report.zone.day(subject.at),
            due: subject.clock.as_ref().map(|clock| clock.due_day()),
        }
    }

    /// Of a report that is made up, for a preview.
    pub fn sample(visit: &Visit, officer: &Officer) -> Facts {
        let reference = visit.web.app.reference();
        let zone = domain::time::Zone::Wib;
        let today = zone.day(visit.web.app.now());
        let region = reference.rules.agencies.get(officer.agency).and_then(|agency| agency.region.clone());
        Facts {
            code: Code::from_random(4),
            title: visit.words.t("template-sample-title"),
            agency: shape::agency_name(&reference, officer.agency),
            category: None,
            region: region.map_or_else(|| "Kota Banjarmasin".to_owned(), |code| reference.regions.full_name(&code)),
            sent: today,
            today,
            due: today.tomorrow().ok(),
        }
    }
}

/// The text of a template for a report.
pub(in crate::serve) fn fill(template: &AnswerText, facts: &Facts) -> String {
    let words = Words::new(Lang::Id);
    template.fill(|placeholder| match placeholder {
        Placeholder::Number => facts.code.spaced(),
        Placeholder::Title => facts.title.clone(),
        Placeholder::Agency => facts.agency.clone(),
        Placeholder::Category => facts.category.clone().unwrap_or_else(|| words.t("category-none")),
        Placeholder::Region => facts.region.clone(),
        Placeholder::Sent => words.long_day(facts.sent),
        Placeholder::Today => words.long_day(facts.today),
        Placeholder::Due => facts.due.map_or_else(|| "–".to_owned(), |due| words.long_day(due)),
    })
}

/// The text of a chosen template for a report, where the office may use it and it can be read.
pub(in crate::serve) fn chosen(templates: &[AnswerTemplate], id: i64, facts: &Facts) -> Option<String> {
    let template = templates.iter().find(|template| template.id == id && template.active)?;
    AnswerText::parse(&template.body).ok().map(|template| fill(&template, facts))
}
