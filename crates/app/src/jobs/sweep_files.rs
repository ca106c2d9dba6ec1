//! `SweepFiles`: every night, what was sent with a form that was never accepted is taken from the disk.

use super::nightly;
use crate::{App, Error, Result, media};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::path::PathBuf;
use store::bulk;
use store::job::Claimed;

/// The job's name in the outbox.
pub const KIND: &str = "sweep_files";

/// How long a file may lie that belongs to nothing: an officer's answer may still be written.
const PATIENCE: SignedDuration = SignedDuration::from_hours(2 * 24);
/// Files that are looked up at once.
const BATCH: usize = 500;

pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    let swept = app.sweep_files(app.now().checked_sub(PATIENCE).unwrap_or(Timestamp::MIN)).await?;
    metrics::counter!("lapor_files_swept_total").increment(swept);
    nightly::settle(app, claimed, KIND).await
}

impl App {
    /// Removes files from before an instant that belong to no report, and those that never arrived whole.
    /// Returns how many.
    pub async fn sweep_files(&self, before: Timestamp) -> Result<u64> {
        let root = self.files.clone();
        let old = tokio::task::spawn_blocking(move || media::older_than(&root, before.into())).await;
        let old = old.map_err(|error| Error::Broken(error.to_string()))??;
        let mut swept = remove(old.unfinished).await?;
        let kept: Vec<(String, PathBuf)> = old.kept.into_iter().collect();
        for batch in kept.chunks(BATCH) {
            let batch: BTreeMap<String, PathBuf> = batch.iter().cloned().collect();
            let known = bulk::known_files(&mut self.db.read().await?, batch.keys().map(String::as_str)).await?;
            swept += remove(batch.into_iter().filter(|(hash, _)| !known.contains(hash)).map(|(_, path)| path)).await?;
        }
        Ok(swept)
    }
}

async fn remove(paths: impl IntoIterator<Item = PathBuf>) -> Result<u64> {
    let mut removed = 0;
    for path in paths {
        tokio::fs::remove_file(&path).await?;
        removed += 1;
    }
    Ok(removed)
}
