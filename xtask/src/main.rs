//! Chores of the repository: `cargo xtask tidy`, `cargo xtask i18n`, `cargo xtask e2e`, `cargo xtask bench`.

mod bench;
mod e2e;
mod i18n;
mod source;
mod tidy;
mod tree;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What a chore fails with when it cannot even look: a missing folder, a broken tool.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

#[derive(Parser)]
#[command(about = "Chores of the repository")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Check the rules of the house: crate edges, words, sizes, templates, sources of data.
    Tidy,
    /// Compare the Indonesian and English sentences with each other and with their use.
    I18n,
    /// Drive a real browser against a freshly started server.
    E2e(e2e::Options),
    /// Measure a release build under load and write docs/benchmarks.md.
    Bench(bench::Options),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().chore {
        Chore::Tidy => tidy::run(),
        Chore::I18n => i18n::run(),
        Chore::E2e(options) => e2e::run(&options),
        Chore::Bench(options) => bench::run(&options),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}
