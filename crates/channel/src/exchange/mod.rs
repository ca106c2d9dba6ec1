//! Places where files of other systems come and go: a folder, or a bucket that speaks S3.

mod bucket;
mod folder;

pub use bucket::{Bucket, BucketSettings};
pub use folder::Folder;

use std::path::Path;
use std::time::SystemTime;

/// Why a place does not give or take a file.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// What the other side says, without addresses and keys.
    #[error("{0}")]
    Refused(String),
}

/// What a place returns.
pub type Result<T> = std::result::Result<T, Error>;

/// A file that waits, as it looked when it was listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub name: String,
    pub size: u64,
    /// What changes when the file does.
    pub stamp: String,
}

/// Where a file goes that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    Done,
    Failed,
}

impl Aside {
    /// The name of its folder.
    pub fn name(self) -> &'static str {
        match self {
            Aside::Done => "done",
            Aside::Failed => "failed",
        }
    }
}

/// A file that was read.
#[derive(Debug, Clone, Copy)]
pub struct Read<'a> {
    /// Our copy, and what came of each row.
    pub copy: &'a Path,
    pub result: &'a Path,
    pub aside: Aside,
    /// Its name there.
    pub name: &'a str,
}

/// A place.
pub enum Place {
    Folder(Folder),
    Bucket(Bucket),
}

impl Place {
    /// Whether files come by it, and whether they go.
    pub fn ways(&self) -> (bool, bool) {
        match self {
            Place::Folder(folder) => folder.ways(),
            Place::Bucket(bucket) => bucket.ways(),
        }
    }

    /// The files that wait and are whole, by their names.
    pub async fn list(&self, now: SystemTime) -> Result<Vec<Waiting>> {
        let mut list = match self {
            Place::Folder(folder) => folder.list(now).await?,
            Place::Bucket(bucket) => bucket.list().await?,
        };
        list.retain(|waiting| is_table(&waiting.name));
        list.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(list)
    }

    /// Copies a file to a path of our own. `false` where it changed while it was read, or is gone.
    pub async fn copy(&self, waiting: &Waiting, to: &Path) -> Result<bool> {
        match self {
            Place::Folder(folder) => folder.copy(waiting, to).await,
            Place::Bucket(bucket) => bucket.copy(waiting, to).await,
        }
    }

    /// Puts a file that was read aside, with its result beside it. One that somebody replaced meanwhile stays, to be
    /// read the next time, and our copy goes in its place.
    pub async fn put_aside(&self, waiting: &Waiting, read: &Read<'_>) -> Result<()> {
        match self {
            Place::Folder(folder) => folder.put_aside(waiting, read).await,
            Place::Bucket(bucket) => bucket.put_aside(waiting, read).await,
        }
    }

    /// Puts a file out. It is there whole or not at all.
    pub async fn put_out(&self, name: &str, from: &Path) -> Result<()> {
        match self {
            Place::Folder(folder) => folder.put_out(name, from).await,
            Place::Bucket(bucket) => bucket.put_out(name, from).await,
        }
    }
}

/// A name that somebody gave to a table: no folder, nothing hidden, and none that is still being written.
fn is_table(name: &str) -> bool {
    let plain = !name.starts_with('.')
        && !name.contains(char::is_control)
        && !name.contains(['/', '\\', '\0'])
        && name.len() <= 200;
    let lower = name.to_ascii_lowercase();
    plain && (lower.ends_with(".csv") || lower.ends_with(".xlsx"))
}

#[cfg(test)]
mod tests {
    use super::is_table;

    #[test]
    fn what_is_being_written_or_hidden_is_no_table() {
        assert!(["laporan.csv", "LAPORAN.XLSX", "a b.csv"].iter().all(|name| is_table(name)));
        let others =
            ["laporan.csv.tmp", ".laporan.csv", "laporan.txt", "../x.csv", "done", "laporan.csv.part", "a\\b.csv"];
        assert!(others.iter().all(|name| !is_table(name)));
    }
}
