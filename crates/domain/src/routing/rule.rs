//! What a rule says.

use crate::ids::{AgencyId, CategoryId};
use crate::region::RegionCode;
use crate::report::Class;
use serde::{Deserialize, Serialize};

/// Where a set of rules stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetState {
    /// Being written; suggests nothing.
    Draft,
    /// In force; one at most for each office.
    Active,
    /// Was in force; can be put in force again.
    Retired,
}

impl SetState {
    /// All states.
    pub const ALL: [SetState; 3] = [SetState::Draft, SetState::Active, SetState::Retired];

    /// The name in storage and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            SetState::Draft => "draft",
            SetState::Active => "active",
            SetState::Retired => "retired",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<SetState> {
        SetState::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A word or a phrase, as somebody typed it and as texts are searched for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyword {
    pub said: String,
    /// The stems in their order; stop words are left out of texts and phrases alike.
    pub terms: Vec<String>,
}

/// The office that a rule leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// One office, whatever the place.
    Office(AgencyId),
    /// The government of the report's own place: of the regency or city, where there is none of the province.
    Government,
    /// The unit of that government whose name, short name or alias begins with these words, e.g. `PUPR`;
    /// the government itself where it has no such unit.
    Unit(String),
}

/// Conditions, all of which must hold, and outcomes. At least one of each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rule {
    /// Its place in the set, from 1 on. Of two that fit equally well the first one wins.
    pub number: u32,
    /// The place is in this region, of any level.
    pub region: Option<RegionCode>,
    /// The report is of this category or of one below it.
    pub category: Option<CategoryId>,
    /// At least one of these stands in the text.
    pub any: Vec<Keyword>,
    /// All of these do.
    pub all: Vec<Keyword>,
    /// None of these does.
    pub none: Vec<Keyword>,
    pub class: Option<Class>,
    /// Berkadar pengawasan; makes the class a complaint.
    pub supervisory: bool,
    pub suggested: Option<CategoryId>,
    pub to: Option<Target>,
    /// Why the rule is there, for the next person.
    pub note: String,
}

impl Rule {
    /// Whether it looks at words.
    pub fn reads_words(&self) -> bool {
        !self.any.is_empty() || !self.all.is_empty()
    }

    /// The class that it suggests; only a complaint can be supervisory.
    pub fn judges(&self) -> Option<(Class, bool)> {
        match self.supervisory {
            true => Some((Class::Complaint, true)),
            false => self.class.map(|class| (class, false)),
        }
    }
}

/// The rules of one office in one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSet {
    /// The office for whose subtree they are made; the national one for the whole country.
    pub owner: AgencyId,
    /// Counts up for each owner from 1 on.
    pub version: u32,
    pub rules: Vec<Rule>,
}
