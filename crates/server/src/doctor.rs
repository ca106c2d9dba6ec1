//! `lapor doctor`: says what is wrong and how to mend it, and makes nothing.

use crate::arguments::Doctor;
use crate::config::Config;
use crate::failure::{Failure, sentence};
use crate::{chat, mail, progress, secret, start};
use app::doctor::{Finding, Severity, examine};
use std::process::ExitCode;
use web::words::Words;

/// Looks at everything and prints a line each; the exit code says whether something is broken.
pub async fn doctor(config: &Config, options: &Doctor) -> Result<ExitCode, Failure> {
    let words = options.language.words();
    let findings = findings(config, options.replay).await?;
    findings.iter().for_each(|finding| tell(words, finding));
    let broken = findings.iter().any(|finding| finding.severity == Severity::Broken);
    Ok(if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What keeps the doctor from looking is a finding too.
pub fn stopped(words: Words, failure: &Failure) -> ExitCode {
    let lines = failure.lines(words);
    let marks = std::iter::once(words.t("doctor-broken")).chain(std::iter::repeat(String::new()));
    marks.zip(lines).for_each(|(mark, line)| println!("{mark:<8} {line}"));
    ExitCode::FAILURE
}

async fn findings(config: &Config, replay: bool) -> Result<Vec<Finding>, Failure> {
    let missing = missing(config);
    if !missing.is_empty() {
        return Ok(missing);
    }
    let keys = secret::read(&config.data_dir).map_err(|error| Failure::new("data_dir", error))?;
    let db = start::database(config).await?;
    let bar = progress::bar(None);
    let findings = examine(db, keys, start::files(config), replay, |n| bar.inc(n)).await;
    bar.finish_and_clear();
    Ok([findings?, letters(config).await?, account_on_x(config).await?].concat())
}

/// Whether letters of people come in.
async fn letters(config: &Config) -> Result<Vec<Finding>, Failure> {
    let Some(settings) = &config.mail.incoming else { return Ok(Vec::new()) };
    let mut findings = Vec::new();
    if settings.authserv_id.is_none() {
        findings.push(Finding::new(Severity::Warning, "doctor-mail-unproved"));
    }
    if let Some(mailbox) = mail::mailbox(config)? {
        let finding = match mailbox.knock().await {
            Ok(()) => Finding::new(Severity::Good, "doctor-mailbox"),
            Err(why) => Finding::new(Severity::Broken, "doctor-mailbox-closed").with("error", why),
        };
        findings.push(finding.with("host", &mailbox.host));
    }
    Ok(findings)
}

/// Whether the account on X answers to its keys.
async fn account_on_x(config: &Config) -> Result<Vec<Finding>, Failure> {
    let Some(account) = chat::account(config)? else { return Ok(Vec::new()) };
    Ok(vec![match account.knock().await {
        Ok(()) => Finding::new(Severity::Good, "doctor-x"),
        Err(unsent) => Finding::new(Severity::Broken, "doctor-x-closed").with("error", unsent.code()),
    }])
}

/// The folder and the embedded database, where they are not; a start would make them.
fn missing(config: &Config) -> Vec<Finding> {
    let file = config.database_file().filter(|file| !file.is_file());
    let folder = Some(&config.data_dir).filter(|folder| !folder.is_dir());
    let finding = |code, path: &std::path::Path| Finding::new(Severity::Broken, code).with("path", path.display());
    let folder = folder.map(|folder| finding("doctor-data-missing", folder));
    folder.into_iter().chain(file.map(|file| finding("doctor-database-missing", &file))).collect()
}

fn tell(words: Words, finding: &Finding) {
    let severity = match finding.severity {
        Severity::Good => words.t("doctor-good"),
        Severity::Warning => words.t("doctor-warning"),
        Severity::Broken => words.t("doctor-broken"),
    };
    println!("{severity:<8} {}", sentence(words, finding.code, &finding.params));
}
