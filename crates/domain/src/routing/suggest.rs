//! The suggestion: the most specific rule of the nearest office, or a fall-back that says so.

use super::rule::{Rule, RuleSet, Target};
use super::text::Text;
use super::trace::{Because, Lost, LostBy, Outcome, Suggestion, Why};
use crate::agency::{AgencyKind, AgencyTree};
use crate::category::CategoryTree;
use crate::ids::{AgencyId, CategoryId};
use crate::region::RegionCode;
use crate::report::Class;
use jiff::civil::Date;

/// Most rules that are told as having lost.
const MOST_LOST: usize = 5;

/// Offices and categories that the rules speak of.
#[derive(Debug, Clone, Copy)]
pub struct World<'a> {
    pub agencies: &'a AgencyTree,
    pub categories: &'a CategoryTree,
}

/// What is known of a report.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub region: &'a RegionCode,
    pub category: Option<CategoryId>,
    pub class: Class,
    pub supervisory: bool,
    /// The agency that the reporter chose.
    pub chosen: Option<AgencyId>,
    pub text: &'a Text,
    /// The day for which offices must be there.
    pub on: Date,
}

/// Where the seat that decides can dispose to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// The office of the seat; the national one reaches the whole country.
    pub seat: AgencyId,
    /// An office that it may not go to, because it is there already.
    pub not: Option<AgencyId>,
}

/// A rule that fits, and how well: words found, depth of the category, depth of the region.
struct Fit<'a> {
    /// 0 for the set of the nearest office.
    distance: usize,
    set: &'a RuleSet,
    rule: &'a Rule,
    weight: (usize, usize, usize),
    words: Vec<String>,
}

/// Suggests class, category and office. `sets` are those in force for the seat, the nearest office's first.
///
/// First the category, where the report has none; then class and office with the category so found. For each, of
/// the rules that fit, the nearest office's come first, then more words found, then the deeper category, then the
/// smaller region, then the order in the set. Where no rule leads to an office within reach: the agency that the
/// reporter chose, the government of the place, the seat's own office.
pub fn suggest(world: World<'_>, sets: &[&RuleSet], facts: &Facts<'_>, scope: Scope) -> Suggestion {
    let (category, why_category) = category(world, sets, facts);
    let fits = fitting(world, sets, facts, category);
    let (class, supervisory, why_class) = class(&fits, facts);
    let (office, why_office) = office(world, &fits, facts, scope);
    Suggestion { class, supervisory, category, office, why: vec![why_class, why_category, why_office] }
}

fn category(world: World<'_>, sets: &[&RuleSet], facts: &Facts<'_>) -> (Option<CategoryId>, Why) {
    let fits = fitting(world, sets, facts, facts.category);
    let mut fits = fits.iter().filter_map(|fit| fit.rule.suggested.map(|category| (fit, category)));
    let what = Outcome::Category;
    if facts.category.is_some() {
        let lost = fits.filter(|(_, category)| Some(*category) != facts.category);
        let lost = lost.take(MOST_LOST).map(|(fit, _)| fit.lost(LostBy::HasOne, None)).collect();
        return (facts.category, Why { what, because: Because::AsReported, lost });
    }
    let Some((first, category)) = fits.next() else {
        return (None, Why { what, because: Because::Nothing, lost: Vec::new() });
    };
    let others = fits.filter(|(_, other)| *other != category);
    let lost = others.take(MOST_LOST).map(|(fit, _)| fit.lost(fit.behind(first), None)).collect();
    (Some(category), Why { what, because: first.because(None), lost })
}

