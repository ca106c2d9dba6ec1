//! The way of agencies into the system: what the system sees by itself, and what an office above tells.

use crate::reference::Reference;
use crate::{App, Error, Result};
use domain::agency::{Agency, AgencyKind};
use domain::measure::Figure;
use domain::participation::{Connectedness, OnboardingStep, has_duty};
use domain::policy::{OfficeAction, may_at};
use domain::text::Remark;
use domain::{Actor, AgencyId, RegionCode};
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::access::log_change;
use store::onboarding::{self, Ticked};

/// Agencies on a page of the list.
const ROWS: usize = 25;

/// A step of an agency.
#[derive(Debug, Clone, PartialEq)]
pub struct StepView {
    pub step: OnboardingStep,
    pub is_done: bool,
    /// What was told of it.
    pub ticked: Option<Ticked>,
}

/// An agency on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct OnboardingView {
    pub agency: AgencyId,
    pub name: String,
    pub kind: AgencyKind,
    pub seen: Connectedness,
    pub steps: Vec<StepView>,
    /// Whether the viewer says how far it is.
    pub may_note: bool,
}

impl OnboardingView {
    /// Steps that are done, of all.
    pub fn done(&self) -> Figure {
        let done = self.steps.iter().filter(|step| step.is_done).count();
        Figure { numerator: done as u64, denominator: self.steps.len() as u64 }
    }
}

/// Agencies that are not in yet, as far as a seat sees them.
#[derive(Debug, Clone, PartialEq)]
pub struct OnboardingList {
    /// Connected ones of all that the seat sees.
    pub connected: Figure,
    pub rows: Vec<OnboardingView>,
    /// Behind which agency the next page begins.
    pub next: Option<AgencyId>,
}

impl App {
    /// The agencies that have to take part and are not in, of the country or of a province, behind one.
    pub async fn onboarding(
        &self,
        by: &Actor,
        province: Option<&RegionCode>,
        after: Option<AgencyId>,
    ) -> Result<OnboardingList> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let visible = |agency: &&Agency| may_at(agencies, by, OfficeAction::SeeFigures, agency.id);
        let all: Vec<&Agency> = self.bound_to_take_part(&reference, province).filter(visible).collect();
        if all.is_empty() {
            return Err(Error::Denied);
        }
        let ids: Vec<AgencyId> = all.iter().map(|agency| agency.id).collect();
        let seen = self.connectedness(&reference, &ids).await?;
        let is_in = |agency: &Agency| seen.get(&agency.id).is_some_and(|seen| seen.is_connected());
        let connected = all.iter().filter(|agency| is_in(agency)).count();
        let mut outside: Vec<&Agency> =
            all.iter().filter(|one| !is_in(one) && after.is_none_or(|after| one.id > after)).copied().collect();
        let more = outside.len() > ROWS;
        outside.truncate(ROWS);
        let next = outside.last().filter(|_| more).map(|last| last.id);
        Ok(OnboardingList {
            connected: Figure { numerator: connected as u64, denominator: all.len() as u64 },
            rows: self.on_their_way(&reference, by, &outside, &seen).await?,
            next,
        })
    }

    /// One agency on its way.
    pub async fn onboarding_of(&self, by: &Actor, agency: AgencyId) -> Result<OnboardingView> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let visible = |one: &&Agency| has_duty(one.kind) && may_at(agencies, by, OfficeAction::SeeFigures, one.id);
        let found = agencies.get(agency).filter(visible).ok_or(Error::NotFound)?;
        let seen = self.connectedness(&reference, &[agency]).await?;
        self.on_their_way(&reference, by, &[found], &seen).await?.pop().ok_or(Error::NotFound)
    }

    async fn on_their_way(
        &self,
        reference: &Reference,
        by: &Actor,
        some: &[&Agency],
        seen: &BTreeMap<AgencyId, Connectedness>,
    ) -> Result<Vec<OnboardingView>> {
        let agencies = &reference.rules.agencies;
        let ids: Vec<AgencyId> = some.iter().map(|agency| agency.id).collect();
        let ticked = onboarding::list(&mut self.db.read().await?, &ids).await?;
        let followed_up = self.followed_up(&ids).await?;
        let step = |agency: AgencyId, step: OnboardingStep| {
            let told = ticked.iter().find(|one| one.agency == agency && one.step == step);
            let is_done = match step {
                OnboardingStep::Account => seen.get(&agency).is_some_and(|seen| seen.has_admin),
                OnboardingStep::Units => agencies.children(agency).any(|office| office.kind == AgencyKind::Unit),
                OnboardingStep::FirstAnswer => followed_up.contains(&agency),
                _ => told.is_some(),
            };
            StepView { step, is_done, ticked: told.cloned().filter(|_| !step.is_seen()) }
        };
        let view = |agency: &&Agency| OnboardingView {
            agency: agency.id,
            name: agency.name.clone(),
            kind: agency.kind,
            seen: seen.get(&agency.id).copied().unwrap_or_default(),
            steps: OnboardingStep::ALL.into_iter().map(|one| step(agency.id, one)).collect(),
            may_note: may_at(agencies, by, OfficeAction::NoteOnboarding, agency.id),
        };
        Ok(some.iter().map(view).collect())
    }

    /// Says that a step was done on a day, or takes that back (`None`). What the system sees by itself nobody tells.
    pub async fn note_onboarding(
        &self,
        by: &Actor,
        agency: AgencyId,
        step: OnboardingStep,
        done: Option<(Date, Remark)>,
    ) -> Result<()> {
        let view = self.onboarding_of(by, agency).await?;
        if !view.may_note || step.is_seen() {
            return Err(Error::Denied);
        }
        let was = view.steps.into_iter().find(|one| one.step == step).and_then(|one| one.ticked);
        let told = |one: &Ticked| (one.day, one.note.clone());
        if was.as_ref().map(told) == done.as_ref().map(|(day, note)| (*day, note.as_str().to_owned())) {
            return Ok(());
        }
        let (at, log, user, seat) = (self.now(), self.id(), by.user(), by.agency());
        let change = format!("{{\"step\":\"{}\",\"done\":{}}}", step.name(), done.is_some());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    match done {
                        None => onboarding::delete(tx, agency, step).await?,
                        Some((day, note)) => {
                            let note = note.as_str().to_owned();
                            let ticked = Ticked { agency, step, day, note, at, by: user, by_agency: seat };
                            onboarding::put(tx, &ticked).await?;
                        }
                    }
                    Ok::<(), Error>(log_change(tx, log, at, user, "onboarding", &agency.to_string(), &change).await?)
                })
            })
            .await
    }
}
