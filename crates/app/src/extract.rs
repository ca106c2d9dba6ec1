//! Extracts: the reports behind a figure as a file, made step by step in the background, for whoever asked.

use crate::jobs::write_extract;
use crate::measures::FigureList;
use crate::{App, Conflict, Error, Result, transfer};
use domain::{Actor, UserId};
use jiff::SignedDuration;
use serde_json::{from_str, to_string};
use store::extract::{self, ExtractRow, ExtractState};

/// Most reports of one extract.
pub const MOST_EXTRACTED: usize = 20_000;
/// Extracts of an officer that are kept; the oldest one makes room.
pub const MOST_EXTRACTS: usize = 3;
/// How long an extract is kept.
pub const EXTRACT_TIME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// An extract as its officer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractView {
    pub row: ExtractRow,
    /// `None` when it was asked of a version that knew other lists.
    pub list: Option<FigureList>,
}

fn broken(error: serde_json::Error) -> Error {
    Error::Broken(error.to_string())
}

impl App {
    /// Asks for the reports behind a figure as a file. The same key asks once.
    pub async fn ask_extract(&self, by: &Actor, list: &FigureList, key: &str) -> Result<i64> {
        let officer = by.user().ok_or(Error::Denied)?;
        let (asked, key, id, at) = (to_string(list).map_err(broken)?, key.to_owned(), self.id(), self.now());
        let job = self.id();
        let id = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    if let Some((known, before)) = extract::find_by_key(tx, officer, &key).await? {
                        return if before == asked { Ok(known) } else { Err(Error::Conflict(Conflict::KeyReused)) };
                    }
                    for old in extract::list(tx, officer).await?.into_iter().skip(MOST_EXTRACTS - 1) {
                        extract::delete(tx, old.id).await?;
                    }
                    if !extract::insert(tx, id, (officer, &key), &asked, at).await? {
                        return Err(Error::Busy);
                    }
                    write_extract::enqueue(tx, job, id, at).await?;
                    Ok(id)
                })
            })
            .await?;
        self.note_export(by).await?;
        Ok(id)
    }

    /// The extracts of an officer, the newest first.
    pub async fn extracts(&self, by: &Actor) -> Result<Vec<ExtractView>> {
        let officer = by.user().ok_or(Error::Denied)?;
        let rows = extract::list(&mut self.db.read().await?, officer).await?;
        Ok(rows.into_iter().map(view).collect())
    }

    /// One of an officer's own extracts.
    pub async fn extract(&self, by: &Actor, id: i64) -> Result<ExtractView> {
        self.own_extract(by.user(), id).await.map(view)
    }

    /// The bytes of an extract that is done.
    pub async fn extract_file(&self, by: &Actor, id: i64, way: transfer::Way) -> Result<Vec<u8>> {
        let own = self.own_extract(by.user(), id).await?;
        if own.state != ExtractState::Done {
            return Err(Error::NotFound);
        }
        let parts = extract::parts(&mut self.db.read().await?, id).await?;
        transfer::joined(self, parts, way).await
    }

    /// Takes an extract away before its time, also while it is being made.
    pub async fn drop_extract(&self, by: &Actor, id: i64) -> Result<()> {
        let own = self.own_extract(by.user(), id).await?;
        self.db.write(move |tx| Box::pin(async move { Ok::<(), Error>(extract::delete(tx, own.id).await?) })).await
    }

    async fn own_extract(&self, officer: Option<UserId>, id: i64) -> Result<ExtractRow> {
        let found = extract::load(&mut self.db.read().await?, id).await?;
        found.filter(|row| Some(row.officer) == officer).ok_or(Error::NotFound)
    }
}

fn view(row: ExtractRow) -> ExtractView {
    let list = from_str(&row.asked).ok();
    ExtractView { row, list }
}
