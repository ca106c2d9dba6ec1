//! The 26-column file in: every row that fits becomes a report with its history, every other is named
//! with the reason why not. Running it again goes on where it stopped.

use super::label::{channel_label, channel_of, class_of, status_of};
use super::life::{Life, live};
use super::lookup::Lookup;
use super::remainder::Remainder;
use crate::history::{History, said};
use crate::ids::Ids;
use crate::keys::digest;
use crate::{App, Error, Result};
use channel::sp4n::{COLUMNS, Row, RowError, read_csv, read_xlsx};
use domain::report::{Channel, Class, StageKind};
use domain::{Actor, AgencyId, Code, Event, RegionCode, ReportId};
use jiff::Timestamp;
use jiff::civil::Time;
use std::collections::HashSet;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use store::report::ClientKey;
use store::reporter::Reporter;
use store::words::Words;

/// Rows in one transaction.
const BATCH: usize = 200;
/// Longest title that is made of a text.
const TITLE: usize = 80;

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

/// Imports a file: XLSX by its ending, CSV otherwise.
pub async fn import_file(app: &App, path: &Path, dry: bool, progress: impl FnMut(u64)) -> Result<ImportReport> {
    let sheet = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    let rows: Rows = if sheet { Box::new(read_xlsx(path)) } else { Box::new(read_csv(File::open(path)?)) };
    import(app, rows, dry, progress).await
}

/// Imports rows. In a dry run everything is looked at and nothing is written. `progress` is told how
/// many rows were read since it was last told.
pub async fn import(app: &App, rows: Rows, dry: bool, mut progress: impl FnMut(u64)) -> Result<ImportReport> {
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
        let before = importer.report.read;
        let read = tokio::task::spawn_blocking(move || importer.next_batch()).await;
        let (back, batch, ended) = read.map_err(|error| Error::Broken(error.to_string()))?;
        importer = back;
        let given = batch.len() as u64;
        let written = match dry {
            true => app.count_unknown(batch).await?,
            false => app.write_histories(batch, spread).await?.new,
        };
        importer.report.imported += written;
        importer.report.already += given - written;
        progress(importer.report.read - before);
        spread += 1;
        if ended {
            app.forget_figures();
            return Ok(importer.report);
        }
    }
}

struct Importer {
    lookup: Lookup,
    ids: Arc<Ids>,
    now: Timestamp,
    rows: Rows,
    seen: HashSet<String>,
    report: ImportReport,
}

impl Importer {
    fn next_batch(mut self) -> (Importer, Vec<History>, bool) {
        let mut batch = Vec::with_capacity(BATCH);
        while batch.len() < BATCH {
            let Some(read) = self.rows.next() else { return (self, batch, true) };
            self.report.read += u64::from(!matches!(&read, Err(error) if error.row == 0));
            match read.map_err(Finding::from).and_then(|(number, row)| self.history(number, &row)) {
                Ok(history) => batch.push(history),
                Err(finding) => self.report.refused.push(finding),
            }
        }
        (self, batch, false)
    }

    fn history(&mut self, number: usize, row: &Row) -> std::result::Result<History, Finding> {
        let refuse = |column: usize, code, value: &str| Finding::new(number, column, code, value);
        if row.tracking_id.is_empty() {
            return Err(refuse(0, "import-tracking-id-missing", ""));
        }
        let received_on = row.received_on.ok_or_else(|| refuse(1, "import-date-missing", ""))?;
        let first = if row.original_body.is_empty() { &row.edited_body } else { &row.original_body };
        if first.is_empty() && row.title.is_empty() {
            return Err(refuse(8, "import-text-missing", ""));
        }
        if !self.seen.insert(row.tracking_id.clone()) {
            return Err(refuse(0, "import-tracking-id-twice", &row.tracking_id));
        }
        let mut left = Leftovers { number, findings: Vec::new(), kept: Remainder::default() };
        let office = self.office(row, &mut left);
        let (region, place) = self
            .region(row, office, &mut left)
            .ok_or_else(|| refuse(17, "import-region-unknown", &format!("{} / {}", row.province, row.regency)))?;
        let zone = self.lookup.reference.regions.zone(&region);
        let local = received_on.to_datetime(row.received_at.unwrap_or(Time::midnight()));
        let received = zone.offset().to_timestamp(local).map_err(|_| refuse(1, "import-date", &local.to_string()))?;
        if received > self.now {
            return Err(refuse(1, "import-date-in-future", &local.to_string()));
        }
        let (class, supervisory) = left.class(row);
        let status = left.status(row, office);
        let agencies = &self.lookup.reference.rules.agencies;
        let route = Route::of(row, status, office);
        let chosen = route.chosen.map(|office| agencies.root_of(office));
        let submitted = Event::Submitted {
            class,
            category: left.category(row, &self.lookup),
            region,
            zone,
            channel: left.channel(row),
            anonymous: row.privacy.to_lowercase().contains("anonim"),
            secret: row.privacy.to_lowercase().contains("rahasia"),
            holder: chosen.unwrap_or(agencies.national()),
            chosen,
        };
        left.rest(row);
        let words = Words { title: Some(title(row, first)), body: body(row, first), place, ..Words::default() };
        let mut history = self.begin(row, received, submitted, words).ok_or_else(|| refuse(0, "import-broken", ""))?;
        let edited = Some(&row.edited_body).filter(|text| !text.is_empty() && *text != first);
        let edited = edited.map(|text| Words { title: Some(title(row, text)), body: text.clone(), ..Words::default() });
        let life =
            Life { status, reason: &row.reason, office: route.disposed, rating: row.rating, supervisory, edited };
        live(&mut history, life, agencies);
        if let Some(note) = left.kept.note() {
            let at = history.last();
            history.then(at, Actor::System, Event::Noted, said(note));
        }
        self.settle(&mut history);
        self.report.warnings.append(&mut left.findings);
        Ok(history)
    }

