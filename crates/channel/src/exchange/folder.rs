//! A folder for what comes, and one for what goes.

use super::{Read, Result, Waiting};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tokio::fs;

/// Two folders, of which one may be absent.
pub struct Folder {
    inbox: Option<PathBuf>,
    outbox: Option<PathBuf>,
    /// How long a file must have been left alone before it is read.
    settle: Duration,
}

impl Folder {
    /// These folders.
    pub fn new(inbox: Option<PathBuf>, outbox: Option<PathBuf>, settle: Duration) -> Folder {
        Folder { inbox, outbox, settle }
    }

    pub(super) fn ways(&self) -> (bool, bool) {
        (self.inbox.is_some(), self.outbox.is_some())
    }

    /// Plain files only: a link could lead anywhere.
    pub(super) async fn list(&self, now: SystemTime) -> Result<Vec<Waiting>> {
        let Some(inbox) = &self.inbox else { return Ok(Vec::new()) };
        let mut entries = fs::read_dir(inbox).await?;
        let mut list = Vec::new();
        while let Some(entry) = entries.next_entry().await? {
            let facts = fs::symlink_metadata(entry.path()).await?;
            if let Ok(name) = entry.file_name().into_string()
                && facts.is_file()
                && self.is_settled(&facts, now)
            {
                list.push(Waiting { name, size: facts.len(), stamp: stamp(&facts) });
            }
        }
        Ok(list)
    }

    fn is_settled(&self, facts: &Metadata, now: SystemTime) -> bool {
        let age = facts.modified().ok().and_then(|at| now.duration_since(at).ok());
        age.is_some_and(|age| age >= self.settle)
    }

    pub(super) async fn copy(&self, waiting: &Waiting, to: &Path) -> Result<bool> {
        let Some(inbox) = &self.inbox else { return Ok(false) };
        let path = inbox.join(&waiting.name);
        match fs::copy(&path, to).await {
            Err(gone) if gone.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            copied => copied?,
        };
        let facts = fs::symlink_metadata(&path).await?;
        Ok(facts.is_file() && stamp(&facts) == waiting.stamp)
    }

    pub(super) async fn put_aside(&self, waiting: &Waiting, read: &Read<'_>) -> Result<()> {
        let Some(inbox) = &self.inbox else { return Ok(()) };
        let folder = inbox.join(read.aside.name());
        place(read.result, &folder, &format!("{}.result.csv", read.name)).await?;
        let path = inbox.join(&waiting.name);
        let same = fs::symlink_metadata(&path).await.is_ok_and(|facts| stamp(&facts) == waiting.stamp);
        match same {
            true => Ok(fs::rename(path, folder.join(read.name)).await?),
            false => place(read.copy, &folder, read.name).await,
        }
    }

    pub(super) async fn put_out(&self, name: &str, from: &Path) -> Result<()> {
        match &self.outbox {
            Some(outbox) => place(from, outbox, name).await,
            None => Ok(()),
        }
    }
}

/// Under another name first, on disk, and then renamed: whoever looks finds a whole file or none.
async fn place(from: &Path, folder: &Path, name: &str) -> Result<()> {
    fs::create_dir_all(folder).await?;
    let half = folder.join(format!(".{name}.tmp"));
    fs::copy(from, &half).await?;
    fs::File::open(&half).await?.sync_all().await?;
    fs::rename(&half, folder.join(name)).await?;
    Ok(())
}

fn stamp(facts: &Metadata) -> String {
    let at = facts.modified().ok().and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
    format!("{}-{}", facts.len(), at.unwrap_or_default().as_nanos())
}
