//! Reminder campaigns: make one, see whom it would reach, send it, follow it to its deadline.

mod gather;
mod steps;

pub(crate) use steps::{STEP_KIND, Step};

use crate::keys::digest;
use crate::{App, Error, Result, seat};
use domain::campaign::{Criterion, LetterText, Placeholder};
use domain::policy::{OfficeAction, may_at};
use domain::time::Zone;
use domain::{Actor, AgencyId};
use jiff::civil::Date;
use store::access::log_change;
use store::campaign::{self, Addressee, Campaign, CampaignState, Which};
use store::{Tx, officer};

/// Most lines of a list.
const MOST_ROWS: u32 = 100;
/// Days of progress that are shown.
const MOST_DAYS: u32 = 400;
/// Most characters of a title.
pub const MOST_TITLE: usize = 120;

/// A campaign to be made; the texts are checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCampaign {
    pub title: String,
    pub criterion: Criterion,
    pub deadline: Date,
    pub letter: LetterText,
    /// The client's own key; the same key makes nothing twice.
    pub key: String,
}

/// A campaign as one viewer may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct CampaignView {
    pub campaign: Campaign,
    /// All addressees for who made it; for an addressee, its own line.
    pub addressees: Vec<Addressee>,
    /// How many reports were on the list and done on each day, the first day first; sealed ones left out.
    pub days: Vec<(Date, u64, u64)>,
    /// Whether the viewer may choose addressees and send it.
    pub may_send: bool,
}

/// A letter to one addressee.
#[derive(Debug, Clone, PartialEq)]
pub struct CampaignLetter {
    pub campaign: Campaign,
    pub addressee: Addressee,
    /// The office that sends it.
    pub sender: AgencyId,
}

/// How a viewer stands to a campaign.
enum Stand {
    Maker,
    Addressee(AgencyId),
}

impl App {
    /// Whether a seat may make campaigns.
    pub fn may_remind(&self, by: &Actor) -> bool {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let mut roots = agencies.iter().filter(|office| office.parent == Some(agencies.national()));
        by.agency().is_some() && roots.any(|root| may_at(agencies, by, OfficeAction::Remind, root.id))
    }

