//! The same 26 columns out, up to and with today.

use super::line::Told;
use super::progress::Progress;
use crate::access::Protected;
use crate::{App, Error, Result};
use channel::sp4n::{CsvWriter, Explained, Row as Line, SheetWriter, WriteError, read_csv, write_csv};
use domain::policy::{Action, may};
use domain::{Actor, AgencyId, Code, ReportId, Role};
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use store::access::log_change;
use store::{event, report, reporter, words};

/// Reports that are read before the reader lets others in.
const BATCH: u32 = 200;
/// Numbers of reports that are counted at a time.
const COUNTED: u32 = 20_000;

/// What an export wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exported {
    pub rows: u64,
    /// Rows whose text is left out because it is secret.
    pub masked: u64,
}

/// Writes all reports that an actor may export, the oldest first: XLSX by the path's ending, CSV otherwise.
///
/// The national admin and the operator of the machine export everything, a supervisor what is not sealed,
/// the admin of an agency what that agency holds. Names of anonymous reporters are left out for everybody,
/// the words of secret and supervisory reports for everybody but the first two, and originals, reasons and what an
/// import left for those who may not read them on the report's page. Every export is recorded,
/// and every protected thing in it as well. [`Error::Denied`] for all others.
pub async fn export(app: &App, by: &Actor, path: &Path, progress: impl FnMut(Progress)) -> Result<Exported> {
    export_within(app, by, None, path, progress).await
}

/// The same, only of what is with an office or below it.
pub async fn export_within(
    app: &App,
    by: &Actor,
    office: Option<AgencyId>,
    path: &Path,
    mut progress: impl FnMut(Progress),
) -> Result<Exported> {
    let role = by.role();
    let may_export =
        *by == Actor::System || matches!(role, Some(Role::NationalAdmin | Role::AgencyAdmin | Role::Supervisor));
    if !may_export {
        return Err(Error::Denied);
    }
    app.note_export(by).await?;
    let total = Some(app.count_reports().await?);
    let mut target = Target::open(path)?;
    let mut looked_at = 0;
    let mut done = Exported::default();
    let mut after = ReportId(0);
    loop {
        let ids = report::list_ids(&mut app.db().read().await?, after, BATCH).await?;
        let Some(last) = ids.last() else { break };
        after = *last;
        for id in &ids {
            let Some((line, masked)) = app.line(by, office, *id).await? else { continue };
            target.push(&line)?;
            done.rows += 1;
            done.masked += u64::from(masked);
        }
        looked_at += ids.len() as u64;
        progress(Progress { rows: done.rows, done: looked_at, total });
    }
    target.finish(path)?;
    Ok(done)
}

/// The bytes of a file with some reports, in the order given, each as far as the actor may read it: XLSX for the ending
/// `xlsx` with a sheet that explains the columns, CSV otherwise. Recorded like every export.
pub async fn export_selection(app: &App, by: &Actor, codes: &[Code], way: Way) -> Result<Vec<u8>> {
    app.note_export(by).await?;
    let mut lines = Vec::new();
    for code in codes {
        let Some(row) = report::find(&mut app.db().read().await?, *code).await? else { continue };
        lines.extend(app.line(by, None, row.report.id).await?.map(|(line, _)| line));
    }
    file_of(app, way, lines.into_iter().map(Ok)).await
}

/// The rows of some reports as a piece of CSV with its header, each as far as the actor may read it, and how many there
/// are. To be put together by [`joined`].
pub(crate) async fn rows_of(app: &App, by: &Actor, reports: &[ReportId]) -> Result<(String, u64)> {
    let mut lines = Vec::new();
    for id in reports {
        lines.extend(app.line(by, None, *id).await?.map(|(line, _)| line));
    }
    let mut rows = Vec::new();
    write_csv(&mut rows, &lines)?;
    let rows = String::from_utf8(rows).map_err(|error| Error::Broken(error.to_string()))?;
    Ok((rows, lines.len() as u64))
}

/// The bytes of a file with the rows of several pieces.
pub(crate) async fn joined(app: &App, pieces: Vec<String>, way: Way) -> Result<Vec<u8>> {
    let rows = pieces.into_iter().flat_map(|piece| {
        let rows = read_csv(std::io::Cursor::new(piece.into_bytes()));
        rows.map(|row| row.map(|(_, line)| line).map_err(|error| Error::Broken(format!("{error:?}"))))
    });
    file_of(app, way, rows).await
}

