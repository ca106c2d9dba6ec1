//! Sums of a selection: from cells where these tell it, from the facts of single reports otherwise.

use super::Buckets;
use super::fold::{NATION, agency_scope, region_scope};
use crate::reference::Reference;
use crate::{App, Result};
use domain::measure::{Cut, Fact, Group, Side, Sight, Sums, month_number};
use domain::region::RegionLevel;
use domain::time::Zone;
use domain::{AgencyId, CategoryId};
use std::collections::BTreeMap;
use store::measure::{self, Among, CellKey, Stretch};

/// Facts of single reports that one question may read.
pub(super) const MOST: u32 = 60_000;
/// Facts that are read at once.
const PAGE: u32 = 5_000;
/// Offices below one that are looked at singly; where there are more, their whole agency is looked through.
const MOST_OFFICES: usize = 20;

/// Characters of a village's code.
const VILLAGE: usize = 13;

/// What a cell is asked for.
enum Way {
    /// One scope.
    Scope(String),
    /// Many, each a group of its own.
    Scopes(Vec<(String, String)>),
}

impl App {
    /// Sums by group as they are kept now; `None` where too much would have to be read.
    pub(super) async fn of_now(
        &self,
        cut: &Cut,
        group: Option<Group>,
        sight: Sight,
        of_stages: bool,
    ) -> Result<Option<Buckets>> {
        let reference = self.reference();
        if let Some((months, way)) = self.way(&reference, cut, group, of_stages) {
            return self.of_cells(&reference, (months, way), group, sight).await.map(Some);
        }
        let mut read = 0;
        let mut buckets = Buckets::new();
        for among in amongst(&reference, cut) {
            let mut stretch = Stretch::of(cut.from, cut.to);
            loop {
                let facts = measure::list(&mut self.db.read().await?, among, stretch, PAGE).await?;
                let late_only = matches!(among, Among::LateAtRoot(_) | Among::LateAtHolder(_));
                add_up(&reference, &mut buckets, (cut, group, sight), &facts, late_only);
                read += facts.len();
                if read > MOST as usize {
                    return Ok(None);
                }
                let Some(last) = facts.last().filter(|_| facts.len() == PAGE as usize) else { break };
                stretch.after = (last.day, last.report);
            }
        }
        buckets.values_mut().for_each(Sums::prune);
        Ok(Some(buckets))
    }

    /// The cells that tell a selection, where there are such.
    fn way(
        &self,
        reference: &Reference,
        cut: &Cut,
        group: Option<Group>,
        of_stages: bool,
    ) -> Option<((i64, i64), Way)> {
        let narrow = cut.category.is_some() || cut.class.is_some() || cut.channel.is_some() || cut.stage.is_some();
        // Nothing comes in tomorrow: what ends today or later ends with its month.
        let to = if cut.to >= Zone::Wit.day(self.now()) { cut.to.last_of_month() } else { cut.to };
        let whole = Cut { to, ..cut.clone() };
        if narrow || !whole.is_of_months() {
            return None;
        }
        let months = (month_number(whole.from), month_number(whole.to));
        let agencies = &reference.rules.agencies;
        let office = cut.office.filter(|office| *office != agencies.national());
        let scope = match (office, &cut.region) {
            (None, None) => NATION.to_owned(),
            (Some(root), None) if agencies.root_of(root) == root => agency_scope(root),
            (None, Some(region)) if region.level() == RegionLevel::Province => region_scope(region),
            _ => return None,
        };
        match group {
            None | Some(Group::Month) => Some((months, Way::Scope(scope))),
            Some(Group::Category | Group::Class | Group::Channel | Group::Stage) if of_stages => {
                Some((months, Way::Scope(scope)))
            }
            Some(Group::Agency) if scope == NATION => {
                let roots = agencies.iter().filter(|office| agencies.root_of(office.id) == office.id);
                let scopes = roots.map(|root| (agency_scope(root.id), root.id.to_string()));
                Some((months, Way::Scopes(scopes.collect())))
            }
            Some(Group::Region) if scope == NATION => {
                let scopes = reference.regions.below(None).map(|(code, _)| (region_scope(code), code.to_string()));
                Some((months, Way::Scopes(scopes.collect())))
            }
            _ => None,
        }
    }

