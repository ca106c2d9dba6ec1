//! Facts added up: counts by stage, and for each question how many reports gave which answer. Nothing is lost by adding
//! up, so that medians and percentiles of sums of sums are exact.

use super::{Fact, Timely};
use crate::report::StageKind;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A question that is asked of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    Verification,
    Response,
    Completion,
    /// Done in time, by the day until which it stays so.
    Done,
    /// Not done, by the day from which on it is late.
    Waiting,
    /// Open ones by the last day of their limit.
    Due,
    /// Open ones by the day on which they came in.
    Open,
    Dispositions,
    Returned,
    Closed,
    Reopened,
    Evidence,
    Rating,
    /// Closed by an officer within minutes.
    Hasty,
    /// Given away by the office.
    PassedOn,
    /// Answered, and that in words used for others.
    Alike,
}

/// As what a fact is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// As a report of whoever holds it: all but its lateness.
    Held,
    /// Its lateness, with whoever answers for that.
    Answerable,
    /// As one that the office gave away.
    PassedOn,
}

type Counts<K> = BTreeMap<K, i64>;

/// Facts added up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    stages: Counts<StageKind>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    items: BTreeMap<Item, Counts<i64>>,
    /// Stages again, by category, class and channel; those inherited by category.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    by: BTreeMap<String, Counts<StageKind>>,
}

/// Behind every day.
const NEVER: i64 = 9_999_999;
/// Before every day.
const ALWAYS: i64 = 0;

/// Days since 1970.
pub(super) fn number(day: Date) -> i64 {
    i64::from((day - date(1970, 1, 1)).get_days())
}

fn add<K: Ord>(counts: &mut Counts<K>, key: K, n: i64) {
    let count = counts.entry(key).or_default();
    *count += n;
}

fn merge<K: Ord + Clone>(into: &mut Counts<K>, other: &Counts<K>) {
    other.iter().for_each(|(key, n)| add(into, key.clone(), *n));
}

impl Sums {
    /// Adds a fact, or takes it away with -1; what comes to nothing is dropped by [`Sums::merge`] and [`Sums::prune`].
    pub fn add(&mut self, fact: &Fact, side: Side, n: i64) {
        match side {
            Side::Held => self.hold(fact, n),
            Side::Answerable => self.answer_for(fact, n),
            Side::PassedOn => add(self.items.entry(Item::PassedOn).or_default(), 1, n),
        }
    }

    fn hold(&mut self, fact: &Fact, n: i64) {
        add(&mut self.stages, fact.stage, n);
        let category = fact.category.map_or(String::new(), |category| category.to_string());
        for key in [
            format!("category/{category}"),
            format!("class/{}", fact.class.name()),
            format!("channel/{}", fact.channel.name()),
        ] {
            add(self.by.entry(key).or_default(), fact.stage, n);
        }
        if fact.is_inherited() {
            add(self.by.entry(format!("inherited/{category}")).or_default(), fact.stage, n);
        }
        let mut note = |item: Item, value: i64| add(self.items.entry(item).or_default(), value, n);
        let durations = [
            (Item::Verification, fact.verification),
            (Item::Response, fact.response),
            (Item::Completion, fact.completion),
            (Item::Rating, fact.rating.map(u32::from)),
        ];
        for (item, value) in durations {
            value.into_iter().for_each(|value| note(item, i64::from(value)));
        }
        if !fact.stage.is_ended() {
            note(Item::Due, fact.due.map_or(NEVER, number));
            note(Item::Open, number(fact.day));
        }
        note(Item::Dispositions, i64::from(fact.dispositions));
        let done = fact.stage.simple() == "done";
        let marks = [
            (Item::Returned, fact.returned),
            (Item::Closed, fact.closed_once),
            (Item::Reopened, fact.reopened),
            (Item::Evidence, fact.evidence && done),
            (Item::Hasty, fact.hasty),
            (Item::Alike, fact.alike && fact.response.is_some()),
        ];
        marks.into_iter().filter(|(_, there)| *there).for_each(|(item, _)| note(item, 1));
    }

