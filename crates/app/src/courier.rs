//! Files of SP4N-LAPOR! that come and go at fixed times.
//!
//! A run belongs to an instant (`slot`) and is a row before anything is done, so that of several processes one does it; a run
//! whose process died is taken over. What is done again does nothing more: rows are known by their numbers, and files are
//! put in place by their last name at the end.

use crate::keys::hex;
use crate::transfer::{Finding, ImportReport, export_within, import_file};
use crate::{App, Error, Result};
use channel::exchange::{Aside, Place, Read, Waiting};
use domain::exchange::Rhythm;
use domain::policy::follows_exchange;
use domain::time::Zone;
use domain::{Actor, AgencyId, Role, UserId};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
pub use store::exchange::FileRow;
use store::exchange::{self, Ended, Run};
use tokio::io::AsyncReadExt;

/// How long a process holds a run, and how often it says that it still does.
const CLAIM: SignedDuration = SignedDuration::from_mins(5);
const PULSE: Duration = Duration::from_secs(60);
/// Runs, and files of a run, that are shown.
const MOST_RUNS: u32 = 30;
const MOST_FILES: u32 = 50;
/// Files that one run takes in.
const MOST_TAKEN: usize = 500;

/// Puts the code of a finding into words; `web` has the sentences.
pub type Teller = Arc<dyn Fn(&str) -> String + Send + Sync>;

/// What comes and goes, where and when.
pub struct Courier {
    pub place: Place,
    pub rhythm: Rhythm,
    /// Whose reports go out: this office and all below it.
    pub office: Option<AgencyId>,
    /// Names that are not anonymous and secret texts go out too: for a hand-over to another national system.
    pub whole: bool,
    /// `csv` or `xlsx`.
    pub ending: &'static str,
    pub teller: Teller,
}

/// A run with the files that came in.
pub type RunView = (Run, Vec<FileRow>);

impl App {
    /// Files come and go by `courier` from now on.
    pub fn with_courier(self, courier: Courier) -> App {
        App { courier: Some(Arc::new(courier)), ..self }
    }

    /// Whether files come and go.
    pub fn has_courier(&self) -> bool {
        self.courier.is_some()
    }

    /// The latest runs, for the national office.
    pub async fn exchange_runs(&self, by: &Actor) -> Result<Vec<RunView>> {
        by.role().filter(|role| follows_exchange(*role)).ok_or(Error::Denied)?;
        let mut tx = self.db.read().await?;
        let mut views = Vec::new();
        for run in exchange::list(&mut tx, Timestamp::MAX, MOST_RUNS).await? {
            let files = exchange::files(&mut tx, run.id, MOST_FILES).await?;
            views.push((run, files));
        }
        Ok(views)
    }

    /// Does the run of the present slot, where nobody has. Safe to ask in any number of processes at once.
    pub async fn exchange_files(&self) -> Result<bool> {
        let Some(courier) = self.courier.clone() else { return Ok(false) };
        let now = self.now();
        let slot = courier.rhythm.slot(now);
        if exchange::is_begun(&mut self.db.read().await?, slot, now).await? {
            return Ok(false);
        }
        let (id, process, until) = (self.id(), self.process.clone(), now.checked_add(CLAIM).unwrap_or(now));
        let begin = self.db.write(move |tx| {
            Box::pin(async move { Ok::<_, Error>(exchange::begin(tx, id, slot, &process, (now, until)).await?) })
        });
        let Some(id) = begin.await? else { return Ok(false) };
        tokio::select! {
            ended = self.exchange(&courier, id, slot) => self.end_run(id, ended).await.map(|()| true),
            lost = self.keep_run(id) => lost.map(|()| false),
        }
    }

    /// Says once in a while that the run is still held; ends when it is not.
    async fn keep_run(&self, id: i64) -> Result<()> {
        loop {
            tokio::time::sleep(PULSE).await;
            let (process, until) = (self.process.clone(), self.now().checked_add(CLAIM).unwrap_or(Timestamp::MAX));
            let hold = self.db.write(move |tx| {
                Box::pin(async move { Ok::<_, Error>(exchange::hold(tx, id, &process, until).await?) })
            });
            if !hold.await? {
                return Err(Error::Broken("another process has the exchange of files by now".into()));
            }
        }
    }

