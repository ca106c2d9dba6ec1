//! What is promised and how finely it is told, as data with a version.

use super::Aspect;
use crate::category::CategoryTree;
use crate::ids::CategoryId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A version of the rules. A release keeps those by which it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    pub version: u16,
    /// How many people every row stands for at least.
    pub people: u32,
    /// The same for sensitive matters.
    pub sensitive_people: u32,
    /// On which day of the next month a release may be made.
    pub day: i8,
    /// What the monthly table tells beside the region: what comes first is told finest.
    pub order: Vec<Aspect>,
    /// Widths of the squares of the map in thousandths of a degree, the widest first.
    pub squares: Vec<i64>,
    /// Categories about sensitive matters, with all below them.
    pub sensitive: Vec<CategoryId>,
}

/// Why something is no set of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RulesFault {
    /// Two people at least, and no fewer for sensitive matters.
    People,
    /// Days that every month has.
    Day,
    /// What the monthly table can tell, each once.
    Order,
    /// Each width is even and divides the one before it.
    Squares,
}

impl Rules {
    /// Whether a release can be made by them.
    pub fn check(&self) -> Result<(), RulesFault> {
        let known = |aspect: &Aspect| Aspect::MONTHLY.contains(aspect);
        let distinct: BTreeSet<&Aspect> = self.order.iter().collect();
        let nested = self.squares.windows(2).all(|pair| pair[1] > 0 && pair[1] < pair[0] && pair[0] % pair[1] == 0);
        if self.people < 2 || self.sensitive_people < self.people {
            Err(RulesFault::People)
        } else if !(1..=28).contains(&self.day) {
            Err(RulesFault::Day)
        } else if !self.order.iter().all(known) || distinct.len() != self.order.len() {
            Err(RulesFault::Order)
        } else if !self.squares.iter().all(|width| *width > 0 && width % 2 == 0) || !nested {
            Err(RulesFault::Squares)
        } else {
            Ok(())
        }
    }

    /// Whether a report of a category is about a sensitive matter.
    pub fn is_sensitive(&self, categories: &CategoryTree, category: Option<CategoryId>) -> bool {
        category.is_some_and(|id| categories.line(id).any(|above| self.sensitive.contains(&above)))
    }
}
