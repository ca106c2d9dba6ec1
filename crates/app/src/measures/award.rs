//! Offices judged by the formula of an award: see [`domain::award`].

use super::{Contest, most};
use crate::{App, Result};
use domain::award::{Candidate, Formula, Working, judge};
use domain::time::Zone;
use jiff::Timestamp;

/// What comes of judging.
#[derive(Debug, Clone, PartialEq)]
pub enum Judged {
    Told {
        /// What happened later is not counted.
        as_of: Timestamp,
        workings: Vec<Working>,
    },
    /// More reports would have to be looked at than one question may.
    TooWide { most: u32 },
}

impl App {
    /// Judges the offices of a contest by a formula, a draft of one as well, sealed reports left out.
    pub async fn judge(&self, formula: &Formula, contest: &Contest) -> Result<Judged> {
        let as_of = self.instant_of(contest).await?;
        let Some(field) = self.field(contest, &contest.cut).await? else {
            return Ok(Judged::TooWide { most: most(contest.as_of) });
        };
        let candidates: Vec<Candidate> =
            field.iter().map(|(office, sums)| Candidate { office: *office, sums }).collect();
        Ok(Judged::Told { as_of, workings: judge(formula, &candidates, Zone::Wib.day(as_of)) })
    }
}
