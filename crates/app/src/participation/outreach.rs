//! Outreach activities: planned by an office, then carried out or cancelled.

use crate::act::again_when_overtaken;
use crate::keys::digest;
use crate::sifted::READ;
use crate::{App, Conflict, Error, Result};
use domain::agency::{AgencyKind, AgencyTree};
use domain::outreach::{Effect, OutreachFault, OutreachPlan, OutreachResult, OutreachState};
use domain::policy::{OfficeAction, may_at};
use domain::{Actor, AgencyId};
use jiff::civil::Date;
use std::fmt::Debug;
use store::Tx;
use store::access::log_change;
use store::outreach::{self, Outreach, Photo};

/// Activities on a page of a list.
const ROWS: usize = 25;

/// An activity to be planned.
#[derive(Debug, Clone, PartialEq)]
pub struct NewOutreach {
    /// Whose it is.
    pub office: AgencyId,
    pub plan: OutreachPlan,
}

/// A change of an activity.
#[derive(Debug, Clone, PartialEq)]
pub enum OutreachChange {
    /// Another plan.
    Plan(OutreachPlan),
    /// It took place; said again, what came of it is put right.
    CarriedOut(OutreachResult),
    Cancelled,
}

/// A page of activities, the newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct OutreachList {
    pub rows: Vec<Outreach>,
    /// Before which the next page begins.
    pub next: Option<i64>,
}

/// An activity with its photos and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct OutreachView {
    pub outreach: Outreach,
    pub photos: Vec<Photo>,
    pub effect: Option<Effect>,
    /// Whether the viewer changes it.
    pub may_change: bool,
}

/// A write under the key of its client, with a digest of what is asked.
#[derive(Clone)]
struct Keyed {
    key: String,
    fingerprint: String,
}

impl Keyed {
    fn new(by: &Actor, verb: &str, key: &str, asked: &impl Debug) -> Keyed {
        Keyed { key: digest(&format!("{by:?}:outreach:{verb}:{key}")), fingerprint: digest(&format!("{asked:?}")) }
    }

    /// The activity that was written before under this key.
    async fn known(&self, tx: &mut Tx) -> Result<Option<i64>> {
        match outreach::find_write(tx, &self.key).await? {
            Some((fingerprint, id)) if fingerprint == self.fingerprint => Ok(Some(id)),
            Some(_) => Err(Error::Conflict(Conflict::KeyReused)),
            None => Ok(None),
        }
    }

    async fn note(&self, tx: &mut Tx, id: i64) -> Result<()> {
        match outreach::note_write(tx, &self.key, &self.fingerprint, id).await? {
            true => Ok(()),
            false => Err(Error::Overtaken),
        }
    }
}

impl App {
    /// Plans an activity. The same key plans it once.
    pub async fn plan_outreach(&self, by: &Actor, new: NewOutreach, key: &str) -> Result<i64> {
        self.plans_outreach(by, new.office)?;
        let (keyed, id, by) = (Keyed::new(by, "plan", key, &new), self.id(), *by);
        again_when_overtaken(|| {
            let (app, new, keyed) = (self.clone(), new.clone(), keyed.clone());
            self.db.write(move |tx| Box::pin(async move { app.plan_outreach_in(tx, &by, new, id, keyed).await }))
        })
        .await
    }

    async fn plan_outreach_in(&self, tx: &mut Tx, by: &Actor, new: NewOutreach, id: i64, keyed: Keyed) -> Result<i64> {
        if let Some(known) = keyed.known(tx).await? {
            return Ok(known);
        }
        keyed.note(tx, id).await?;
        let at = self.now();
        let row = Outreach {
            id,
            agency: new.office,
            state: OutreachState::Planned,
            plan: new.plan,
            result: None,
            seq: 1,
            made_by: by.user(),
            made_at: at,
            changed_at: at,
        };
        outreach::insert(tx, &row, self.reference().rules.agencies.root_of(new.office)).await?;
        self.log_outreach(tx, by, id, "planned").await?;
        Ok(id)
    }

    /// Changes an activity that is still as the officer saw it, or says why not. The same key changes it once.
    pub async fn change_outreach(
        &self,
        by: &Actor,
        id: i64,
        seen: u32,
        change: OutreachChange,
        key: &str,
    ) -> Result<std::result::Result<(), OutreachFault>> {
        let (keyed, by) = (Keyed::new(by, &format!("change:{id}"), key, &change), *by);
        again_when_overtaken(|| {
            let (app, change, keyed) = (self.clone(), change.clone(), keyed.clone());
            self.db.write(move |tx| {
                Box::pin(async move { app.change_outreach_in(tx, &by, (id, seen), change, keyed).await })
            })
        })
        .await
    }

