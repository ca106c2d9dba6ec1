//! The papers of an office: its decree, its procedure and its yearly reports.

use crate::agencies::key_id;
use crate::seats::Change;
use crate::{App, Error, Result, Upload};
use domain::agency::PaperKind;
use domain::policy::reads_papers;
use domain::{Actor, AgencyId};
use jiff::civil::Date;
use std::path::PathBuf;
use store::paper::{self, Paper};

/// Most papers of one office.
pub(crate) const MOST_PAPERS: u32 = 60;

/// A paper to be kept.
#[derive(Debug, Clone)]
pub struct NewPaper {
    pub kind: PaperKind,
    /// Its number or title.
    pub title: String,
    /// The day that stands on it.
    pub dated: Date,
    /// Whether everybody may read it.
    pub shown: bool,
    pub file: Upload,
}

impl App {
    /// Keeps a paper of an office; a PDF only. The same key is the same paper.
    pub async fn add_paper(&self, by: &Actor, office: AgencyId, new: NewPaper, key: &str) -> Result<Paper> {
        self.is_dresser(by, office)?;
        if new.file.kind != crate::media::Kind::Pdf.mime() {
            return Err(Error::File("paper-not-pdf"));
        }
        let row = Paper {
            id: key_id("paper", key),
            agency: office,
            kind: new.kind,
            title: new.title,
            dated: new.dated,
            shown: new.shown,
            name: new.file.name,
            media: new.file.kind,
            size: new.file.size,
            hash: new.file.hash,
            at: self.now(),
        };
        let (app, user) = (self.clone(), by.user());
        self.db
            .write(move |tx| {
                let (app, row) = (app.clone(), row.clone());
                Box::pin(async move {
                    if let Some(made) = paper::load(tx, row.id).await? {
                        return Ok(made);
                    }
                    if paper::list(tx, office, MOST_PAPERS).await?.len() >= MOST_PAPERS as usize {
                        return Err(Error::File("paper-too-many"));
                    }
                    paper::insert(tx, &row).await?;
                    app.log_seat(tx, user, office, &Change::PaperAdded { paper: row.id }).await?;
                    Ok(row)
                })
            })
            .await
    }

    /// Takes a paper away; once it is gone, taking it away again changes nothing.
    pub async fn remove_paper(&self, by: &Actor, office: AgencyId, id: i64) -> Result<()> {
        self.is_dresser(by, office)?;
        let (app, user) = (self.clone(), by.user());
        self.db
            .write(move |tx| {
                let app = app.clone();
                Box::pin(async move {
                    let found = paper::load(tx, id).await?.filter(|paper| paper.agency == office);
                    if found.is_some() {
                        paper::delete(tx, id).await?;
                        app.log_seat(tx, user, office, &Change::PaperRemoved { paper: id }).await?;
                    }
                    Ok::<(), Error>(())
                })
            })
            .await
    }

    /// The papers of an office, the newest first; for everybody (`by` is public) those that are shown.
    pub async fn papers(&self, by: &Actor, office: AgencyId) -> Result<Vec<Paper>> {
        let mut all = paper::list(&mut self.db.read().await?, office, MOST_PAPERS).await?;
        all.retain(|paper| self.reads_paper(by, paper));
        Ok(all)
    }

    /// One paper of an office and where it lies.
    pub async fn paper(&self, by: &Actor, office: AgencyId, id: i64) -> Result<(Paper, PathBuf)> {
        let found = paper::load(&mut self.db.read().await?, id).await?;
        let paper =
            found.filter(|paper| paper.agency == office && self.reads_paper(by, paper)).ok_or(Error::NotFound)?;
        let place = crate::media::place(&paper.hash).ok_or(Error::NotFound)?;
        Ok((paper, self.files.join(place)))
    }

    fn reads_paper(&self, by: &Actor, paper: &Paper) -> bool {
        paper.shown || reads_papers(&self.reference().rules.agencies, by, paper.agency)
    }
}
