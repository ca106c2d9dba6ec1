//! The tables of a release and their rows.

use super::split::Cell;
use super::{Aspect, Rules};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A table of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// Bulanan: region, category, stage, class, square of the map, channel, kind of office.
    Monthly,
    /// Harian: province and day.
    Daily,
}

impl Table {
    /// All tables.
    pub const ALL: [Table; 2] = [Table::Monthly, Table::Daily];

    /// The name of its files.
    pub fn name(self) -> &'static str {
        match self {
            Table::Monthly => "bulanan",
            Table::Daily => "harian",
        }
    }

    /// What its rows tell, in the order in which reports are told apart.
    pub fn aspects(self, rules: &Rules) -> Vec<Aspect> {
        match self {
            Table::Monthly => [Aspect::Region].into_iter().chain(rules.order.iter().copied()).collect(),
            Table::Daily => vec![Aspect::Region, Aspect::Day],
        }
    }
}

/// How carefully a matter is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    Ordinary,
    /// Province at the finest, no days, no squares, and more people in each row.
    Sensitive,
}

impl Protection {
    /// Both.
    pub const ALL: [Protection; 2] = [Protection::Ordinary, Protection::Sensitive];

    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            Protection::Ordinary => "ordinary",
            Protection::Sensitive => "sensitive",
        }
    }

    /// How many people a row stands for at least.
    pub fn least(self, rules: &Rules) -> u32 {
        match self {
            Protection::Ordinary => rules.people,
            Protection::Sensitive => rules.sensitive_people,
        }
    }
}

/// Some reports of which the same is told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    pub protection: Protection,
    /// What is told. Of an aspect that is absent, or told widely, these are the reports that no other row tells finer.
    pub told: BTreeMap<Aspect, String>,
    pub reports: u64,
}

impl Row {
    pub(super) fn of(protection: Protection, cell: &Cell<'_>, aspects: &[Aspect]) -> Row {
        let told = cell.told.iter().filter(|(aspect, _)| aspects.contains(aspect));
        Row {
            protection,
            told: told.map(|(aspect, name)| (*aspect, name.clone())).collect(),
            reports: cell.members.len() as u64,
        }
    }
}
