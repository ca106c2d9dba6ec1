//! Open data: a release for each month, made once after it ended and never changed.

mod check;
mod files;
mod make;

pub use check::WrongRelease;
pub use files::OpenKind;

use crate::{App, Error, Result};
use domain::open_data::{Guarantee, Month};
use store::open_data::{self, Issue};

impl App {
    /// Releases of months before one, the latest first, and whether there are more behind them.
    pub async fn open_releases(&self, before: Month, limit: u32) -> Result<(Vec<Issue>, bool)> {
        let mut found = open_data::list(&mut self.db.read().await?, before, limit.saturating_add(1)).await?;
        let more = found.len() > limit as usize;
        found.truncate(limit as usize);
        Ok((found, more))
    }

    /// The release of a month with what is promised of it.
    pub async fn open_release(&self, month: Month) -> Result<Option<(Issue, Guarantee)>> {
        let mut tx = self.db.read().await?;
        let Some(issue) = open_data::find(&mut tx, month).await? else { return Ok(None) };
        let text = open_data::guarantee(&mut tx, month).await?.unwrap_or_default();
        let guarantee = serde_json::from_str(&text).map_err(|error| Error::Broken(error.to_string()))?;
        Ok(Some((issue, guarantee)))
    }

    /// The guarantee of a release, as the very text that was signed.
    pub async fn open_guarantee(&self, month: Month) -> Result<Option<String>> {
        Ok(open_data::guarantee(&mut self.db.read().await?, month).await?)
    }

    /// The digest of a file of a release.
    pub async fn open_file_digest(&self, month: Month, name: &str) -> Result<Option<String>> {
        Ok(open_data::file_digest(&mut self.db.read().await?, month, name).await?)
    }

    /// A file of a release, as it was published.
    pub async fn open_file(&self, month: Month, name: &str) -> Result<Option<Vec<u8>>> {
        Ok(open_data::file(&mut self.db.read().await?, month, name).await?)
    }
}