    fn answer_for(&mut self, fact: &Fact, n: i64) {
        let (item, value) = match fact.timely {
            Timely::No => return,
            Timely::Late => (Item::Waiting, ALWAYS),
            Timely::Done { until } => (Item::Done, until.map_or(NEVER, number)),
            Timely::Waiting { until } => (Item::Waiting, until.map_or(NEVER, number)),
        };
        add(self.items.entry(item).or_default(), value, n);
    }

    /// Adds other sums.
    pub fn merge(&mut self, other: &Sums) {
        merge(&mut self.stages, &other.stages);
        for (item, counts) in &other.items {
            merge(self.items.entry(*item).or_default(), counts);
        }
        for (key, counts) in &other.by {
            merge(self.by.entry(key.clone()).or_default(), counts);
        }
        self.prune();
    }

    /// Drops what has come to nothing, so that equal sums look equal.
    pub fn prune(&mut self) {
        self.stages.retain(|_, n| *n != 0);
        self.items.values_mut().for_each(|counts| counts.retain(|_, n| *n != 0));
        self.by.values_mut().for_each(|counts| counts.retain(|_, n| *n != 0));
        self.items.retain(|_, counts| !counts.is_empty());
        self.by.retain(|_, counts| !counts.is_empty());
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.stages.is_empty() && self.items.is_empty() && self.by.is_empty()
    }

    /// All reports.
    pub fn reports(&self) -> u64 {
        self.stages(|_| true)
    }

    /// Reports in the wanted stages.
    pub fn stages(&self, wanted: impl Fn(StageKind) -> bool) -> u64 {
        whole(self.stages.iter().filter(|(stage, _)| wanted(**stage)).map(|(_, n)| n).sum())
    }

    /// Reports that gave a wanted answer.
    pub fn count(&self, item: Item, wanted: impl Fn(i64) -> bool) -> u64 {
        whole(self.answers(item).filter(|(value, _)| wanted(*value)).map(|(_, n)| n).sum())
    }

    /// All answers added up.
    pub fn total(&self, item: Item) -> u64 {
        whole(self.answers(item).map(|(value, n)| value * n).sum())
    }

    /// The answer of the report at a rank, counted from 1 in the order of the answers.
    pub fn at_rank(&self, item: Item, rank: u64) -> Option<u64> {
        let mut seen = 0;
        self.answers(item)
            .find(|(_, n)| {
                seen += whole(*n);
                seen >= rank
            })
            .map(|(value, _)| whole(value))
    }

    /// The day on which the oldest open report came in.
    pub fn oldest_open(&self) -> Option<Date> {
        let first = self.answers(Item::Open).next()?.0;
        date(1970, 1, 1).checked_add(jiff::Span::new().try_days(first).ok()?).ok()
    }

    fn answers(&self, item: Item) -> impl Iterator<Item = (i64, i64)> {
        self.items.get(&item).into_iter().flatten().map(|(value, n)| (*value, *n))
    }

    /// The stages told apart by `category`, `class`, `channel`, or `inherited` by category; each is sums of stages alone.
    pub fn apart(&self, by: &str) -> impl Iterator<Item = (&str, Sums)> {
        self.by.iter().filter_map(move |(key, stages)| {
            let value = key.strip_prefix(by)?.strip_prefix('/')?;
            Some((value, Sums { stages: stages.clone(), ..Sums::default() }))
        })
    }

    /// The stages themselves, each as sums of its own.
    pub fn each_stage(&self) -> impl Iterator<Item = (StageKind, Sums)> {
        self.stages
            .iter()
            .map(|(stage, n)| (*stage, Sums { stages: BTreeMap::from([(*stage, *n)]), ..Sums::default() }))
    }
}

fn whole(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}
