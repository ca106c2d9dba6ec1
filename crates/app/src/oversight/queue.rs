//! The reports behind a figure of the overview, cut to what the policy lets the seat read.

use crate::list::{MOST_ROWS, Summary};
use crate::{App, Error, Result};
use domain::policy::{Action, OfficeAction, may, may_at};
use domain::report::StageKind;
use domain::{Actor, AgencyId, ReportId};
use store::millis;
use store::report::{self, Inbox, InboxCursor};

/// Pages read to fill one page of a list whose rows a seat may not all see.
const MOST_READS: usize = 5;

/// Which figure is opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum QueueKind {
    /// Everything open.
    Open,
    #[default]
    Late,
    Unverified,
    Silent,
    Returned,
}

impl QueueKind {
    /// All of them, as the columns stand.
    pub const ALL: [QueueKind; 5] =
        [QueueKind::Open, QueueKind::Late, QueueKind::Unverified, QueueKind::Silent, QueueKind::Returned];

    /// The name in an address and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            QueueKind::Open => "open",
            QueueKind::Late => "late",
            QueueKind::Unverified => "unverified",
            QueueKind::Silent => "silent",
            QueueKind::Returned => "returned",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<QueueKind> {
        QueueKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    fn stage(self) -> Option<&'static str> {
        match self {
            QueueKind::Open | QueueKind::Late => None,
            QueueKind::Unverified => Some(StageKind::Submitted.name()),
            QueueKind::Silent => Some(StageKind::Disposed.name()),
            QueueKind::Returned => Some(StageKind::Returned.name()),
        }
    }

    fn is_of_late_ones(self) -> bool {
        matches!(self, QueueKind::Late | QueueKind::Unverified | QueueKind::Silent)
    }
}

/// A page of an office's open reports in the order of their deadlines.
#[derive(Debug, Clone, PartialEq)]
pub struct OfficeQueue {
    pub rows: Vec<Summary>,
    /// Where the next page begins: deadline and id.
    pub next: Option<(i64, i64)>,
}

impl App {
    /// The reports that a figure counts, as far as the seat may read them; of a parent agency with those of its
    /// offices, of another office its own.
    pub async fn office_queue(
        &self,
        by: &Actor,
        office: AgencyId,
        kind: QueueKind,
        after: Option<(i64, i64)>,
        limit: u32,
    ) -> Result<OfficeQueue> {
        let limit = limit.clamp(1, MOST_ROWS) as usize;
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        if agencies.get(office).is_none() || !may_at(agencies, by, OfficeAction::SeeFigures, office) {
            return Err(Error::NotFound);
        }
        let inbox = match agencies.root_of(office) == office {
            true => Inbox::Root(office, kind.stage()),
            false => Inbox::Holder(office, kind.stage()),
        };
        let end = if kind.is_of_late_ones() { millis(self.now()) } else { i64::MAX };
        let mut cursor = after.map_or(InboxCursor::START, |(due_at, id)| InboxCursor { due_at, id: ReportId(id) });
        let mut rows = Vec::new();
        let mut tx = self.db.read().await?;
        for _ in 0..MOST_READS {
            let read = report::list_inbox(&mut tx, &inbox, cursor, MOST_ROWS).await?;
            let ended = read.len() < MOST_ROWS as usize;
            for listed in read {
                if listed.due_at >= end && end != i64::MAX {
                    return Ok(OfficeQueue { rows, next: None });
                }
                if rows.len() == limit {
                    return Ok(OfficeQueue { rows, next: Some((cursor.due_at, cursor.id.0)) });
                }
                cursor = InboxCursor { due_at: listed.due_at, id: listed.row.report.id };
                if may(agencies, by, Action::Read, &listed.row.report) {
                    rows.push(self.summary(listed));
                }
            }
            if ended {
                return Ok(OfficeQueue { rows, next: None });
            }
        }
        Ok(OfficeQueue { rows, next: Some((cursor.due_at, cursor.id.0)) })
    }
}