    fn begin(&self, row: &Row, received: Timestamp, submitted: Event, words: Words) -> Option<History> {
        let given = Code::parse(&row.tracking_id).ok();
        let key = ClientKey { key: digest(&format!("sp4n:{}", row.tracking_id)), fingerprint: String::new() };
        let id = ReportId(self.ids.past(received, rand::random()));
        let code = given.unwrap_or_else(|| Code::from_random(rand::random()));
        let mut history = History::begin(id, code, key, (received, Actor::Reporter), submitted, words)?;
        history.code_is_given = given.is_some();
        history.row.external_ref = Some(row.tracking_id.clone());
        let named = !matches!(row.reporter_name.to_lowercase().as_str(), "" | "-" | "anonim" | "anonymous");
        history.reporter = named.then(|| Reporter {
            name: Some(row.reporter_name.clone()),
            language: "id".into(),
            ..Reporter::default()
        });
        Some(history)
    }

    /// The clocks of what is open; only what nobody has answered is woken, see [`super`].
    fn settle(&self, history: &mut History) {
        history.settle(&self.lookup.reference.rules, self.now);
        let stage = history.report().stage.kind();
        if !matches!(stage, StageKind::Submitted | StageKind::Disposed) {
            history.timing.wake_at = None;
        }
    }

    /// The office it was disposed to, or the parent agency where that is all that is known.
    fn office(&self, row: &Row, left: &mut Leftovers) -> Option<AgencyId> {
        let parent = self.lookup.agency(&row.parent_agency, None);
        if !row.parent_agency.is_empty() && parent.is_none() {
            left.unknown(12, "import-agency-unknown", &row.parent_agency);
        }
        let number = || row.agency_id.map(AgencyId).filter(|_| row.agency.is_empty());
        let known = |id: &AgencyId| self.lookup.reference.rules.agencies.get(*id).is_some();
        let office = self.lookup.agency(&row.agency, parent).or_else(|| number().filter(known));
        if !row.agency.is_empty() && office.is_none() {
            left.unknown(14, "import-agency-unknown", &row.agency);
        }
        office.or(parent)
    }

    /// Where it happened; what was not understood becomes part of the place in words.
    fn region(
        &self,
        row: &Row,
        office: Option<AgencyId>,
        left: &mut Leftovers,
    ) -> Option<(RegionCode, Option<String>)> {
        let names = [&*row.province, &row.regency, &row.district, &row.village];
        let Some(found) = self.lookup.region(names) else {
            let office = self.lookup.reference.rules.agencies.get(office?)?;
            left.warn(17, "import-region-guessed", &row.province);
            return Some((office.region.clone()?, words_of_place(&names, 1)));
        };
        if let Some(level) = found.stopped_at.filter(|level| *level < 3) {
            left.warn(17 + level, "import-region-unknown", names[level]);
        }
        Some((found.region, found.stopped_at.and_then(|level| words_of_place(&names, level))))
    }
}

/// How a report came to the office that the row names.
struct Route {
    /// Sent there by its reporter.
    chosen: Option<AgencyId>,
    /// Disposed there.
    disposed: Option<AgencyId>,
}

