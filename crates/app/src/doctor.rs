//! What is wrong with an installation. Every finding has a code; the edge tells how to mend it.

use crate::clock::Clock;
use crate::fingerprint::{Fit, fit};
use crate::keys::Keys;
use crate::{App, Result, WrongMeasure, WrongRelease, media};
use domain::deadline::Limit;
use domain::region::RegionLevel;
use domain::time::Zone;
use domain::{AttachmentId, Report, ReportId};
use jiff::{SignedDuration, Timestamp};
use std::cmp::Ordering;
use std::path::{Path, PathBuf};
use store::{Db, attachment, event, job, migrate, report};

/// Reports or files that are looked at before others may read.
const BATCH: u32 = 500;
/// Findings of one kind that are told singly; the rest is told as a number.
const MOST: usize = 20;
/// How long work may wait before somebody should know.
const PATIENCE: SignedDuration = SignedDuration::from_mins(15);
/// Free space below which writing may soon fail, and below which it is tight; in MiB.
const LEAST_FREE: u64 = 512;
const TIGHT: u64 = 5 * 1024;
const PROVINCES: usize = 38;
const REGENCIES: usize = 514;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// As it should be.
    Good,
    /// It works, but somebody should look.
    Warning,
    /// Something is lost, false, or will fail.
    Broken,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub severity: Severity,
    /// The key of its message.
    pub code: &'static str,
    /// What the message names.
    pub params: Vec<(&'static str, String)>,
}

impl Finding {
    /// A finding that names nothing.
    pub fn new(severity: Severity, code: &'static str) -> Finding {
        Finding { severity, code, params: Vec::new() }
    }

    /// The same finding, naming something.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Finding {
        self.params.push((name, value.to_string()));
        self
    }
}

/// Looks at an installation as it lies there: nothing is made, nothing is brought up to date. What hangs
/// on an old schema or an absent key is looked at once that is mended.
pub async fn examine(
    db: Db,
    keys: Option<Keys>,
    files: PathBuf,
    replay: bool,
    progress: impl FnMut(u64),
) -> Result<Vec<Finding>> {
    let found = foundation(&db, keys.as_ref()).await?;
    let current = migrate::current(&db).await? == migrate::newest();
    let findings = match keys.filter(|_| current) {
        None => [found, vec![Finding::new(Severity::Warning, "doctor-rest")]].concat(),
        Some(keys) => check(&App::as_found(db.clone(), Clock::system(), keys, files).await?, replay, progress).await?,
    };
    db.close().await;
    Ok(findings)
}

/// Looks at everything in a running application. With `replay`, every report's log is replayed and held
/// against its row, and `progress` is told how many reports were done since it was last told.
pub async fn check(app: &App, replay: bool, progress: impl FnMut(u64)) -> Result<Vec<Finding>> {
    let mut findings = foundation(app.db(), Some(app.keys())).await?;
    findings.extend([app.check_disk(), app.check_folder().await]);
    findings.extend(app.check_reference());
    findings.extend(app.check_counters().await?);
    findings.extend(app.check_measures(replay).await?);
    findings.extend(app.check_snapshots().await?);
    findings.extend(app.check_open_data(replay).await?);
    findings.extend(app.check_outcomes().await?);
    findings.extend(app.check_files().await?);
    findings.push(app.check_jobs().await?);
    findings.push(app.check_scheduler().await?);
    if replay {
        findings.extend(app.check_logs(progress).await?);
    }
    Ok(findings)
}

/// What all else stands on: the schema and the key.
async fn foundation(db: &Db, keys: Option<&Keys>) -> Result<Vec<Finding>> {
    let (current, newest) = (migrate::current(db).await?, migrate::newest());
    let schema = match current.cmp(&newest) {
        Ordering::Equal => Finding::new(Severity::Good, "doctor-schema-current"),
        Ordering::Less => Finding::new(Severity::Broken, "doctor-schema-old").with("newest", newest),
        Ordering::Greater => Finding::new(Severity::Broken, "doctor-schema-newer").with("newest", newest),
    };
    let (severity, code) = match (fit(db, keys).await?, keys) {
        (Fit::Missing, _) => (Severity::Broken, "key-missing"),
        (Fit::Foreign, _) => (Severity::Broken, "key-foreign"),
        (_, None) => (Severity::Warning, "doctor-key-none"),
        (_, Some(keys)) if keys.is_weak() => (Severity::Broken, "doctor-key-weak"),
        _ => (Severity::Good, "doctor-key"),
    };
    Ok(vec![schema.with("current", current), Finding::new(severity, code)])
}

impl App {
    fn check_disk(&self) -> Finding {
        let Some(free) = free_mebibytes(&self.files) else {
            return Finding::new(Severity::Warning, "doctor-disk-unknown").with("path", self.files.display());
        };
        let (severity, code) = match free {
            0..LEAST_FREE => (Severity::Broken, "doctor-disk-full"),
            LEAST_FREE..TIGHT => (Severity::Warning, "doctor-disk-tight"),
            _ => (Severity::Good, "doctor-disk"),
        };
        Finding::new(severity, code).with("free", free)
    }

