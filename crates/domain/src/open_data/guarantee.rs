//! What is promised of a release, in a form that programs check.

use super::{Aspect, Month, Protection, Release, Rules, Table};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Of the document, and of the columns of the files.
pub const FORMAT: u16 = 1;

/// What is promised of a release. It is signed, and by the digests in it every file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guarantee {
    pub format: u16,
    pub month: Month,
    /// What happened later is not told.
    pub made_at: Timestamp,
    pub rules: Rules,
    pub promises: Vec<Promise>,
    /// Hundredths of the ordinary reports in the monthly table of which an aspect is not told, rounded; of the region, its
    /// regency or city.
    pub untold_percent: BTreeMap<Aspect, u64>,
    pub files: Vec<FileSeal>,
}

/// What is promised for matters of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    pub protection: Protection,
    /// Every row stands for at least so many different people.
    pub people: u32,
    /// Reports that are told of; where there are none, nobody wrote or fewer people than that.
    pub reports: u64,
}

/// A file of the release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSeal {
    pub name: String,
    pub rows: u64,
    pub bytes: u64,
    pub sha256: String,
}

impl Guarantee {
    /// The promise of a release with its files.
    pub fn of(rules: &Rules, month: Month, made_at: Timestamp, release: &Release, files: Vec<FileSeal>) -> Guarantee {
        let promise = |protection: Protection| Promise {
            protection,
            people: protection.least(rules),
            reports: release.reports(protection),
        };
        let ordinary = release.rows(Table::Monthly).iter().filter(|row| row.protection == Protection::Ordinary);
        let ordinary: Vec<_> = ordinary.collect();
        let all: u64 = ordinary.iter().map(|row| row.reports).sum();
        let untold = |aspect: Aspect| {
            let is_told = |told: &String| aspect != Aspect::Region || told.contains('.');
            let silent = ordinary.iter().filter(|row| !row.told.get(&aspect).is_some_and(is_told));
            let reports: u64 = silent.map(|row| row.reports).sum();
            (aspect, (reports * 200 + all).checked_div(all * 2).unwrap_or(0))
        };
        Guarantee {
            format: FORMAT,
            month,
            made_at,
            rules: rules.clone(),
            promises: Protection::ALL.map(promise).to_vec(),
            untold_percent: Table::Monthly.aspects(rules).into_iter().map(untold).collect(),
            files,
        }
    }

    /// All reports that are told of.
    pub fn reports(&self) -> u64 {
        self.promises.iter().map(|promise| promise.reports).sum()
    }
}
