//! What a seat sees of the warnings.

use super::{government_of, sees};
use crate::sifted::READ;
use crate::{App, Error, Result};
use domain::policy::{OfficeAction, may_at};
use domain::surge::SurgeState;
use domain::{Actor, AgencyId};
use store::measure;
use store::report::Listed;
use store::surge::{self, Surge, SurgeStep};

/// Cases that a page tells.
const MOST_SHOWN: usize = 50;

/// A warning as one viewer may see it.
#[derive(Debug, Clone)]
pub struct SurgeView {
    pub surge: Surge,
    pub steps: Vec<SurgeStep>,
    /// Its latest cases, as far as everybody may read them.
    pub cases: Vec<Listed>,
    /// Whether the viewer may give it to another office, and to which.
    pub owners: Vec<AgencyId>,
    /// Whether the viewer may say what the owner will do.
    pub may_answer: bool,
}

impl App {
    /// Warnings that a seat may see, the newest first, before an id; and where the next page begins.
    pub async fn surges(&self, by: &Actor, before: Option<i64>, limit: u32) -> Result<(Vec<Surge>, Option<i64>)> {
        let reference = self.reference();
        let sees = |one: &Surge| sees(&reference.rules.agencies, by, one);
        self.sifted((before, limit), |one| one.id, sees, |tx, before| Box::pin(surge::list(tx, before, READ))).await
    }

    /// One warning with its cases and with what was done.
    pub async fn surge(&self, by: &Actor, id: i64) -> Result<SurgeView> {
        let mut tx = self.db.read().await?;
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let found = surge::load(&mut tx, id).await?.filter(|found| sees(agencies, by, found)).ok_or(Error::NotFound)?;
        let mut cases = measure::shown(&mut tx, &found.sighting.cases).await?;
        cases.sort_by_key(|listed| std::cmp::Reverse(listed.row.report.id));
        cases.truncate(MOST_SHOWN);
        let stands = found.state != SurgeState::Over;
        let mut owners = Vec::new();
        if stands && may_at(agencies, by, OfficeAction::AssignWarning, found.owner) {
            let government = government_of(agencies, &found.region);
            let above = agencies.supervisor_of(government);
            owners.extend(std::iter::once(government).chain(agencies.children(government).map(|office| office.id)));
            owners.extend(above.map(|province| agencies.main_admin_of(province)));
        }
        Ok(SurgeView {
            steps: surge::steps(&mut tx, id).await?,
            cases,
            owners,
            may_answer: stands && may_at(agencies, by, OfficeAction::AnswerWarning, found.owner),
            surge: found,
        })
    }
}