    async fn check_folder(&self) -> Finding {
        let probe = self.files.join(format!(".probe-{:016x}", rand::random::<u64>()));
        let written = tokio::fs::write(&probe, b"lapor").await;
        let _absent = tokio::fs::remove_file(&probe).await;
        match written {
            Ok(()) => Finding::new(Severity::Good, "doctor-folder"),
            Err(error) => Finding::new(Severity::Broken, "doctor-folder-closed").with("error", error),
        }
        .with("path", self.files.display())
    }

    fn check_reference(&self) -> Vec<Finding> {
        let reference = self.reference();
        let today = Zone::Wib.day(self.now());
        let regions = &reference.regions;
        let (provinces, regencies) = (regions.count(RegionLevel::Province), regions.count(RegionLevel::Regency));
        let whole = provinces >= PROVINCES && regencies >= REGENCIES;
        let mut findings = vec![
            Finding::new(if whole { Severity::Good } else { Severity::Broken }, "doctor-regions")
                .with("provinces", provinces)
                .with("regencies", regencies)
                .with("villages", regions.count(RegionLevel::Village)),
            some("doctor-categories", reference.categories.iter().count()),
            some("doctor-agencies", reference.rules.agencies.iter().count()),
        ];
        for year in [today.year(), today.year() + 1] {
            let begin = jiff::civil::date(year, 1, 1);
            let days = reference.rules.calendar.between(begin, jiff::civil::date(year, 12, 31)).count();
            let severity = match (days, year == today.year()) {
                (0, true) => Severity::Broken,
                (0, false) if today.month() >= 11 => Severity::Warning,
                _ => Severity::Good,
            };
            findings.push(Finding::new(severity, "doctor-holidays").with("year", year).with("count", days));
        }
        let missing = Limit::ALL.into_iter().filter(|limit| reference.rules.limits.in_force(*limit, today).is_none());
        findings.extend(
            missing.map(|limit| Finding::new(Severity::Broken, "doctor-limit-missing").with("limit", limit.name())),
        );
        findings
    }

    async fn check_counters(&self) -> Result<Vec<Finding>> {
        let wrong = self.wrong_counters().await?;
        let told = wrong.iter().take(MOST).map(|(key, kept, truth)| {
            Finding::new(Severity::Broken, "doctor-counter-wrong")
                .with("agency", key.agency)
                .with("stage", key.stage.name())
                .with("kept", kept)
                .with("truth", truth)
        });
        let queues = self.wrong_queues().await?;
        let told_of_queues = queues.iter().take(MOST).map(|(scope, owner, kept, truth)| {
            Finding::new(Severity::Broken, "doctor-queue-wrong")
                .with("scope", scope)
                .with("owner", owner)
                .with("kept", kept)
                .with("truth", truth)
        });
        let all = told.chain(told_of_queues).collect();
        Ok(summed(all, wrong.len() + queues.len(), "doctor-counters", "doctor-counters-wrong"))
    }

    /// The sums of the statistics; with `replay` also what each report contributes.
    async fn check_measures(&self, replay: bool) -> Result<Vec<Finding>> {
        let mut wrong = self.wrong_sums().await?;
        let mut after = replay.then_some(ReportId(0));
        while let Some(place) = after {
            let (more, next) = self.wrong_facts(place, BATCH).await?;
            wrong.extend(more);
            after = next;
        }
        let told = wrong.iter().take(MOST).map(|wrong| match wrong {
            WrongMeasure::Sum { scope, month, veil } => Finding::new(Severity::Broken, "doctor-sum-wrong")
                .with("scope", scope)
                .with("month", format!("{:04}-{:02}", month / 12, month % 12 + 1))
                .with("veil", veil),
            WrongMeasure::Fact(report) => Finding::new(Severity::Broken, "doctor-fact-wrong").with("report", report),
        });
        Ok(summed(told.collect(), wrong.len(), "doctor-measures", "doctor-measures-wrong"))
    }

    /// Frozen half years, by their signatures.
    async fn check_snapshots(&self) -> Result<Vec<Finding>> {
        let wrong = self.wrong_snapshots().await?;
        let told = wrong
            .iter()
            .take(MOST)
            .map(|semester| Finding::new(Severity::Broken, "doctor-snapshot-wrong").with("semester", semester));
        Ok(summed(told.collect(), wrong.len(), "doctor-snapshots", "doctor-snapshots-wrong"))
    }

    /// Releases of open data, by their seals and promises; with `replay` also by the reports behind them.
    async fn check_open_data(&self, replay: bool) -> Result<Vec<Finding>> {
        let wrong = self.wrong_releases(replay).await?;
        let told = wrong.iter().take(MOST).map(|wrong| {
            let (severity, code, month) = match wrong {
                WrongRelease::Seal(month) => (Severity::Broken, "doctor-open-data-seal", month),
                WrongRelease::File(month) => (Severity::Broken, "doctor-open-data-file", month),
                WrongRelease::Promise(month) => (Severity::Broken, "doctor-open-data-promise", month),
                WrongRelease::Recount(month) => (Severity::Warning, "doctor-open-data-recount", month),
            };
            Finding::new(severity, code).with("month", month)
        });
        let broken = wrong.iter().filter(|wrong| !matches!(wrong, WrongRelease::Recount(_))).count();
        Ok(summed(told.collect(), broken, "doctor-open-data", "doctor-open-data-wrong"))
    }

