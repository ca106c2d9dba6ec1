//! Sums of a selection: from cells where these tell it, from the facts of single reports otherwise.

use super::Buckets;
use super::fold::{NATION, agency_scope, is_added_up, region_scope};
use crate::reference::Reference;
use crate::{App, Result};
use domain::agency::AgencyTree;
use domain::measure::{Cut, Fact, Group, Side, Sight, Sums, first_of_month, month_number};
use domain::region::RegionLevel;
use domain::time::Zone;
use domain::{AgencyId, CategoryId, ReportId};
use std::collections::BTreeSet;
use store::measure::{self, Among, CellKey, Stretch};

/// Facts of single reports that one question may read.
pub(super) const MOST: u32 = 60_000;
/// Facts that are read at once.
const PAGE: u32 = 5_000;
/// Offices below one that are looked at singly; where there are more, their whole agency is looked through.
const MOST_OFFICES: usize = 20;

/// Characters of a village's code.
const VILLAGE: usize = 13;

/// How reports are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Grouping {
    pub group: Option<Group>,
    /// Whether only stages are asked for, which cells keep by category, class and channel.
    pub of_stages: bool,
}

/// Which cells are asked for.
#[derive(Debug, PartialEq)]
enum Way {
    /// One scope.
    Scope(String),
    /// Many, each a group of its own, with its key.
    Scopes(Vec<(String, String)>),
}

impl App {
    /// Sums for each grouping as they are kept now, what is read being read once; `None` where too much would have to be.
    pub(super) async fn of_now(&self, cut: &Cut, groupings: &[Grouping], sight: Sight) -> Result<Option<Vec<Buckets>>> {
        let reference = self.reference();
        let mut found = vec![Buckets::new(); groupings.len()];
        let ways: Vec<_> = groupings.iter().map(|one| self.way(&reference, cut, *one)).collect();
        let mut read: Vec<&Way> = Vec::new();
        for (months, way) in ways.iter().flatten() {
            if read.contains(&way) {
                continue;
            }
            let cells = self.cells_along(way, *months).await?;
            for (n, grouping) in groupings.iter().enumerate().filter(|(n, _)| is_along(&ways[*n], way)) {
                let seen = cells.iter().filter(|(key, _)| sight.sees(key.veil));
                seen.for_each(|cell| put_cell(&reference, &mut found[n], (way, grouping.group), cell));
            }
            read.push(way);
        }
        let by_facts: Vec<usize> = (0..groupings.len()).filter(|n| ways[*n].is_none()).collect();
        if !by_facts.is_empty() && !self.of_facts(cut, groupings, sight, (&by_facts, &mut found)).await? {
            return Ok(None);
        }
        found.iter_mut().for_each(|buckets| {
            buckets.values_mut().for_each(Sums::prune);
            buckets.retain(|_, sums| !sums.is_empty());
        });
        Ok(Some(found))
    }

    /// Adds up single facts for some of the groupings; `false` where there are too many.
    async fn of_facts(
        &self,
        cut: &Cut,
        groupings: &[Grouping],
        sight: Sight,
        (wanted, found): (&[usize], &mut [Buckets]),
    ) -> Result<bool> {
        let reference = self.reference();
        let mut read = 0;
        let mut once: BTreeSet<ReportId> = BTreeSet::new();
        for among in amongst(&reference, cut) {
            let look = Look::at(among);
            let mut stretch = Stretch::of(cut.from, cut.to);
            loop {
                let mut facts = measure::list(&mut self.db.read().await?, among, stretch, PAGE).await?;
                read += facts.len();
                if read > MOST as usize {
                    return Ok(false);
                }
                let last = facts.last().filter(|_| facts.len() == PAGE as usize).map(|last| (last.day, last.report));
                facts.retain(|fact| look != Look::Once || once.insert(fact.report));
                for n in wanted {
                    add_up(&reference, &mut found[*n], (cut, groupings[*n].group, sight), &facts, look);
                }
                let Some(last) = last else { break };
                stretch.after = last;
            }
        }
        Ok(true)
    }

