//! Success stories: finished public reports that an agency shows in the papers for the competition.

use super::pack::owns;
use crate::{App, Error, Result, View};
use domain::evaluation::{MOST_STORIES, is_story_of};
use domain::{Actor, AgencyId, Code, ReportId};
use store::evaluation::story;
use store::report;

/// Why a report cannot be a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorySlip {
    /// There is none that everybody may read, finished and of this agency; more is not told.
    Unknown,
    /// There are as many as there may be.
    Many,
}

impl App {
    /// Puts a report among the stories of a year; a second time changes nothing.
    pub async fn put_story(
        &self,
        by: &Actor,
        (agency, year): (AgencyId, i16),
        code: Code,
    ) -> Result<std::result::Result<(), StorySlip>> {
        owns(self, by, agency)?;
        let user = by.user().ok_or(Error::Denied)?;
        let app = self.clone();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let reference = app.reference();
                    let found = report::find(tx, code).await?.map(|row| row.report);
                    let fits = |one: &domain::Report| is_story_of(&reference.rules.agencies, agency, one);
                    let Some(found) = found.filter(fits) else { return Ok(Err(StorySlip::Unknown)) };
                    let kept = story::list(tx, (agency, year), MOST_STORIES as u32).await?;
                    if kept.len() >= MOST_STORIES && !kept.contains(&found.id) {
                        return Ok(Err(StorySlip::Many));
                    }
                    story::put(tx, (agency, year), found.id, app.now(), user).await?;
                    Ok::<_, Error>(Ok(()))
                })
            })
            .await
    }

    /// Takes a report from the stories of a year; once it is gone, taking it away again changes nothing.
    pub async fn drop_story(&self, by: &Actor, (agency, year): (AgencyId, i16), code: Code) -> Result<()> {
        owns(self, by, agency)?;
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    if let Some(row) = report::find(tx, code).await? {
                        story::delete(tx, (agency, year), row.report.id).await?;
                    }
                    Ok::<(), Error>(())
                })
            })
            .await
    }

    /// The stories of a year as everybody may read them, and how many are no stories any more: they were hidden, opened again
    /// or handed over since.
    pub(super) async fn stories(&self, agency: AgencyId, year: i16) -> Result<(Vec<View>, usize)> {
        let reference = self.reference();
        let mut codes: Vec<(ReportId, Option<Code>)> = Vec::new();
        let mut tx = self.db.read().await?;
        for id in story::list(&mut tx, (agency, year), MOST_STORIES as u32).await? {
            let row = report::load(&mut tx, id).await?;
            let fits = row.filter(|row| is_story_of(&reference.rules.agencies, agency, &row.report));
            codes.push((id, fits.map(|row| row.code)));
        }
        drop(tx);
        let (mut stories, mut gone) = (Vec::new(), 0);
        for (_, code) in codes {
            match code {
                Some(code) => stories.push(self.view(code, &Actor::Public).await?),
                None => gone += 1,
            }
        }
        Ok((stories, gone))
    }
}