    async fn end_run(&self, id: i64, ended: Ended) -> Result<()> {
        if let Some(failure) = &ended.failure {
            tracing::error!(failure, "the exchange of files failed");
        }
        metrics::counter!("lapor_exchange_runs_total", "outcome" => if ended.failure.is_some() { "failed" } else { "done" })
            .increment(1);
        let (process, now) = (self.process.clone(), self.now());
        let end = self.db.write(move |tx| {
            let ended = ended.clone();
            Box::pin(async move { Ok::<_, Error>(exchange::end(tx, id, &process, &ended, now).await?) })
        });
        end.await
    }

    /// What comes first, then what goes; the failure of one keeps the other not back.
    async fn exchange(&self, courier: &Courier, id: i64, slot: Timestamp) -> Ended {
        let room = self.files.join(format!("exchange-{id}"));
        let (comes, goes) = courier.place.ways();
        let mut ended = Ended::default();
        let mut note = |failure: Error| ended.failure = ended.failure.take().or(Some(failure.to_string()));
        if let Err(error) = tokio::fs::create_dir_all(&room).await {
            note(error.into());
            return ended;
        }
        if comes && let Err(error) = self.take_files(courier, (id, slot), &room).await {
            note(error);
        }
        match if goes { self.put_file(courier, slot, &room).await.map(Some) } else { Ok(None) } {
            Ok(Some((name, rows))) => (ended.written, ended.written_rows) = (Some(name), Some(rows)),
            Ok(None) => {}
            Err(error) => ended.failure = ended.failure.take().or(Some(error.to_string())),
        }
        if let Err(error) = tokio::fs::remove_dir_all(&room).await {
            tracing::warn!(%error, "the room of an exchange of files could not be cleared");
        }
        ended
    }

    async fn take_files(&self, courier: &Courier, (id, slot): (i64, Timestamp), room: &Path) -> Result<()> {
        for waiting in courier.place.list(SystemTime::from(self.now())).await?.into_iter().take(MOST_TAKEN) {
            let copy = room.join(&waiting.name);
            if courier.place.copy(&waiting, &copy).await? {
                self.take_file(courier, (id, slot), &waiting, &copy).await?;
            }
        }
        Ok(())
    }

    async fn take_file(
        &self,
        courier: &Courier,
        (id, slot): (i64, Timestamp),
        waiting: &Waiting,
        copy: &Path,
    ) -> Result<()> {
        let (report, failure) = match import_file(self, copy, false, |_| ()).await {
            Ok(report) => {
                let whole =
                    report.refused.iter().find(|finding| finding.row < 2).map(|finding| finding.code.to_owned());
                (report, whole)
            }
            // A database that does not answer says nothing about the file: it waits for the next run.
            Err(busy @ (Error::Busy | Error::Overtaken)) => return Err(busy),
            Err(error) => (ImportReport::default(), Some(error.to_string())),
        };
        let result = room_of(copy).join(".result");
        tokio::fs::write(&result, told(&report, failure.as_deref(), &courier.teller)?).await?;
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let row = FileRow {
            name: waiting.name.clone(),
            digest: digest(copy).await?,
            size: number(waiting.size),
            rows: number(report.read),
            taken: number(report.imported),
            known: number(report.already),
            refused: number(report.refused.len() as u64),
            failure: failure.clone(),
            at: self.now(),
        };
        let note = self.db.write(move |tx| {
            let row = row.clone();
            Box::pin(async move { Ok::<_, Error>(exchange::put_file(tx, id, &row).await?) })
        });
        note.await?;
        let aside = if failure.is_some() { Aside::Failed } else { Aside::Done };
        let name = format!("{}-{}", stamp(slot), waiting.name);
        Ok(courier.place.put_aside(waiting, &Read { copy, result: &result, aside, name: &name }).await?)
    }

