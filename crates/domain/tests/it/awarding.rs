//! Awards: every score can be worked out by hand.

use crate::fixture::*;
use crate::wish::*;
use domain::AgencyId;
use domain::award::{Candidate, Combine, Formula, FormulaFault, Input, Term, Working, judge};
use domain::measure::{Fact, Side, Sums, Timely, fact};
use domain::ranking::League;
use domain::report::StageKind;

fn shipped() -> Vec<Formula> {
    serde_json::from_str(include_str!("../../../../data/award/formulas.json")).unwrap()
}

fn formula(code: &str) -> Formula {
    shipped().into_iter().find(|formula| formula.code == code).unwrap()
}

/// An office with so many reports, followed up, in time of those asked, and rated.
struct Office {
    all: usize,
    followed: usize,
    in_time: usize,
    late: usize,
    ratings: Vec<u8>,
    /// Working hours to the first answer.
    answers: Vec<u32>,
}

const IDLE: Office = Office { all: 0, followed: 0, in_time: 0, late: 0, ratings: vec![], answers: vec![] };

impl Office {
    fn sums(&self) -> Sums {
        let log = [(instant("2026-05-04T09:00"), submitted_to(KALSEL, Some(KALSEL)))];
        let one = fact(rules(), REPORT, &log).unwrap();
        let mut sums = Sums::default();
        for n in 0..self.all {
            let timely = match n {
                n if n < self.in_time => Timely::Done { until: None },
                n if n < self.in_time + self.late => Timely::Late,
                _ => Timely::No,
            };
            let stage = if n < self.followed { StageKind::Answered } else { StageKind::Disposed };
            let (rating, response) = (self.ratings.get(n).copied(), self.answers.get(n).copied());
            let fact = Fact { stage, timely, rating, response, ..one.clone() };
            sums.add(&fact, Side::Held, 1);
            sums.add(&fact, Side::Answerable, 1);
        }
        sums
    }
}

fn judged(formula: &Formula, offices: &[Office]) -> Vec<Working> {
    let sums: Vec<Sums> = offices.iter().map(Office::sums).collect();
    let candidates = (1..).zip(&sums).map(|(id, sums)| Candidate { office: AgencyId(id), sums });
    judge(formula, &candidates.collect::<Vec<_>>(), date("2026-06-01"))
}

#[test]
fn a_product_is_follow_up_times_punctuality_times_volume() {
    let large = Office { all: 50, followed: 40, in_time: 30, late: 10, ..IDLE };
    let small = Office { all: 10, followed: 10, in_time: 10, ..IDLE };
    let few = Office { all: 9, followed: 9, in_time: 9, ..IDLE };
    let found = judged(&formula("follow_up_units"), &[large, small, few]);
    let scores: Vec<_> = found.iter().map(|one| (one.office.0, one.rank, one.score)).collect();
    // 0.8 × 0.75 × 1; 1 × 1 × ln 11 ÷ ln 51; too few.
    assert_eq!(scores, [(2, Some(1), Some(610)), (1, Some(2), Some(600)), (3, None, None)]);
    let values: Vec<_> = found[1].values.iter().map(|value| (value.numerator, value.denominator)).collect();
    assert_eq!(values, [(40, 50), (30, 40), (50, 50)]);
}

#[test]
fn a_sum_draws_few_ratings_to_the_mean_of_all() {
    let many = Office { all: 40, followed: 40, in_time: 40, ratings: vec![4; 40], ..IDLE };
    let lucky = Office { all: 40, followed: 40, in_time: 40, ratings: vec![5], ..IDLE };
    let unrated = Office { all: 40, followed: 40, in_time: 40, ..IDLE };
    let found = judged(&formula("follow_up_local"), &[many, lucky, unrated]);
    let score = |id: i64| found.iter().find(|one| one.office.0 == id).unwrap().score.unwrap();
    // The mean of all is 165 ÷ 41 = 4.0244; one five among ten of these is 4.1131, and (4.1131 − 1) ÷ 4 = 0.778.
    assert_eq!((score(1), score(2), score(3)), (2_751, 2_778, 2_756));
}

/// AV8 of the domain notes: 207, 120 and 111 percent of a target.
#[test]
fn more_than_a_target_is_more_than_a_hundred_percent() {
    let prompt = |n: usize| Office { all: n + 5, answers: [vec![72; n], vec![73; 5]].concat(), ..IDLE };
    let found = judged(&formula("responsive_units"), &[prompt(111), prompt(207), prompt(120)]);
    let told: Vec<_> =
        found.iter().map(|one| (one.score, one.values[0].numerator, one.values[0].denominator)).collect();
    assert_eq!(told, [(Some(207_000), 207, 100), (Some(120_000), 120, 100), (Some(111_000), 111, 100)]);
}

#[test]
fn a_missing_value_is_no_zero_and_the_same_score_is_the_same_place() {
    let unasked = Office { all: 20, followed: 20, ..IDLE };
    let one = || Office { all: 20, followed: 10, in_time: 20, ..IDLE };
    let found = judged(&formula("follow_up_units"), &[unasked, one(), one()]);
    let ranks: Vec<_> = found.iter().map(|one| (one.office.0, one.rank, one.score)).collect();
    assert_eq!(ranks, [(2, Some(1), Some(500)), (3, Some(1), Some(500)), (1, None, None)]);
}

#[test]
fn a_formula_that_cannot_be_reckoned_with_is_told() {
    assert!(shipped().iter().all(|formula| formula.check().is_ok()));
    let of = |terms: Vec<Term>| Formula {
        code: "rancangan".into(),
        version: 1,
        league: League::Units,
        least: 1,
        combine: Combine::Sum,
        scale: 1,
        terms,
    };
    let term = |input, weight| Term { input, weight, target: None };
    assert_eq!(of(vec![]).check(), Err(FormulaFault::Terms));
    assert_eq!(of(vec![term(Input::FollowUp, 0)]).check(), Err(FormulaFault::Terms));
    assert_eq!(of(vec![term(Input::FollowUp, 1_001)]).check(), Err(FormulaFault::Weight));
    assert_eq!(of(vec![term(Input::Prompt, 100)]).check(), Err(FormulaFault::Target));
    let doubled = of(vec![term(Input::FollowUp, 200), term(Input::Completion, 0)]);
    let office = Office { all: 20, followed: 10, ..IDLE };
    assert_eq!(judged(&doubled, &[office])[0].score, Some(1_000));
}
