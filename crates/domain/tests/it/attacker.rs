//! Somebody who subtracts what open data tells, and knows the tree of regions, categories, days and squares.

use domain::category::CategoryTree;
use domain::open_data::{Aspect, Entry, Month, Protection, Release, Row, Rules, Scale, Seats, Table};
use domain::{CategoryId, RegionCode};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Reports as bits, in the order of the entries; so there are 128 at most.
pub type Set = u128;

/// A count that somebody reads, with the reports that are behind it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    pub month: Option<Month>,
    pub protection: Option<Protection>,
    pub aspects: BTreeMap<Aspect, String>,
    pub behind: Set,
}

/// The rows of a table as they are told, with the reports that each one counts.
fn rows(scale: Scale<'_>, table: Table, rows: &[Row], entries: &[Entry]) -> Vec<Told> {
    let seats = Seats::of(scale, table, rows);
    let mut found: Vec<Told> = rows.iter().map(|row| told(scale.month, row)).collect();
    for (n, entry) in entries.iter().enumerate().filter(|(_, entry)| Month::of(entry.day) == scale.month) {
        if let Some(row) = seats.find(entry) {
            found[row].behind |= 1 << n;
        }
    }
    found
}

fn told(month: Month, row: &Row) -> Told {
    Told { month: Some(month), protection: Some(row.protection), aspects: row.told.clone(), behind: 0 }
}

/// All rows of all tables of a release.
pub fn all_rows(
    rules: &Rules,
    categories: &CategoryTree,
    month: Month,
    release: &Release,
    entries: &[Entry],
) -> Vec<Vec<Told>> {
    let scale = Scale { rules, categories, month };
    Table::ALL.map(|table| rows(scale, table, release.rows(table), entries)).to_vec()
}

/// Every count that can be had by adding up rows of one table: those that agree on some of what they tell.
pub fn sums(categories: &CategoryTree, table: &[Told]) -> BTreeSet<Set> {
    let mut asked = BTreeSet::new();
    for row in table {
        let known: Vec<(Aspect, String)> = row.aspects.iter().map(|(a, b)| (*a, b.clone())).collect();
        for choice in 0..1_u32 << (known.len() + 2) {
            let chosen = |n: usize| choice >> n & 1 == 1;
            asked.insert(Told {
                month: row.month.filter(|_| chosen(known.len())),
                protection: row.protection.filter(|_| chosen(known.len() + 1)),
                aspects: known.iter().enumerate().filter(|(n, _)| chosen(*n)).map(|(_, one)| one.clone()).collect(),
                behind: 0,
            });
        }
    }
    let summed = |sum: &Told| {
        let parts = table.iter().filter(|part| is_within(categories, part, sum));
        parts.fold(0, |all, part| all | part.behind)
    };
    asked.iter().map(summed).collect()
}

/// Whether everything that fits the first also fits the second, as far as their words say.
fn is_within(categories: &CategoryTree, inner: &Told, outer: &Told) -> bool {
    outer.month.is_none_or(|month| inner.month == Some(month))
        && outer.protection.is_none_or(|protection| inner.protection == Some(protection))
        && outer.aspects.iter().all(|(aspect, wide)| {
            inner.aspects.get(aspect).is_some_and(|fine| lies_in(categories, *aspect, fine, wide))
        })
}

fn lies_in(categories: &CategoryTree, aspect: Aspect, fine: &str, wide: &str) -> bool {
    let numbers = |square: &str| square.split(' ').map(|part| part.parse().unwrap()).collect::<Vec<i64>>();
    let days = |span: &str| {
        let (first, last) = span.split_once('/').unwrap();
        (first.parse::<Date>().unwrap(), last.parse::<Date>().unwrap())
    };
    match aspect {
        Aspect::Region => {
            let parent = |code: RegionCode| code.parent();
            std::iter::successors(RegionCode::parse(fine), |code| parent(code.clone()))
                .any(|code| code.as_str() == wide)
        }
        Aspect::Category => match (fine.parse(), wide.parse()) {
            (Ok(fine), Ok(wide)) => categories.line(CategoryId(fine)).any(|above| above == CategoryId(wide)),
            _ => fine == wide,
        },
        Aspect::Day => days(wide).0 <= days(fine).0 && days(fine).1 <= days(wide).1,
        Aspect::Square => {
            let (fine, wide) = (numbers(fine), numbers(wide));
            (0..2).all(|n| (fine[n] - wide[n]).abs() * 2 + fine[2] <= wide[2])
        }
        _ => fine == wide,
    }
}

/// Two sums, one inside the other, whose difference is not nothing and yet of fewer people than promised. Whether one is
/// inside the other is taken as known, also where no word says so.
pub fn isolated(sums: &BTreeSet<Set>, entries: &[Entry], least: usize) -> Option<(Set, Set)> {
    let inner = || sums.iter().copied().chain([0]);
    let pairs = sums.iter().flat_map(|outer| inner().map(move |inner| (*outer, inner)));
    pairs
        .filter(|(outer, inner)| inner & !outer == 0 && outer != inner)
        .find(|(outer, inner)| people(outer & !inner, entries) < least)
}

/// How many different people are behind some reports.
pub fn people(reports: Set, entries: &[Entry]) -> usize {
    let theirs = entries.iter().enumerate().filter(|(n, _)| reports >> n & 1 == 1);
    theirs.filter_map(|(_, entry)| entry.person).collect::<BTreeSet<_>>().len()
}

/// What can be reckoned out of counts by adding and subtracting any multiples of them.
#[derive(Debug, Default)]
pub struct Span(Vec<(usize, Vec<u64>)>);

/// A prime: counts are reckoned with modulo this, which finds every combination of whole numbers.
const PRIME: u64 = 1_000_000_007;

impl Span {
    /// The span of counts, each as the cells that it counts.
    pub fn of(counts: &[Vec<u64>]) -> Span {
        let mut span = Span::default();
        for count in counts {
            let left = span.reduced(count.clone());
            if let Some(pivot) = left.iter().position(|n| *n != 0) {
                let inverse = power(left[pivot], PRIME - 2);
                span.0.push((pivot, left.iter().map(|n| n * inverse % PRIME).collect()));
            }
        }
        span
    }

    /// Whether the number of reports in some cells comes out of it.
    pub fn tells(&self, cells: &[u64]) -> bool {
        self.reduced(cells.to_vec()).iter().all(|n| *n == 0)
    }

    fn reduced(&self, mut cells: Vec<u64>) -> Vec<u64> {
        for (pivot, row) in &self.0 {
            let times = cells[*pivot];
            if times != 0 {
                cells
                    .iter_mut()
                    .zip(row)
                    .for_each(|(cell, n)| *cell = (*cell + PRIME * PRIME - times * n % PRIME) % PRIME);
            }
        }
        cells
    }
}

fn power(base: u64, mut exponent: u64) -> u64 {
    let (mut base, mut result) = (base % PRIME, 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}