    /// Final evaluations, by their signatures.
    async fn check_outcomes(&self) -> Result<Vec<Finding>> {
        let wrong = self.wrong_outcomes().await?;
        let told = wrong.iter().take(MOST);
        let told = told.map(|id| Finding::new(Severity::Broken, "doctor-outcome-wrong").with("evaluation", id));
        Ok(summed(told.collect(), wrong.len(), "doctor-outcomes", "doctor-outcomes-wrong"))
    }

    async fn check_files(&self) -> Result<Vec<Finding>> {
        let mut after = AttachmentId(0);
        let (mut told, mut missing) = (Vec::new(), 0);
        loop {
            let files = attachment::list_after(&mut self.db().read().await?, after, BATCH).await?;
            let Some(last) = files.last() else { break };
            after = last.id;
            for file in &files {
                let place = media::place(&file.hash).map(|place| self.files.join(place));
                let size = match &place {
                    Some(place) => tokio::fs::metadata(place).await.ok().map(|meta| meta.len()),
                    None => None,
                };
                if size == u64::try_from(file.size).ok() {
                    continue;
                }
                missing += 1;
                if told.len() < MOST {
                    let finding = Finding::new(Severity::Broken, "doctor-file-missing").with("hash", &file.hash);
                    told.push(finding.with("report", file.report));
                }
            }
        }
        Ok(summed(told, missing, "doctor-files", "doctor-files-missing"))
    }

    async fn check_jobs(&self) -> Result<Finding> {
        let waiting = job::waiting(&mut self.db().read().await?, self.now()).await?;
        let late = job::waiting(&mut self.db().read().await?, before(self.now())).await?;
        let severity = if late > 0 { Severity::Warning } else { Severity::Good };
        let code = if late > 0 { "doctor-jobs-late" } else { "doctor-jobs" };
        Ok(Finding::new(severity, code).with("waiting", waiting).with("late", late))
    }

    async fn check_scheduler(&self) -> Result<Finding> {
        let late = report::list_waking(&mut self.db().read().await?, before(self.now()), 1_000).await?.len();
        let severity = if late > 0 { Severity::Warning } else { Severity::Good };
        let code = if late > 0 { "doctor-scheduler-late" } else { "doctor-scheduler" };
        Ok(Finding::new(severity, code).with("late", late))
    }

    /// The honesty check: replaying every log gives exactly the rows.
    async fn check_logs(&self, mut progress: impl FnMut(u64)) -> Result<Vec<Finding>> {
        let mut after = ReportId(0);
        let (mut told, mut false_logs) = (Vec::new(), 0);
        loop {
            let ids = report::list_ids(&mut self.db().read().await?, after, BATCH).await?;
            let Some(last) = ids.last() else { break };
            after = *last;
            for id in &ids {
                if self.replays(*id).await? {
                    continue;
                }
                false_logs += 1;
                if told.len() < MOST {
                    told.push(Finding::new(Severity::Broken, "doctor-log-false").with("report", id));
                }
            }
            progress(ids.len() as u64);
        }
        Ok(summed(told, false_logs, "doctor-logs", "doctor-logs-false"))
    }

    /// Whether a report is what its log says. The row is read again when a command came in between.
    async fn replays(&self, id: ReportId) -> Result<bool> {
        const TRIES: usize = 3;
        for _ in 0..TRIES {
            let mut tx = self.db().read().await?;
            let Some(row) = report::load(&mut tx, id).await? else { return Ok(true) };
            let log = event::list(&mut tx, id).await?;
            let replayed = Report::replay(id, log.iter().map(|logged| (logged.at, &logged.event)));
            if replayed.as_ref() == Some(&row.report) {
                return Ok(true);
            }
            let again = report::load(&mut tx, id).await?;
            if again.is_some_and(|again| again.report.seq == row.report.seq) {
                return Ok(false);
            }
        }
        Ok(false)
    }
}

fn before(now: Timestamp) -> Timestamp {
    now.checked_sub(PATIENCE).unwrap_or(Timestamp::MIN)
}

fn some(code: &'static str, count: usize) -> Finding {
    Finding::new(if count > 0 { Severity::Good } else { Severity::Broken }, code).with("count", count)
}

/// The findings told singly and, at the end, how many there are in all.
fn summed(mut told: Vec<Finding>, wrong: usize, good: &'static str, bad: &'static str) -> Vec<Finding> {
    told.push(match wrong {
        0 => Finding::new(Severity::Good, good),
        wrong => Finding::new(Severity::Broken, bad).with("count", wrong),
    });
    told
}

fn free_mebibytes(path: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(path).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize) / (1024 * 1024))
}
