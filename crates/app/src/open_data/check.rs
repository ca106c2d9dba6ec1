//! Holds releases against their seals, their promises and, where it is asked, the reports behind them.

use super::files::OpenKind;
use super::make::sources;
use crate::keys::{digest, digest_of, is_attested};
use crate::{App, Error, Result};
use domain::ReportId;
use domain::measure::fact;
use domain::open_data::{
    Column, Entry, Guarantee, Month, Release, Row, Rules, Scale, Source, Table, faults_of_entries, faults_of_rows,
};
use jiff::Timestamp;
use std::collections::BTreeSet;
use store::measure;
use store::open_data::Issue;

/// Releases that are looked at before others may read.
const BATCH: u32 = 24;
/// Logs that are read at once.
const LOGS: usize = 500;

/// What is wrong with a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongRelease {
    /// The guarantee is not the text that was signed.
    Seal(Month),
    /// A file is not the one in the guarantee, or cannot be read.
    File(Month),
    /// A file does not keep what the guarantee says.
    Promise(Month),
    /// The reports as they are known do not come to the same: names or offices may have changed since.
    Recount(Month),
}

impl App {
    /// What is wrong with all releases. With `recount`, the reports behind them are looked at as they were known then.
    pub async fn wrong_releases(&self, recount: bool) -> Result<Vec<WrongRelease>> {
        let mut wrong = Vec::new();
        let mut before = Month::of(jiff::civil::Date::MAX);
        loop {
            let (issues, more) = self.open_releases(before, BATCH).await?;
            for issue in &issues {
                wrong.extend(self.wrong_release(issue, recount).await?);
            }
            match issues.last().filter(|_| more) {
                Some(last) => before = last.month,
                None => return Ok(wrong),
            }
        }
    }

    async fn wrong_release(&self, issue: &Issue, recount: bool) -> Result<Option<WrongRelease>> {
        let month = issue.month;
        let text = self.open_guarantee(month).await?.unwrap_or_default();
        let guarantee: Option<Guarantee> = serde_json::from_str(&text).ok();
        let Some(guarantee) =
            guarantee.filter(|_| digest(&text) == issue.digest && is_attested(&text, &issue.signature, &issue.signer))
        else {
            return Ok(Some(WrongRelease::Seal(month)));
        };
        let mut release = Release::default();
        for table in Table::ALL {
            for kind in OpenKind::ALL {
                let name = kind.name(table);
                let content = self.open_file(month, &name).await?.unwrap_or_default();
                let sealed = guarantee.files.iter().find(|file| file.name == name);
                if sealed.is_none_or(|file| file.sha256 != digest_of(&content)) {
                    return Ok(Some(WrongRelease::File(month)));
                }
                if kind == OpenKind::Csv {
                    let Some(rows) = read(table, &content) else { return Ok(Some(WrongRelease::File(month))) };
                    release.tables.insert(table, rows);
                }
            }
        }
        let reference = self.reference();
        let scale = Scale { rules: &guarantee.rules, categories: &reference.categories, month };
        let promised = guarantee.promises.iter().all(|promise| {
            promise.people == promise.protection.least(&guarantee.rules)
                && promise.reports == release.reports(promise.protection)
        });
        if !promised || !faults_of_rows(&scale, &release).is_empty() {
            return Ok(Some(WrongRelease::Promise(month)));
        }
        match recount && !self.counts_again(&guarantee.rules, guarantee.made_at, month, release).await? {
            true => Ok(Some(WrongRelease::Recount(month))),
            false => Ok(None),
        }
    }

    /// Whether the reports of the month, as their logs were then, come to the same rows of enough people.
    async fn counts_again(&self, rules: &Rules, at: Timestamp, month: Month, release: Release) -> Result<bool> {
        let mut tx = self.db.read().await?;
        let now = sources(&mut tx, month).await?;
        let mut then = Vec::new();
        for page in now.chunks(LOGS) {
            let ids: Vec<ReportId> = page.iter().map(|source| source.fact.report).collect();
            let mut logs = measure::logs(&mut tx, &ids).await?;
            let reference = self.reference();
            let page = page.to_vec();
            let made = tokio::task::spawn_blocking(move || {
                let was = |source: Source| {
                    let mut log = logs.remove(&source.fact.report)?;
                    log.retain(|(when, _)| *when <= at);
                    Some(Source { fact: fact(&reference.rules, source.fact.report, &log)?, ..source })
                };
                page.into_iter().filter_map(was).collect::<Vec<Source>>()
            });
            then.extend(made.await.map_err(|error| Error::Broken(error.to_string()))?);
        }
        drop(tx);
        let (reference, rules) = (self.reference(), rules.clone());
        let counted = tokio::task::spawn_blocking(move || {
            let entries = Entry::all(&reference.rules.agencies, then);
            let scale = Scale { rules: &rules, categories: &reference.categories, month };
            faults_of_entries(&scale, &release, &entries)
        });
        let faults: BTreeSet<_> = counted.await.map_err(|error| Error::Broken(error.to_string()))?;
        Ok(faults.is_empty())
    }
}

/// The rows of a published table; nothing where it is none.
fn read(table: Table, content: &[u8]) -> Option<Vec<Row>> {
    let mut reader = csv::Reader::from_reader(content);
    let header = reader.headers().ok()?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.ok()?;
        let cell = |column: Column| header.iter().position(|name| name == column.name()).and_then(|at| record.get(at));
        rows.push(Row::read(table, cell)?);
    }
    Some(rows)
}
