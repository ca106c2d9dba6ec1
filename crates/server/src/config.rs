//! Configuration: defaults, then `lapor.toml`, then `LAPOR_*` variables.

use crate::chat::{TelegramConfig, WhatsappConfig, XConfig};
use crate::exchange::ExchangeConfig;
use crate::failure::Failure;
use crate::identity::IdentityConfig;
use crate::mail::MailConfig;
use crate::peers::PeersConfig;
use crate::sms::SmsConfig;
use crate::webhook::WebhookConfig;
use app::gate::Rates;
use channel::trust::Trust;
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
    /// Certificates (PEM) of authorities that mail servers and centres of operators may show besides the public ones.
    pub authorities_file: Option<PathBuf>,
    /// How letters leave the house.
    #[serde(default)]
    pub mail: MailConfig,
    /// The lines for short messages.
    #[serde(default)]
    pub sms: SmsConfig,
    /// How much one sender, and all together, may bring.
    #[serde(default)]
    pub limits: Rates,
    /// The bot of Telegram.
    #[serde(default)]
    pub telegram: TelegramConfig,
    /// The number of WhatsApp.
    #[serde(default)]
    pub whatsapp: WhatsappConfig,
    /// The account on X.
    #[serde(default)]
    pub x: XConfig,
    /// Files of SP4N-LAPOR! that come and go.
    #[serde(default)]
    pub exchange: ExchangeConfig,
    /// How agencies' own systems are asked.
    #[serde(default)]
    pub peers: PeersConfig,
    /// By which provider officers may log in.
    #[serde(default)]
    pub identity: IdentityConfig,
    /// How far messages to other systems reach.
    #[serde(default)]
    pub webhook: WebhookConfig,
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
            authorities_file: None,
            mail: MailConfig::default(),
            sms: SmsConfig::default(),
            limits: Rates::default(),
            telegram: TelegramConfig::default(),
            whatsapp: WhatsappConfig::default(),
            x: XConfig::default(),
            exchange: ExchangeConfig::default(),
            peers: PeersConfig::default(),
            identity: IdentityConfig::default(),
            webhook: WebhookConfig::default(),
        }
    }
}

impl Config {
    /// Reads the variables, and the file over `defaults`. A file that was asked for must be there.
    pub fn read(file: Option<&Path>, defaults: Config) -> Result<Config, Failure> {
        if let Some(absent) = file.filter(|file| !file.exists()) {
            return Err(Failure::told("config-missing").with("path", absent.display()));
        }
        let toml = file.map_or_else(|| Toml::file("lapor.toml"), Toml::file_exact);
        let variables = Env::prefixed("LAPOR_")
            .ignore(&["test_postgres_url", "bench_postgres_url", "e2e", "pg_dir", "pg_port"])
            .map(|name| {
                let name = name.as_str().to_lowercase();
                let rooms =
                    ["mail", "sms", "telegram", "whatsapp", "x", "peers", "exchange", "identity", "webhook", "limits"];
                let room = rooms.into_iter().find(|room| name.starts_with(&format!("{room}_")));
                room.map_or(name.clone(), |room| name.replacen(&format!("{room}_"), &format!("{room}."), 1)).into()
            });
        let figment = Figment::from(Serialized::defaults(defaults)).merge(toml).merge(variables);
        figment.extract().map_err(|error| Failure::new(place(&error), &error.kind))
    }

    /// Whose certificates are believed.
    pub fn trust(&self) -> Result<Trust, Failure> {
        let Some(file) = &self.authorities_file else { return Ok(Trust::default()) };
        let unusable = |error: &dyn std::fmt::Display| Failure::new("authorities_file", error);
        let pem = std::fs::read(file).map_err(|error| unusable(&error))?;
        Trust::with(&pem).map_err(|error| unusable(&error))
    }

    /// The database in use.
    pub fn database(&self) -> String {
        let file = || format!("sqlite://{}", self.data_dir.join("lapor.db").display());
        self.database_url.clone().unwrap_or_else(file)
    }

    /// The file of the embedded database; none where a server or memory holds it.
    pub fn database_file(&self) -> Option<PathBuf> {
        let url = self.database();
        let place = url.strip_prefix("sqlite:")?;
        let path = place.strip_prefix("//").unwrap_or(place).split('?').next()?;
        (path != ":memory:").then(|| PathBuf::from(path))
    }

    /// Where people reach the service.
    pub fn address(&self) -> String {
        self.base_url.clone().unwrap_or_else(|| format!("http://{}", self.listen))
    }
}

/// The variable that cannot be used, or the file with its setting.
fn place(error: &figment::Error) -> String {
    let setting = error.path.join(".");
    let file = error.metadata.as_ref().and_then(|metadata| metadata.source.as_ref()?.file_path());
    match file {
        Some(file) if setting.is_empty() => file.display().to_string(),
        Some(file) => format!("{}: {setting}", file.display()),
        None => format!("LAPOR_{}", setting.to_uppercase().replace('.', "_")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_without_any_configuration_serves_its_own_disk() {
        let config = Config::default();
        assert_eq!(config.database(), "sqlite://./data/lapor.db");
        assert_eq!(config.database_file(), Some(PathBuf::from("./data/lapor.db")));
        assert_eq!(config.address(), "http://127.0.0.1:1708");
    }
}
