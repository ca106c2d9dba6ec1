//! What an office should know about its reports.

use crate::{App, Error, Result};
use domain::AgencyId;
use store::notice::{self, Notice};

/// Unseen notices are counted up to here.
const MOST_UNREAD: u32 = 99;

impl App {
    /// An office's notices, the newest first, before an id.
    pub async fn notices(&self, agency: AgencyId, before: Option<i64>, limit: u32) -> Result<Vec<Notice>> {
        let mut tx = self.db.read().await?;
        Ok(notice::list(&mut tx, agency, before.unwrap_or(i64::MAX), limit.min(100)).await?)
    }

    /// How many of the newest notices an office has not seen, 99 at most.
    pub async fn unread(&self, agency: AgencyId) -> Result<u32> {
        let newest = notice::count_unseen(&mut self.db.read().await?, agency, MOST_UNREAD).await?;
        Ok(newest)
    }

    /// Marks an office's notices as seen.
    pub async fn see_notices(&self, agency: AgencyId) -> Result<()> {
        let at = self.now();
        self.db
            .write(move |tx| Box::pin(async move { Ok::<(), Error>(notice::see(tx, agency, i64::MAX, at).await?) }))
            .await
    }
}
