//! Configuration: defaults, then `lapor.toml`, then `LAPOR_*` variables.

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// How this process runs.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where people connect; the port is the national SMS number.
    pub listen: SocketAddr,
    /// Where Prometheus connects.
    pub metrics_listen: SocketAddr,
    /// Where the server's key, attachments and the embedded database lie.
    pub data_dir: PathBuf,
    /// `sqlite://…` or `postgres://…`; a file in the data folder otherwise.
    pub database_url: Option<String>,
    /// Where people reach the service; `http://` and the listening address otherwise.
    pub base_url: Option<String>,
    /// Whether `X-Forwarded-For` is believed: only behind a proxy of our own.
    pub behind_proxy: bool,
    /// Connections to PostgreSQL, or readers on SQLite: there two for each core at most.
    pub connections: u32,
    /// What is logged, e.g. `info` or `warn,app=debug`.
    pub log: String,
    /// Logs as JSON lines instead of text.
    pub log_json: bool,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            listen: SocketAddr::from(([127, 0, 0, 1], 1708)),
            metrics_listen: SocketAddr::from(([127, 0, 0, 1], 9708)),
            data_dir: PathBuf::from("./data"),
            database_url: None,
            base_url: None,
            behind_proxy: false,
            connections: 16,
            log: "info".to_owned(),
            log_json: false,
        }
    }
}

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(String);

impl Config {
    /// Reads the file where it exists, and the variables.
    pub fn read(file: &Path) -> Result<Config, ConfigError> {
        let figment = Figment::from(Serialized::defaults(Config::default())).merge(Toml::file(file)).merge(
            Env::prefixed("LAPOR_").ignore(&["test_postgres_url", "bench_postgres_url", "e2e", "pg_dir", "pg_port"]),
        );
        figment.extract().map_err(|error| ConfigError(error.to_string()))
    }

    /// The database in use.
    pub fn database(&self) -> String {
        let file = || format!("sqlite://{}", self.data_dir.join("lapor.db").display());
        self.database_url.clone().unwrap_or_else(file)
    }

    /// Where people reach the service.
    pub fn address(&self) -> String {
        self.base_url.clone().unwrap_or_else(|| format!("http://{}", self.listen))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_without_any_configuration_serves_its_own_disk() {
        let config = Config::default();
        assert_eq!(config.database(), "sqlite://./data/lapor.db");
        assert_eq!(config.address(), "http://127.0.0.1:1708");
    }
}
