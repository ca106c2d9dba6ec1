//! Lists: what the public may browse and what a seat has to do.

use crate::ids::Ids;
use crate::jobs::index_report::{agency_term, category_term, region_term, stage_term, windows};
use crate::{App, Result, analyser};
use domain::deadline::Deadline;
use domain::measure::Tally;
use domain::policy::{Action, may};
use domain::report::{Class, StageKind};
use domain::{Actor, AgencyId, CategoryId, RegionCode, ReportId, Role, due};
use jiff::{SignedDuration, Timestamp};
use store::report::{Inbox, InboxCursor, Listed};
use store::{report, search};

/// Most rows on a page.
pub const MOST_ROWS: u32 = 100;
/// Pages read to fill one page of an inbox whose rows a seat may not all see.
const MOST_READS: usize = 5;

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

/// A page of public reports, the newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicPage {
    pub rows: Vec<Summary>,
    /// Where the next page begins, when there is one.
    pub next: Option<i64>,
}

/// Which part of a seat's inbox is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InboxView {
    /// Everything open.
    #[default]
    All,
    /// One stage.
    Stage(StageKind),
}

/// A page of an inbox in the order of the deadlines.
#[derive(Debug, Clone, PartialEq)]
pub struct InboxPage {
    pub rows: Vec<Summary>,
    /// How many of the seat's reports stand in each stage.
    pub tally: Tally,
    /// Where the next page begins: deadline and id.
    pub next: Option<(i64, i64)>,
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

    /// A seat's open reports by deadline.
    pub async fn inbox(&self, by: &Actor, view: InboxView, after: Option<(i64, i64)>, limit: u32) -> Result<InboxPage> {
        let limit = limit.clamp(1, MOST_ROWS);
        let reference = self.reference();
        let tally = self.seat_tally(by).await?;
        let Some(inbox) = seat_inbox(&reference.rules.agencies, by, view) else {
            return Ok(InboxPage { rows: Vec::new(), tally, next: None });
        };
        let mut cursor = after.map_or(InboxCursor::START, |(due_at, id)| InboxCursor { due_at, id: ReportId(id) });
        let mut rows: Vec<Summary> = Vec::new();
        let mut tx = self.db.read().await?;
        for _ in 0..MOST_READS {
            let read = report::list_inbox(&mut tx, &inbox, cursor, limit + 1).await?;
            let mut ended = read.len() <= limit as usize;
            let mut left = read.into_iter().take(limit as usize);
            let mut last = None;
            for listed in left.by_ref() {
                last = Some(InboxCursor { due_at: listed.due_at, id: listed.row.report.id });
                if may(&reference.rules.agencies, by, Action::Read, &listed.row.report) {
                    rows.push(self.summary(listed));
                }
                if rows.len() == limit as usize {
                    break;
                }
            }
            cursor = last.unwrap_or(cursor);
            ended &= left.len() == 0;
            if ended || rows.len() == limit as usize {
                let next = (!ended).then_some((cursor.due_at, cursor.id.0));
                return Ok(InboxPage { rows, tally, next });
            }
        }
        Ok(InboxPage { rows, tally, next: Some((cursor.due_at, cursor.id.0)) })
    }

    async fn seat_tally(&self, by: &Actor) -> Result<Tally> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let figures = self.figures().await?;
        Ok(match by {
            Actor::Officer { role: Role::NationalAdmin, .. } => figures.desk(agencies, None),
            Actor::Officer { role: Role::AgencyAdmin, agency, .. } => figures.desk(agencies, Some(*agency)),
            Actor::Officer { role: Role::LiaisonOfficer, agency, .. } => figures.liaison(agencies, *agency),
            Actor::Officer { role: Role::Leader, agency, .. } => figures.public(agencies, Some(*agency)),
            Actor::Officer { role: Role::Supervisor, .. } => figures.public(agencies, None),
            _ => Tally::default(),
        })
    }

    pub(crate) fn summary(&self, listed: Listed) -> Summary {
        let clock = due::shown(&self.reference().rules, &listed.row.report, self.now());
        Summary { listed, clock }
    }
}

/// Which rows a seat's inbox is read from; what it may see of them, the policy says.
fn seat_inbox(agencies: &domain::agency::AgencyTree, by: &Actor, view: InboxView) -> Option<Inbox> {
    let stage = match view {
        InboxView::All => None,
        InboxView::Stage(stage) => Some(stage.name()),
    };
    let Actor::Officer { role, agency, .. } = *by else { return None };
    match role {
        Role::NationalAdmin | Role::Supervisor => Some(match stage {
            Some(stage) => Inbox::Stage(stage),
            None => Inbox::Nation,
        }),
        Role::AgencyAdmin | Role::Leader if agencies.root_of(agency) == agency => Some(Inbox::Root(agency, stage)),
        Role::Inspector => Some(Inbox::Root(agencies.root_of(agency), stage)),
        Role::AgencyAdmin | Role::Leader | Role::LiaisonOfficer => Some(Inbox::Holder(agency, stage)),
        Role::Operator | Role::Auditor => None,
    }
}
