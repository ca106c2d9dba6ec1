//! Drives a real browser against a freshly started server.

mod browser;
mod child;
mod devtools;
mod server;
mod story;
mod visit;

use std::path::PathBuf;
use std::process::Command;

use crate::Failure;
use crate::tree;
use browser::Browser;
use server::Server;
use story::Story;
use visit::{Script, Visit};

/// How to run the browser tests.
#[derive(clap::Args)]
pub struct Options {
    /// Write pictures of the visited pages to docs/screenshots/.
    #[arg(long)]
    screenshots: bool,
    /// Play only stories whose name contains this.
    #[arg(long)]
    only: Option<String>,
    /// Let the server use this database instead of a fresh embedded one.
    #[arg(long)]
    database_url: Option<String>,
    /// Start this binary instead of building one.
    #[arg(long)]
    binary: Option<PathBuf>,
}

/// Plays every story with and without JavaScript; true when all pass.
pub fn run(options: &Options) -> Result<bool, Failure> {
    let binary = match &options.binary {
        Some(binary) => binary.clone(),
        None => build()?,
    };
    tokio::runtime::Runtime::new()?.block_on(play_all(&binary, options))
}

fn build() -> Result<PathBuf, Failure> {
    let root = tree::root();
    let status = Command::new("cargo").args(["build", "-p", "lapor"]).current_dir(&root).status()?;
    if !status.success() {
        return Err("the server does not build".into());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    Ok(target.join("debug/lapor"))
}

async fn play_all(binary: &std::path::Path, options: &Options) -> Result<bool, Failure> {
    let browser = Browser::start().await?;
    let wanted = |story: &&Story| options.only.as_ref().is_none_or(|part| story.name.contains(part));
    let (mut passed, mut failed) = (0, 0);
    for story in story::ALL.iter().filter(wanted) {
        for script in [Script::On, Script::Off] {
            let outcome = play(binary, &browser, story, script, options).await;
            let verdict = outcome.as_ref().map_or("FAILED", |()| "ok");
            println!("story {} with JavaScript {script} ... {verdict}", story.name);
            match outcome {
                Ok(()) => passed += 1,
                Err(failure) => {
                    failed += 1;
                    println!("    {failure}");
                }
            }
        }
    }
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    println!("\ntest result: {verdict}. {passed} passed; {failed} failed;");
    Ok(failed == 0 && passed > 0)
}

/// One story on a server of its own, so that no story sees what another left behind.
async fn play(
    binary: &std::path::Path,
    browser: &Browser,
    story: &Story,
    script: Script,
    options: &Options,
) -> Result<(), Failure> {
    let server = Server::start(binary, options.database_url.as_deref()).await?;
    let pictures = (options.screenshots && script == Script::On).then(|| tree::root().join("docs/screenshots"));
    let visit = Visit::begin(browser, &server.url, script, pictures).await?;
    let outcome = (story.play)(&visit).await;
    let place = match outcome {
        Ok(()) => None,
        Err(_) => Some(visit.where_it_stands().await),
    };
    visit.end().await;
    match (outcome, place) {
        (Err(failure), Some(place)) => Err(format!("{failure}\n{place}\n    server: {}", server.last_words()).into()),
        (outcome, _) => outcome,
    }
}
