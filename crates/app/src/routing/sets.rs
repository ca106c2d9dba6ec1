//! Writing, checking and activating sets of rules.

use super::world;
use crate::reference::{Reference, announce};
use crate::{App, Conflict, Error, Result};
use domain::policy::rules_for;
use domain::routing::{Fault, MOST_RULES, Rule, RuleSet, SetState, check};
use domain::time::Zone;
use domain::{Actor, AgencyId, UserId};
use store::access::log_change;
use store::routing::{self, Fits, SetRow};
use store::{Tx, replay};

/// Versions that are listed.
const MOST_SETS: u32 = 50;
/// Latest decisions by which agreement is measured.
const MOST_DECISIONS: u32 = 500;

/// What is wrong with rules, each by its number.
pub type Faults = Vec<(u32, Fault)>;

/// The sets of a seat's office, and how often its decisions followed the suggestions.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleSets {
    pub owner: AgencyId,
    pub sets: Vec<SetRow>,
    /// The latest decisions made in this office, 500 at most.
    pub fits: Vec<Fits>,
}

/// One set with its rules and what is wrong with them today.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleSheet {
    pub row: SetRow,
    pub rules: Vec<Rule>,
    pub faults: Faults,
    pub replays: Vec<replay::ReplayRow>,
}

/// A draft after a change, or what stands against the change.
pub type Drafted = std::result::Result<SetRow, Faults>;

impl App {
    /// The sets of the office for which a seat writes rules; [`Error::Denied`] for other seats.
    pub async fn rule_sets(&self, by: &Actor) -> Result<RuleSets> {
        let owner = rules_for(by).ok_or(Error::Denied)?;
        let mut tx = self.db.read().await?;
        let sets = routing::list(&mut tx, owner, MOST_SETS).await?;
        let fits = routing::latest_fits(&mut tx, owner, MOST_DECISIONS).await?;
        Ok(RuleSets { owner, sets, fits })
    }

    /// One set of the seat's office.
    pub async fn rule_sheet(&self, by: &Actor, id: i64) -> Result<RuleSheet> {
        let mut tx = self.db.read().await?;
        let row = own(&mut tx, by, id).await?;
        let rules = routing::rules(&mut tx, id).await?;
        let replays = replay::latest(&mut tx, id).await?;
        let faults = self.faults(&RuleSet { owner: row.owner, version: row.version, rules: rules.clone() });
        Ok(RuleSheet { row, rules, faults, replays })
    }

    /// What is wrong with a set today.
    pub(crate) fn faults(&self, set: &RuleSet) -> Faults {
        let reference = self.reference();
        let mut faults = check(world(&reference), set, Zone::Wib.day(self.now()));
        faults.extend(unknown_regions(&reference, set));
        faults.sort_by_key(|(number, _)| *number);
        faults
    }

