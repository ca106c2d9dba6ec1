//! Action plans: asked for by night where a share is too small, carried out by their owner, judged by a supervisor.

use crate::keys::digest;
use crate::sifted::READ;
use crate::{App, Conflict, Error, Result};
use domain::agency::AgencyTree;
use domain::measure::{Figure, Measure, Tally};
use domain::oversight::{Semester, is_below};
use domain::policy::{OfficeAction, may_at};
use domain::text::Remark;
use domain::{Actor, AgencyId, ReportId};
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::access::log_change;
use store::plan::{self, Plan, PlanRemark, PlanState, PlanStep};
use store::{notice, standing};

/// A plan as one viewer may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanView {
    pub plan: Plan,
    pub steps: Vec<PlanStep>,
    pub remarks: Vec<PlanRemark>,
    /// Whether the viewer works on it.
    pub may_work: bool,
    /// Whether the viewer may say that it was carried out, or send it back.
    pub may_judge: bool,
}

/// What may be done to a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanAct {
    AddStep {
        text: Remark,
        due: Date,
    },
    FinishStep {
        step: i64,
    },
    Remark {
        text: Remark,
    },
    /// The owner says that everything was carried out.
    Report,
    /// A supervisor agrees.
    Verify,
    /// A supervisor does not.
    SendBack,
}

/// The office that has to see to an agency's plan: the main admin of the province that supervises it, or its own.
pub(crate) fn owner_of(agencies: &AgencyTree, agency: AgencyId) -> AgencyId {
    agencies.main_admin_of(agencies.supervisor_of(agency).unwrap_or(agency))
}

impl App {
    /// Asks for a plan of every agency whose share of the judged half year is below the threshold, once for an
    /// agency and half year. Returns how many were new.
    pub async fn ask_for_plans(&self, semester: Semester) -> Result<usize> {
        let reference = self.reference();
        let period = semester.name();
        let counted = standing::list(&mut self.db.read().await?, &period).await?;
        let threshold = self.threshold().await?;
        let mut tallies: BTreeMap<AgencyId, Tally> = BTreeMap::new();
        for one in counted.iter().filter(|one| !one.sealed && one.root != reference.rules.agencies.national()) {
            tallies.entry(one.root).or_default().add(one.stage, one.n);
        }
        let mut new = 0;
        for (agency, tally) in tallies {
            let share = tally.measure(Measure::Completion);
            if is_below(share, threshold) {
                new += usize::from(self.ask_for_plan(agency, &period, share, threshold).await?);
            }
        }
        Ok(new)
    }

    async fn ask_for_plan(&self, agency: AgencyId, period: &str, share: Figure, threshold: u64) -> Result<bool> {
        let now = self.now();
        let made = Plan {
            id: self.id(),
            agency,
            period: period.to_owned(),
            owner: owner_of(&self.reference().rules.agencies, agency),
            state: PlanState::Open,
            share,
            threshold,
            made_by: None,
            made_at: now,
            changed_at: now,
            seq: 1,
        };
        let app = self.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    if !plan::insert(tx, &made).await? {
                        return Ok(false);
                    }
                    log_change(tx, app.id(), now, None, "plan", &made.id.to_string(), "{\"made\":true}").await?;
                    let data = format!("{{\"plan\":{}}}", made.id);
                    notice::insert(tx, app.id(), made.owner, ReportId(0), "plan_asked", &data, now).await?;
                    Ok::<bool, Error>(true)
                })
            })
            .await
    }

    /// Plans that a seat may see, the newest first, before an id; and where the next page begins.
    pub async fn plans(&self, by: &Actor, before: Option<i64>, limit: u32) -> Result<(Vec<Plan>, Option<i64>)> {
        let reference = self.reference();
        let sees = |one: &Plan| sees(&reference.rules.agencies, by, one);
        self.sifted((before, limit), |one| one.id, sees, |tx, before| Box::pin(plan::list(tx, None, before, READ)))
            .await
    }

    /// One plan with its steps and remarks.
    pub async fn plan(&self, by: &Actor, id: i64) -> Result<PlanView> {
        let mut tx = self.db.read().await?;
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let found = plan::load(&mut tx, id).await?.filter(|found| sees(agencies, by, found)).ok_or(Error::NotFound)?;
        let works = may_at(agencies, by, OfficeAction::CarryOutPlan, found.owner);
        let judges = may_at(agencies, by, OfficeAction::AskPlan, found.agency);
        Ok(PlanView {
            steps: plan::steps(&mut tx, id).await?,
            remarks: plan::remarks(&mut tx, id).await?,
            may_work: works && found.state == PlanState::Open,
            may_judge: judges && found.state == PlanState::Done,
            plan: found,
        })
    }

    /// Does something to a plan. `seen` is the version that the officer saw, for what changes its state.
    pub async fn act_on_plan(&self, by: &Actor, id: i64, seen: u32, key: &str, act: PlanAct) -> Result<()> {
        let view = self.plan(by, id).await?;
        let (user, agency) = by.user().zip(by.agency()).ok_or(Error::Denied)?;
        let allowed = match act {
            PlanAct::Remark { .. } => true,
            PlanAct::AddStep { .. } | PlanAct::FinishStep { .. } | PlanAct::Report => view.may_work,
            PlanAct::Verify | PlanAct::SendBack => view.may_judge,
        };
        if !allowed {
            return Err(Error::Denied);
        }
        if act == PlanAct::Report && view.steps.iter().any(|step| step.done_at.is_none()) {
            return Err(Error::Conflict(Conflict::Stale { seq: view.plan.seq }));
        }
        let key = digest(&format!("{user}:plan:{id}:{key}"));
        let (app, now, log) = (self.clone(), self.now(), format!("{{\"act\":\"{}\"}}", act.name()));
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let state = match act {
                        PlanAct::AddStep { text, due } => {
                            let step = PlanStep { id: app.id(), body: text.as_str().to_owned(), due, done_at: None };
                            plan::add_step(tx, id, &step, &key, now).await?;
                            None
                        }
                        PlanAct::FinishStep { step } => {
                            plan::finish_step(tx, id, step, now).await?;
                            None
                        }
                        PlanAct::Remark { text } => {
                            let body = text.as_str().to_owned();
                            let remark = PlanRemark { at: now, officer: user, agency, body };
                            plan::add_remark(tx, app.id(), id, &remark, &key).await?;
                            None
                        }
                        PlanAct::Report => Some(PlanState::Done),
                        PlanAct::Verify => Some(PlanState::Verified),
                        PlanAct::SendBack => Some(PlanState::Open),
                    };
                    if let Some(state) = state
                        && !plan::set_state(tx, id, seen, state, now).await?
                    {
                        return Err(Error::Conflict(Conflict::Stale { seq: view.plan.seq }));
                    }
                    Ok::<(), Error>(log_change(tx, app.id(), now, Some(user), "plan", &id.to_string(), &log).await?)
                })
            })
            .await
    }
}

impl PlanAct {
    fn name(&self) -> &'static str {
        match self {
            PlanAct::AddStep { .. } => "add_step",
            PlanAct::FinishStep { .. } => "finish_step",
            PlanAct::Remark { .. } => "remark",
            PlanAct::Report => "report",
            PlanAct::Verify => "verify",
            PlanAct::SendBack => "send_back",
        }
    }
}

/// Its owner, whoever may ask the agency for it, and the agency itself.
fn sees(agencies: &AgencyTree, by: &Actor, plan: &Plan) -> bool {
    may_at(agencies, by, OfficeAction::CarryOutPlan, plan.owner)
        || may_at(agencies, by, OfficeAction::SeeFigures, plan.agency)
}
