//! Makes the release of a month: once, of one instant, signed.

use super::files::files;
use crate::keys::digest;
use crate::{App, Error, Result};
use domain::open_data::{Entry, Guarantee, Month, Names, Source, release};
use domain::time::Zone;
use jiff::Timestamp;
use std::collections::BTreeSet;
use store::Tx;
use store::access::log_change;
use store::measure::{self, Stretch};
use store::open_data::{self, Issue, OpenFile};

/// Months back for which a release is still made.
const MONTHS: usize = 24;
/// Reports that are read at once.
const PAGE: u32 = 2_000;
/// How often a moment is looked for in which everything is measured.
const TRIES: u32 = 20;

/// A release before it is kept.
struct Made {
    issue: Issue,
    guarantee: String,
    files: Vec<OpenFile>,
}

impl App {
    /// Makes the release of the first month that is due and has none, if there is one; one month at a time. A month of
    /// which nothing can be told is passed over, so that nobody sees whether somebody wrote in it.
    pub async fn release_open_data(&self) -> Result<Option<Month>> {
        let today = Zone::Wib.day(self.now());
        let Some(day) = self.reference().open_rules.last().map(|rules| rules.day) else { return Ok(None) };
        let months = Month::due(today, day).up_to(MONTHS);
        let known = open_data::list(&mut self.db.read().await?, Month::of(today), MONTHS as u32).await?;
        let known: BTreeSet<Month> = known.into_iter().map(|issue| issue.month).collect();
        for month in months.into_iter().filter(|month| !known.contains(month)) {
            let Some((at, sources)) = self.open_sources(month).await? else { return Ok(None) };
            let app = self.clone();
            let made = tokio::task::spawn_blocking(move || app.made(month, at, sources));
            let made = made.await.map_err(|error| Error::Broken(error.to_string()))??;
            if let Some(made) = made {
                return Ok(self.keep_release(made).await?.then_some(month));
            }
        }
        Ok(None)
    }

    /// The reports of a month, all of one instant; nothing where others write all the time.
    async fn open_sources(&self, month: Month) -> Result<Option<(Timestamp, Vec<Source>)>> {
        for _ in 0..TRIES {
            self.fold_all_measures().await?;
            let app = self.clone();
            let found = self.db.write(move |tx| {
                Box::pin(async move {
                    measure::alone(tx).await?;
                    if measure::is_behind(tx).await? {
                        return Ok(None);
                    }
                    let at = app.now();
                    Ok::<_, Error>(Some((at, sources(tx, month).await?)))
                })
            });
            if let Some(found) = found.await? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The release with its files and its seal; nothing where nothing can be told.
    fn made(&self, month: Month, at: Timestamp, sources: Vec<Source>) -> Result<Option<Made>> {
        let reference = self.reference();
        let Some(rules) = reference.open_rules.last() else { return Ok(None) };
        let entries = Entry::all(&reference.rules.agencies, sources);
        let tables = release(rules, &reference.categories, month, &entries);
        if tables.is_empty() {
            return Ok(None);
        }
        let names = Names { regions: &reference.regions, categories: &reference.categories };
        let (files, seals) = files(month, &tables, names)?;
        let promised = Guarantee::of(rules, month, at, &tables, seals);
        let guarantee = serde_json::to_string_pretty(&promised).map_err(|error| Error::Broken(error.to_string()))?;
        let (signature, signer) = self.keys.attest(&guarantee);
        let issue =
            Issue { month, made_at: at, reports: promised.reports(), digest: digest(&guarantee), signature, signer };
        Ok(Some(Made { issue, guarantee, files }))
    }

    /// Keeps a release; `false` where another process was first.
    async fn keep_release(&self, made: Made) -> Result<bool> {
        let (at, log) = (self.now(), self.id());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let Made { issue, guarantee, files } = made;
                    if !open_data::insert(tx, &issue, &guarantee, &files).await? {
                        return Ok(false);
                    }
                    let change = format!("{{\"digest\":\"{}\"}}", issue.digest);
                    log_change(tx, log, at, None, "open_release", &issue.month.to_string(), &change).await?;
                    Ok::<bool, Error>(true)
                })
            })
            .await
    }
}

/// All reports that came in during a month.
pub(super) async fn sources(tx: &mut Tx, month: Month) -> Result<Vec<Source>> {
    let mut found: Vec<Source> = Vec::new();
    let mut stretch = Stretch::of(month.first(), month.last());
    loop {
        let page = open_data::sources(tx, stretch, PAGE).await?;
        let Some(last) = page.last() else { return Ok(found) };
        stretch.after = (last.fact.day, last.fact.report);
        found.extend(page);
    }
}
