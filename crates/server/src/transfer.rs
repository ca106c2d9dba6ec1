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
use web::words::{Value, Words};

/// Reads a file, and lists every row that did not fit and why. The exit code says whether any was refused.
pub async fn import(config: &Config, options: Import) -> Result<ExitCode, Failure> {
    let app = start::app(config).await?;
    let bar = progress::bar(None);
    let words = options.language.words();
    let show = |progress| progress::show(&bar, progress, |rows| words.n("transfer-rows", count(rows)));
    let done = app::transfer::import_file(&app, &options.file, options.dry_run, show).await;
    bar.finish_and_clear();
    let report = done.map_err(|error| Failure::new(options.file.display(), error))?;
    println!("{}", summary(&report, options.dry_run, words));
    list(&report, options.refused.as_deref(), words)?;
    app.db().close().await;
    Ok(if report.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn summary(report: &ImportReport, dry: bool, words: Words) -> String {
    let ImportReport { read, imported, already, refused, warnings } = report;
    let args = [
        ("read", count(*read)),
        ("imported", count(*imported)),
        ("already", count(*already)),
        ("refused", refused.len().into()),
        ("remarks", warnings.len().into()),
    ];
    words.with(if dry { "import-would-be-done" } else { "import-done" }, &args)
}

fn count(number: u64) -> Value {
    Value::Number(i64::try_from(number).unwrap_or(i64::MAX))
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
    let words = options.language.words();
    let show = |progress| progress::show(&bar, progress, |rows| words.n("transfer-rows", count(rows)));
    let done = app::transfer::export(&app, &by, &options.file, show).await;
    bar.finish_and_clear();
    let done = done.map_err(|error| Failure::new(options.file.display(), error))?;
    println!("{}", words.with("export-done", &[("rows", count(done.rows)), ("masked", count(done.masked))]));
    app.db().close().await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use web::words::Lang;

    #[test]
    fn the_summary_of_an_import_speaks_the_language_that_was_asked_for() {
        let report = ImportReport { read: 1_200, imported: 1_190, already: 10, ..ImportReport::default() };
        let told = |lang, dry| summary(&report, dry, Words::new(lang));
        assert_eq!(told(Lang::Id, false), "1.200 baris dibaca: 1.190 diimpor, 10 sudah ada, 0 ditolak, 0 catatan.");
        assert_eq!(
            told(Lang::En, true),
            "1,200 rows read: 1,190 would be imported, 10 known already, 0 refused, 0 remarks."
        );
    }
}
