//! Drives a real browser against a freshly started server.

mod axe;
mod browser;
mod child;
mod devtools;
mod plain;
mod provider;
mod server;
mod story;
mod visit;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;

use futures_util::stream::{self, StreamExt, TryStreamExt};

use crate::Failure;
use crate::tree;
use browser::Browser;
use provider::Provider;
use server::{Ground, Server};
use story::{Ground as On, Story};
use visit::{Script, Visit};

/// Stories that are played at the same time, each on a server of its own.
const AT_ONCE: usize = 2;

/// How to run the browser tests.
#[derive(clap::Args)]
pub struct Options {
    /// Instead of testing, walk through the demo and write its pictures to docs/screenshots/.
    #[arg(long)]
    screenshots: bool,
    /// Play only stories whose name contains this.
    #[arg(long)]
    only: Option<String>,
    /// Play only the walk, without JavaScript, on this empty database instead of embedded ones.
    #[arg(long)]
    database_url: Option<String>,
    /// Start this binary instead of building one.
    #[arg(long)]
    binary: Option<PathBuf>,
}

/// Plays the stories; true when all pass.
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

async fn play_all(binary: &Path, options: &Options) -> Result<bool, Failure> {
    let browser = Rc::new(Browser::start().await?);
    if options.screenshots {
        return report("screenshots", picture(binary, &browser).await);
    }
    let ground = Ground::prepare(binary, options.database_url.as_deref())?;
    let playing = chosen(options).into_iter().map(|(story, script)| {
        let (ground, browser) = (&ground, &browser);
        async move {
            let outcome = play(binary, ground, browser, story, script).await;
            report(&format!("{} with JavaScript {script}", story.name), outcome)
        }
    });
    let outcomes: Vec<bool> = stream::iter(playing).buffer_unordered(AT_ONCE).try_collect().await?;
    let passed = outcomes.iter().filter(|passed| **passed).count();
    let failed = outcomes.len() - passed;
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    println!("\ntest result: {verdict}. {passed} passed; {failed} failed;");
    Ok(failed == 0 && passed > 0)
}

fn chosen(options: &Options) -> Vec<(&'static Story, Script)> {
    if options.database_url.is_some() {
        return vec![(&story::WALK, Script::Off)];
    }
    let wanted = |story: &&Story| options.only.as_ref().is_none_or(|part| story.name.contains(part));
    let stories = story::ALL.iter().filter(wanted);
    stories.flat_map(|story| story.scripts.iter().map(move |script| (story, *script))).collect()
}

fn report(name: &str, outcome: Result<(), Failure>) -> Result<bool, Failure> {
    let verdict = outcome.as_ref().map_or("FAILED", |()| "ok");
    println!("story {name} ... {verdict}");
    if let Err(failure) = &outcome {
        println!("    {failure}");
    }
    Ok(outcome.is_ok())
}

/// One story on a server of its own, so that no story sees what another left behind.
async fn play(
    binary: &Path,
    ground: &Ground,
    browser: &Rc<Browser>,
    story: &Story,
    script: Script,
) -> Result<(), Failure> {
    let provider = match story.on {
        On::Provider => Some(Provider::start().await?),
        On::Officers | On::Demo => None,
    };
    let server = match story.on {
        On::Demo => Server::demo(binary).await?,
        On::Officers | On::Provider => Server::start(binary, ground, provider.as_ref()).await?,
    };
    let visit = Visit::begin(browser, &server.url, script, None).await?;
    tell(story, visit, &server).await
}

/// The walk once more among the reports of the demo, with pictures.
async fn picture(binary: &Path, browser: &Rc<Browser>) -> Result<(), Failure> {
    let server = Server::demo(binary).await?;
    let folder = tree::root().join("docs/screenshots");
    let visit = Visit::begin(browser, &server.url, Script::On, Some(folder)).await?;
    tell(&story::WALK, visit, &server).await
}

async fn tell(story: &Story, visit: Visit, server: &Server) -> Result<(), Failure> {
    let outcome = (story.play)(&visit).await;
    let place = match outcome {
        Ok(()) => String::new(),
        Err(_) => format!("\n{}\n    server: {}", visit.where_it_stands().await, server.last_words()),
    };
    let ended = visit.end().await;
    outcome.map_err(|failure| format!("{failure}{place}"))?;
    ended
}
