//! The 26-column file in: every row that fits becomes a report with its history, every other is named
//! with the reason why not. Running it again goes on where it stopped.

use super::entry::Entry;
use super::lookup::Lookup;
use super::progress::{Counted, Gauge, Progress};
use crate::history::History;
use crate::ids::Ids;
use crate::{App, Error, Result};
use channel::sp4n::{COLUMNS, Row, RowError, read_csv, read_xlsx};
use jiff::Timestamp;
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

/// Rows in one transaction.
const BATCH: usize = 200;

/// Something about a cell that the person at the file should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// As a spreadsheet counts: the header is row 1. 0 when the file as a whole is meant.
    pub row: usize,
    /// The column's name, or empty when the whole row is meant.
    pub column: &'static str,
    /// The key of its message.
    pub code: &'static str,
    pub value: String,
}

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    pub read: u64,
    /// Written, or in a dry run: would be written.
    pub imported: u64,
    /// Known from before by their tracking id.
    pub already: u64,
    /// Rows that were left out.
    pub refused: Vec<Finding>,
    /// Rows that were taken although something in them was not understood.
    pub warnings: Vec<Finding>,
}

type Read = std::result::Result<(usize, Row), RowError>;
type Rows = Box<dyn Iterator<Item = Read> + Send>;

/// Imports a file: XLSX by its ending, CSV otherwise. In a dry run everything is looked at and nothing is written.
pub async fn import_file(app: &App, path: &Path, dry: bool, progress: impl FnMut(Progress)) -> Result<ImportReport> {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
        let rows = read_xlsx(path);
        let gauge = Gauge::of_sheet(&rows);
        return run(app, Box::new(rows), gauge, dry, progress).await;
    }
    let (file, gauge) = Counted::open(path)?;
    run(app, Box::new(read_csv(file)), gauge, dry, progress).await
}

/// Imports rows that come from elsewhere than a file; see [`import_file`].
pub async fn import(app: &App, rows: Rows, dry: bool, progress: impl FnMut(Progress)) -> Result<ImportReport> {
    run(app, rows, Gauge::Nothing, dry, progress).await
}

async fn run(
    app: &App,
    rows: Rows,
    gauge: Gauge,
    dry: bool,
    mut progress: impl FnMut(Progress),
) -> Result<ImportReport> {
    let mut importer = Importer {
        lookup: Lookup::new(app.reference()),
        ids: Arc::clone(&app.ids),
        now: app.now(),
        rows,
        seen: HashSet::new(),
        report: ImportReport::default(),
    };
    let mut spread = 0;
    loop {
        let read = tokio::task::spawn_blocking(move || importer.next_batch()).await;
        let (back, batch, ended) = read.map_err(|error| Error::Broken(error.to_string()))?;
        importer = back;
        importer.report.warnings.append(&mut app.changed_there(&batch).await?);
        let given = batch.len() as u64;
        let histories = batch.into_iter().map(|entry| entry.history).collect();
        let written = match dry {
            true => app.count_unknown(histories).await?,
            false => app.write_histories(histories, spread).await?.new,
        };
        importer.report.imported += written;
        importer.report.already += given - written;
        progress(gauge.progress(importer.report.read));
        spread += 1;
        if ended {
            app.gather_counters().await?;
            app.forget_figures();
            return Ok(importer.report);
        }
    }
}

/// Makes reports of rows.
pub(super) struct Importer {
    pub lookup: Lookup,
    pub ids: Arc<Ids>,
    pub now: Timestamp,
    rows: Rows,
    /// Tracking ids of this file.
    pub seen: HashSet<String>,
    pub report: ImportReport,
}

impl Importer {
    fn next_batch(mut self) -> (Importer, Vec<Entry>, bool) {
        let mut batch = Vec::with_capacity(BATCH);
        while batch.len() < BATCH {
            let Some(read) = self.rows.next() else { return (self, batch, true) };
            self.report.read += u64::from(!matches!(&read, Err(error) if error.row == 0));
            match read.map_err(Finding::from).and_then(|(number, row)| self.entry(number, &row)) {
                Ok(entry) => batch.push(entry),
                Err(finding) => self.report.refused.push(finding),
            }
        }
        (self, batch, false)
    }
}

impl Finding {
    pub(super) fn new(row: usize, column: usize, code: &'static str, value: &str) -> Finding {
        Finding { row, column: COLUMNS[column], code, value: value.chars().take(120).collect() }
    }
}

impl From<RowError> for Finding {
    fn from(error: RowError) -> Finding {
        Finding { row: error.row, column: error.column, code: error.code(), value: error.value }
    }
}

impl App {
    async fn count_unknown(&self, mut histories: Vec<History>) -> Result<u64> {
        self.drop_known(&mut histories).await?;
        Ok(histories.len() as u64)
    }
}
