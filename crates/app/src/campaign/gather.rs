//! The list of reports that a campaign is about, frozen as rows, batch by batch.

use super::steps::{self, Step};
use crate::{App, Result};
use domain::policy::{OfficeAction, may_at};
use domain::{Actor, ReportId};
use jiff::Timestamp;
use store::campaign::{self, Campaign, CampaignState, Case};
use store::job::Claimed;
use store::report::{self, Row, Timing};

/// Reports that are looked at in one job.
const BATCH: u32 = 500;

impl App {
    /// Looks at the next open reports and puts those of the campaign on its list.
    pub(super) async fn gather(&self, id: i64, claimed: Vec<Claimed>) -> Result<()> {
        let mut tx = self.db.read().await?;
        let Some(found) = campaign::load(&mut tx, id).await? else { return self.settle_step(claimed).await };
        let maker = self.maker(&mut tx, &found).await?;
        let open = report::list_open(&mut tx, found.gathered_to, BATCH).await?;
        drop(tx);
        let last = open.last().map_or(found.gathered_to, |(id, _)| *id);
        let state = if open.len() < BATCH as usize { CampaignState::Ready } else { CampaignState::Gathering };
        let now = self.now();
        let cases: Vec<Case> = maker.iter().flat_map(|maker| self.cases(&found, maker, &open, now)).collect();
        let app = self.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    if !crate::jobs::settle(tx, &claimed, &app.process).await? {
                        return Ok(());
                    }
                    let gathered = campaign::gather(tx, &found, &cases, last, state).await?;
                    if gathered && state == CampaignState::Gathering {
                        steps::put(&app, tx, id, Step::Gather, now).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    fn cases(
        &self,
        campaign: &Campaign,
        maker: &Actor,
        open: &[(ReportId, store::Result<(Row, Timing)>)],
        now: Timestamp,
    ) -> Vec<Case> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let fits = |row: &Row, timing: &Timing| {
            let day = row.report.zone.day(row.report.clocks.received);
            let late = timing.due_at.is_some_and(|due| due < now);
            let asked = (campaign.criterion.from..=campaign.criterion.to).contains(&day);
            asked && (late || !campaign.criterion.late_only)
        };
        let read = open.iter().filter_map(|(_, found)| found.as_ref().ok());
        let wanted = read.filter(|(row, timing)| fits(row, timing) && row.root != agencies.national());
        let reminded = wanted.filter(|(row, _)| may_at(agencies, maker, OfficeAction::Remind, row.root));
        reminded
            .map(|(row, _)| Case { report: row.report.id.0, office: row.root.0, sealed: row.report.is_sealed() })
            .collect()
    }
}
