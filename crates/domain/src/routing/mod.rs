//! Which office a report should go to, of which class and category it is: a suggestion with its reasons.
//!
//! Rules are data, in numbered sets that an office owns. A rule has conditions (region, category, words) and
//! outcomes (class, category, office). It never disposes by itself: an officer decides, and both are kept.

mod check;
mod replay;
mod rule;
mod suggest;
mod text;
mod trace;

pub use check::{Fault, MOST_KEYWORDS, MOST_RULES, check};
pub use replay::{Agreement, Past, Replay};
pub use rule::{Keyword, Rule, RuleSet, SetState, Target};
pub use suggest::{Facts, Scope, World, suggest};
pub use text::Text;
pub use trace::{Because, Lost, LostBy, Outcome, Suggestion, Why};