    async fn of_cells(
        &self,
        reference: &Reference,
        (months, way): ((i64, i64), Way),
        group: Option<Group>,
        sight: Sight,
    ) -> Result<Buckets> {
        let mut tx = self.db.read().await?;
        let mut buckets = Buckets::new();
        let mut put = |key: String, sums: &Sums| buckets.entry(key).or_default().merge(sums);
        let cells = match &way {
            Way::Scope(scope) => measure::of_scope(&mut tx, scope, months).await?,
            Way::Scopes(scopes) => {
                let asked: Vec<String> = scopes.iter().map(|(scope, _)| scope.clone()).collect();
                measure::of_scopes(&mut tx, &asked, months).await?
            }
        };
        let names: BTreeMap<&str, &str> = match &way {
            Way::Scope(_) => BTreeMap::new(),
            Way::Scopes(scopes) => scopes.iter().map(|(scope, key)| (scope.as_str(), key.as_str())).collect(),
        };
        for (CellKey { scope, month, .. }, sums) in cells.into_iter().filter(|(key, _)| sight.sees(key.veil)) {
            match group {
                None => put(String::new(), &sums),
                Some(Group::Month) => put(month_name(month), &sums),
                Some(Group::Agency | Group::Region) => {
                    names.get(scope.as_str()).into_iter().for_each(|key| put((*key).to_owned(), &sums));
                }
                Some(Group::Category) => sums.apart("category").for_each(|(key, sums)| {
                    let top = key.parse().ok().map(|id| reference.categories.top_of(CategoryId(id)).to_string());
                    put(top.unwrap_or_default(), &sums);
                }),
                Some(by @ (Group::Class | Group::Channel)) => {
                    sums.apart(by.name()).for_each(|(key, sums)| put(key.to_owned(), &sums));
                }
                Some(Group::Stage) => {
                    sums.each_stage().for_each(|(stage, sums)| put(stage.name().to_owned(), &sums));
                }
            }
        }
        buckets.retain(|_, sums| !sums.is_empty());
        Ok(buckets)
    }
}

/// Among whose reports a selection lies. Those for whose lateness alone an office answers come behind its own.
pub(super) fn amongst(reference: &Reference, cut: &Cut) -> Vec<Among> {
    let agencies = &reference.rules.agencies;
    match cut.office.filter(|office| *office != agencies.national()) {
        None => vec![Among::All],
        Some(root) if agencies.root_of(root) == root => vec![Among::Root(root), Among::LateAtRoot(root)],
        Some(office) => {
            let below = agencies.iter().map(|one| one.id).filter(|one| agencies.within(*one, office));
            let below: Vec<AgencyId> = below.take(MOST_OFFICES + 1).collect();
            if below.len() > MOST_OFFICES {
                let root = agencies.root_of(office);
                return vec![Among::Root(root), Among::LateAtRoot(root)];
            }
            let held = below.iter().map(|one| Among::Holder(*one));
            held.chain(below.iter().map(|one| Among::LateAtHolder(*one))).collect()
        }
    }
}

/// Adds facts to the sums of their groups. `late_only` leaves out those that are counted among the office's own.
pub(super) fn add_up(
    reference: &Reference,
    buckets: &mut Buckets,
    (cut, group, sight): (&Cut, Option<Group>, Sight),
    facts: &[Fact],
    late_only: bool,
) {
    let agencies = &reference.rules.agencies;
    for fact in facts.iter().filter(|fact| sight.sees(fact.veil) && cut.takes(&reference.categories, fact)) {
        let holds = cut.holds(agencies, fact);
        if late_only && holds {
            continue;
        }
        for (side, counted) in [(Side::Held, holds), (Side::Answerable, cut.blames(agencies, fact))] {
            if let Some(key) = counted.then(|| key_of(reference, (cut, group), fact, side)).flatten() {
                buckets.entry(key).or_default().add(fact, side, 1);
            }
        }
    }
}

/// The group in which a fact is counted; none for what lies beside all groups, as an office's own desk does.
fn key_of(reference: &Reference, (cut, group): (&Cut, Option<Group>), fact: &Fact, side: Side) -> Option<String> {
    let Some(group) = group else { return Some(String::new()) };
    Some(match group {
        Group::Month => month_name(month_number(fact.day)),
        Group::Agency => {
            let agencies = &reference.rules.agencies;
            let office = if side == Side::Held { fact.holder } else { fact.answerable.0 };
            match cut.office.filter(|office| *office != agencies.national()) {
                None => agencies.root_of(office).to_string(),
                Some(above) => agencies.line(office).find(|one| agencies.parent(*one) == Some(above))?.to_string(),
            }
        }
        Group::Region => {
            let inner = fact.region.as_str();
            match &cut.region {
                None => fact.region.province().to_string(),
                Some(outer) => {
                    let width = if outer.level() == RegionLevel::District { VILLAGE } else { outer.as_str().len() + 3 };
                    inner.get(..width)?.to_owned()
                }
            }
        }
        Group::Category => {
            let Some(category) = fact.category else { return Some(String::new()) };
            let categories = &reference.categories;
            match cut.category {
                None => categories.top_of(category).to_string(),
                Some(above) => {
                    let below = |one: &CategoryId| categories.get(*one).and_then(|node| node.parent) == Some(above);
                    categories.line(category).find(below)?.to_string()
                }
            }
        }
        Group::Class => fact.class.name().to_owned(),
        Group::Channel => fact.channel.name().to_owned(),
        Group::Stage => fact.stage.name().to_owned(),
    })
}

fn month_name(month: i64) -> String {
    format!("{:04}-{:02}", month / 12, month % 12 + 1)
}
