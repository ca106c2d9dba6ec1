//! `[sms]`: the lines to the centres of operators.

use crate::config::Config;
use crate::failure::Failure;
use app::message::{Alphabet, Bind, Gateway, Sms};
use channel::trust::Trust;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;
use web::letters::Letters;

/// The settings of `[sms]`, or `LAPOR_SMS_…`. Without a line no short message comes or goes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SmsConfig {
    /// The number that people write to; `1708` otherwise.
    pub number: Option<String>,
    /// `[[sms.line]]`, one for each operator.
    pub line: Vec<LineConfig>,
}

/// A bind to the centre of an operator (SMPP 3.4, transceiver).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineConfig {
    /// By which people know it, e.g. `telkomsel`.
    pub name: String,
    pub host: String,
    /// 2775 otherwise.
    pub port: Option<u16>,
    /// Whether the connection is protected by TLS; without, it belongs into a tunnel of the operator.
    #[serde(default)]
    pub tls: bool,
    pub system_id: String,
    /// A file with the password, so that it stands in no configuration and no list of processes.
    pub password_file: PathBuf,
    #[serde(default)]
    pub system_type: String,
    /// What the centre means by its default alphabet: `gsm` or `latin1`.
    #[serde(default)]
    pub alphabet: AlphabetName,
    /// Messages under way at once; 10 otherwise.
    pub window: Option<u16>,
    /// Messages in a second; 50 otherwise.
    pub rate: Option<u16>,
    /// How numbers of this operator begin, e.g. `["62811", "62812"]`.
    #[serde(default)]
    pub prefixes: Vec<String>,
}

/// The default alphabet of a centre.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AlphabetName {
    #[default]
    Gsm,
    Latin1,
}

/// The lines; `None` where none is set up.
pub fn of(config: &Config) -> Result<Option<Sms>, Failure> {
    let settings = &config.sms;
    if settings.line.is_empty() {
        return Ok(None);
    }
    let number = settings.number.clone().unwrap_or_else(|| "1708".to_owned());
    let trust = config.trust()?;
    let binds = settings.line.iter().map(|line| bind(line, &number, &trust)).collect::<Result<_, _>>()?;
    Ok(Some(Sms { gateway: Gateway::new(binds), scribe: Arc::new(Letters::new(&config.address())) }))
}

fn bind(line: &LineConfig, number: &str, trust: &Trust) -> Result<Bind, Failure> {
    let password = std::fs::read_to_string(&line.password_file);
    let password = password.map_err(|error| Failure::new("sms.line.password_file", error))?;
    Ok(Bind {
        name: line.name.clone(),
        host: line.host.clone(),
        port: line.port.unwrap_or(2775),
        tls: line.tls,
        trust: trust.clone(),
        system_id: line.system_id.clone(),
        password: password.trim_end_matches(['\r', '\n']).to_owned(),
        system_type: line.system_type.clone(),
        number: number.to_owned(),
        alphabet: match line.alphabet {
            AlphabetName::Gsm => Alphabet::Gsm,
            AlphabetName::Latin1 => Alphabet::Latin1,
        },
        window: line.window.unwrap_or(10),
        rate: line.rate.unwrap_or(50),
        prefixes: line.prefixes.clone(),
    })
}
