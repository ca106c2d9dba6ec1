//! What a leader wants to know on one page: how the half year goes, what presses now, and what was promised.

use super::overview::{OfficeRow, Order, supervises};
use crate::measures::{GroupRow, Measures, Question};
use crate::{App, Error, Result};
use domain::measure::{Cut, Group, Measure, Period};
use domain::oversight::Semester;
use domain::policy::{OfficeAction, may_at};
use domain::surge::SurgeState;
use domain::time::Zone;
use domain::{Actor, AgencyId};
use jiff::{Timestamp, ToSpan};
use store::plan::{Plan, PlanState};
use store::surge::Surge;

/// What a leader looks at first.
const FIRST: [Measure; 6] = [
    Measure::Received,
    Measure::Completion,
    Measure::FollowUp,
    Measure::Punctuality,
    Measure::ResponseMedian,
    Measure::Rating,
];
/// Lines of each part.
const LINES: u32 = 5;
/// Months that are drawn, this one included.
const MONTHS: i64 = 12;

/// One page.
#[derive(Debug, Clone)]
pub struct OnePage {
    /// The agency or office; the country where it is absent.
    pub office: Option<AgencyId>,
    /// This half year until today, and the one before.
    pub now: GroupRow,
    pub before: GroupRow,
    pub as_of: Timestamp,
    pub months: Measures,
    pub topics: Measures,
    /// What stands now in all offices, and those with most late reports.
    pub sum: OfficeRow,
    pub pressed: Vec<OfficeRow>,
    pub measured: Option<Timestamp>,
    /// Warnings that stand, and plans that are not verified, the newest first.
    pub surges: Vec<Surge>,
    pub plans: Vec<Plan>,
}

impl App {
    /// The page of a seat that supervises. Figures count sealed reports where the seat may know of them.
    pub async fn one_page(&self, by: &Actor) -> Result<OnePage> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let seat = by.agency().filter(|_| supervises(agencies, by)).ok_or(Error::Denied)?;
        let root = agencies.root_of(seat);
        let of = if may_at(agencies, by, OfficeAction::SeeFigures, root) { root } else { seat };
        let office = Some(of).filter(|office| *office != agencies.national());
        let today = Zone::Wib.day(self.now());
        let half = Semester::of(today);
        let before = half.first().yesterday().map(Semester::of).unwrap_or(half);
        let of_year = today.first_of_month().checked_sub((MONTHS - 1).months()).unwrap_or(today);
        // Whole months are read from their sums.
        let cut = |from, to| Cut { office, ..Cut::of(from, to) };
        let ask = |measures: &[Measure], cut: Cut, group, limit| {
            let measures = measures.to_vec();
            Question { measures, cut, as_of: None, group, skip: 0, limit }
        };
        let this = cut(half.first(), half.last());
        let whole = [ask(&FIRST, this.clone(), None, 1), ask(&[Measure::Received], this, Some(Group::Category), LINES)];
        let [now, topics] = <[Measures; 2]>::try_from(self.told(by, &whole).await?).map_err(|_| narrow())?;
        let last = self.told(by, &[ask(&FIRST, cut(before.first(), before.last()), None, 1)]).await?.pop();
        let year = ask(
            &[Measure::Received],
            cut(of_year, today.last_of_month()),
            Some(Group::Time(Period::Month)),
            MONTHS as u32,
        );
        let months = self.told(by, &[year]).await?.pop().ok_or_else(narrow)?;
        let overview = self.overview(by, None, Order::Late).await?;
        let (surges, _) = self.surges(by, None, LINES * 4).await?;
        let (plans, _) = self.plans(by, None, LINES * 4).await?;
        let few = LINES as usize;
        Ok(OnePage {
            office,
            as_of: now.as_of,
            now: first(now)?,
            before: first(last.ok_or_else(narrow)?)?,
            months,
            topics,
            sum: overview.sum,
            pressed: overview.rows.into_iter().filter(|row| row.late > 0).take(few).collect(),
            measured: overview.measured,
            surges: surges.into_iter().filter(|one| one.state != SurgeState::Over).take(few).collect(),
            plans: plans.into_iter().filter(|one| one.state != PlanState::Verified).take(few).collect(),
        })
    }

    async fn told(&self, by: &Actor, questions: &[Question]) -> Result<Vec<Measures>> {
        self.measures_of(by, questions).await?.ok_or_else(narrow)
    }
}

fn first(told: Measures) -> Result<GroupRow> {
    told.rows.into_iter().next().ok_or_else(narrow)
}

/// A question without groups has one answer, unless too much would have to be read for it.
fn narrow() -> Error {
    Error::Broken("the figures of a half year are too many to be read".into())
}