fn class(fits: &[Fit<'_>], facts: &Facts<'_>) -> (Class, bool, Why) {
    let what = Outcome::Class;
    let mut fits = fits.iter().filter_map(|fit| fit.rule.judges().map(|judged| (fit, judged)));
    let Some((first, judged)) = fits.next() else {
        return (facts.class, facts.supervisory, Why { what, because: Because::AsReported, lost: Vec::new() });
    };
    let others = fits.filter(|(_, other)| *other != judged);
    let lost = others.take(MOST_LOST).map(|(fit, _)| fit.lost(fit.behind(first), None)).collect();
    (judged.0, judged.1, Why { what, because: first.because(None), lost })
}

fn office(world: World<'_>, fits: &[Fit<'_>], facts: &Facts<'_>, scope: Scope) -> (Option<AgencyId>, Why) {
    let what = Outcome::Office;
    let mut lost = Vec::new();
    let mut found: Option<(&Fit<'_>, Place)> = None;
    for fit in fits {
        let Some(target) = &fit.rule.to else { continue };
        let place = place(world.agencies, target, facts, scope);
        match (place.and_then(|place| reachable(world.agencies, place.office, facts.on, scope).map(|()| place)), &found)
        {
            (Ok(place), None) => found = Some((fit, place)),
            (Ok(place), Some((first, chosen))) if place.office != chosen.office => {
                lost.push(fit.lost(fit.behind(first), Some(place.office)));
            }
            (Ok(_), Some(_)) => {}
            (Err((by, office)), _) => lost.push(fit.lost(by, office)),
        }
    }
    lost.truncate(MOST_LOST);
    match found {
        Some((fit, place)) => (Some(place.office), Why { what, because: fit.because(place.missing), lost }),
        None => {
            let (office, because) = fall_back(world.agencies, facts, scope);
            (office, Why { what, because, lost })
        }
    }
}

fn fall_back(agencies: &AgencyTree, facts: &Facts<'_>, scope: Scope) -> (Option<AgencyId>, Because) {
    let within = |office: &AgencyId| reachable(agencies, *office, facts.on, scope).is_ok();
    if let Some(chosen) = facts.chosen.filter(within) {
        return (Some(chosen), Because::Chosen);
    }
    if let Some(government) = government(agencies, facts.region, scope).filter(within) {
        return (Some(government), Because::Government);
    }
    match within(&scope.seat) {
        true => (Some(scope.seat), Because::OwnOffice),
        false => (None, Because::Nothing),
    }
}

/// Rules whose conditions hold, the best first.
fn fitting<'a>(
    world: World<'_>,
    sets: &[&'a RuleSet],
    facts: &Facts<'_>,
    category: Option<CategoryId>,
) -> Vec<Fit<'a>> {
    let all =
        sets.iter().enumerate().flat_map(|(distance, set)| set.rules.iter().map(move |rule| (distance, set, rule)));
    let mut fits: Vec<Fit<'a>> = all
        .filter_map(|(distance, set, rule)| {
            let (weight, words) = weigh(world, rule, facts, category)?;
            Some(Fit { distance, set, rule, weight, words })
        })
        .collect();
    fits.sort_by_key(|fit| (fit.distance, std::cmp::Reverse(fit.weight), fit.rule.number));
    fits
}

/// How well a rule fits; none where it does not.
fn weigh(
    world: World<'_>,
    rule: &Rule,
    facts: &Facts<'_>,
    category: Option<CategoryId>,
) -> Option<((usize, usize, usize), Vec<String>)> {
    let region = match &rule.region {
        None => 0,
        Some(wanted) => {
            let mut line = std::iter::successors(Some(facts.region.clone()), RegionCode::parent);
            line.find(|code| code == wanted)?;
            std::iter::successors(Some(wanted.clone()), RegionCode::parent).count()
        }
    };
    let depth = match rule.category {
        None => 0,
        Some(wanted) => {
            category.filter(|own| world.categories.line(*own).any(|node| node == wanted))?;
            world.categories.line(wanted).count()
        }
    };
    let stands = |keyword: &&super::Keyword| facts.text.holds(&keyword.terms);
    if rule.none.iter().any(|keyword| stands(&keyword)) || !rule.all.iter().all(|keyword| stands(&keyword)) {
        return None;
    }
    let mut words: Vec<String> = rule.any.iter().filter(stands).map(|keyword| keyword.said.clone()).collect();
    if words.is_empty() && !rule.any.is_empty() {
        return None;
    }
    words.extend(rule.all.iter().map(|keyword| keyword.said.clone()));
    Some(((words.len(), depth, region), words))
}

