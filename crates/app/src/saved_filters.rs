//! Filters of the inbox that an officer keeps under names of their own.

use crate::{App, Error, Result};
use domain::UserId;
use store::Audience;
use store::access::log_change;
use store::saved_filter::{self, SavedFilter};

/// Most filters of one officer.
pub const MOST_FILTERS: usize = 12;
/// Longest name, in characters.
pub const LONGEST_NAME: usize = 40;
/// Longest query, in bytes.
const LONGEST_QUERY: usize = 1000;

/// Why a filter was not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterSlip {
    /// It has no name, or a longer one than [`LONGEST_NAME`].
    Name,
    /// There are [`MOST_FILTERS`] already.
    Many,
}

impl App {
    /// An officer's own filters, the oldest first.
    pub async fn saved_filters(&self, officer: UserId) -> Result<Vec<SavedFilter>> {
        let read = async || Ok(saved_filter::list(&mut self.db.read().await?, officer).await?);
        self.desk.filters.get(|| self.mark(Audience::Officers), self.now(), officer, read).await
    }

    /// Keeps a filter under a name; one of the same name is replaced, so that sending it twice keeps it once.
    pub async fn save_filter(
        &self,
        officer: UserId,
        name: &str,
        query: &str,
    ) -> Result<std::result::Result<(), FilterSlip>> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > LONGEST_NAME || query.len() > LONGEST_QUERY {
            return Ok(Err(FilterSlip::Name));
        }
        let new = SavedFilter { id: self.id(), name, query: query.to_owned() };
        let (at, log) = (self.now(), self.id());
        self.db
            .write_for(Audience::Officers, move |tx| {
                Box::pin(async move {
                    let kept = saved_filter::list(tx, officer).await?;
                    let same = kept.iter().find(|filter| filter.name == new.name);
                    if same.is_none() && kept.len() >= MOST_FILTERS {
                        return Ok(Err(FilterSlip::Many));
                    }
                    if let Some(same) = same {
                        saved_filter::delete(tx, officer, same.id).await?;
                    }
                    saved_filter::insert(tx, officer, &new, at).await?;
                    let noun_id = new.id.to_string();
                    log_change(tx, log, at, Some(officer), "saved_filter", &noun_id, "{\"saved\":true}").await?;
                    Ok::<_, Error>(Ok(()))
                })
            })
            .await
    }

    /// Forgets one of an officer's own filters.
    pub async fn forget_filter(&self, officer: UserId, id: i64) -> Result<()> {
        let (at, log) = (self.now(), self.id());
        self.db
            .write_for(Audience::Officers, move |tx| {
                Box::pin(async move {
                    if !saved_filter::delete(tx, officer, id).await? {
                        return Err(Error::NotFound);
                    }
                    let noun_id = id.to_string();
                    log_change(tx, log, at, Some(officer), "saved_filter", &noun_id, "{\"saved\":false}").await?;
                    Ok(())
                })
            })
            .await
    }
}
