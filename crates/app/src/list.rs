//! What the public may browse.

use crate::ids::Ids;
use crate::jobs::index_report::{agency_term, category_term, region_term, stage_term, windows};
use crate::{App, Result, analyser};
use domain::deadline::Deadline;
use domain::report::{Class, StageKind};
use domain::{AgencyId, CategoryId, RegionCode, ReportId, due};
use jiff::{SignedDuration, Timestamp};
use store::report::{Listed, NEVER};
use store::{report, search};

/// Most rows on a page.
pub const MOST_ROWS: u32 = 100;

/// What a public list is narrowed to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    pub q: String,
    pub region: Option<RegionCode>,
    pub agency: Option<AgencyId>,
    pub category: Option<CategoryId>,
    pub class: Option<Class>,
    /// A stage's name, or one of `waiting`, `process`, `done`.
    pub stage: Option<String>,
}

/// A report as a line of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    pub listed: Listed,
    /// The clock that runs, for open reports.
    pub clock: Option<Deadline>,
}

impl Summary {
    /// Whether it presses the office that holds it; not while its reporter's word is awaited.
    pub fn presses(&self) -> bool {
        self.listed.due_at != NEVER
    }
}

/// A page of public reports, the newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicPage {
    pub rows: Vec<Summary>,
    /// Where the next page begins, when there is one.
    pub next: Option<i64>,
}

impl Filter {
    fn terms(&self) -> Vec<String> {
        let mut terms = analyser::query_terms(&self.q);
        terms.extend(self.region.as_ref().map(region_term));
        terms.extend(self.agency.map(agency_term));
        terms.extend(self.category.map(|category| category_term(category.0)));
        terms.extend(self.class.map(|class| format!("k_{}", class.name())));
        terms.extend(self.stage.as_deref().filter(|stage| is_stage(stage)).map(stage_term));
        terms
    }

    /// Whether a query was typed of which nothing can be searched.
    fn finds_nothing(&self) -> bool {
        !self.q.trim().is_empty() && analyser::query_terms(&self.q).is_empty()
    }
}

fn is_stage(name: &str) -> bool {
    ["waiting", "process", "done"].contains(&name) || StageKind::parse(name).is_some()
}

impl App {
    /// Public reports, the newest first, narrowed by a filter. The index proposes, the row decides.
    pub async fn browse(&self, filter: &Filter, before: Option<i64>, limit: u32) -> Result<PublicPage> {
        let limit = limit.clamp(1, MOST_ROWS);
        let before = ReportId(before.unwrap_or(i64::MAX));
        let terms = filter.terms();
        if filter.finds_nothing() {
            return Ok(PublicPage { rows: Vec::new(), next: None });
        }
        let mut tx = self.db.read().await?;
        let mut rows = if terms.is_empty() {
            report::list_public(&mut tx, before, limit + 1).await?
        } else {
            // A day more, for the clocks of other processes.
            let tomorrow = self.now().checked_add(SignedDuration::from_hours(24)).unwrap_or(Timestamp::MAX);
            let until = Ids::instant(before.0).min(tomorrow);
            search::find(&mut tx, &terms, before, limit + 1, &windows(until)).await?
        };
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| more).map(|last| last.row.report.id.0);
        Ok(PublicPage { rows: rows.into_iter().map(|listed| self.summary(listed)).collect(), next })
    }

    pub(crate) fn summary(&self, listed: Listed) -> Summary {
        let clock = due::shown(&self.reference().rules, &listed.row.report, self.now());
        Summary { listed, clock }
    }
}