/// Where a target lies, and the unit that is missing there.
struct Place {
    office: AgencyId,
    missing: Option<String>,
}

fn place(
    agencies: &AgencyTree,
    target: &Target,
    facts: &Facts<'_>,
    scope: Scope,
) -> Result<Place, (LostBy, Option<AgencyId>)> {
    let unit = match target {
        Target::Office(office) => return Ok(Place { office: *office, missing: None }),
        Target::Government => None,
        Target::Unit(called) => Some(called),
    };
    let government = government(agencies, facts.region, scope).ok_or((LostBy::NoSuchOffice, None))?;
    let Some(called) = unit else { return Ok(Place { office: government, missing: None }) };
    match unit_of(agencies, government, called, facts.on) {
        Some(office) => Ok(Place { office, missing: None }),
        None => Ok(Place { office: government, missing: Some(called.clone()) }),
    }
}

/// The government of a place, of the smallest region first, that the seat can reach; where it reaches none, the
/// smallest one.
fn government(agencies: &AgencyTree, region: &RegionCode, scope: Scope) -> Option<AgencyId> {
    let line = || std::iter::successors(Some(region.clone()), RegionCode::parent);
    let found = || line().filter_map(|code| agencies.government_of(&code)).map(|agency| agency.id);
    found().find(|id| is_within(agencies, *id, scope)).or_else(|| found().next())
}

/// A unit below a government, by the beginning of one of its names.
fn unit_of(agencies: &AgencyTree, government: AgencyId, called: &str, on: Date) -> Option<AgencyId> {
    let wanted = called.trim().to_lowercase();
    let begins = |name: &String| {
        let name = name.to_lowercase();
        name.strip_prefix(&wanted).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let mut units = agencies.children(government).filter(|unit| unit.is_active(on));
    let found = units.find(|unit| begins(&unit.short) || begins(&unit.name) || unit.aliases.iter().any(begins));
    found.map(|unit| unit.id)
}

fn is_within(agencies: &AgencyTree, office: AgencyId, scope: Scope) -> bool {
    agencies.within(office, scope.seat)
}

/// Whether the seat may dispose to an office on a day.
fn reachable(
    agencies: &AgencyTree,
    office: AgencyId,
    on: Date,
    scope: Scope,
) -> Result<(), (LostBy, Option<AgencyId>)> {
    let lost = |by| Err((by, Some(office)));
    match agencies.get(office) {
        None => lost(LostBy::NoSuchOffice),
        Some(agency) if !agency.is_active(on) => lost(LostBy::Closed),
        Some(_) if scope.not == Some(office) => lost(LostBy::AlreadyThere),
        Some(agency) if agency.kind == AgencyKind::National || !is_within(agencies, office, scope) => {
            lost(LostBy::OutOfReach)
        }
        Some(_) => Ok(()),
    }
}

impl Fit<'_> {
    fn because(&self, unit_missing: Option<String>) -> Because {
        Because::Rule {
            owner: self.set.owner,
            version: self.set.version,
            number: self.rule.number,
            words: self.words.clone(),
            region: self.rule.region.clone(),
            category: self.rule.category,
            unit_missing,
        }
    }

    /// Why another one, which comes before it, was followed.
    fn behind(&self, first: &Fit<'_>) -> LostBy {
        match self {
            _ if self.distance > first.distance => LostBy::FartherOffice,
            _ if self.weight < first.weight => LostBy::LessSpecific,
            _ => LostBy::LaterInOrder,
        }
    }

    fn lost(&self, by: LostBy, office: Option<AgencyId>) -> Lost {
        Lost { owner: self.set.owner, number: self.rule.number, by, office }
    }
}
