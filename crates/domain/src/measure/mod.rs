//! Named statistics, each defined once.
//!
//! A figure is a numerator and a denominator; whoever shows it shows both. What a report contributes is a [`Fact`],
//! made of its log alone; facts are added up to [`Sums`], and each [`Measure`] is read from those.

mod cut;
mod definition;
mod fact;
mod period;
mod reading;
mod sums;
mod walk;

pub use cut::{Cut, Group, Sight, Veil, first_of_month, month_number};
pub use definition::{Definition, Measure, Source, Unit};
pub use fact::{Fact, Timely, fact};
pub use period::Period;
pub use reading::{Part, Reading};
pub use sums::{Item, Side, Sums};

use crate::deadline::{Deadline, Limit};
use crate::due;
use crate::report::{Report, Rulebook, StageKind};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How many reports stand in each stage, over some selection of reports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally(Vec<(StageKind, u64)>);

/// A share that says what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    pub numerator: u64,
    pub denominator: u64,
}

impl Figure {
    /// The share in hundredths of a percent, rounded half up: 9578 for 95.78 %. `None` of nothing.
    pub fn basis_points(self) -> Option<u64> {
        (self.denominator > 0).then(|| (self.numerator * 20_000 / self.denominator).div_ceil(2))
    }
}

impl Tally {
    /// Adds reports in a stage.
    pub fn add(&mut self, stage: StageKind, reports: u64) {
        match self.0.iter_mut().find(|(known, _)| *known == stage) {
            Some((_, count)) => *count += reports,
            None => self.0.push((stage, reports)),
        }
    }

    /// Reports in one stage.
    pub fn of(&self, stage: StageKind) -> u64 {
        self.sum(|known| known == stage)
    }

    /// All reports.
    pub fn all(&self) -> u64 {
        self.sum(|_| true)
    }

    /// Reports in the stages that the public calls `waiting`, `process`, `done` or `archived`.
    pub fn simple(&self, word: &str) -> u64 {
        self.sum(|stage| stage.simple() == word)
    }

    /// A statistic of this tally; of nothing for one that stages do not tell.
    pub fn measure(&self, measure: Measure) -> Figure {
        measure.of_stages(|wanted| self.sum(wanted)).unwrap_or(Figure { numerator: 0, denominator: 0 })
    }

    fn sum(&self, wanted: impl Fn(StageKind) -> bool) -> u64 {
        self.0.iter().filter(|(stage, _)| wanted(*stage)).map(|(_, count)| count).sum()
    }
}

/// Whether everything about a report was in time so far: the first answer, the finish, and each compulsory part of a
/// supporting unit, also one that was given back or withdrawn. A transfer, a return and a repeated asking move no clock.
pub fn is_punctual(rules: &Rulebook, report: &Report, now: Timestamp) -> bool {
    let until = report.clocks.ended.unwrap_or(now).min(now);
    let by =
        |clock: Option<Deadline>, done: Option<Timestamp>| clock.is_none_or(|clock| done.unwrap_or(until) <= clock.due);
    let first = report.clocks.disposed.and_then(|at| due::from(rules, report, Limit::FirstAnswer, at, now));
    let mut compulsory = report.parts.iter().filter(|part| part.compulsory);
    by(first, report.clocks.answered)
        && by(due::completion(rules, report, now), report.clocks.ended)
        && compulsory.all(|part| by(due::part(rules, report, part, now), part.state.settled_at()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(stages: &[(StageKind, u64)]) -> Tally {
        let mut tally = Tally::default();
        stages.iter().for_each(|(stage, count)| tally.add(*stage, *count));
        tally
    }

    #[test]
    fn kalsel_first_half_of_2021_is_95_78_percent() {
        let kalsel =
            tally(&[(StageKind::ClosedByOfficer, 500), (StageKind::ClosedBySystem, 22), (StageKind::Disposed, 23)]);
        let figure = kalsel.measure(Measure::Completion);
        assert_eq!(figure, Figure { numerator: 522, denominator: 545 });
        assert_eq!(figure.basis_points(), Some(9_578));
    }

    #[test]
    fn kalsel_2023_is_finished_to_97_32_percent_and_followed_up_wholly() {
        let kalsel = tally(&[(StageKind::ClosedByOfficer, 363), (StageKind::Answered, 10)]);
        assert_eq!(kalsel.measure(Measure::Completion).basis_points(), Some(9_732));
        assert_eq!(kalsel.measure(Measure::FollowUp).basis_points(), Some(10_000));
    }

    #[test]
    fn kukar_2020_is_followed_up_to_90_48_and_finished_to_85_71_percent() {
        let kukar = tally(&[(StageKind::ClosedByOfficer, 18), (StageKind::Answered, 1), (StageKind::Disposed, 2)]);
        assert_eq!(kukar.measure(Measure::FollowUp).basis_points(), Some(9_048));
        assert_eq!(kukar.measure(Measure::Completion).basis_points(), Some(8_571));
        assert_eq!(kukar.simple("waiting"), 2);
    }

    #[test]
    fn nothing_has_no_percentage() {
        assert_eq!(Tally::default().measure(Measure::Completion).basis_points(), None);
    }
}
