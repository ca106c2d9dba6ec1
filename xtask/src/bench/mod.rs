//! Measures a release build under load from another process, on both engines, and writes docs/benchmarks.md.

mod bare;
mod course;
mod document;
mod load;
mod machine;
mod service;
mod subjects;
mod telephone;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::{Failure, tree};
use course::Runner;
use machine::Machine;
use service::Place;

/// What is measured.
#[derive(clap::Args)]
pub struct Options {
    /// Reports in the database.
    #[arg(long, default_value_t = 1_000_000)]
    reports: u64,
    /// Only this engine: sqlite or postgres.
    #[arg(long)]
    engine: Option<String>,
    /// Only these, with commas between: report page, inbox, figures, search, submissions, lifecycles, sms, siege. Nothing
    /// is written then.
    #[arg(long)]
    only: Option<String>,
    /// Seconds of each load.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// Another program to be measured than the release build.
    #[arg(long)]
    program: Option<PathBuf>,
    /// Keep the data in this folder, and use what is there.
    #[arg(long)]
    keep: Option<PathBuf>,
}

/// Measures and writes; false when a bar was missed.
pub fn run(options: &Options) -> Result<bool, Failure> {
    if options.only.is_none() {
        build()?;
    }
    for engine in ["sqlite", "postgres"] {
        if options.engine.as_ref().is_some_and(|wanted| wanted != engine) {
            continue;
        }
        let folder = folder(options, engine)?;
        eprintln!("bench: {engine}, {} reports, in {}", options.reports, folder.display());
        let machine = Machine::look(&folder)?;
        let measured = Runner::new(options, place(options, &folder, engine)?).and_then(Runner::run);
        if options.keep.is_none() {
            fs::remove_dir_all(&folder)?;
        }
        let part = document::part(engine, options.seconds, &machine, &measured?);
        println!("{part}");
        if options.only.is_none() {
            let parts = tree::root().join("target/bench");
            fs::create_dir_all(&parts)?;
            fs::write(parts.join(format!("{engine}.md")), part)?;
            fs::write(tree::root().join("docs/benchmarks.md"), document::whole(&parts))?;
        }
    }
    Ok(true)
}

fn build() -> Result<(), Failure> {
    let status = Command::new("cargo")
        .args(["build", "--locked", "--release", "-p", "lapor-store", "--example", "bare_engine"])
        .current_dir(tree::root())
        .status()?;
    if status.success() { Ok(()) } else { Err("the bare engine does not build".into()) }
}

fn folder(options: &Options, engine: &str) -> Result<PathBuf, Failure> {
    let folder = match &options.keep {
        Some(folder) => folder.join(engine),
        None => std::env::temp_dir().join(format!("lapor-bench-{engine}-{}", std::process::id())),
    };
    fs::create_dir_all(folder.join("data"))?;
    Ok(folder)
}

fn place(options: &Options, folder: &std::path::Path, engine: &str) -> Result<Place, Failure> {
    let database_url = match engine {
        "sqlite" => format!("sqlite://{}", folder.join("data/lapor.db").display()),
        _ => std::env::var("LAPOR_BENCH_POSTGRES_URL").map_err(|_| "LAPOR_BENCH_POSTGRES_URL is not set")?,
    };
    let port = service::free_port()?;
    let program = fs::canonicalize(options.program.clone().unwrap_or_else(service::release))?;
    Ok(Place { folder: folder.to_owned(), database_url, port, centre: None, program })
}
