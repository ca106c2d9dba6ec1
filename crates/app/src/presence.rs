//! Who else has a report open, and who is writing on it: told to those who may read the report, and to nobody else.

use crate::{App, Error, Result};
use domain::policy::{Action, may};
use domain::{Actor, Code, ReportId};
use jiff::SignedDuration;
use std::collections::HashMap;
use store::Audience;
use store::presence::{self, Present};
use store::report;

/// So long a sign of life counts: a page with its script gives one every minute, one without only when it is loaded.
pub const FRESH: SignedDuration = SignedDuration::from_mins(3);

impl App {
    /// Notes that an officer has a report open, and tells who else has.
    pub async fn attend(&self, code: Code, by: &Actor, writing: bool) -> Result<Vec<Present>> {
        let seat = by.user().zip(by.agency()).ok_or(Error::Denied)?;
        let row = report::find(&mut self.db.read().await?, code).await?;
        let reads = |row: &report::Row| may(&self.reference().rules.agencies, by, Action::Read, &row.report);
        let id = row.filter(reads).ok_or(Error::NotFound)?.report.id;
        let at = self.now();
        self.db
            .write_for(Audience::Officers, move |tx| {
                Box::pin(async move { Ok::<(), Error>(presence::note(tx, id, seat, writing, at).await?) })
            })
            .await?;
        Ok(self.present(by, &[id]).await?.remove(&id).unwrap_or_default())
    }

    /// Notes that an officer has closed a report.
    pub async fn leave(&self, code: Code, by: &Actor) -> Result<()> {
        let user = by.user().ok_or(Error::Denied)?;
        let Some(row) = report::find(&mut self.db.read().await?, code).await? else { return Ok(()) };
        self.db
            .write_for(Audience::Officers, move |tx| {
                Box::pin(async move { Ok::<(), Error>(presence::leave(tx, row.report.id, user).await?) })
            })
            .await
    }

    /// Who else is at some reports that an officer was shown, by report.
    pub async fn present(&self, by: &Actor, reports: &[ReportId]) -> Result<HashMap<ReportId, Vec<Present>>> {
        let mut found: HashMap<ReportId, Vec<Present>> = HashMap::new();
        if reports.is_empty() {
            return Ok(found);
        }
        let since = self.now().checked_sub(FRESH).unwrap_or_else(|_| self.now());
        for present in presence::list(&mut self.db.read().await?, reports, since).await? {
            if Some(present.officer) != by.user() {
                found.entry(present.report).or_default().push(present);
            }
        }
        Ok(found)
    }
}