    /// Opens the office's draft: the one there is, or a copy of the set `from`, or of the one in force.
    pub async fn draft_rules(&self, by: &Actor, from: Option<i64>) -> Result<SetRow> {
        let owner = rules_for(by).ok_or(Error::Denied)?;
        let (app, by) = (self.clone(), *by);
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let known = routing::list(tx, owner, MOST_SETS).await?;
                    if let Some(draft) = known.iter().find(|set| set.state == SetState::Draft) {
                        return Ok(draft.clone());
                    }
                    let source = match from {
                        Some(id) => Some(own(tx, &by, id).await?.id),
                        None => known.iter().find(|set| set.state == SetState::Active).map(|set| set.id),
                    };
                    let version = known.iter().map(|set| set.version).max().unwrap_or(0) + 1;
                    let row = app.new_set(owner, version, SetState::Draft, by.user());
                    if !routing::insert(tx, &row).await? {
                        return Err(Error::Overtaken);
                    }
                    if let Some(source) = source {
                        let rules = routing::rules(tx, source).await?;
                        routing::replace_rules(tx, row.id, &rules).await?;
                    }
                    let change = format!("{{\"drafted\":{version},\"from\":{}}}", source.unwrap_or(0));
                    log_change(tx, app.id(), app.now(), by.user(), "rule_set", &row.id.to_string(), &change).await?;
                    Ok(row)
                })
            })
            .await
    }

    fn new_set(&self, owner: AgencyId, version: u32, state: SetState, by: Option<UserId>) -> SetRow {
        SetRow {
            id: self.id(),
            owner,
            version,
            state,
            seq: 1,
            note: String::new(),
            made_at: self.now(),
            made_by: by,
            active_at: None,
            key: None,
        }
    }

    /// Adds a rule to a draft, behind the others, or replaces the one of its number.
    pub async fn put_rule(&self, by: &Actor, id: i64, seq: u32, key: &str, rule: Rule) -> Result<Drafted> {
        self.change_rules(by, id, seq, key, move |rules| {
            match rules.iter_mut().find(|known| known.number == rule.number) {
                Some(known) => *known = rule.clone(),
                None => rules.push(Rule { number: next(rules), ..rule.clone() }),
            }
        })
        .await
    }

    /// Takes a rule out of a draft; the others keep their order.
    pub async fn drop_rule(&self, by: &Actor, id: i64, seq: u32, key: &str, number: u32) -> Result<Drafted> {
        self.change_rules(by, id, seq, key, move |rules| rules.retain(|rule| rule.number != number)).await
    }

    /// Puts a rule one place before the one above it.
    pub async fn raise_rule(&self, by: &Actor, id: i64, seq: u32, key: &str, number: u32) -> Result<Drafted> {
        self.change_rules(by, id, seq, key, move |rules| {
            if let Some(at) = rules.iter().position(|rule| rule.number == number).filter(|at| *at > 0) {
                rules.swap(at - 1, at);
            }
        })
        .await
    }

    /// Replaces all rules of a draft, numbered anew in their order.
    pub async fn replace_rules(&self, by: &Actor, id: i64, seq: u32, key: &str, new: Vec<Rule>) -> Result<Drafted> {
        self.change_rules(by, id, seq, key, move |rules| *rules = new.clone()).await
    }

    async fn change_rules(
        &self,
        by: &Actor,
        id: i64,
        seq: u32,
        key: &str,
        change: impl Fn(&mut Vec<Rule>) + Send + 'static,
    ) -> Result<Drafted> {
        let (app, by, key) = (self.clone(), *by, key.to_owned());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let row = own(tx, &by, id).await?;
                    if row.key.as_deref() == Some(key.as_str()) {
                        return Ok(Ok(row));
                    }
                    seen(&row, seq)?;
                    if row.state != SetState::Draft {
                        return Err(Error::Denied);
                    }
                    let mut rules = routing::rules(tx, id).await?;
                    let before = rules.clone();
                    change(&mut rules);
                    (1..).zip(&mut rules).for_each(|(number, rule)| rule.number = number);
                    let set = RuleSet { owner: row.owner, version: row.version, rules };
                    let faults = new_faults(app.faults(&set), &before, &set.rules);
                    if !faults.is_empty() {
                        return Ok(Err(faults));
                    }
                    if !routing::touch(tx, &row, &row.note, &key).await? {
                        return Err(Error::Overtaken);
                    }
                    routing::replace_rules(tx, id, &set.rules).await?;
                    let change = format!("{{\"rules\":[{},{}]}}", before.len(), set.rules.len());
                    log_change(tx, app.id(), app.now(), by.user(), "rule_set", &id.to_string(), &change).await?;
                    Ok(Ok(SetRow { seq: row.seq + 1, key: Some(key), ..row }))
                })
            })
            .await
    }

    /// Puts a set in force: a draft, or a former one again. The one before it is retired.
    pub async fn activate_rules(&self, by: &Actor, id: i64, seq: u32, key: &str) -> Result<Drafted> {
        let (app, by, key) = (self.clone(), *by, key.to_owned());
        let done = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let row = own(tx, &by, id).await?;
                    if row.state == SetState::Active {
                        return Ok(Ok(row));
                    }
                    seen(&row, seq)?;
                    let rules = routing::rules(tx, id).await?;
                    let faults = app.faults(&RuleSet { owner: row.owner, version: row.version, rules });
                    if !faults.is_empty() {
                        return Ok(Err(faults));
                    }
                    if !routing::activate(tx, &row, app.now(), &key).await? {
                        return Err(Error::Overtaken);
                    }
                    let change = format!("{{\"active\":true,\"was\":\"{}\"}}", row.state.name());
                    log_change(tx, app.id(), app.now(), by.user(), "rule_set", &id.to_string(), &change).await?;
                    announce(tx, app.id()).await?;
                    Ok(Ok(SetRow { state: SetState::Active, seq: row.seq + 1, ..row }))
                })
            })
            .await?;
        self.reload_reference().await?;
        Ok(done)
    }

    /// Throws a draft away.
    pub async fn drop_draft(&self, by: &Actor, id: i64, seq: u32) -> Result<()> {
        let (app, by) = (self.clone(), *by);
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let row = own(tx, &by, id).await?;
                    seen(&row, seq)?;
                    if !routing::drop_draft(tx, &row).await? {
                        return Err(Error::Denied);
                    }
                    let change = format!("{{\"dropped\":{}}}", row.version);
                    Ok(log_change(tx, app.id(), app.now(), by.user(), "rule_set", &id.to_string(), &change).await?)
                })
            })
            .await
    }
}

/// A set of the seat's own office; others are not known to it.
pub(super) async fn own(tx: &mut Tx, by: &Actor, id: i64) -> Result<SetRow> {
    let owner = rules_for(by).ok_or(Error::Denied)?;
    routing::load(tx, id).await?.filter(|row| row.owner == owner).ok_or(Error::NotFound)
}

fn seen(row: &SetRow, seq: u32) -> Result<()> {
    match row.seq == seq {
        true => Ok(()),
        false => Err(Error::Conflict(Conflict::Stale { seq: row.seq })),
    }
}

fn next(rules: &[Rule]) -> u32 {
    u32::try_from(rules.len().min(MOST_RULES + 1)).unwrap_or(u32::MAX) + 1
}

/// Faults that this change brings; what was wrong before is told when the set is to be put in force.
fn new_faults(faults: Faults, before: &[Rule], after: &[Rule]) -> Faults {
    let same = |rule: &Rule| {
        before.iter().any(|known| Rule { number: 0, ..known.clone() } == Rule { number: 0, ..rule.clone() })
    };
    let old: Vec<u32> = after.iter().filter(|rule| same(rule)).map(|rule| rule.number).collect();
    faults.into_iter().filter(|(number, _)| !old.contains(number)).collect()
}

fn unknown_regions(reference: &Reference, set: &RuleSet) -> Faults {
    let known = |rule: &&Rule| rule.region.as_ref().is_some_and(|code| reference.regions.name(code).is_none());
    set.rules.iter().filter(known).map(|rule| (rule.number, Fault::UnknownRegion)).collect()
}
