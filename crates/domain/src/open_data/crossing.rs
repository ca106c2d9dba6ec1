//! Holds the two tables of a block against each other, as somebody would who knows which rows have no report on which days.
//!
//! Sums of two partitions tell a third set only where one sum lies inside the other: then their difference is told. The
//! sums that are tried are those of all monthly rows that agree on some of what they tell, and of any days.

use super::split::{Cell, Splitter};
use super::{Aspect, Entry, Person};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ptr;

/// The monthly rows of a block.
pub(super) struct Crossing {
    least: usize,
    /// What each row tells of each aspect, the widest first, as numbers from 1 on.
    told: Vec<Vec<Vec<usize>>>,
    /// Of each aspect, by which steps rows are added up; nothing stands for adding up over all of it.
    choices: Vec<Vec<Option<usize>>>,
    /// In which row each report is.
    rows: HashMap<*const Entry, usize>,
}

impl Crossing {
    pub(super) fn of(splitter: &Splitter<'_>, rows: &[Cell<'_>]) -> Crossing {
        let aspects: Vec<Aspect> = [Aspect::Region].into_iter().chain(splitter.scale.rules.order.clone()).collect();
        let mut names: HashMap<String, usize> = HashMap::new();
        let mut told: Vec<Vec<Vec<usize>>> = Vec::new();
        for row in rows {
            let mut number = |step: String| {
                let next = names.len() + 1;
                *names.entry(step).or_insert(next)
            };
            told.push(
                aspects.iter().map(|one| steps(splitter, row, *one).into_iter().map(&mut number).collect()).collect(),
            );
        }
        let choices = |aspect: usize| {
            let depth = told.iter().map(|row| row[aspect].len()).max().unwrap_or(0);
            let differs =
                |step: &usize| told.iter().map(|row| row[aspect].get(*step)).collect::<BTreeSet<_>>().len() > 1;
            [None].into_iter().chain((0..depth).filter(differs).map(Some)).collect()
        };
        let choices = (0..aspects.len()).map(choices).collect();
        let placed =
            rows.iter().enumerate().flat_map(|(n, row)| row.members.iter().map(move |one| (ptr::from_ref(*one), n)));
        Crossing { least: splitter.least, choices, rows: placed.collect(), told }
    }

    /// Whether a difference between sums of both tables is of fewer people than a row stands for.
    pub(super) fn tells_few(&self, daily: &[Cell<'_>]) -> bool {
        let days = Days::of(daily, &self.rows, self.told.len());
        let mut choice = vec![0; self.choices.len()];
        let mut seen: HashSet<Vec<usize>> = HashSet::new();
        loop {
            let mut sums: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
            for (n, row) in self.told.iter().enumerate() {
                let step = |aspect: usize| self.choices[aspect][choice[aspect]];
                let told = |aspect: usize| step(aspect).and_then(|step| row[aspect].get(step)).copied().unwrap_or(0);
                sums.entry((0..row.len()).map(told).collect()).or_default().push(n);
            }
            for sum in sums.into_values() {
                if !seen.contains(&sum) && days.are_close(&sum, self.least) {
                    return true;
                }
                seen.insert(sum);
            }
            let Some(next) = (0..choice.len()).find(|n| choice[*n] + 1 < self.choices[*n].len()) else { return false };
            choice[next] += 1;
            choice[..next].fill(0);
        }
    }
}

/// What a row tells of an aspect, the widest first.
fn steps(splitter: &Splitter<'_>, row: &Cell<'_>, aspect: Aspect) -> Vec<String> {
    let (Some(finest), Some(any)) = (row.told.get(&aspect), row.members.first()) else { return Vec::new() };
    let mut steps = splitter.scale.steps(aspect, any);
    let end = steps.iter().position(|step| step == finest).map_or(0, |at| at + 1);
    steps.truncate(end);
    steps
}

/// The daily rows of a block.
struct Days {
    /// Of each row, its reports: the monthly row that each is in, and who sent it.
    reports: Vec<Vec<(usize, Option<Person>)>>,
    /// Of each monthly row, how many of its reports are in each of these rows.
    spread: Vec<Vec<usize>>,
}

impl Days {
    fn of(daily: &[Cell<'_>], rows: &HashMap<*const Entry, usize>, monthly: usize) -> Days {
        let report = |entry: &&Entry| Some((*rows.get(&ptr::from_ref(*entry))?, entry.person));
        let reports: Vec<Vec<(usize, Option<Person>)>> =
            daily.iter().map(|day| day.members.iter().filter_map(report).collect()).collect();
        let mut spread = vec![vec![0; reports.len()]; monthly];
        for (day, reports) in reports.iter().enumerate() {
            reports.iter().for_each(|(row, _)| spread[*row][day] += 1);
        }
        Days { reports, spread }
    }

    /// Whether a sum of monthly rows and one of days lie one in the other, with too few people between them. Of the days
    /// around the sum the fewest are looked at, and of those inside it the most: all others leave whole rows more.
    fn are_close(&self, sum: &[usize], least: usize) -> bool {
        let chosen: HashSet<usize> = sum.iter().copied().collect();
        let counted = |day: usize| sum.iter().map(|row| self.spread[*row][day]).sum::<usize>();
        let (mut beside, mut inside) = (Group::default(), Group::default());
        for (day, reports) in self.reports.iter().enumerate() {
            match counted(day) {
                0 => {}
                all if all == reports.len() => {}
                _ => {
                    for (row, person) in reports {
                        let group = if chosen.contains(row) { &mut inside } else { &mut beside };
                        group.add(*person);
                        if beside.people.len() >= least && inside.people.len() >= least {
                            return false;
                        }
                    }
                }
            }
        }
        beside.is_few(least) || inside.is_few(least)
    }
}

/// Some reports, by their people.
#[derive(Default)]
struct Group {
    is_there: bool,
    people: HashSet<Person>,
}

impl Group {
    fn add(&mut self, person: Option<Person>) {
        self.is_there = true;
        self.people.extend(person);
    }

    fn is_few(&self, least: usize) -> bool {
        self.is_there && self.people.len() < least
    }
}
