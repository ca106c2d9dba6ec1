//! What was suggested, why, and what lost: kept with every decision.

use crate::ids::{AgencyId, CategoryId};
use crate::region::RegionCode;
use crate::report::Class;
use serde::{Deserialize, Serialize};

/// What a rule can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Class,
    Category,
    Office,
}

impl Outcome {
    /// The name in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Class => "class",
            Outcome::Category => "category",
            Outcome::Office => "office",
        }
    }
}

/// What a suggestion rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    Rule {
        owner: AgencyId,
        version: u32,
        number: u32,
        /// Words of the rule that stand in the text, as the rule has them.
        words: Vec<String>,
        region: Option<RegionCode>,
        category: Option<CategoryId>,
        /// The rule names a unit that the government does not have, so that it goes to the government itself.
        unit_missing: Option<String>,
    },
    /// No rule says anything: as the report has it.
    AsReported,
    /// No rule fits: the agency that the reporter chose.
    Chosen,
    /// No rule fits and nobody was chosen: the government of the place.
    Government,
    /// Nothing else is within reach of this seat: its own office.
    OwnOffice,
    /// Nothing is known; the officer decides without a suggestion.
    Nothing,
}

/// Why a rule that fits was not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LostBy {
    /// Another one says more: more of its words, a deeper category, a smaller region.
    LessSpecific,
    /// Another one says as much and stands before it.
    LaterInOrder,
    /// A rule of an office nearer to the case was followed.
    FartherOffice,
    /// The seat cannot dispose there.
    OutOfReach,
    /// The office is closed on that day.
    Closed,
    /// It is with that office already.
    AlreadyThere,
    /// The place has no such office.
    NoSuchOffice,
    /// The report has a category already, which a rule does not overrule.
    HasOne,
}

impl LostBy {
    /// All reasons.
    pub const ALL: [LostBy; 8] = [
        LostBy::LessSpecific,
        LostBy::LaterInOrder,
        LostBy::FartherOffice,
        LostBy::OutOfReach,
        LostBy::Closed,
        LostBy::AlreadyThere,
        LostBy::NoSuchOffice,
        LostBy::HasOne,
    ];

    /// The name in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            LostBy::LessSpecific => "less_specific",
            LostBy::LaterInOrder => "later_in_order",
            LostBy::FartherOffice => "farther_office",
            LostBy::OutOfReach => "out_of_reach",
            LostBy::Closed => "closed",
            LostBy::AlreadyThere => "already_there",
            LostBy::NoSuchOffice => "no_such_office",
            LostBy::HasOne => "has_one",
        }
    }
}

/// A rule that fits and was not followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    pub owner: AgencyId,
    pub number: u32,
    pub by: LostBy,
    /// The office it would have led to, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<AgencyId>,
}

/// The reason of one outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    pub what: Outcome,
    pub because: Because,
    /// The best of those that lost, five at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<Lost>,
}

/// What is suggested for a report, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    pub class: Class,
    pub supervisory: bool,
    pub category: Option<CategoryId>,
    pub office: Option<AgencyId>,
    /// One reason for each outcome: class, category, office.
    pub why: Vec<Why>,
}

impl Suggestion {
    /// The reason of an outcome.
    pub fn reason(&self, what: Outcome) -> Option<&Why> {
        self.why.iter().find(|why| why.what == what)
    }
}