    /// The cells that tell a selection, where there are such.
    fn way(
        &self,
        reference: &Reference,
        cut: &Cut,
        Grouping { group, of_stages }: Grouping,
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
            (Some(office), None) if is_added_up(agencies, office) => agency_scope(office),
            (None, Some(region)) if region.level() == RegionLevel::Province => region_scope(region),
            _ => return None,
        };
        match group {
            None => Some((months, Way::Scope(scope))),
            Some(Group::Time(period)) if period.is_of_months() => Some((months, Way::Scope(scope))),
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

    async fn cells_along(&self, way: &Way, months: (i64, i64)) -> Result<Vec<(CellKey, Sums)>> {
        let mut tx = self.db.read().await?;
        Ok(match way {
            Way::Scope(scope) => measure::of_scope(&mut tx, scope, months).await?,
            Way::Scopes(scopes) => {
                let asked: Vec<String> = scopes.iter().map(|(scope, _)| scope.clone()).collect();
                measure::of_scopes(&mut tx, &asked, months).await?
            }
        })
    }
}

fn is_along(way: &Option<((i64, i64), Way)>, wanted: &Way) -> bool {
    way.as_ref().is_some_and(|(_, way)| way == wanted)
}

/// Adds a cell to the sums of its groups.
fn put_cell(
    reference: &Reference,
    buckets: &mut Buckets,
    (way, group): (&Way, Option<Group>),
    (key, sums): &(CellKey, Sums),
) {
    let mut put = |key: String, sums: &Sums| buckets.entry(key).or_default().merge(sums);
    match group {
        None => put(String::new(), sums),
        Some(Group::Time(period)) => first_of_month(key.month).into_iter().for_each(|day| put(period.key(day), sums)),
        Some(Group::Agency | Group::Region) => {
            let Way::Scopes(scopes) = way else { return };
            let named = scopes.iter().find(|(scope, _)| *scope == key.scope);
            named.into_iter().for_each(|(_, key)| put(key.clone(), sums));
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

/// As what facts are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// All that may belong to a selection, each once.
    Whole,
    /// Those that its office holds.
    Held,
    /// Those for whose lateness it answers.
    Late,
    /// Those that it held and gave away.
    Once,
}

impl Look {
    fn at(among: Among) -> Look {
        match among {
            Among::All => Look::Whole,
            Among::Root(_) | Among::Holder(_) => Look::Held,
            Among::LateAtRoot(_) | Among::LateAtHolder(_) => Look::Late,
            Among::Past(_) => Look::Once,
        }
    }
}

/// Among whose reports a selection lies: those that its office holds, those for whose lateness it answers, and those that
/// it held.
pub(super) fn amongst(reference: &Reference, cut: &Cut) -> Vec<Among> {
    let agencies = &reference.rules.agencies;
    match cut.office.filter(|office| *office != agencies.national()) {
        None => vec![Among::All],
        Some(root) if agencies.root_of(root) == root => {
            vec![Among::Root(root), Among::LateAtRoot(root), Among::Past(root)]
        }
        Some(office) => {
            let below = agencies.iter().map(|one| one.id).filter(|one| agencies.within(*one, office));
            let below: Vec<AgencyId> = below.take(MOST_OFFICES + 1).collect();
            if below.len() > MOST_OFFICES {
                let root = agencies.root_of(office);
                return vec![Among::Root(root), Among::LateAtRoot(root), Among::Past(root)];
            }
            let each = |among: fn(AgencyId) -> Among| below.iter().map(move |one| among(*one));
            each(Among::Holder).chain(each(Among::LateAtHolder)).chain(each(Among::Past)).collect()
        }
    }
}

/// Adds facts to the sums of their groups, each side of a fact where it is looked at as that.
pub(super) fn add_up(
    reference: &Reference,
    buckets: &mut Buckets,
    (cut, group, sight): (&Cut, Option<Group>, Sight),
    facts: &[Fact],
    look: Look,
) {
    let agencies = &reference.rules.agencies;
    for fact in facts.iter().filter(|fact| sight.sees(fact.veil) && cut.takes(&reference.categories, fact)) {
        let holds = cut.holds(agencies, fact);
        let mut add = |office: AgencyId, side: Side| {
            if let Some(key) = key_of(reference, (cut, group), fact, office) {
                buckets.entry(key).or_default().add(fact, side, 1);
            }
        };
        if holds && look != Look::Once {
            add(fact.holder, Side::Held);
        }
        let late = match look {
            Look::Whole | Look::Held => true,
            Look::Late => !holds,
            Look::Once => false,
        };
        if late && cut.blames(agencies, fact) {
            add(fact.answerable.0, Side::Answerable);
        }
        if look != Look::Late && (look != Look::Once || !holds) {
            let givers = fact.passed_on.iter().filter(|office| gives(agencies, (cut, group), **office));
            givers.for_each(|office| add(*office, Side::PassedOn));
        }
    }
}

/// Whether what an office gave away counts in a selection: as that of the selected office, or of the group that it is.
fn gives(agencies: &AgencyTree, (cut, group): (&Cut, Option<Group>), office: AgencyId) -> bool {
    match (cut.office.filter(|chosen| *chosen != agencies.national()), group) {
        (None, Some(Group::Agency)) => agencies.root_of(office) == office,
        (Some(above), Some(Group::Agency)) => agencies.parent(office) == Some(above),
        (chosen, _) => chosen == Some(office),
    }
}

/// The group in which a fact is counted with an office; none for what lies beside all groups, as an office's own desk does.
fn key_of(reference: &Reference, (cut, group): (&Cut, Option<Group>), fact: &Fact, office: AgencyId) -> Option<String> {
    let Some(group) = group else { return Some(String::new()) };
    Some(match group {
        Group::Time(period) => period.key(fact.day),
        Group::Agency => {
            let agencies = &reference.rules.agencies;
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
