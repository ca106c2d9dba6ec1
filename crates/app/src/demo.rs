//! A demo that looks like an office at work: accounts for every seat, the cases that newspapers wrote
//! about, and fresh reports in all stages. All names, texts and places of people are invented.

mod cases;
mod fresh;
mod seats;

pub use seats::{DemoLogin, DemoLogins, PASSWORD};

use crate::history::History;
use crate::seed::world::World;
use crate::{App, Error, Result};
use store::reference;

/// The setting that says that the demo is installed.
const SETTING: &str = "demo";
/// Reports in one transaction.
const BATCH: usize = 300;

/// Installs the demo, once. Returns the accounts that one may try, also when it was installed before.
///
/// The cases of the articles stay as they were when the articles were written: their open reports are
/// never woken by the scheduler, which would otherwise escalate and close them and with that falsify
/// the published figures. What an officer does to them wakes them like any other report.
pub async fn install(app: &App) -> Result<DemoLogins> {
    let logins = seats::logins(app);
    if reference::setting(&mut app.db().read().await?, SETTING).await?.is_some() {
        return Ok(logins);
    }
    let mut world = World::new(app.reference());
    for (role, agency, user) in seats::install(app).await? {
        world.seat(role, agency, user);
    }
    let historic = cases::all(app, &world);
    let fresh = fresh::all(app, &world);
    write(app, historic.into_iter().chain(fresh).collect()).await?;
    let at = app.now().to_string();
    app.db()
        .write(move |tx| Box::pin(async move { Ok::<(), Error>(reference::put_setting(tx, SETTING, &at).await?) }))
        .await?;
    app.forget_figures();
    Ok(logins)
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
