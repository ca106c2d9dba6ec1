//! The cases that an office inherited, and whose lateness each one carries.

use crate::{App, Error, Result, seat};
use domain::lateness::{Share, lateness};
use domain::policy::{Action, may};
use domain::report::StageKind;
use domain::{Code, Event, ReportId};
use jiff::Timestamp;
use store::officer::Officer;
use store::{event, hand_over, report, words};

/// A case that came with a hand-over.
#[derive(Debug, Clone, PartialEq)]
pub struct InheritedCase {
    pub code: Code,
    /// `None` for a reader who may not read the case.
    pub title: Option<String>,
    pub stage: StageKind,
    /// Its late working days by the office responsible for them.
    pub late: Vec<Share>,
}

/// A page of inherited cases, the oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct InheritedPage {
    pub rows: Vec<InheritedCase>,
    /// Where the next page begins, when there is one.
    pub next: Option<ReportId>,
}

impl App {
    /// The cases that went over with a hand-over, behind one; [`Error::NotFound`] for those who may not read it.
    pub async fn inherited(&self, by: &Officer, id: i64, after: ReportId, limit: u32) -> Result<InheritedPage> {
        let (mut tx, limit) = (self.db.read().await?, limit.clamp(1, 50));
        let row = hand_over::load(&mut tx, id).await?.ok_or(Error::NotFound)?;
        self.reads_hand_over(by, &row)?;
        let ids = hand_over::inherited(&mut tx, id, after, limit).await?;
        let next = ids.last().copied().filter(|_| ids.len() == limit as usize);
        let (reference, actor) = (self.reference(), seat(by));
        let mut rows = Vec::new();
        for id in ids {
            let Some(row) = report::load(&mut tx, id).await? else { continue };
            let log: Vec<(Timestamp, Event)> =
                event::list(&mut tx, id).await?.into_iter().map(|logged| (logged.at, logged.event)).collect();
            let said = match may(&reference.rules.agencies, &actor, Action::Read, &row.report) {
                true => words::list(&mut tx, id).await?,
                false => Vec::new(),
            };
            let title = said.into_iter().find(|(seq, _)| *seq == row.words_seq).and_then(|(_, words)| words.title);
            rows.push(InheritedCase {
                code: row.code,
                title,
                stage: row.report.stage.kind(),
                late: lateness(&reference.rules, id, &log, self.now()),
            });
        }
        Ok(InheritedPage { rows, next })
    }
}
