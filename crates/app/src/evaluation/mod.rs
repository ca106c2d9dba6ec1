//! Evaluations of complaint handling: see [`domain::evaluation`].

mod evidence;
mod outcome;
mod pack;
mod step;
mod story;

pub use evidence::{MOST_EVIDENCE, MOST_OF_QUESTION};
pub use pack::{Pack, PackFile};
pub use step::EvaluationStep;
pub use story::StorySlip;

use crate::reference::Reference;
use crate::sifted::READ;
use crate::{App, Error, Result};
use domain::agency::{Agency, AgencyTree};
use domain::evaluation::{Evaluation, Form, Working, work_out};
use domain::oversight::Semester;
use domain::policy::{OfficeAction, may_at};
use domain::time::Zone;
use domain::{Actor, AgencyId};
use std::sync::Arc;
use store::evaluation::{self, EvaluationRemark, EvaluationRow, Evidence};

/// Most lines of a history.
const MOST_REMARKS: u32 = 200;

/// Which evaluation: over a half year, of a parent agency.
pub type Which = (Semester, AgencyId);

/// An evaluation as one viewer may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct EvaluationView {
    pub which: Which,
    /// Where the agency is.
    pub zone: Zone,
    pub form: Form,
    /// As it stands; empty where nothing was written, or where the viewer may not read a draft.
    pub evaluation: Evaluation,
    /// The version of it, 0 before anything was written.
    pub seq: u32,
    pub working: Working,
    pub evidence: Vec<Evidence>,
    pub remarks: Vec<EvaluationRemark>,
    /// Whether the viewer answers for the agency.
    pub fills: bool,
    /// Whether the viewer judges it.
    pub judges: bool,
}

impl App {
    /// An evaluation of a frozen half year; one that nobody has begun is empty.
    pub async fn evaluation(&self, by: &Actor, which: Which) -> Result<EvaluationView> {
        let (semester, agency) = which;
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        if !is_evaluated(agencies, agency) || !sees(agencies, by, agency) {
            return Err(Error::NotFound);
        }
        let snapshot = self.snapshot(semester).await?.ok_or(Error::NotFound)?;
        let mut tx = self.db.read().await?;
        let row = evaluation::load(&mut tx, agency, &semester.name()).await?;
        let row = row.filter(|row| reads(agencies, by, row));
        let form = form_of(&reference, row.as_ref().map(|row| row.state.form))?.clone();
        let (evidence, remarks) = match &row {
            Some(row) => (
                evaluation::files(&mut tx, row.id, MOST_EVIDENCE).await?,
                evaluation::remarks(&mut tx, row.id, MOST_REMARKS).await?,
            ),
            None => (Vec::new(), Vec::new()),
        };
        let (evaluation, seq) = row.map_or_else(|| (Evaluation::new(&form), 0), |row| (row.state, row.seq));
        let frozen = snapshot.agency(agency).map(|one| &one.frozen);
        Ok(EvaluationView {
            which,
            zone: zone_of(&reference, agency),
            working: work_out(&form, &evaluation, frozen),
            form,
            evaluation,
            seq,
            evidence,
            remarks,
            fills: may_at(agencies, by, OfficeAction::FillEvaluation, agency),
            judges: may_at(agencies, by, OfficeAction::VerifyEvaluation, agency),
        })
    }

    /// Evaluations of a half year that a seat may see, the latest begun first, before an id; and where the next page begins.
    pub async fn evaluations(
        &self,
        by: &Actor,
        semester: Semester,
        before: Option<i64>,
        limit: u32,
    ) -> Result<(Vec<EvaluationRow>, Option<i64>)> {
        let (reference, semester) = (self.reference(), semester.name());
        let sees = |row: &EvaluationRow| sees(&reference.rules.agencies, by, row.agency);
        self.sifted(
            (before, limit),
            |row| row.id,
            sees,
            |tx, before| {
                let semester = semester.clone();
                Box::pin(async move { evaluation::list(tx, &semester, before, READ).await })
            },
        )
        .await
    }

    /// The agencies that a seat judges and that have not begun their evaluation of a frozen half year, in the order of their
    /// numbers.
    pub async fn not_begun(&self, by: &Actor, semester: Semester) -> Result<Vec<AgencyId>> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let begun = evaluation::list_begun(&mut self.db.read().await?, &semester.name()).await?;
        let today = Zone::Wib.day(self.now());
        let owes = |agency: &&Agency| {
            agency.is_active(today)
                && is_evaluated(agencies, agency.id)
                && may_at(agencies, by, OfficeAction::VerifyEvaluation, agency.id)
                && !begun.contains(&agency.id)
        };
        Ok(agencies.iter().filter(owes).map(|agency| agency.id).collect())
    }

    /// The agency whose evaluation a seat fills in, where it does.
    pub fn evaluated_by(&self, by: &Actor) -> Option<AgencyId> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let root = agencies.root_of(by.agency()?);
        may_at(agencies, by, OfficeAction::FillEvaluation, root).then_some(root)
    }
}

/// Parent agencies are evaluated, and the national office is not: it evaluates.
fn is_evaluated(agencies: &AgencyTree, agency: AgencyId) -> bool {
    agencies.get(agency).is_some() && agencies.root_of(agency) == agency && agency != agencies.national()
}

fn sees(agencies: &AgencyTree, by: &Actor, agency: AgencyId) -> bool {
    [OfficeAction::SeeEvaluation, OfficeAction::FillEvaluation, OfficeAction::VerifyEvaluation]
        .into_iter()
        .any(|action| may_at(agencies, by, action, agency))
}

/// A draft is for the agency alone.
fn reads(agencies: &AgencyTree, by: &Actor, row: &EvaluationRow) -> bool {
    let own = by.agency().is_some_and(|seat| agencies.root_of(seat) == row.agency);
    own || row.state.submitted.is_some()
}

/// A version of the form, or the latest.
fn form_of(reference: &Reference, version: Option<u16>) -> Result<&Form> {
    let fits = |form: &&Form| version.is_none_or(|version| form.version == version);
    let found = reference.forms.iter().filter(fits).max_by_key(|form| form.version);
    found.ok_or_else(|| Error::Broken(format!("no form {version:?} of the evaluation")))
}

/// Where an agency is, for the days in which it may object.
fn zone_of(reference: &Reference, agency: AgencyId) -> Zone {
    let region = reference.rules.agencies.get(agency).and_then(|agency| agency.region.as_ref());
    region.map_or(Zone::Wib, |region| reference.regions.zone(region))
}

/// A frozen half year with the fingerprint of its document.
pub(super) type FrozenHalf = (Arc<domain::snapshot::Snapshot>, String);

impl App {
    async fn frozen_half(&self, semester: Semester) -> Result<FrozenHalf> {
        let snapshot = self.snapshot(semester).await?.ok_or(Error::NotFound)?;
        let seals = self.snapshots().await?;
        let seal = seals.into_iter().find(|seal| seal.semester == semester.name()).ok_or(Error::NotFound)?;
        Ok((snapshot, seal.digest))
    }
}
