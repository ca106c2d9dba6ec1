//! Where a reporter gets letters about one report, and how they change that.

use super::App;
use crate::{Error, Result};
use domain::text::Email;
use domain::{Code, Report, ReportId};
use store::access::log_change;
use store::{Audience, letter, report, reporter};

/// Whether letters about a report reach its reporter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// No address was left.
    Nowhere,
    Works,
    /// The reporter wants none.
    Stopped,
    /// A letter came back: nobody lives at the address.
    Dead,
}

impl App {
    /// Whether letters by e-mail about a report reach its reporter, for the reporter's own page.
    pub async fn reach(&self, report: &Report) -> Result<Reach> {
        let mut tx = self.db.read().await?;
        let reached = reporter::reached(&mut tx, report.id).await?;
        let Some((email, stopped)) = reached.and_then(|reached| Some((reached.email?, reached.stopped))) else {
            return Ok(Reach::Nowhere);
        };
        let dead = letter::is_dead(&mut tx, &self.address_digest(&email)).await?;
        Ok(match (dead, stopped) {
            (true, _) => Reach::Dead,
            (false, true) => Reach::Stopped,
            (false, false) => Reach::Works,
        })
    }

    /// Sends letters about a report to an address from now on; to none with `None`. The caller has proved to be
    /// the reporter. The same address once more is tried once more.
    pub async fn set_mailbox(&self, code: Code, email: Option<Email>, language: &str) -> Result<()> {
        let row = report::find(&mut self.db.read().await?, code).await?.ok_or(Error::NotFound)?;
        let (app, id, language) = (self.clone(), row.report.id, language.to_owned());
        self.db
            .write_for(Audience::Nobody, move |tx| {
                Box::pin(async move { app.readdress(tx, id, email, &language).await })
            })
            .await
    }

    async fn readdress(&self, tx: &mut store::Tx, id: ReportId, email: Option<Email>, language: &str) -> Result<()> {
        let change = match &email {
            Some(email) => {
                let address = self.address_digest(email.as_str());
                reporter::readdress(tx, id, email.as_str(), language).await?;
                letter::readdress(tx, id, email.as_str(), &address).await?;
                letter::revive(tx, &address).await?;
                "{\"email\":\"changed\"}"
            }
            None => {
                reporter::stop_letters(tx, id, self.now()).await?;
                "{\"letters\":\"stopped\"}"
            }
        };
        Ok(log_change(tx, self.id(), self.now(), None, "reporter", &id.to_string(), change).await?)
    }
}
