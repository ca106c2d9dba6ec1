//! `/laporan`: the public list with search and filters.

use crate::components::{Card, Choice, Field, Frame, Page, Place, sample};
use crate::words::Words;
use askama::Template;
use domain::report::{Class, StageKind};

/// What the list is narrowed to, as typed; the names are those of the query.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub q: Field,
    /// Code of a region.
    pub region: Field,
    pub agency: Field,
    pub category: Field,
    pub class: Field,
    pub stage: Field,
}

impl Filter {
    /// Whether anything beside the search words narrows the list.
    pub fn is_narrow(&self) -> bool {
        [&self.region, &self.agency, &self.category, &self.class, &self.stage]
            .iter()
            .any(|field| !field.value.is_empty())
    }
}

/// One page of the public list.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/reports.html")]
pub struct ReportsPage {
    pub w: Words,
    pub frame: Frame,
    pub filter: Filter,
    pub regions: Vec<Choice>,
    pub agencies: Vec<Choice>,
    pub categories: Vec<Choice>,
    pub reports: Vec<Card>,
    /// The address of the next page, where there is one.
    pub next: Option<String>,
    /// The same list for feed readers.
    pub feed: String,
}

impl ReportsPage {
    fn classes(&self) -> Vec<Choice> {
        Class::ALL.iter().map(|class| Choice::new(class.name(), self.w.of("class", class.name()))).collect()
    }

    /// Stages that a public report can have.
    fn stages(&self) -> Vec<Choice> {
        let hidden = [StageKind::Submitted, StageKind::ArchivedAdmin, StageKind::ArchivedSystem];
        let shown = StageKind::ALL.iter().filter(|stage| !hidden.contains(stage));
        shown.map(|stage| Choice::new(stage.name(), self.w.of("stage", stage.name()))).collect()
    }
}

impl Page for ReportsPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let mut reports = sample::cards();
        reports.push(sample::long_card());
        let typical = ReportsPage {
            w: Words::default(),
            frame: Frame::at("/laporan", Place::Reports),
            filter: Filter::default(),
            regions: sample::provinces().into_iter().map(|group| Choice::new(group.code, group.label)).collect(),
            agencies: sample::agencies(),
            categories: sample::categories(),
            reports,
            next: Some("/laporan?after=1000000008".into()),
            feed: "/laporan/feed?q=jalan".into(),
        };
        let empty = ReportsPage {
            frame: Frame::at("/laporan?q=<b>jembatan</b>&region=63", Place::Reports),
            filter: Filter { q: Field::of("<b>jembatan</b>"), region: Field::of("63"), ..Filter::default() },
            reports: vec![],
            next: None,
            ..typical.clone()
        };
        vec![typical, empty]
    }
}
