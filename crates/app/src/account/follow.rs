//! Following other people's public reports.

use crate::{App, Error, Result};
use domain::policy::{Action, may};
use domain::{Actor, Code};
use store::account::Account;
use store::report::Row;
use store::{follow, report};

impl App {
    /// Lets an account follow a public report; any other does not exist for it.
    pub async fn follow(&self, account: &Account, code: Code) -> Result<()> {
        let row = self.public_row(code).await?;
        let (id, account, at) = (row.report.id, account.id, self.now());
        self.db
            .write(move |tx| Box::pin(async move { Ok::<(), Error>(follow::insert(tx, id, account, at).await?) }))
            .await
    }

    /// Lets an account follow a report no more, also one that is not public any more.
    pub async fn unfollow(&self, account: &Account, code: Code) -> Result<()> {
        let Some(row) = report::find(&mut self.db.read().await?, code).await? else { return Ok(()) };
        let (id, account) = (row.report.id, account.id);
        self.db.write(move |tx| Box::pin(async move { Ok::<(), Error>(follow::delete(tx, id, account).await?) })).await
    }

    /// Whether an account follows a report.
    pub async fn follows(&self, account: &Account, code: Code) -> Result<bool> {
        let mut tx = self.db.read().await?;
        let Some(row) = report::find(&mut tx, code).await? else { return Ok(false) };
        Ok(follow::follows(&mut tx, row.report.id, account.id).await?)
    }

    async fn public_row(&self, code: Code) -> Result<Row> {
        let found = report::find(&mut self.db.read().await?, code).await?;
        let agencies = &self.reference().rules.agencies;
        found.filter(|row| may(agencies, &Actor::Public, Action::Read, &row.report)).ok_or(Error::NotFound)
    }
}
