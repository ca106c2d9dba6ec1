//! "My reports": those sent while logged in, and those claimed with number and PIN.

use crate::list::MOST_ROWS;
use crate::{App, Error, Result, Summary};
use domain::{Code, ReportId};
use store::account::{self, Account};
use store::{follow, report};

/// Reports that are shown as followed, at most.
const MOST_FOLLOWED: u32 = 50;

/// A page of the reports of an account, the newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptPage {
    pub rows: Vec<Summary>,
    /// Where the next page begins, when there is one.
    pub next: Option<i64>,
}

impl App {
    /// The account's own reports, secret and anonymous ones among them: only their owner asks this.
    pub async fn my_reports(&self, account: &Account, before: Option<i64>, limit: u32) -> Result<KeptPage> {
        let limit = limit.clamp(1, MOST_ROWS);
        let before = ReportId(before.unwrap_or(i64::MAX));
        let mut rows = account::list_kept(&mut self.db.read().await?, account.id, before, limit + 1).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| more).map(|last| last.row.report.id.0);
        Ok(KeptPage { rows: rows.into_iter().map(|listed| self.summary(listed)).collect(), next })
    }

    /// The public reports that an account follows, the newest first.
    pub async fn followed(&self, account: &Account) -> Result<Vec<Summary>> {
        let rows = follow::list_followed(&mut self.db.read().await?, account.id, MOST_FOLLOWED).await?;
        Ok(rows.into_iter().map(|listed| self.summary(listed)).collect())
    }

    /// Whether a report is the account's own.
    pub async fn is_mine(&self, account: &Account, code: Code) -> Result<bool> {
        let mut tx = self.db.read().await?;
        let Some(row) = report::find(&mut tx, code).await? else { return Ok(false) };
        Ok(account::keeps(&mut tx, account.id, row.report.id).await?)
    }

    /// Lets an account keep a report. The caller has proved to be its reporter: by the PIN, or by having just sent it.
    pub async fn keep_report(&self, account: &Account, code: Code) -> Result<()> {
        let id = report::find(&mut self.db.read().await?, code).await?.ok_or(Error::NotFound)?.report.id;
        let account = account.id;
        self.db.write(move |tx| Box::pin(async move { Ok::<(), Error>(account::keep(tx, account, id).await?) })).await
    }
}
