//! From a configuration to a running application.

use crate::config::Config;
use crate::failure::Failure;
use crate::secret;
use app::App;
use app::clock::Clock;
use app::keys::Keys;
use store::{Db, Limits};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

/// Starts structured logging to standard error.
pub fn log(config: &Config) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&config.log).map_err(|error| Failure::new("log", error))?;
    let builder = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let done = if config.log_json { builder.json().try_init() } else { builder.compact().try_init() };
    done.map_err(|error| Failure::new("log", error))
}

/// Opens the database.
pub async fn database(config: &Config) -> Result<Db, Failure> {
    std::fs::create_dir_all(&config.data_dir).map_err(|error| Failure::new("data_dir", error))?;
    let limits = Limits { connections: config.connections, ..Limits::default() };
    Db::open(&config.database(), limits).await.map_err(|error| Failure::new("database_url", error))
}

/// Opens the database, brings it up to date and loads the reference data.
pub async fn app(config: &Config) -> Result<App, Failure> {
    let db = database(config).await?;
    let key = secret::open(&config.data_dir).map_err(|error| Failure::new("data_dir", error))?;
    let files = config.data_dir.join("attachments");
    App::start(db, Clock::system(), Keys::new(key), files).await.map_err(Failure::from)
}