/// Writes rows to a file that is read and taken away again, away from the threads that answer requests.
async fn file_of(app: &App, way: Way, rows: impl Iterator<Item = Result<Line>> + Send + 'static) -> Result<Vec<u8>> {
    let path = app.files.join(format!("selection-{}.{}", app.id(), way.ending()));
    let made = tokio::task::spawn_blocking(move || {
        let mut target = Target::open(&path)?;
        if let (Target::Sheet(writer), Way::Sheet(explained)) = (&mut target, &way) {
            writer.explain(explained)?;
        }
        let mut rows = rows;
        let written = rows.try_for_each(|row| target.push(&row?)).and_then(|()| target.finish(&path));
        let bytes = std::fs::read(&path);
        if path.exists() {
            std::fs::remove_file(&path)?;
        }
        written?;
        Ok(bytes?)
    });
    made.await.map_err(|error| Error::Broken(error.to_string()))?
}

/// As what reports are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    Csv,
    /// A workbook, with the words that explain its columns.
    Sheet(Explained),
}

impl Way {
    fn ending(&self) -> &'static str {
        match self {
            Way::Csv => "csv",
            Way::Sheet(_) => "xlsx",
        }
    }
}

enum Target {
    Csv(Box<CsvWriter<BufWriter<File>>>),
    Sheet(Box<SheetWriter>),
}

impl Target {
    fn open(path: &Path) -> Result<Target> {
        let sheet = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
        Ok(match sheet {
            true => Target::Sheet(Box::new(SheetWriter::new()?)),
            false => Target::Csv(Box::new(CsvWriter::new(BufWriter::new(File::create(path)?))?)),
        })
    }

    fn push(&mut self, line: &Line) -> Result<()> {
        match self {
            Target::Csv(writer) => writer.push(line)?,
            Target::Sheet(writer) => writer.push(line)?,
        }
        Ok(())
    }

    fn finish(self, path: &Path) -> Result<()> {
        match self {
            Target::Csv(writer) => writer.finish()?,
            Target::Sheet(writer) => writer.save(path)?,
        }
        Ok(())
    }
}

impl From<WriteError> for Error {
    fn from(error: WriteError) -> Error {
        Error::Broken(error.to_string())
    }
}

impl App {
    pub(crate) async fn note_export(&self, by: &Actor) -> Result<()> {
        let (id, at) = (self.id(), self.now());
        let user = match by {
            Actor::Officer { user, .. } => Some(*user),
            _ => None,
        };
        self.db()
            .write(move |tx| {
                Box::pin(async move {
                    Ok::<(), Error>(log_change(tx, id, at, user, "export", "", "{\"format\":\"sp4n\"}").await?)
                })
            })
            .await
    }

    async fn count_reports(&self) -> Result<u64> {
        let mut count = 0;
        let mut after = ReportId(0);
        loop {
            let ids = report::list_ids(&mut self.db().read().await?, after, COUNTED).await?;
            let Some(last) = ids.last() else { return Ok(count) };
            after = *last;
            count += ids.len() as u64;
        }
    }

    /// One line and whether its words are left out; none for a report that is not this actor's to export.
    async fn line(&self, by: &Actor, office: Option<AgencyId>, id: ReportId) -> Result<Option<(Line, bool)>> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let mut tx = self.db().read().await?;
        let Some(row) = report::load(&mut tx, id).await? else { return Ok(None) };
        let own = match by {
            Actor::Officer { role: Role::AgencyAdmin, agency, .. } => agencies.within(row.report.holder, *agency),
            _ => true,
        } && office.is_none_or(|office| agencies.within(row.report.holder, office));
        if !own || !may(agencies, by, Action::Read, &row.report) {
            return Ok(None);
        }
        let named = !row.report.anonymous && (*by == Actor::System || may(agencies, by, Action::ReadName, &row.report));
        let known = if named { reporter::load(&mut tx, id).await? } else { None };
        let name = known.and_then(|known| known.name).unwrap_or_default();
        let (log, words) = (event::list(&mut tx, id).await?, words::list(&mut tx, id).await?);
        drop(tx);
        let open = *by == Actor::System || by.role() == Some(Role::NationalAdmin);
        let masked = row.report.is_sealed() && !open;
        let looks = [
            (row.report.is_sealed() && !masked).then_some(Protected::Sealed),
            (!name.is_empty()).then_some(Protected::Name),
        ];
        self.note_access(&row.report, by, &looks.into_iter().flatten().collect::<Vec<_>>()).await?;
        let reads = |action| *by == Actor::System || may(agencies, by, action, &row.report);
        let notes = reads(Action::ReadNotes);
        let told = Told { row: &row, log: &log, words: &words, name: &name };
        let mut line = told.line(&reference);
        if line.edited_body != line.original_body && !reads(Action::ReadOriginal) {
            line.original_body.clear();
        }
        if !notes {
            line.reason.clear();
        }
        Ok(Some(match (masked, told.kept().filter(|_| notes)) {
            (true, _) => (without_words(line), true),
            (false, Some(kept)) => (line.with(kept.still(&row.report)), false),
            (false, None) => (line, false),
        }))
    }
}

fn without_words(line: Line) -> Line {
    let none = String::new;
    Line { title: none(), original_body: none(), edited_body: none(), reason: none(), ..line }
}
