//! `lapor doctor`: says what is wrong and how to mend it.

use crate::arguments::Doctor;
use crate::config::Config;
use crate::failure::Failure;
use crate::{progress, start};
use app::doctor::{Finding, Severity, check};
use std::process::ExitCode;
use web::words::{Value, Words};

/// Looks at everything and prints a line each; the exit code says whether something is broken.
pub async fn doctor(config: &Config, options: Doctor) -> Result<ExitCode, Failure> {
    let words = options.language.words();
    let app = match start::app(config).await {
        Ok(app) => app,
        Err(failure) => {
            let args = [("place", failure.place().into()), ("error", failure.text().into())];
            println!("{:<8} {}", words.t("doctor-broken"), words.with("doctor-start", &args));
            println!("{:<8} {}", "", words.t("doctor-start-mend"));
            return Ok(ExitCode::FAILURE);
        }
    };
    let bar = progress::bar(None);
    let findings = check(&app, options.replay, |n| bar.inc(n)).await?;
    bar.finish_and_clear();
    findings.iter().for_each(|finding| tell(words, finding));
    app.db().close().await;
    let broken = findings.iter().any(|finding| finding.severity == Severity::Broken);
    Ok(if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn tell(words: Words, finding: &Finding) {
    let severity = match finding.severity {
        Severity::Good => words.t("doctor-good"),
        Severity::Warning => words.t("doctor-warning"),
        Severity::Broken => words.t("doctor-broken"),
    };
    let args: Vec<(&str, Value)> = finding.params.iter().map(|(name, value)| (*name, value.into())).collect();
    println!("{severity:<8} {}", words.with(finding.code, &args));
}