    async fn change_outreach_in(
        &self,
        tx: &mut Tx,
        by: &Actor,
        (id, seen): (i64, u32),
        change: OutreachChange,
        keyed: Keyed,
    ) -> Result<std::result::Result<(), OutreachFault>> {
        let was = outreach::load(tx, id).await?.ok_or(Error::NotFound)?;
        self.plans_outreach(by, was.agency)?;
        if keyed.known(tx).await?.is_some() {
            return Ok(Ok(()));
        }
        // The day in the east of the country: an activity may be told there on its own morning.
        let today = domain::time::Zone::Wit.day(self.now());
        let moved = match &change {
            OutreachChange::Plan(_) => was.state.plan_anew(),
            OutreachChange::CarriedOut(_) => was.state.carry_out(was.plan.day, today),
            OutreachChange::Cancelled => was.state.cancel(),
        };
        let state = match moved {
            Ok(state) => state,
            Err(fault) => return Ok(Err(fault)),
        };
        keyed.note(tx, id).await?;
        let present = was.seq;
        let was = Outreach { state, seq: seen, changed_at: self.now(), ..was };
        let (now, told) = match change {
            OutreachChange::Plan(plan) => (Outreach { plan, ..was }, "edited"),
            OutreachChange::CarriedOut(result) => (Outreach { result: Some(result), ..was }, "carried_out"),
            OutreachChange::Cancelled => (was, "cancelled"),
        };
        if !outreach::update(tx, &now).await? {
            return Err(Error::Conflict(Conflict::Stale { seq: present }));
        }
        self.log_outreach(tx, by, id, told).await?;
        Ok(Ok(()))
    }

    /// Activities that a seat sees, before one.
    pub async fn outreaches(&self, by: &Actor, before: Option<i64>) -> Result<OutreachList> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let seat = by.agency().ok_or(Error::Denied)?;
        let root = agencies.root_of(seat);
        let is_wide =
            root == agencies.national() || agencies.get(root).is_some_and(|agency| agency.kind == AgencyKind::Province);
        let among = Some(root).filter(|_| !is_wide);
        let sees = |one: &Outreach| looks_after(agencies, by, one.agency);
        let page = (before, ROWS as u32);
        let read =
            self.sifted(page, |one| one.id, sees, |tx, before| Box::pin(outreach::list(tx, among, before, READ)));
        let (rows, next) = read.await?;
        Ok(OutreachList { rows, next })
    }

    /// Activities that were carried out, for everybody, the latest first, before one; and before which the next begin.
    pub async fn outreaches_shown(&self, before: Option<(Date, i64)>) -> Result<(Vec<Outreach>, Option<(Date, i64)>)> {
        let before = before.unwrap_or((Date::MAX, i64::MAX));
        let mut rows = outreach::list_shown(&mut self.db.read().await?, before, ROWS as u32 + 1).await?;
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let next = rows.last().filter(|_| more).map(|last| (last.plan.day, last.id));
        Ok((rows, next))
    }

    /// One activity. Everybody sees those that were carried out.
    pub async fn outreach(&self, by: &Actor, id: i64) -> Result<OutreachView> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let mut tx = self.db.read().await?;
        let shows = |one: &Outreach| one.state == OutreachState::CarriedOut || looks_after(agencies, by, one.agency);
        let outreach = outreach::load(&mut tx, id).await?.filter(shows).ok_or(Error::NotFound)?;
        let photos = outreach::photos(&mut tx, id).await?;
        drop(tx);
        Ok(OutreachView {
            photos,
            effect: self.effect_of(&outreach).await?,
            may_change: may_at(agencies, by, OfficeAction::PlanOutreach, outreach.agency),
            outreach,
        })
    }

    pub(super) fn plans_outreach(&self, by: &Actor, office: AgencyId) -> Result<()> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        agencies.get(office).ok_or(Error::NotFound)?;
        match may_at(agencies, by, OfficeAction::PlanOutreach, office) {
            true => Ok(()),
            false => Err(Error::Denied),
        }
    }

    pub(super) async fn log_outreach(&self, tx: &mut Tx, by: &Actor, id: i64, what: &str) -> Result<()> {
        let change = format!("{{\"change\":\"{what}\"}}");
        Ok(log_change(tx, self.id(), self.now(), by.user(), "outreach", &id.to_string(), &change).await?)
    }
}

/// Whether a seat sees what an office plans: its own admins and whoever sees its figures.
fn looks_after(agencies: &AgencyTree, by: &Actor, office: AgencyId) -> bool {
    [OfficeAction::PlanOutreach, OfficeAction::SeeFigures]
        .into_iter()
        .any(|action| may_at(agencies, by, action, office))
}
