//! Which row counts which report.

use super::{Aspect, Entry, Protection, Row, Scale, Table};
use std::collections::BTreeMap;

/// The rows of a table by what they tell.
#[derive(Debug)]
pub struct Seats<'a> {
    scale: Scale<'a>,
    aspects: Vec<Aspect>,
    tops: BTreeMap<Protection, Node<'a>>,
}

/// Rows that tell the same so far, by what they tell of the next aspect.
#[derive(Debug, Default)]
struct Node<'a> {
    told: BTreeMap<&'a str, Node<'a>>,
    /// Of those that do not tell it.
    rest: Option<Box<Node<'a>>>,
    row: Option<usize>,
}

impl<'a> Seats<'a> {
    /// The seats in the rows of a table.
    pub fn of(scale: Scale<'a>, table: Table, rows: &'a [Row]) -> Seats<'a> {
        let aspects = table.aspects(scale.rules);
        let mut tops: BTreeMap<Protection, Node<'a>> = BTreeMap::new();
        for (n, row) in rows.iter().enumerate() {
            let mut node = tops.entry(row.protection).or_default();
            for aspect in &aspects {
                node = match row.told.get(aspect) {
                    Some(told) => node.told.entry(told).or_default(),
                    None => node.rest.get_or_insert_default(),
                };
            }
            node.row = Some(n);
        }
        Seats { scale, aspects, tops }
    }

    /// The row that counts a report: of each aspect in turn, the finest that a row tells.
    pub fn find(&self, entry: &Entry) -> Option<usize> {
        let mut node = self.tops.get(&self.protection(entry))?;
        for aspect in &self.aspects {
            let steps = self.scale.steps(*aspect, entry);
            let finest = steps.iter().rev().find_map(|step| node.told.get(step.as_str()));
            node = finest.or(node.rest.as_deref())?;
        }
        node.row
    }

    fn protection(&self, entry: &Entry) -> Protection {
        match self.scale.rules.is_sensitive(self.scale.categories, entry.category) {
            true => Protection::Sensitive,
            false => Protection::Ordinary,
        }
    }
}
