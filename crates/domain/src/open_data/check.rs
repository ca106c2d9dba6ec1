//! What is wrong with a release: as anybody sees by its rows, and as the house sees by its reports.

use super::split::count;
use super::{Aspect, Entry, Month, Protection, Release, Row, Scale, Seats, Table};
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A row counts fewer reports than it has to stand for people.
    TooFewReports(Table),
    /// A row stands for too few people.
    TooFewPeople(Table),
    /// Two rows tell of the same reports.
    Twice(Table),
    /// The tables do not come to the same number of reports in a block.
    Sums(Table),
    /// A row counts reports that are not there.
    Count(Table),
}

/// What anybody can check: each row counts as many reports as it stands for people, no two rows tell the same, and all
/// tables come to the same in each block of regions.
pub fn faults_of_rows(scale: &Scale<'_>, release: &Release) -> BTreeSet<Fault> {
    let mut faults = BTreeSet::new();
    let blocks = blocks(release);
    let daily = sums(release.rows(Table::Daily), &blocks);
    for table in Table::ALL {
        let rows = release.rows(table);
        if rows.iter().any(|row| row.reports < u64::from(row.protection.least(scale.rules))) {
            faults.insert(Fault::TooFewReports(table));
        }
        let distinct: BTreeSet<_> = rows.iter().map(|row| (row.protection, &row.told)).collect();
        if distinct.len() != rows.len() {
            faults.insert(Fault::Twice(table));
        }
        if sums(rows, &blocks) != daily {
            faults.insert(Fault::Sums(table));
        }
    }
    faults
}

/// What the house can check, where it still knows the reports as they were: the reports that each row counts are there,
/// and came from enough people. Reports that were brought later, with an earlier day, do no harm.
pub fn faults_of_entries(scale: &Scale<'_>, release: &Release, entries: &[Entry]) -> BTreeSet<Fault> {
    let mut faults = BTreeSet::new();
    for table in Table::ALL {
        let rows = release.rows(table);
        let seats = Seats::of(*scale, table, rows);
        let mut members: Vec<Vec<&Entry>> = vec![Vec::new(); rows.len()];
        for entry in entries.iter().filter(|entry| Month::of(entry.day) == scale.month) {
            if let Some(row) = seats.find(entry) {
                members[row].push(entry);
            }
        }
        for (row, members) in rows.iter().zip(&members) {
            if (members.len() as u64) < row.reports {
                faults.insert(Fault::Count(table));
            }
            if count(members) < row.protection.least(scale.rules) as usize {
                faults.insert(Fault::TooFewPeople(table));
            }
        }
    }
    faults
}

type Block = (Protection, Option<String>);

/// The blocks of regions of a release: those of its daily table.
fn blocks(release: &Release) -> BTreeSet<Block> {
    let region = |row: &Row| (row.protection, row.told.get(&Aspect::Region).cloned());
    release.rows(Table::Daily).iter().map(region).collect()
}

/// Reports by block; a row of a regency counts for its province.
fn sums(rows: &[Row], blocks: &BTreeSet<Block>) -> BTreeMap<Block, u64> {
    let mut sums = BTreeMap::new();
    for row in rows {
        let region = row.told.get(&Aspect::Region);
        let province = region.map(|code| code.split('.').next().unwrap_or(code).to_owned());
        let block = [region.cloned(), province].into_iter().map(|region| (row.protection, region));
        let block = block.into_iter().find(|block| blocks.contains(block)).unwrap_or((row.protection, None));
        *sums.entry(block).or_default() += row.reports;
    }
    sums
}
