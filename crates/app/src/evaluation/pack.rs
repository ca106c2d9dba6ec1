//! The papers for the national competition, as one file: see [`domain::evaluation::PackPart`].

use crate::papers::MOST_PAPERS;
use crate::{App, Error, Result, View, package};
use domain::evaluation::{Form, MOST_BYTES, Outcome, PackPart, is_paper_of};
use domain::oversight::Semester;
use domain::policy::{OfficeAction, may_at};
use domain::snapshot::Snapshot;
use domain::{Actor, AgencyId};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use store::access::log_change;
use store::evaluation::SignedOutcome;
use store::paper::{self, Paper};

/// A paper of the agency among the papers for the competition.
#[derive(Debug, Clone, PartialEq)]
pub struct PackFile {
    pub part: PackPart,
    pub paper: Paper,
    /// Where it lies in the file.
    pub place: String,
    /// Whether it is too large to be put in beside those before it.
    pub left_out: bool,
}

/// Everything that an agency shows for a year.
#[derive(Debug, Clone)]
pub struct Pack {
    pub agency: AgencyId,
    pub year: i16,
    pub files: Vec<PackFile>,
    /// The frozen half years of the year.
    pub halves: Vec<Arc<Snapshot>>,
    /// Final evaluations of the year.
    pub outcomes: Vec<(Outcome, SignedOutcome, Form)>,
    /// As everybody may read them.
    pub stories: Vec<View>,
    /// Chosen once, and no stories any more.
    pub gone: usize,
    /// Parts of which there is nothing, and half years that are not frozen or not evaluated.
    pub missing: Vec<(PackPart, Option<Semester>)>,
    pub at: Timestamp,
}

/// The agency itself puts its papers together.
pub(super) fn owns(app: &App, by: &Actor, agency: AgencyId) -> Result<()> {
    let reference = app.reference();
    match may_at(&reference.rules.agencies, by, OfficeAction::FillEvaluation, agency) {
        true => Ok(()),
        false => Err(Error::Denied),
    }
}

impl App {
    /// What an agency has to show for a year, and what is missing.
    pub async fn pack_of(&self, by: &Actor, agency: AgencyId, year: i16) -> Result<Pack> {
        owns(self, by, agency)?;
        let halves: Vec<Semester> =
            [1, 2].into_iter().filter_map(|half| Semester::parse(&format!("{year}-{half}"))).collect();
        if halves.is_empty() {
            return Err(Error::NotFound);
        }
        let papers = paper::list(&mut self.db.read().await?, agency, MOST_PAPERS).await?;
        let (mut snapshots, mut outcomes, mut missing) = (Vec::new(), Vec::new(), Vec::new());
        for semester in halves {
            match self.snapshot(semester).await? {
                Some(snapshot) => snapshots.push(snapshot),
                None => missing.push((PackPart::Statistics, Some(semester))),
            }
            match self.evaluation_outcome((semester, agency)).await {
                Ok(outcome) => outcomes.push(outcome),
                Err(Error::NotFound) => missing.push((PackPart::Evaluation, Some(semester))),
                Err(error) => return Err(error),
            }
        }
        let files = files(papers, year);
        let (stories, gone) = self.stories(agency, year).await?;
        let there: BTreeSet<PackPart> = files.iter().map(|file| file.part).collect();
        let papers = [PackPart::Decree, PackPart::Procedure, PackPart::AnnualReport];
        missing.extend(papers.into_iter().filter(|part| !there.contains(part)).map(|part| (part, None)));
        missing.extend(stories.is_empty().then_some((PackPart::Stories, None)));
        missing.sort();
        Ok(Pack { agency, year, files, halves: snapshots, outcomes, stories, gone, missing, at: self.now() })
    }

    /// Packs them into one file with documents made of them; it is swept away at night. Who takes it is logged.
    pub async fn pack_up(&self, by: &Actor, pack: &Pack, documents: Vec<(String, Vec<u8>)>) -> Result<PathBuf> {
        owns(self, by, pack.agency)?;
        let (id, at, user) = (self.id(), self.now(), by.user());
        let (agency, log) = (pack.agency.to_string(), format!("{{\"year\":{}}}", pack.year));
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    Ok::<(), Error>(log_change(tx, id, at, user, "competition_papers", &agency, &log).await?)
                })
            })
            .await?;
        let files = pack.files.iter().filter(|file| !file.left_out);
        let files = files
            .filter_map(|file| Some((file.place.clone(), self.files.join(crate::media::place(&file.paper.hash)?))));
        package::write_to(self, documents, files.collect()).await
    }
}

/// The papers of a year by their parts, in the order of their days, up to the size that the file may have.
fn files(mut papers: Vec<Paper>, year: i16) -> Vec<PackFile> {
    papers.retain(|paper| is_paper_of(year, paper.kind, paper.dated));
    papers.sort_by_key(|paper| (PackPart::of(paper.kind), std::cmp::Reverse(paper.dated), paper.id));
    let mut full = 0;
    let file = |paper: Paper| {
        let part = PackPart::of(paper.kind);
        let size = u64::try_from(paper.size).unwrap_or(0);
        let left_out = full + size > MOST_BYTES;
        full += if left_out { 0 } else { size };
        let place = format!("{}/{}-{}-{}", part.folder(), paper.dated, paper.id, paper.name);
        PackFile { part, paper, place, left_out }
    };
    papers.into_iter().map(file).collect()
}
