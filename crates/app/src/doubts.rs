//! Reports that are worth a second look before they are verified. Nothing is refused or archived for it: an officer archives
//! such a report as what it is, or says that nothing is wrong with it.

use crate::{App, Error, Letter, Result};
use domain::doubt::{Doubt, MANY_ALIKE, Print, doubts};
use domain::policy::{Action, may};
use domain::report::CommandKind;
use domain::{Actor, Code, Report, ReportId};
use store::access::log_change;
use store::doubt;
use store::report::{self, Listed};

/// Rows read for one page, of which a seat may not see all.
const MOST_READ: u32 = 500;

/// A page of doubted reports.
#[derive(Debug, Clone, PartialEq)]
pub struct DoubtPage {
    pub rows: Vec<(Listed, Vec<Doubt>)>,
    /// Behind which report the next page begins, where there may be one.
    pub next: Option<i64>,
}

impl App {
    /// What is doubtful about a report on its way in. `sender` is who has written it, as far as that is known.
    pub(crate) fn doubts_of(&self, letter: &Letter, sender: Option<&str>) -> Vec<Doubt> {
        let text = format!("{} {}", letter.title.as_ref().map_or("", |title| title.as_str()), letter.body.as_str());
        let mut found = doubts(&text, &self.reference().phrases);
        if sender.is_some_and(|sender| self.prints.note(sender, Print::of(&text)) >= MANY_ALIKE) {
            found.push(Doubt::Alike);
        }
        found
    }

    /// Undecided reports that are doubted, as far as a seat may decide about them, the longest waiting first.
    pub async fn doubted(&self, by: &Actor, after: i64, limit: u32) -> Result<DoubtPage> {
        if by.user().is_none() {
            return Err(Error::Denied);
        }
        let read = doubt::list(&mut self.db.read().await?, ReportId(after), MOST_READ).await?;
        let last = read.last().filter(|_| read.len() == MOST_READ as usize).map(|(listed, _)| listed.row.report.id.0);
        let mut rows: Vec<_> = read.into_iter().filter(|(listed, _)| self.decides(by, &listed.row.report)).collect();
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = if more { rows.last().map(|(listed, _)| listed.row.report.id.0) } else { last };
        Ok(DoubtPage { rows, next })
    }

    /// What is still doubted of a report, for who may decide about it.
    pub async fn doubts(&self, by: &Actor, report: &Report) -> Result<Vec<Doubt>> {
        if !self.decides(by, report) {
            return Ok(Vec::new());
        }
        let found = doubt::load(&mut self.db.read().await?, report.id).await?;
        Ok(found.filter(|found| found.settled_at.is_none()).map(|found| found.reasons).unwrap_or_default())
    }

    /// Whether a report came in without the proof of work that was asked for, and nobody has looked at it yet.
    pub async fn is_held(&self, id: ReportId) -> Result<bool> {
        let found = doubt::load(&mut self.db.read().await?, id).await?;
        Ok(found.is_some_and(|found| found.settled_at.is_none() && found.reasons.contains(&Doubt::Unproved)))
    }

    /// An officer says that nothing is wrong with a report; it goes on as every other one.
    pub async fn clear_doubts(&self, by: &Actor, code: Code) -> Result<()> {
        let user = by.user().ok_or(Error::Denied)?;
        let row = report::find(&mut self.db.read().await?, code).await?;
        let seen = row.filter(|row| may(&self.reference().rules.agencies, by, Action::Read, &row.report));
        let report = seen.ok_or(Error::NotFound)?.report;
        if !self.decides(by, &report) {
            return Err(Error::Denied);
        }
        let (id, log, at) = (report.id, self.id(), self.now());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    if doubt::settle(tx, id, Some(user), at).await? {
                        log_change(tx, log, at, Some(user), "doubt", &id.0.to_string(), "{\"cleared\":true}").await?;
                    }
                    Ok::<(), Error>(())
                })
            })
            .await
    }

    /// Whether a seat may archive a report for what it is, and so may say that it is not.
    fn decides(&self, by: &Actor, report: &Report) -> bool {
        let agencies = &self.reference().rules.agencies;
        let allowed = |action| may(agencies, by, action, report);
        allowed(Action::Read) && allowed(Action::Do(CommandKind::Archive))
    }
}
