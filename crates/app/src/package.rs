//! The papers of a report that its reporter gave to the Ombudsman (UU 25/2009 art. 46): everything that was said
//! and done, the files with their hashes, and which deadlines were kept.

use crate::access::Protected;
use crate::{App, Error, Result};
use domain::deadline::Deadline;
use domain::policy::{Action, may};
use domain::report::Ombudsman;
use domain::text::Remark;
use domain::{Actor, Code, ReportId, due};
use jiff::Timestamp;
use std::io::Write;
use std::path::PathBuf;
use store::attachment::Attachment;
use store::consent::{self, Taken};
use store::event::Told;
use store::report::Row;
use store::reporter::Reporter;
use store::{attachment, event, report, reporter, words};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A clock and when what it waited for was done.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    pub deadline: Deadline,
    pub met: Option<Timestamp>,
}

impl Term {
    /// Whether it was missed up to an instant.
    pub fn is_missed(&self, now: Timestamp) -> bool {
        self.met.unwrap_or(now) > self.deadline.due
    }
}

/// Everything about a report, for the Ombudsman.
#[derive(Debug, Clone, PartialEq)]
pub struct Package {
    pub row: Row,
    pub consented: Timestamp,
    /// The whole history with all words, internal ones too.
    pub story: Vec<Told>,
    pub files: Vec<Attachment>,
    /// Who sent it; left out for an anonymous one.
    pub reporter: Option<Reporter>,
    pub terms: Vec<Term>,
    pub at: Timestamp,
}

/// A report that its reporter gave to the Ombudsman.
#[derive(Debug, Clone, PartialEq)]
pub struct Consented {
    pub row: Row,
    pub consented: Timestamp,
    /// Its title, for those who may read it.
    pub title: Option<String>,
}

impl App {
    /// Reports whose papers a seat may take, the latest consent first, before an instant and id.
    pub async fn consented(
        &self,
        by: &Actor,
        before: Option<(i64, i64)>,
        limit: u32,
    ) -> Result<(Vec<Consented>, Option<(i64, i64)>)> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let (at, id) = before.unwrap_or((i64::MAX, i64::MAX));
        let limit = limit.clamp(1, 100);
        let mut tx = self.db.read().await?;
        let found = consent::list(&mut tx, (at, ReportId(id)), limit + 1).await?;
        let more = found.len() > limit as usize;
        let mut rows = Vec::new();
        let mut next = None;
        for (id, consented) in found.into_iter().take(limit as usize) {
            next = Some((store::millis(consented), id.0));
            let Some(row) = report::load(&mut tx, id).await? else { continue };
            if !may(agencies, by, Action::TakePackage, &row.report) {
                continue;
            }
            let title = match may(agencies, by, Action::Read, &row.report) {
                true => words::load(&mut tx, id, row.words_seq).await?.and_then(|words| words.title),
                false => None,
            };
            rows.push(Consented { row, consented, title });
        }
        Ok((rows, next.filter(|_| more)))
    }

    /// Takes the papers of a report. Who takes them and why is recorded first, and told to the reporter.
    pub async fn package(&self, by: &Actor, code: Code, reason: &Remark) -> Result<Package> {
        let reference = self.reference();
        let mut tx = self.db.read().await?;
        let allowed = |row: &Row| may(&reference.rules.agencies, by, Action::TakePackage, &row.report);
        let row = report::find(&mut tx, code).await?.filter(allowed).ok_or(Error::NotFound)?;
        let Ombudsman::Accepted { at: consented } = row.report.ombudsman else { return Err(Error::NotFound) };
        let id = row.report.id;
        let story = event::story(&mut tx, id).await?;
        let files = attachment::list(&mut tx, id).await?;
        let reporter = match row.report.anonymous {
            true => None,
            false => reporter::load(&mut tx, id).await?,
        };
        drop(tx);
        self.note_taking(by, &row, reason).await?;
        let terms = self.terms(&row);
        Ok(Package { row, consented, story, files, reporter, terms, at: self.now() })
    }

    async fn note_taking(&self, by: &Actor, row: &Row, reason: &Remark) -> Result<()> {
        let (officer, agency) = by.user().zip(by.agency()).ok_or(Error::Denied)?;
        let taken = Taken { officer, agency, at: self.now(), reason: reason.as_str().to_owned() };
        let (id, report) = (self.id(), row.report.id);
        self.db
            .write(move |tx| Box::pin(async move { Ok::<(), Error>(consent::take(tx, id, report, &taken).await?) }))
            .await?;
        self.note_access(&row.report, by, &[Protected::Package]).await
    }

    fn terms(&self, row: &Row) -> Vec<Term> {
        let reference = self.reference();
        let (rules, report, now) = (&reference.rules, &row.report, self.now());
        let clocks = &report.clocks;
        let finished = clocks.ended.filter(|_| !report.is_open());
        [
            (due::verification(rules, report, now), clocks.disposed),
            (due::answer(rules, report, now), clocks.answered),
            (due::completion(rules, report, now), finished),
            (due::ombudsman(rules, report, now), finished),
        ]
        .into_iter()
        .filter_map(|(deadline, met)| deadline.map(|deadline| Term { deadline, met }))
        .collect()
    }

    /// Packs papers into one file, the files of the report among them; it is swept away at night.
    pub async fn pack(&self, package: &Package, documents: Vec<(String, Vec<u8>)>) -> Result<PathBuf> {
        let files: Vec<(String, PathBuf)> = package
            .files
            .iter()
            .filter_map(|file| Some((place_in(file), self.files.join(crate::media::place(&file.hash)?))))
            .collect();
        write_to(self, documents, files).await
    }
}

/// Writes documents and files into one file among those that are swept away at night.
pub(crate) async fn write_to(
    app: &App,
    documents: Vec<(String, Vec<u8>)>,
    files: Vec<(String, PathBuf)>,
) -> Result<PathBuf> {
    let path = app.files.join("incoming").join(format!("{:016x}.zip", app.id()));
    tokio::fs::create_dir_all(app.files.join("incoming")).await?;
    let to = path.clone();
    let packed = tokio::task::spawn_blocking(move || write(&to, documents, files)).await;
    packed.map_err(|error| Error::Broken(error.to_string()))??;
    Ok(path)
}

/// Where a file lies among the papers: the step it came with, its id, its name.
pub fn place_in(file: &Attachment) -> String {
    format!("lampiran/{:03}-{}-{}", file.seq, file.id, file.name)
}

fn write(path: &std::path::Path, documents: Vec<(String, Vec<u8>)>, files: Vec<(String, PathBuf)>) -> Result<()> {
    let broken = |error: zip::result::ZipError| Error::Broken(error.to_string());
    let mut archive = ZipWriter::new(std::fs::File::create(path)?);
    let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in documents {
        archive.start_file(name, plain).map_err(broken)?;
        archive.write_all(&bytes)?;
    }
    for (name, from) in files {
        archive.start_file(name, plain).map_err(broken)?;
        std::io::copy(&mut std::fs::File::open(from)?, &mut archive)?;
    }
    archive.finish().map_err(broken)?.sync_all()?;
    Ok(())
}