    async fn put_file(&self, courier: &Courier, slot: Timestamp, room: &Path) -> Result<(String, i64)> {
        let national = self.reference().rules.agencies.national();
        let by = match courier.whole {
            true => Actor::System,
            false => Actor::Officer { user: UserId(0), role: Role::Supervisor, agency: national },
        };
        let of = courier.office.map_or_else(String::new, |office| format!("-{office}"));
        let name = format!("sp4n{of}-{}.{}", stamp(slot), courier.ending);
        let path = room.join(format!("out.{}", courier.ending));
        let done = export_within(self, &by, courier.office, &path, |_| ()).await?;
        courier.place.put_out(&name, &path).await?;
        Ok((name, i64::try_from(done.rows).unwrap_or(i64::MAX)))
    }
}

impl From<channel::exchange::Error> for Error {
    fn from(error: channel::exchange::Error) -> Error {
        Error::Broken(error.to_string())
    }
}

fn room_of(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

/// The slot as a part of a name, in Jakarta.
fn stamp(slot: Timestamp) -> String {
    Zone::Wib.iso(slot).chars().filter(|sign| sign.is_ascii_alphanumeric()).take(13).collect()
}

async fn digest(path: &Path) -> Result<String> {
    let (mut file, mut sum) = (tokio::fs::File::open(path).await?, Sha256::new());
    let mut piece = vec![0; 64 * 1024];
    loop {
        match file.read(&mut piece).await? {
            0 => return Ok(hex(&sum.finalize())),
            read => sum.update(&piece[..read]),
        }
    }
}

/// What came of each row, as a table: its number, the outcome, and for what is not plain the column, what stood there and
/// why.
fn told(report: &ImportReport, failure: Option<&str>, teller: &Teller) -> Result<Vec<u8>> {
    let mut found: BTreeMap<usize, Vec<(&str, &Finding)>> = BTreeMap::new();
    let kinds = [("refused", &report.refused), ("remark", &report.warnings)];
    for (outcome, finding) in
        kinds.iter().flat_map(|(outcome, list)| list.iter().map(move |finding| (*outcome, finding)))
    {
        found.entry(finding.row).or_default().push((outcome, finding));
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let broken = |error: csv::Error| Error::Broken(error.to_string());
    writer.write_record(["row", "outcome", "column", "value", "code", "reason"]).map_err(broken)?;
    if let Some(failure) = failure.filter(|_| !found.contains_key(&0)) {
        writer.write_record(["0", "failed", "", "", "", failure]).map_err(broken)?;
    }
    let last = usize::try_from(report.read).unwrap_or(0) + 1;
    let beside: Vec<usize> = found.keys().copied().filter(|row| *row < 2 || *row > last).collect();
    let (first, later): (Vec<usize>, Vec<usize>) = beside.into_iter().partition(|row| *row < 2);
    for row in first.into_iter().chain(2..=last).chain(later) {
        let number = row.to_string();
        match found.get(&row) {
            None => writer.write_record([&number, "taken", "", "", "", ""]).map_err(broken)?,
            Some(findings) => {
                for (outcome, finding) in findings {
                    let (value, reason) = (plain(&finding.value), teller(finding.code));
                    let record = [&number, *outcome, finding.column, &value, finding.code, &reason];
                    writer.write_record(record).map_err(broken)?;
                }
            }
        }
    }
    writer.into_inner().map_err(|error| Error::Broken(error.to_string()))
}

/// A text that a spreadsheet takes for a text.
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_told_once_and_what_is_wrong_with_it_by_name() {
        let finding = |row, code, value: &str| Finding { row, column: "Kategori", code, value: value.into() };
        let report = ImportReport {
            read: 3,
            refused: vec![finding(3, "import-text-missing", "=1+1")],
            warnings: vec![finding(4, "import-category-unknown", "Aneh")],
            ..ImportReport::default()
        };
        let teller: Teller = Arc::new(|code| format!("<{code}>"));
        let text = String::from_utf8(told(&report, None, &teller).unwrap()).unwrap();
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                "2,taken,,,,",
                "3,refused,Kategori,'=1+1,import-text-missing,<import-text-missing>",
                "4,remark,Kategori,Aneh,import-category-unknown,<import-category-unknown>",
            ]
        );
        let broken = String::from_utf8(told(&ImportReport::default(), Some("no table"), &teller).unwrap()).unwrap();
        assert!(broken.lines().any(|line| line == "0,failed,,,,no table"), "{broken}");
        assert_eq!(stamp("2026-11-08T19:00:00Z".parse().unwrap()), "20261109T0200");
    }
}
