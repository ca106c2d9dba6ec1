//! Makes the tables of a month, all at once.

use super::crossing::Crossing;
use super::split::{Cell, Splitter, count};
use super::{Aspect, Entry, Month, Protection, Row, Rules, Scale, Table};
use crate::category::CategoryTree;
use std::collections::BTreeMap;

/// The tables of a month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Release {
    pub tables: BTreeMap<Table, Vec<Row>>,
}

impl Release {
    /// The rows of a table, in a fixed order.
    pub fn rows(&self, table: Table) -> &[Row] {
        self.tables.get(&table).map_or(&[], |rows| rows)
    }

    /// How many reports are told of; the same in each table.
    pub fn reports(&self, protection: Protection) -> u64 {
        self.rows(Table::Monthly).iter().filter(|row| row.protection == protection).map(|row| row.reports).sum()
    }

    /// Whether nothing is told: nobody wrote, or too few.
    pub fn is_empty(&self) -> bool {
        self.rows(Table::Monthly).is_empty()
    }

    fn put(&mut self, scale: &Scale<'_>, (table, protection): (Table, Protection), cells: &[Cell<'_>]) {
        let aspects = table.aspects(scale.rules);
        self.tables.entry(table).or_default().extend(cells.iter().map(|cell| Row::of(protection, cell, &aspects)));
    }
}

/// Tells of the reports of a month; others among them are passed over. Of matters whose people are too few in the whole
/// country nothing is told, not even how many reports there are.
pub fn release(rules: &Rules, categories: &CategoryTree, month: Month, entries: &[Entry]) -> Release {
    let scale = Scale { rules, categories, month };
    let mut made = Release::default();
    for protection in Protection::ALL {
        let is_sensitive = protection == Protection::Sensitive;
        let theirs = |entry: &&Entry| {
            Month::of(entry.day) == month && rules.is_sensitive(categories, entry.category) == is_sensitive
        };
        let members: Vec<&Entry> = entries.iter().filter(theirs).collect();
        let splitter = Splitter { scale, least: protection.least(rules) as usize };
        if count(&members) < splitter.least {
            continue;
        }
        let all = Cell { told: BTreeMap::from([(Aspect::Day, scale.whole())]), members };
        let blocks = splitter.apart(all, Aspect::Region, 0);
        match protection {
            Protection::Ordinary => ordinary(&mut made, &splitter, blocks),
            Protection::Sensitive => sensitive(&mut made, &splitter, &blocks),
        }
    }
    made.tables.values_mut().for_each(|rows| rows.sort_unstable());
    made
}

/// Two tables that share blocks and nothing finer. Days are told only as finely as nobody can be told from others by
/// holding one table against the other, also where it is known which rows have no report on which days.
fn ordinary(made: &mut Release, splitter: &Splitter<'_>, blocks: Vec<Cell<'_>>) {
    let kind = |table| (table, Protection::Ordinary);
    for block in blocks {
        let places = match block.told.contains_key(&Aspect::Region) {
            true => splitter.apart(block.clone(), Aspect::Region, 1),
            false => vec![block.clone()],
        };
        let order = &splitter.scale.rules.order;
        let monthly: Vec<Cell<'_>> = places.into_iter().flat_map(|place| told_apart(splitter, place, order)).collect();
        let days = || splitter.descend(block.clone(), Aspect::Day, 1);
        let weeks = || splitter.apart(block.clone(), Aspect::Day, 1);
        let crossing = Crossing::of(splitter, &monthly);
        let daily = Some(days()).filter(|daily| !crossing.tells_few(daily));
        let daily = daily.or_else(|| Some(weeks()).filter(|daily| !crossing.tells_few(daily)));
        made.put(&splitter.scale, kind(Table::Monthly), &monthly);
        made.put(&splitter.scale, kind(Table::Daily), &daily.unwrap_or_else(|| vec![block.clone()]));
    }
}

/// Provinces at the finest, without squares; the daily table tells only how many there are.
fn sensitive(made: &mut Release, splitter: &Splitter<'_>, blocks: &[Cell<'_>]) {
    let kind = |table| (table, Protection::Sensitive);
    let order = splitter.scale.rules.order.iter().copied();
    let order: Vec<Aspect> = order.filter(|aspect| *aspect != Aspect::Square).collect();
    for block in blocks {
        made.put(&splitter.scale, kind(Table::Monthly), &told_apart(splitter, block.clone(), &order));
    }
    made.put(&splitter.scale, kind(Table::Daily), blocks);
}

fn told_apart<'e>(splitter: &Splitter<'_>, place: Cell<'e>, order: &[Aspect]) -> Vec<Cell<'e>> {
    order.iter().fold(vec![place], |cells, aspect| {
        cells.into_iter().flat_map(|cell| splitter.descend(cell, *aspect, 0)).collect()
    })
}
