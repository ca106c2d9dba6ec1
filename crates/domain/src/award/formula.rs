//! A formula: which inputs, how heavy, and how they come together.

use super::input::{Input, Value};
use crate::ranking::League;
use serde::{Deserialize, Serialize};

/// How the terms come together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    /// Each to the power of its weight, multiplied.
    Product,
    /// Each times its weight, added up.
    Sum,
}

/// An input with its weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub input: Input,
    /// Hundredths.
    pub weight: u32,
    /// By how many the input is divided, where it is a count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<u64>,
}

/// A version of a formula.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formula {
    pub code: String,
    pub version: u16,
    pub league: League,
    /// Fewer reports than this get no score.
    pub least: u64,
    pub combine: Combine,
    /// What a whole is called: 1, or 100 for percent.
    pub scale: u32,
    pub terms: Vec<Term>,
}

/// Why something is no formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormulaFault {
    /// No term has a weight, or there are too many.
    Terms,
    /// A weight is more than ten.
    Weight,
    /// A count has no target.
    Target,
}

const MOST_TERMS: usize = 8;
const MOST_WEIGHT: u32 = 1_000;

impl Formula {
    /// Whether it can be reckoned with.
    pub fn check(&self) -> Result<(), FormulaFault> {
        if self.terms.iter().all(|term| term.weight == 0) || self.terms.len() > MOST_TERMS {
            return Err(FormulaFault::Terms);
        }
        if self.terms.iter().any(|term| term.weight > MOST_WEIGHT) {
            return Err(FormulaFault::Weight);
        }
        let aimless = |term: &Term| term.input == Input::Prompt && term.target.is_none_or(|target| target == 0);
        if self.terms.iter().any(aimless) { Err(FormulaFault::Target) } else { Ok(()) }
    }

    /// The score of values in thousandths; nothing where one is missing.
    pub(super) fn score(&self, values: &[Value]) -> Option<u64> {
        let weighted: Option<Vec<(f64, f64)>> = self
            .terms
            .iter()
            .zip(values)
            .filter(|(term, _)| term.weight > 0)
            .map(|(term, value)| Some((value.share?, f64::from(term.weight) / 100.0)))
            .collect();
        let weighted = weighted?;
        let whole = match self.combine {
            Combine::Product => weighted.iter().map(|(share, weight)| share.powf(*weight)).product::<f64>(),
            Combine::Sum => weighted.iter().map(|(share, weight)| share * weight).sum(),
        };
        Some((whole * f64::from(self.scale) * 1_000.0).round() as u64)
    }
}
