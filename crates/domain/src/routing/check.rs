//! Whether a set of rules may be put in force.

use super::rule::{Keyword, Rule, RuleSet, Target};
use super::suggest::World;
use crate::agency::AgencyKind;
use jiff::civil::Date;
use std::collections::HashMap;

/// Most rules of one set.
pub const MOST_RULES: usize = 2_000;
/// Most words and phrases in one list of a rule.
pub const MOST_KEYWORDS: usize = 40;
/// Most characters of a word or phrase, of a unit's name and of a note.
const MOST_LETTERS: usize = 200;

/// What is wrong with a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Neither a region nor a category nor a word: it would fit everything.
    NoCondition,
    /// It says nothing.
    NoOutcome,
    UnknownRegion,
    UnknownCategory,
    UnknownOffice,
    /// The office is closed.
    OfficeClosed,
    /// The office does not stand below the owner of the set, or is the national one.
    OfficeOutside,
    /// The owner is no government of a place, so a unit of the place is never within its reach.
    NoGovernment,
    /// A phrase of which nothing is left without stop words.
    EmptyWord,
    TooManyWords,
    TooLong,
    /// Another rule has the same conditions and speaks of the same thing.
    Twice,
    TooManyRules,
}

impl Fault {
    /// All faults.
    pub const ALL: [Fault; 13] = [
        Fault::NoCondition,
        Fault::NoOutcome,
        Fault::UnknownRegion,
        Fault::UnknownCategory,
        Fault::UnknownOffice,
        Fault::OfficeClosed,
        Fault::OfficeOutside,
        Fault::NoGovernment,
        Fault::EmptyWord,
        Fault::TooManyWords,
        Fault::TooLong,
        Fault::Twice,
        Fault::TooManyRules,
    ];

    /// The name in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Fault::NoCondition => "no_condition",
            Fault::NoOutcome => "no_outcome",
            Fault::UnknownRegion => "unknown_region",
            Fault::UnknownCategory => "unknown_category",
            Fault::UnknownOffice => "unknown_office",
            Fault::OfficeClosed => "office_closed",
            Fault::OfficeOutside => "office_outside",
            Fault::NoGovernment => "no_government",
            Fault::EmptyWord => "empty_word",
            Fault::TooManyWords => "too_many_words",
            Fault::TooLong => "too_long",
            Fault::Twice => "twice",
            Fault::TooManyRules => "too_many_rules",
        }
    }
}

/// What is wrong with the rules of a set on a day, each with its number; nothing where it may be put in force.
///
/// That regions exist is for the caller to see, who knows them.
pub fn check(world: World<'_>, set: &RuleSet, on: Date) -> Vec<(u32, Fault)> {
    let mut faults = Vec::new();
    let mut known: HashMap<String, u32> = HashMap::new();
    for rule in &set.rules {
        faults.extend(of_rule(world, set, rule, on).map(|fault| (rule.number, fault)));
        if known.insert(conditions(rule), rule.number).is_some() {
            faults.push((rule.number, Fault::Twice));
        }
    }
    if set.rules.len() > MOST_RULES {
        faults.push((set.rules.last().map_or(0, |rule| rule.number), Fault::TooManyRules));
    }
    faults
}

fn of_rule(world: World<'_>, set: &RuleSet, rule: &Rule, on: Date) -> Option<Fault> {
    let keywords = || [&rule.any, &rule.all, &rule.none].into_iter();
    let category = |id| world.categories.get(id).is_some_and(|node| node.merged_into.is_none());
    let long = |text: &str| text.chars().count() > MOST_LETTERS;
    let unit = match &rule.to {
        Some(Target::Unit(called)) => called.as_str(),
        _ => "",
    };
    let checks = [
        (rule.region.is_none() && rule.category.is_none() && !rule.reads_words(), Fault::NoCondition),
        (rule.judges().is_none() && rule.suggested.is_none() && rule.to.is_none(), Fault::NoOutcome),
        (rule.category.into_iter().chain(rule.suggested).any(|id| !category(id)), Fault::UnknownCategory),
        (keywords().any(|list| list.len() > MOST_KEYWORDS), Fault::TooManyWords),
        (keywords().flatten().any(|keyword| keyword.terms.is_empty()), Fault::EmptyWord),
        (keywords().flatten().any(|keyword| long(&keyword.said)) || long(unit) || long(&rule.note), Fault::TooLong),
    ];
    let found = checks.into_iter().find(|(wrong, _)| *wrong).map(|(_, fault)| fault);
    found.or_else(|| rule.to.as_ref().and_then(|target| of_target(world, set, target, on)))
}

fn of_target(world: World<'_>, set: &RuleSet, target: &Target, on: Date) -> Option<Fault> {
    let agencies = world.agencies;
    match target {
        Target::Office(office) => match agencies.get(*office) {
            None => Some(Fault::UnknownOffice),
            Some(agency) if !agency.is_active(on) => Some(Fault::OfficeClosed),
            Some(agency) if agency.kind == AgencyKind::National => Some(Fault::OfficeOutside),
            Some(_) if !agencies.within(*office, set.owner) => Some(Fault::OfficeOutside),
            Some(_) => None,
        },
        Target::Government | Target::Unit(_) => {
            let kind = agencies.get(set.owner).map(|agency| agency.kind);
            let local = matches!(
                kind,
                Some(AgencyKind::National | AgencyKind::Province | AgencyKind::Regency | AgencyKind::City)
            );
            (!local).then_some(Fault::NoGovernment)
        }
    }
}

/// Conditions and the sort of outcome, so that two rules that can never both be followed are found.
fn conditions(rule: &Rule) -> String {
    let words = |list: &[Keyword]| {
        let mut words: Vec<String> = list.iter().map(|keyword| keyword.terms.join(" ")).collect();
        words.sort();
        words
    };
    let says = (rule.judges().is_some(), rule.suggested.is_some(), rule.to.is_some());
    format!("{:?}", (&rule.region, rule.category, words(&rule.any), words(&rule.all), words(&rule.none), says))
}
