//! Telling reports apart, only where everybody is in company.

use super::{Aspect, Entry, Scale};
use std::collections::{BTreeMap, BTreeSet};

/// Reports of which the same is told.
#[derive(Debug, Clone)]
pub(super) struct Cell<'e> {
    pub told: BTreeMap<Aspect, String>,
    pub members: Vec<&'e Entry>,
}

/// How many different people sent these reports.
pub(super) fn count(members: &[&Entry]) -> usize {
    members.iter().filter_map(|entry| entry.person).collect::<BTreeSet<_>>().len()
}

/// How cells are told apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Splitter<'a> {
    pub scale: Scale<'a>,
    /// How many people each cell stands for at least; every cell that is given already does.
    pub least: usize,
}

impl Splitter<'_> {
    /// Tells a cell apart by one step of an aspect. Whoever would be in too small a group stays together in the rest, of
    /// which no more is told than before; where the rest would be too small, the smallest group joins it.
    pub fn apart<'e>(&self, cell: Cell<'e>, aspect: Aspect, step: usize) -> Vec<Cell<'e>> {
        let mut groups: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
        let mut rest = Vec::new();
        for entry in cell.members {
            match self.scale.steps(aspect, entry).into_iter().nth(step) {
                Some(name) => groups.entry(name).or_default().push(entry),
                None => rest.push(entry),
            }
        }
        let mut standing: BTreeMap<String, (usize, Vec<&Entry>)> = BTreeMap::new();
        for (name, members) in groups {
            match count(&members) {
                people if people >= self.least => {
                    standing.insert(name, (people, members));
                }
                _ => rest.extend(members),
            }
        }
        if !rest.is_empty() && count(&rest) < self.least {
            let smallest = standing.iter().min_by_key(|(name, (people, _))| (*people, *name));
            let smallest = smallest.map(|(name, _)| name.clone());
            rest.extend(smallest.and_then(|name| standing.remove(&name)).into_iter().flat_map(|(_, joined)| joined));
        }
        let told = |name: String| cell.told.iter().map(|(a, b)| (*a, b.clone())).chain([(aspect, name)]).collect();
        let mut cells: Vec<Cell<'e>> =
            standing.into_iter().map(|(name, (_, members))| Cell { told: told(name), members }).collect();
        if !rest.is_empty() {
            cells.push(Cell { told: cell.told, members: rest });
        }
        cells
    }

    /// Tells a cell apart by an aspect as finely as everybody stays in company, from a step on.
    pub fn descend<'e>(&self, cell: Cell<'e>, aspect: Aspect, step: usize) -> Vec<Cell<'e>> {
        let before = cell.told.get(&aspect).cloned();
        let cells = self.apart(cell, aspect, step).into_iter();
        cells
            .flat_map(|cell| match cell.told.get(&aspect) == before.as_ref() {
                true => vec![cell],
                false => self.descend(cell, aspect, step + 1),
            })
            .collect()
    }
}
