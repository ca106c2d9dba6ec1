//! What a seat has to do: views of its queue in the order of the deadlines, narrowed where asked, and how long each is.

use crate::list::{MOST_ROWS, Summary};
use crate::{App, Error, Present, Result};
use domain::agency::AgencyTree;
use domain::category::CategoryTree;
use domain::measure::Tally;
use domain::policy::{Action, may};
use domain::report::{Channel, Class, StageKind};
use domain::{Actor, AgencyId, CategoryId, ReportId, Role, UserId};
use std::collections::HashMap;
use std::sync::Arc;
use store::queue::{self, Queue};
use store::report::{Inbox, InboxCursor, Listed};
use store::{Audience, Tx, millis, report};

/// Pages read to fill one page of an inbox whose rows a seat may not all see, or that is narrowed.
const MOST_READS: usize = 10;

/// Which part of a seat's inbox is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum InboxView {
    /// Everything open.
    #[default]
    All,
    /// What is assigned to this officer.
    Mine,
    /// What the seat's own office holds.
    Unit,
    /// What nobody of the seat's own office is assigned to.
    Unassigned,
    /// What waits for its reporter and presses nobody.
    Waiting,
    /// What is past its deadline.
    Overdue,
    /// One stage.
    Stage(StageKind),
}

/// What an inbox is narrowed to besides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct InboxFilter {
    /// Words that stand in the title or the text.
    pub q: String,
    pub stage: Option<StageKind>,
    pub class: Option<Class>,
    /// A category, or one above it.
    pub category: Option<CategoryId>,
    pub channel: Option<Channel>,
}

/// How long the views of a seat are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InboxCounts {
    pub all: u64,
    pub mine: u64,
    pub unit: u64,
    pub unassigned: u64,
    pub waiting: u64,
    pub overdue: u64,
}

/// A page of an inbox in the order of the deadlines.
#[derive(Debug, Clone, PartialEq)]
pub struct InboxPage {
    pub rows: Vec<Summary>,
    /// How many of the seat's reports stand in each stage.
    pub tally: Tally,
    /// How long each view is; `None` for seats that see single reports of the queues.
    pub counts: Option<InboxCounts>,
    /// Where the next page begins: deadline and id. The page before it can be short where the list is narrowed.
    pub next: Option<(i64, i64)>,
}

/// Which page of an inbox is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct InboxAsked {
    pub view: InboxView,
    pub filter: InboxFilter,
    /// Where the page begins: deadline and id.
    pub after: Option<(i64, i64)>,
    pub limit: u32,
}

/// A page of an inbox with all that the desk shows beside its reports.
#[derive(Debug, Clone, PartialEq)]
pub struct InboxShown {
    pub page: InboxPage,
    /// The names of those who reports on the page are assigned to, and of their colleagues.
    pub officers: HashMap<UserId, String>,
    /// Who else is at them.
    pub present: HashMap<ReportId, Vec<Present>>,
}

/// Pages of inboxes that are kept; each holds the texts of its reports.
pub(crate) const MOST_SHOWN: usize = 256;
/// Seat and page of what is kept.
pub(crate) type ShownKey = (UserId, AgencyId, Role, InboxAsked);

