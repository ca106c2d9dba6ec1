//! What an office should know about its reports.

use crate::{App, Error, Result};
use domain::policy::hears;
use domain::{Actor, AgencyId};
use store::Audience;
use store::notice::{self, Notice};

/// Unseen notices are counted up to here.
const MOST_UNREAD: u32 = 99;

impl App {
    /// The notices of a seat's office, the newest first, before an id.
    pub async fn notices(&self, by: &Actor, before: Option<i64>, limit: u32) -> Result<Vec<Notice>> {
        let Some(agency) = office(by) else { return Ok(Vec::new()) };
        let mut tx = self.db.read().await?;
        Ok(notice::list(&mut tx, agency, before.unwrap_or(i64::MAX), limit.min(100)).await?)
    }

    /// How many of the newest notices a seat's office has not seen, 99 at most.
    pub async fn unread(&self, by: &Actor) -> Result<u32> {
        let Some(agency) = office(by) else { return Ok(0) };
        let read = async || Ok(notice::count_unseen(&mut self.db.read().await?, agency, MOST_UNREAD).await?);
        self.desk.unread.get(|| self.mark(Audience::Officers), self.now(), agency, read).await
    }

    /// Marks the notices of a seat's office as seen.
    pub async fn see_notices(&self, by: &Actor) -> Result<()> {
        let Some(agency) = office(by) else { return Ok(()) };
        let at = self.now();
        self.db
            .write_for(Audience::Officers, move |tx| {
                Box::pin(async move { Ok::<(), Error>(notice::see(tx, agency, i64::MAX, at).await?) })
            })
            .await
    }
}

/// The office whose notices a seat reads.
fn office(by: &Actor) -> Option<AgencyId> {
    by.agency().filter(|_| by.role().is_some_and(hears))
}
