//! A demo that looks like an office at work: accounts for every seat, the cases that newspapers wrote
//! about, fresh reports in all stages, and what officers have under way. All names, texts and places of people are invented.

mod album;
mod cases;
mod evaluation;
mod fresh;
mod office;
mod participation;
mod picture;
mod seats;

pub use seats::{DemoLogin, DemoLogins, PASSWORD};

use crate::history::History;
use crate::seed::world::World;
use crate::{App, Error, Result};
use domain::{ReportId, UserId};
use store::{officer, reference, report};

/// The setting that says since when the demo is installed.
const SETTING: &str = "demo";
/// What it says until the last report is written.
const BEGUN: &str = "begun";
/// Reports in one transaction.
const BATCH: usize = 300;

/// Installs the demo, once. Returns the accounts that one may try, also when it was installed before.
/// [`Error::Denied`] where somebody else's reports or accounts are.
///
/// The cases of the articles stay as they were when the articles were written: their open reports are
/// never woken by the scheduler, which would otherwise escalate and close them and with that falsify
/// the published figures. What an officer does to them wakes them like any other report.
pub async fn install(app: &App) -> Result<DemoLogins> {
    let logins = seats::logins(app);
    match state(app).await?.as_deref() {
        Some(BEGUN) => {}
        Some(_installed) => return Ok(logins),
        None if is_in_use(app).await? => return Err(Error::Denied),
        None => note(app, BEGUN.to_owned()).await?,
    }
    let mut world = World::new(app.reference());
    for (role, agency, user) in seats::install(app).await? {
        world.seat(role, agency, user);
    }
    let historic = cases::all(app, &world);
    let fresh = fresh::all(app, &world);
    let all: Vec<History> = historic.into_iter().chain(fresh).collect();
    let photos = album::photos(&world, &all);
    write(app, all).await?;
    album::add(app, photos).await?;
    office::begin(app).await?;
    evaluation::hand_in(app).await?;
    participation::begin(app).await?;
    note(app, app.now().to_string()).await?;
    app.forget_figures();
    app.fold_all_measures().await?;
    app.watch_surges().await?;
    Ok(logins)
}

/// The demo's accounts that whoever reads the source can log in with.
pub async fn open_logins(app: &App) -> Result<Vec<&'static str>> {
    match state(app).await? {
        Some(_) => seats::open(app).await,
        None => Ok(Vec::new()),
    }
}

async fn state(app: &App) -> Result<Option<String>> {
    Ok(reference::setting(&mut app.db().read().await?, SETTING).await?)
}

async fn note(app: &App, state: String) -> Result<()> {
    app.db()
        .write(move |tx| Box::pin(async move { Ok::<(), Error>(reference::put_setting(tx, SETTING, &state).await?) }))
        .await
}

/// Whether reports or accounts are there that no demo has made.
async fn is_in_use(app: &App) -> Result<bool> {
    let mut tx = app.db().read().await?;
    let reports = report::list_ids(&mut tx, ReportId(0), 1).await?;
    let officers = officer::list(&mut tx, UserId(0), 1).await?;
    Ok(!reports.is_empty() || !officers.is_empty())
}

async fn write(app: &App, mut histories: Vec<History>) -> Result<()> {
    let mut spread = 0;
    while !histories.is_empty() {
        let rest = histories.split_off(histories.len().min(BATCH));
        app.write_histories(histories, spread).await?;
        histories = rest;
        spread += 1;
    }
    Ok(())
}