impl Route {
    /// Only a parent agency beside a status that needs no disposition: nobody has disposed it.
    fn of(row: &Row, status: StageKind, office: Option<AgencyId>) -> Route {
        let before = matches!(status, StageKind::Held | StageKind::ArchivedAdmin | StageKind::ArchivedSystem);
        let only_parent = row.agency.is_empty() && row.agency_id.is_none();
        match status == StageKind::Submitted || (before && only_parent) {
            true => Route { chosen: office, disposed: None },
            false => Route { chosen: None, disposed: office },
        }
    }
}

/// Names of places below a level, as a person would say them.
fn words_of_place(names: &[&str; 4], from: usize) -> Option<String> {
    let kinds = ["", "", "Kecamatan ", "Kelurahan "];
    let told = (from..4).rev().filter(|level| !names[*level].is_empty());
    let told: Vec<String> = told.map(|level| format!("{}{}", kinds[level], names[level])).collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// What of a row was not understood.
struct Leftovers {
    number: usize,
    findings: Vec<Finding>,
    kept: Remainder,
}

impl Leftovers {
    fn warn(&mut self, column: usize, code: &'static str, value: &str) {
        self.findings.push(Finding::new(self.number, column, code, value));
    }

    fn unknown(&mut self, column: usize, code: &'static str, value: &str) {
        self.warn(column, code, value);
        self.kept.keep(COLUMNS[column], value);
    }

    fn class(&mut self, row: &Row) -> (Class, bool) {
        class_of(&row.class).unwrap_or_else(|| {
            self.unknown(4, "import-class-unknown", &row.class);
            (Class::Complaint, false)
        })
    }

    fn category(&mut self, row: &Row, lookup: &Lookup) -> Option<domain::CategoryId> {
        let found = lookup.category(&row.category, row.category_id);
        if found.is_none() && !row.category.is_empty() {
            self.unknown(6, "import-category-unknown", &row.category);
        }
        found
    }

    fn channel(&mut self, row: &Row) -> Channel {
        let found = channel_of(&row.source);
        match found {
            None if !row.source.is_empty() => self.unknown(11, "import-channel-unknown", &row.source),
            Some(known) if channel_label(known) != row.source => self.kept.keep(COLUMNS[11], &row.source),
            _ => {}
        }
        found.unwrap_or(Channel::Import)
    }

    /// The stage of a status; an unknown status is kept as text, and the report stays with its office.
    fn status(&mut self, row: &Row, office: Option<AgencyId>) -> StageKind {
        let rest = if office.is_some() { StageKind::Disposed } else { StageKind::Submitted };
        let found = status_of(&row.status);
        if found.is_none() {
            self.unknown(15, "import-status-unknown", &row.status);
        }
        match found.unwrap_or(rest) {
            ended @ (StageKind::ArchivedAdmin | StageKind::ArchivedSystem | StageKind::Held) => ended,
            StageKind::Submitted => StageKind::Submitted,
            stage if office.is_some() => stage,
            stage => {
                self.warn(14, "import-agency-missing", &row.status);
                stage
            }
        }
    }

    /// What is about the agency and its documents rather than about the report.
    fn rest(&mut self, row: &Row) {
        self.kept.keep(COLUMNS[21], &row.decree_number);
        self.kept.keep(COLUMNS[22], &row.decree_url);
        self.kept.keep(COLUMNS[23], &row.annual_report_url);
        self.kept.keep(COLUMNS[24], if row.via_setwapres == Some(true) { "Ya" } else { "" });
    }
}

impl Finding {
    fn new(row: usize, column: usize, code: &'static str, value: &str) -> Finding {
        Finding { row, column: COLUMNS[column], code, value: value.chars().take(120).collect() }
    }
}

impl From<RowError> for Finding {
    fn from(error: RowError) -> Finding {
        Finding { row: error.row, column: error.column, code: error.code(), value: error.value }
    }
}

fn title(row: &Row, body: &str) -> String {
    if !row.title.is_empty() {
        return row.title.clone();
    }
    let line = body.lines().next().unwrap_or(body);
    line.chars().take(TITLE).collect()
}

fn body(row: &Row, first: &str) -> String {
    if first.is_empty() { row.title.clone() } else { first.to_owned() }
}

impl App {
    async fn count_unknown(&self, mut histories: Vec<History>) -> Result<u64> {
        self.drop_known(&mut histories).await?;
        Ok(histories.len() as u64)
    }
}
