//! What happens by itself while a campaign runs: gathering, telling, reminding, counting, closing.

use crate::{App, Error, Result, jobs};
use domain::campaign::reminders;
use domain::time::Zone;
use domain::{AgencyId, ReportId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::campaign::{self, Addressee, Campaign};
use store::job::{Claimed, NewJob};
use store::{Tx, notice};

/// The name of these jobs in the outbox.
pub const STEP_KIND: &str = "campaign_step";
/// The hour at which letters and reminders go out.
const OFFICE_HOUR: i8 = 8;

/// A step of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Gather,
    /// Tells every addressee that there is a letter.
    Tell,
    /// Tells those who are not done that the deadline comes nearer.
    Remind,
    /// Counts for the last time and tells who made it.
    Close,
}

impl Step {
    /// The kind of the notice that it sends.
    fn notice(self) -> &'static str {
        match self {
            Step::Gather | Step::Tell => "campaign_sent",
            Step::Remind => "campaign_reminded",
            Step::Close => "campaign_closed",
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    campaign: i64,
    step: Step,
}

/// Puts a step into the outbox.
pub(super) async fn put(app: &App, tx: &mut Tx, campaign: i64, step: Step, run_at: Timestamp) -> Result<()> {
    let payload =
        serde_json::to_string(&Payload { campaign, step }).map_err(|error| Error::Broken(error.to_string()))?;
    jobs::put(tx, &NewJob { id: app.id(), kind: STEP_KIND, report: None, payload, run_at }).await
}

/// Plans all that follows the sending: the letters at once, reminders, and the end on the morning after the deadline.
pub(super) async fn plan(app: &App, tx: &mut Tx, campaign: &Campaign, now: Timestamp) -> Result<()> {
    put(app, tx, campaign.id, Step::Tell, now).await?;
    let reference = app.reference();
    for day in reminders(&reference.rules.calendar, Zone::Wib.day(now), campaign.deadline) {
        put(app, tx, campaign.id, Step::Remind, Zone::Wib.at(day, OFFICE_HOUR)).await?;
    }
    let after = campaign.deadline.tomorrow().unwrap_or(campaign.deadline);
    put(app, tx, campaign.id, Step::Close, Zone::Wib.at(after, OFFICE_HOUR)).await
}

impl App {
    /// Does a step and settles its job in the transaction of its effect.
    pub(crate) async fn campaign_step(&self, claimed: Vec<Claimed>) -> Result<()> {
        let payload = claimed.first().map_or("", |job| job.payload.as_str());
        let Payload { campaign: id, step } =
            serde_json::from_str(payload).map_err(|error| Error::Broken(error.to_string()))?;
        match step {
            Step::Gather => self.gather(id, claimed).await,
            Step::Tell => self.tell_addressees(id, step, claimed).await,
            Step::Remind => {
                self.count_campaign(id).await?;
                self.tell_addressees(id, step, claimed).await
            }
            Step::Close => {
                self.count_campaign(id).await?;
                self.close_campaign(id, claimed).await
            }
        }
    }

    /// Counts what is done in every campaign that runs.
    pub(crate) async fn count_campaigns(&self) -> Result<()> {
        let running = campaign::running(&mut self.db.read().await?).await?;
        for id in running {
            self.count_campaign(id).await?;
        }
        Ok(())
    }

    async fn count_campaign(&self, id: i64) -> Result<()> {
        let counted = campaign::count(&mut self.db.read().await?, id).await?;
        let now = self.now();
        self.db
            .write(move |tx| {
                Box::pin(
                    async move { Ok::<(), Error>(campaign::keep(tx, id, &counted, now, Zone::Wib.day(now)).await?) },
                )
            })
            .await
    }

    /// Settles a job that has nothing to do.
    pub(super) async fn settle_step(&self, claimed: Vec<Claimed>) -> Result<()> {
        let process = self.process.clone();
        self.db.write(move |tx| Box::pin(async move { jobs::settle(tx, &claimed, &process).await.map(drop) })).await
    }

    async fn tell_addressees(&self, id: i64, step: Step, claimed: Vec<Claimed>) -> Result<()> {
        let app = self.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    if !jobs::settle(tx, &claimed, &app.process).await? {
                        return Ok(());
                    }
                    let addressees = campaign::addressees(tx, id).await?;
                    for one in addressees.iter().filter(|one| one.chosen && (step == Step::Tell || !is_done(one))) {
                        app.tell_of_campaign(tx, one.office, id, step).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    async fn close_campaign(&self, id: i64, claimed: Vec<Claimed>) -> Result<()> {
        let (app, now) = (self.clone(), self.now());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    if !jobs::settle(tx, &claimed, &app.process).await? || !campaign::close(tx, id, now).await? {
                        return Ok(());
                    }
                    app.log_campaign(tx, None, id, "{\"closed\":true}").await?;
                    match campaign::load(tx, id).await? {
                        Some(closed) => app.tell_of_campaign(tx, closed.office, id, Step::Close).await,
                        None => Ok(()),
                    }
                })
            })
            .await
    }

    /// Tells an agency and the office that runs its complaints for it.
    async fn tell_of_campaign(&self, tx: &mut Tx, office: AgencyId, id: i64, step: Step) -> Result<()> {
        let data = format!("{{\"campaign\":{id}}}");
        let main = self.reference().rules.agencies.main_admin_of(office);
        for told in [office].into_iter().chain((main != office).then_some(main)) {
            notice::insert(tx, self.id(), told, ReportId(0), step.notice(), &data, self.now()).await?;
        }
        Ok(())
    }
}

fn is_done(one: &Addressee) -> bool {
    one.done >= one.total && one.sealed_done >= one.sealed_total
}
