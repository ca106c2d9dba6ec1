//! `lapor import` and `lapor export`: the 26-column file of SP4N-LAPOR!.

use crate::arguments::{Export, Import};
use crate::config::Config;
use crate::failure::Failure;
use crate::{progress, start};
use app::transfer::{Finding, ImportReport};
use domain::{Actor, Role, UserId};
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use web::words::Words;

/// Reads a file, and lists every row that did not fit and why. The exit code says whether any was refused.
pub async fn import(config: &Config, options: Import) -> Result<ExitCode, Failure> {
    let app = start::app(config).await?;
    let bar = progress::bar(None);
    let done = app::transfer::import_file(&app, &options.file, options.dry_run, |n| bar.inc(n)).await;
    bar.finish_and_clear();
    let report = done.map_err(|error| Failure::new(options.file.display(), error))?;
    tell(&report, options.dry_run);
    list(&report, options.refused.as_deref(), options.language.words())?;
    app.db().close().await;
    Ok(if report.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn tell(report: &ImportReport, dry: bool) {
    let verb = if dry { "would be imported" } else { "imported" };
    let ImportReport { read, imported, already, refused, warnings } = report;
    let (refused, warnings) = (refused.len(), warnings.len());
    println!("{read} rows read: {imported} {verb}, {already} known already, {refused} refused, {warnings} remarks.");
}

fn list(report: &ImportReport, path: Option<&Path>, words: Words) -> io::Result<()> {
    let mut target: Box<dyn Write> = match path {
        Some(path) => Box::new(File::create(path)?),
        None => Box::new(io::stdout()),
    };
    let mut write = |kind: &str, finding: &Finding| {
        let Finding { row, column, code, value } = finding;
        writeln!(target, "{kind}\t{row}\t{column}\t{code}\t{value}\t{}", words.t(code))
    };
    report.refused.iter().try_for_each(|finding| write("refused", finding))?;
    report.warnings.iter().try_for_each(|finding| write("remark", finding))
}

/// Writes all reports. Without personal data, secret texts are left out as for a supervisor.
pub async fn export(config: &Config, options: Export) -> Result<(), Failure> {
    let app = start::app(config).await?;
    let national = app.reference().rules.agencies.national();
    let by = match options.with_personal_data {
        true => Actor::System,
        false => Actor::Officer { user: UserId(0), role: Role::Supervisor, agency: national },
    };
    let bar = progress::bar(None);
    let done = app::transfer::export(&app, &by, &options.file, |n| bar.inc(n)).await;
    bar.finish_and_clear();
    let done = done.map_err(|error| Failure::new(options.file.display(), error))?;
    println!("{} rows written, the text of {} left out.", done.rows, done.masked);
    app.db().close().await;
    Ok(())
}