    /// Makes a campaign; a job gathers the reports it is about. [`Error::Denied`] for a seat that may remind nobody,
    /// or for a deadline that is not to come.
    pub async fn make_campaign(&self, by: &Actor, new: NewCampaign) -> Result<i64> {
        let (Some(user), Some(office)) = (by.user(), by.agency().filter(|_| self.may_remind(by))) else {
            return Err(Error::Denied);
        };
        let now = self.now();
        if new.deadline <= Zone::Wib.day(now) || new.criterion.from > new.criterion.to {
            return Err(Error::Denied);
        }
        let made = Campaign {
            id: self.id(),
            title: new.title.chars().take(MOST_TITLE).collect(),
            office,
            made_by: user,
            made_at: now,
            criterion: new.criterion,
            deadline: new.deadline,
            letter: new.letter.as_str().to_owned(),
            state: CampaignState::Gathering,
            gathered_to: domain::ReportId(0),
            sent_at: None,
            counted_at: None,
            closed_at: None,
        };
        let key = digest(&format!("{user}:campaign:{}", new.key));
        let app = self.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let id = campaign::insert(tx, &made, &key).await?;
                    if id == made.id {
                        steps::put(&app, tx, id, Step::Gather, now).await?;
                        app.log_campaign(tx, Some(user), id, "{\"made\":true}").await?;
                    }
                    Ok(id)
                })
            })
            .await
    }

    /// Sends a campaign to the addressees that are chosen. Sending it again changes nothing.
    pub async fn send_campaign(&self, by: &Actor, id: i64, chosen: Vec<AgencyId>) -> Result<()> {
        let view = self.campaign(by, id).await?;
        if Some(view.campaign.made_by) == by.user() && view.campaign.sent_at.is_some() {
            return Ok(());
        }
        if !view.may_send {
            return Err(Error::Denied);
        }
        if !view.addressees.iter().any(|one| chosen.contains(&one.office)) {
            return Err(Error::Denied);
        }
        let (app, now, user) = (self.clone(), self.now(), by.user());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    if !campaign::send(tx, id, now).await? {
                        return Ok(());
                    }
                    for one in &view.addressees {
                        campaign::choose(tx, id, one.office, chosen.contains(&one.office)).await?;
                    }
                    steps::plan(&app, tx, &view.campaign, now).await?;
                    app.log_campaign(tx, user, id, "{\"sent\":true}").await
                })
            })
            .await
    }

    /// Campaigns that a seat may see, the newest first, before an id: those of its office and those sent to its agency.
    pub async fn campaigns(&self, by: &Actor, before: Option<i64>, limit: u32) -> Result<Vec<Campaign>> {
        let Some(seat) = by.agency().filter(|_| by.role().is_some_and(domain::policy::hears) || self.may_remind(by))
        else {
            return Ok(Vec::new());
        };
        let root = self.reference().rules.agencies.root_of(seat);
        let (before, limit) = (before.unwrap_or(i64::MAX), limit.min(MOST_ROWS));
        let mut tx = self.db.read().await?;
        if by.role() == Some(domain::Role::NationalAdmin) {
            return Ok(campaign::list(&mut tx, Which::All, before, limit).await?);
        }
        let mut found = campaign::list(&mut tx, Which::SentTo(root), before, limit).await?;
        if self.may_remind(by) {
            found.extend(campaign::list(&mut tx, Which::MadeBy(seat), before, limit).await?);
        }
        found.sort_by_key(|one| std::cmp::Reverse(one.id));
        found.dedup_by_key(|one| one.id);
        found.truncate(limit as usize);
        Ok(found)
    }

    /// A campaign as a seat may see it: whole for who made it, the own line for an addressee.
    pub async fn campaign(&self, by: &Actor, id: i64) -> Result<CampaignView> {
        let mut tx = self.db.read().await?;
        let found = campaign::load(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let stand = self.stand(&mut tx, by, &found).await?;
        let (addressees, days, made) = match stand {
            Stand::Maker => {
                let mut days = campaign::days(&mut tx, id, MOST_DAYS).await?;
                days.reverse();
                (campaign::addressees(&mut tx, id).await?, days, true)
            }
            Stand::Addressee(root) => {
                let own = campaign::addressee_of(&mut tx, id, root).await?;
                (own.into_iter().collect(), Vec::new(), false)
            }
        };
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let cut =
            addressees.into_iter().map(|one| match may_at(agencies, by, OfficeAction::SeeSealedFigures, one.office) {
                true => one,
                false => Addressee { sealed_total: 0, sealed_done: 0, ..one },
            });
        let may_send = made && found.state == CampaignState::Ready && self.may_remind(by);
        Ok(CampaignView { addressees: cut.collect(), days, may_send, campaign: found })
    }

    /// The letter to one addressee, for who sends it and for the addressee.
    pub async fn campaign_letter(&self, by: &Actor, id: i64, office: AgencyId) -> Result<CampaignLetter> {
        let view = self.campaign(by, id).await?;
        let addressee = view.addressees.into_iter().find(|one| one.office == office).ok_or(Error::NotFound)?;
        Ok(CampaignLetter { sender: view.campaign.office, campaign: view.campaign, addressee })
    }

    async fn stand(&self, tx: &mut Tx, by: &Actor, campaign: &Campaign) -> Result<Stand> {
        let seat = by.agency().ok_or(Error::NotFound)?;
        let national = by.role() == Some(domain::Role::NationalAdmin);
        if national || (seat == campaign.office && self.may_remind(by)) {
            return Ok(Stand::Maker);
        }
        let root = self.reference().rules.agencies.root_of(seat);
        let own = campaign::addressee_of(tx, campaign.id, root).await?;
        let sent = campaign.sent_at.is_some() && own.is_some_and(|one| one.chosen);
        let hears = by.role().is_some_and(domain::policy::hears) || by.role() == Some(domain::Role::Leader);
        if sent && hears { Ok(Stand::Addressee(root)) } else { Err(Error::NotFound) }
    }

    async fn log_campaign(&self, tx: &mut Tx, user: Option<domain::UserId>, id: i64, change: &str) -> Result<()> {
        Ok(log_change(tx, self.id(), self.now(), user, "campaign", &id.to_string(), change).await?)
    }

    /// The seat that made a campaign, as it is now; none once it has ended.
    async fn maker(&self, tx: &mut Tx, campaign: &Campaign) -> Result<Option<Actor>> {
        let seated = officer::list_office(tx, campaign.office, self.now()).await?;
        Ok(seated.iter().find(|seated| seated.id == campaign.made_by).map(seat))
    }
}

impl CampaignLetter {
    /// The text with all names replaced; days and names come in the words of the reader.
    pub fn text(&self, value: impl Fn(Placeholder) -> String) -> String {
        match LetterText::parse(&self.campaign.letter) {
            Ok(text) => text.fill(value),
            Err(_) => self.campaign.letter.clone(),
        }
    }
}
