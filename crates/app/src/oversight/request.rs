//! A supervisor asks for action plans: of agencies whose finished share of any half year is too small.

use super::plan::owner_of;
use crate::keys::digest;
use crate::measures::Grouping;
use crate::{App, Error, Result};
use domain::measure::{Cut, Figure, Group, Measure, Sight};
use domain::oversight::{Semester, is_below};
use domain::policy::{OfficeAction, may_at};
use domain::text::Remark;
use domain::time::Zone;
use domain::{Actor, AgencyId, ReportId};
use std::collections::HashMap;
use store::access::log_change;
use store::notice;
use store::plan::{self, Plan, PlanRemark, PlanState};

/// An agency that finished too little in a half year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    pub agency: AgencyId,
    /// What it finished of all that came in, sealed reports left out.
    pub share: Figure,
    /// The plan that it has for this half year.
    pub plan: Option<i64>,
}

impl App {
    /// Whether a seat asks any parent agency for plans.
    pub fn may_ask_for_plans(&self, by: &Actor) -> bool {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let mut roots = agencies.iter().filter(|office| agencies.root_of(office.id) == office.id);
        roots.any(|root| may_at(agencies, by, OfficeAction::AskPlan, root.id))
    }

    /// Agencies that a seat may ask for a plan and whose finished share of a half year is below the threshold, the smallest
    /// share first.
    pub async fn behind(&self, by: &Actor, semester: Semester) -> Result<Vec<Behind>> {
        let threshold = self.threshold().await?;
        let cut = Cut::of(semester.first(), semester.last());
        let by_agency = [Grouping { group: Some(Group::Agency), of_stages: true }];
        let found = self.buckets(&cut, None, Sight::Public, &by_agency).await?;
        let plans: HashMap<AgencyId, i64> =
            plan::of_period(&mut self.db.read().await?, &semester.name()).await?.into_iter().collect();
        let (reference, today) = (self.reference(), Zone::Wib.day(self.now()));
        let agencies = &reference.rules.agencies;
        let behind = found.into_iter().flatten().flatten().filter_map(|(key, sums)| {
            let agency = AgencyId(key.parse().ok()?);
            let done = Measure::Completion.read(&sums, None, today);
            let share = Figure { numerator: u64::try_from(done.numerator).ok()?, denominator: done.denominator };
            let asks = agency != agencies.national() && may_at(agencies, by, OfficeAction::AskPlan, agency);
            (asks && is_below(share, threshold)).then(|| Behind { agency, share, plan: plans.get(&agency).copied() })
        });
        let mut behind: Vec<Behind> = behind.collect();
        behind.sort_by_key(|one| (one.share.basis_points(), one.agency));
        Ok(behind)
    }

    /// Asks an agency that is behind for a plan, and says what is expected of it. Where it has one for the half year, what is
    /// said goes there. Returns the plan. The same key says it once.
    pub async fn request_plan(
        &self,
        by: &Actor,
        (agency, semester): (AgencyId, Semester),
        text: Remark,
        key: &str,
    ) -> Result<i64> {
        let (officer, seat) = by.user().zip(by.agency()).ok_or(Error::Denied)?;
        let behind = self.behind(by, semester).await?;
        let behind = behind.into_iter().find(|one| one.agency == agency).ok_or(Error::NotFound)?;
        let (now, threshold) = (self.now(), self.threshold().await?);
        let made = Plan {
            id: self.id(),
            agency,
            period: semester.name(),
            owner: owner_of(&self.reference().rules.agencies, agency),
            state: PlanState::Open,
            share: behind.share,
            threshold,
            made_by: Some(officer),
            made_at: now,
            changed_at: now,
            seq: 1,
        };
        let remark = PlanRemark { at: now, officer, agency: seat, body: text.as_str().to_owned() };
        let (app, key) = (self.clone(), digest(&format!("{officer}:plan:{agency}:{}:{key}", made.period)));
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let id = match plan::insert(tx, &made).await? {
                        true => made.id,
                        false => plan::find(tx, made.agency, &made.period).await?.ok_or(Error::NotFound)?,
                    };
                    plan::add_remark(tx, app.id(), id, &remark, &key).await?;
                    let data = format!("{{\"plan\":{id}}}");
                    if id == made.id {
                        notice::insert(tx, app.id(), made.owner, ReportId(0), "plan_asked", &data, now).await?;
                        log_change(tx, app.id(), now, Some(officer), "plan", &id.to_string(), "{\"made\":true}")
                            .await?;
                    }
                    Ok::<i64, Error>(id)
                })
            })
            .await
    }
}