impl InboxFilter {
    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        *self == InboxFilter::default()
    }

    fn lets(&self, listed: &Listed, categories: &CategoryTree) -> bool {
        let report = &listed.row.report;
        let below = |wanted| report.category.is_some_and(|own| own == wanted || categories.top_of(own) == wanted);
        self.stage.is_none_or(|stage| report.stage.kind() == stage)
            && self.class.is_none_or(|class| report.class == class)
            && self.channel.is_none_or(|channel| report.channel == channel)
            && self.category.is_none_or(below)
            && self.says(listed)
    }

    fn says(&self, listed: &Listed) -> bool {
        if self.q.trim().is_empty() {
            return true;
        }
        let text = format!("{} {}", listed.title.as_deref().unwrap_or_default(), listed.body).to_lowercase();
        self.q.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

impl App {
    /// A seat's open reports by deadline.
    pub async fn inbox(&self, by: &Actor, view: InboxView, after: Option<(i64, i64)>, limit: u32) -> Result<InboxPage> {
        self.inbox_narrowed(by, view, &InboxFilter::default(), after, limit).await
    }

    /// A seat's open reports by deadline, narrowed. Of a long queue with few hits a page can be short, or empty, and
    /// still have a next one: no request looks through more than a thousand rows.
    pub async fn inbox_narrowed(
        &self,
        by: &Actor,
        view: InboxView,
        filter: &InboxFilter,
        after: Option<(i64, i64)>,
        limit: u32,
    ) -> Result<InboxPage> {
        let limit = limit.clamp(1, MOST_ROWS) as usize;
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let tally = self.seat_tally(by).await?;
        let counts = self.counts(agencies, by).await?;
        let mut tx = self.db.read().await?;
        let Some(inbox) = seat_inbox(agencies, by, view) else {
            return Ok(InboxPage { rows: Vec::new(), tally, counts, next: None });
        };
        let page = if filter.is_empty() { limit } else { MOST_ROWS as usize };
        let mut walk = Walk::begin(view, after, millis(self.now()));
        let mut rows: Vec<Summary> = Vec::new();
        for _ in 0..MOST_READS {
            let fits = |listed: &Listed| {
                may(agencies, by, Action::Read, &listed.row.report) && filter.lets(listed, &reference.categories)
            };
            let read = report::list_inbox(&mut tx, &inbox, walk.cursor, page as u32 + 1).await?;
            rows.extend(walk.take(read, page, limit - rows.len(), fits).into_iter().map(|listed| self.summary(listed)));
            if walk.ended || rows.len() == limit {
                break;
            }
        }
        let next = (!walk.ended).then_some((walk.cursor.due_at, walk.cursor.id.0));
        Ok(InboxPage { rows, tally, counts, next })
    }

    /// A page of a seat's inbox for its desk, read once a second at most, and anew after each write of this process.
    pub async fn inbox_shown(&self, by: &Actor, asked: InboxAsked) -> Result<Arc<InboxShown>> {
        let Actor::Officer { user, role, agency } = *by else { return Err(Error::Denied) };
        let key = (user, agency, role, asked.clone());
        let audience = audience(&self.reference().rules.agencies, role, agency);
        self.desk
            .inbox
            .get(
                || self.mark(audience),
                self.now(),
                key,
                async || self.show_inbox(by, agency, &asked).await.map(Arc::new),
            )
            .await
    }

    async fn show_inbox(&self, by: &Actor, agency: AgencyId, asked: &InboxAsked) -> Result<InboxShown> {
        let page = self.inbox_narrowed(by, asked.view, &asked.filter, asked.after, asked.limit).await?;
        let reports = || page.rows.iter().map(|summary| &summary.listed.row.report);
        let colleagues = match reports().any(|report| report.officer.is_some()) {
            true => self.colleagues(agency).await?,
            false => Vec::new(),
        };
        let ids: Vec<ReportId> = reports().map(|report| report.id).collect();
        let present = self.present(by, &ids).await?;
        let officers = colleagues.into_iter().map(|officer| (officer.id, officer.name)).collect();
        Ok(InboxShown { page, officers, present })
    }

    /// How many reports wait in each view of a seat, exact when they were counted: a second ago, or two.
    async fn counts(&self, agencies: &AgencyTree, by: &Actor) -> Result<Option<InboxCounts>> {
        let Actor::Officer { user, role, agency } = *by else { return Ok(None) };
        let (key, audience) = ((user, agency, role), audience(agencies, role, agency));
        let read = async || self.count(&mut self.db.read().await?, agencies, by).await;
        self.desk.counts.get(|| self.mark(audience), self.now(), key, read).await
    }

    async fn count(&self, tx: &mut Tx, agencies: &AgencyTree, by: &Actor) -> Result<Option<InboxCounts>> {
        let Actor::Officer { user, role, agency } = *by else { return Ok(None) };
        let (whole, sealed) = match (role, seat_inbox(agencies, by, InboxView::All)) {
            (Role::NationalAdmin, _) => (Queue::Nation, true),
            (Role::Supervisor, _) => (Queue::Nation, false),
            (Role::AgencyAdmin | Role::LiaisonOfficer, Some(Inbox::Holder(..))) => (Queue::Holder(agency), true),
            (Role::AgencyAdmin, Some(Inbox::Root(..))) => (Queue::Root(agency), true),
            (Role::Leader, Some(Inbox::Root(..))) => (Queue::Root(agency), false),
            (Role::Leader, Some(Inbox::Holder(..))) => (Queue::Holder(agency), false),
            _ => return Ok(None),
        };
        let now = self.now();
        let asked = [whole, Queue::Officer(user), Queue::Holder(agency), Queue::Unassigned(agency)];
        let lengths = queue::lengths(tx, &asked, now, sealed).await?;
        let [all, mine, unit, unassigned] = lengths[..] else { return Ok(None) };
        Ok(Some(InboxCounts {
            all: all.open,
            waiting: all.waiting,
            overdue: all.late,
            mine: mine.open,
            unit: unit.open,
            unassigned: unassigned.open,
        }))
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
}

/// In whose name changes of an inbox are asked about.
fn audience(agencies: &AgencyTree, role: Role, agency: AgencyId) -> Audience {
    match role {
        Role::AgencyAdmin | Role::LiaisonOfficer | Role::Leader => Audience::Office(agencies.root_of(agency)),
        _ => Audience::Nation,
    }
}

/// A walk through a queue, from one deadline to the next.
struct Walk {
    cursor: InboxCursor,
    /// Reports due then or later do not belong to the view.
    until: i64,
    ended: bool,
}

impl Walk {
    fn begin(view: InboxView, after: Option<(i64, i64)>, now: i64) -> Walk {
        let asked = after.map_or(InboxCursor::START, |(due_at, id)| InboxCursor { due_at, id: ReportId(id) });
        let waiting = InboxCursor { due_at: queue::WAITING, id: ReportId(0) };
        let cursor = match view {
            InboxView::Waiting if asked.due_at < waiting.due_at => waiting,
            _ => asked,
        };
        let until = if view == InboxView::Overdue { now } else { i64::MAX };
        Walk { cursor, until, ended: false }
    }

    /// The fitting ones of a page of rows that were read with one more, `most` at most; the walk stands behind the
    /// last that was looked at.
    fn take(&mut self, read: Vec<Listed>, page: usize, most: usize, fits: impl Fn(&Listed) -> bool) -> Vec<Listed> {
        let full = read.len() > page;
        let late = self.until != i64::MAX;
        let mut found = Vec::new();
        let mut left = read.into_iter().take(page).peekable();
        while let Some(listed) = left.next_if(|_| found.len() < most) {
            if late && listed.due_at >= self.until {
                self.ended = true;
                return found;
            }
            self.cursor = InboxCursor { due_at: listed.due_at, id: listed.row.report.id };
            if fits(&listed) {
                found.push(listed);
            }
        }
        let over = left.peek().is_none_or(|next| late && next.due_at >= self.until);
        self.ended = over && !(full && left.peek().is_none());
        found
    }
}

/// Which rows a seat's inbox is read from; what it may see of them, the policy says.
fn seat_inbox(agencies: &AgencyTree, by: &Actor, view: InboxView) -> Option<Inbox> {
    let Actor::Officer { user, role, agency } = *by else { return None };
    if matches!(role, Role::Operator | Role::Auditor) {
        return None;
    }
    let stage = match view {
        InboxView::Mine => return Some(Inbox::Officer(user)),
        InboxView::Unit => return Some(Inbox::Holder(agency, None)),
        InboxView::Unassigned => return Some(Inbox::Unassigned(agency)),
        InboxView::All | InboxView::Waiting | InboxView::Overdue => None,
        InboxView::Stage(stage) => Some(stage.name()),
    };
    Some(match role {
        Role::NationalAdmin | Role::Supervisor => stage.map_or(Inbox::Nation, Inbox::Stage),
        Role::AgencyAdmin | Role::Leader if agencies.root_of(agency) == agency => Inbox::Root(agency, stage),
        Role::Inspector => Inbox::Root(agencies.root_of(agency), stage),
        _ => Inbox::Holder(agency, stage),
    })
}
