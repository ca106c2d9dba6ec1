//! From a configuration to a running application.

use crate::chat;
use crate::config::Config;
use crate::exchange;
use crate::failure::Failure;
use crate::identity;
use crate::mail;
use crate::peers;
use crate::secret;
use crate::sms;
use crate::webhook;
use app::App;
use app::clock::Clock;
use app::fingerprint::{Fit, fit};
use jiff::SignedDuration;
use std::path::PathBuf;
use store::{Db, Limits};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

/// How long reports that come in rest before desks are read anew for them: shorter than anybody sees.
const REST: SignedDuration = SignedDuration::from_millis(200);

/// Starts structured logging to standard error.
pub fn log(config: &Config) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&config.log).map_err(|error| Failure::new("log", error))?;
    let builder = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let done = if config.log_json { builder.json().try_init() } else { builder.compact().try_init() };
    done.map_err(|error| Failure::new("log", error))
}

/// Opens the database.
pub async fn database(config: &Config) -> Result<Db, Failure> {
    let limits = Limits { connections: config.connections, ..Limits::default() };
    Db::open(&config.database(), limits).await.map_err(|error| Failure::new("database_url", error))
}

/// Where attachments lie.
pub fn files(config: &Config) -> PathBuf {
    config.data_dir.join("attachments")
}

/// Opens the database, brings it up to date and loads the reference data. Refuses when reports hang on a
/// key that is not there.
pub async fn app(config: &Config) -> Result<App, Failure> {
    let folder = |error| Failure::new("data_dir", error);
    std::fs::create_dir_all(&config.data_dir).map_err(folder)?;
    let db = database(config).await?;
    let found = secret::read(&config.data_dir).map_err(folder)?;
    let keys = match (fit(&db, found.as_ref()).await?, found) {
        (Fit::Missing, _) => return Err(Failure::told("key-missing")),
        (Fit::Foreign, _) => return Err(Failure::told("key-foreign")),
        (_, Some(keys)) => keys,
        (_, None) => secret::make(&config.data_dir).map_err(folder)?,
    };
    let app = App::start(db, Clock::system(), keys, files(config)).await?;
    app.note_key().await?;
    let app = app.with_rates(config.limits).with_rest(REST).with_webhooks(webhook::of(config)?);
    let app = app.with_peers(peers::of(config)?);
    let app = match exchange::of(config)? {
        Some(courier) => app.with_courier(courier),
        None => app,
    };
    let app = match identity::of(config)? {
        Some(provider) => app.with_provider(provider),
        None => app,
    };
    let app = match mail::of(config)? {
        Some(mail) => app.with_mail(mail),
        None => app,
    };
    let app = match mail::incoming(config)? {
        Some(incoming) => app.with_mail_in(incoming),
        None => app,
    };
    let app = match sms::of(config)? {
        Some(sms) => app.with_sms(sms),
        None => app,
    };
    Ok(match chat::of(config)? {
        Some(chats) => app.with_chats(chats),
        None => app,
    })
}
