//! Awards as formulas of data: inputs, weights and the whole working of every score are told.

mod formula;
mod input;

pub use formula::{Combine, Formula, FormulaFault, Term};
pub use input::{Input, Value};

use crate::ids::AgencyId;
use crate::measure::Sums;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An office that is considered.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    pub office: AgencyId,
    pub sums: &'a Sums,
}

/// How a score came about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Working {
    pub office: AgencyId,
    pub reports: u64,
    /// A value for each term of the formula, in their order.
    pub values: Vec<Value>,
    /// Thousandths, rounded half up; nothing where a value is missing or there are too few reports.
    pub score: Option<u64>,
    /// The same for the same score.
    pub rank: Option<u32>,
}

/// Scores all candidates by a formula, from the best on; those without a score come last. `today` is the day in Jakarta of
/// the instant that the figures are of.
pub fn judge(formula: &Formula, candidates: &[Candidate], today: Date) -> Vec<Working> {
    let field = input::Field::of(candidates);
    let mut found: Vec<Working> = candidates
        .iter()
        .map(|one| {
            let reports = one.sums.reports();
            let values: Vec<Value> =
                formula.terms.iter().map(|term| term.input.read(one.sums, &field, term.target, today)).collect();
            let score = formula.score(&values).filter(|_| reports >= formula.least);
            Working { office: one.office, reports, values, score, rank: None }
        })
        .filter(|one| one.reports > 0)
        .collect();
    found.sort_by(|one, other| other.score.cmp(&one.score).then(one.office.cmp(&other.office)));
    let scores: Vec<Option<u64>> = found.iter().map(|one| one.score).collect();
    for one in &mut found {
        let better = scores.iter().filter(|score| **score > one.score).count();
        one.rank = one.score.and_then(|_| u32::try_from(better + 1).ok());
    }
    found
}
