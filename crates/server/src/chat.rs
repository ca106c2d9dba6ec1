//! `[telegram]` and `[whatsapp]`: the chat services by which people write.

use crate::config::Config;
use crate::failure::Failure;
use app::message::{Chats, telegram, whatsapp};
use serde::{Deserialize, Deserializer, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use web::letters::Letters;

/// The settings of `[telegram]`, or `LAPOR_TELEGRAM_…`. Without a token there is no bot.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TelegramConfig {
    /// A file with the token that @BotFather gave.
    pub token_file: Option<PathBuf>,
    /// Where bots are served; Telegram's own address otherwise.
    pub api: Option<String>,
}

/// The settings of `[whatsapp]`, or `LAPOR_WHATSAPP_…`. Without a number no message comes or goes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WhatsappConfig {
    /// The id of the number (`phone_number_id`), which is not the number.
    #[serde(deserialize_with = "digits")]
    pub number_id: Option<String>,
    /// A file with the permanent token of the system user.
    pub token_file: PathBuf,
    /// A file with the app's secret, by which posted bodies are signed.
    pub secret_file: PathBuf,
    /// A file with the word that is entered beside the address of the webhook.
    pub verify_file: PathBuf,
    /// The approved template with one value; without it, answers after a day of silence go by SMS, or wait on the page.
    pub template: Option<String>,
    /// The API with its version; that of the service otherwise.
    pub api: Option<String>,
}

/// An id of digits is easily taken for a number.
fn digits<'de, D: Deserializer<'de>>(given: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        Word(String),
        Number(u64),
    }
    Ok(Option::<Given>::deserialize(given)?.map(|given| match given {
        Given::Word(word) => word,
        Given::Number(number) => number.to_string(),
    }))
}

/// The services; `None` where none is set up.
pub fn of(config: &Config) -> Result<Option<Chats>, Failure> {
    let telegram = match &config.telegram.token_file {
        Some(file) => {
            let api = config.telegram.api.as_deref().unwrap_or(telegram::PUBLIC);
            Some(Arc::new(telegram::Bot::new(api, &secret("telegram.token_file", file)?)))
        }
        None => None,
    };
    let whatsapp = match &config.whatsapp.number_id {
        Some(number_id) => Some(Arc::new(whatsapp::Line::new(line(&config.whatsapp, number_id)?))),
        None => None,
    };
    let scribe = Arc::new(Letters::new(&config.address()));
    Ok((telegram.is_some() || whatsapp.is_some()).then_some(Chats { telegram, whatsapp, scribe }))
}

fn line(settings: &WhatsappConfig, number_id: &str) -> Result<whatsapp::Settings, Failure> {
    Ok(whatsapp::Settings {
        api: settings.api.as_deref().unwrap_or(whatsapp::PUBLIC).trim_end_matches('/').to_owned(),
        number_id: number_id.to_owned(),
        token: secret("whatsapp.token_file", &settings.token_file)?,
        secret: secret("whatsapp.secret_file", &settings.secret_file)?,
        verify: secret("whatsapp.verify_file", &settings.verify_file)?,
        template: settings.template.clone(),
    })
}

/// A secret stands in a file, so that it is in no configuration and no list of processes. An empty one would let
/// everybody in.
fn secret(setting: &str, file: &Path) -> Result<String, Failure> {
    let read = std::fs::read_to_string(file).map_err(|error| Failure::new(setting, error))?;
    match read.trim() {
        "" => Err(Failure::new(setting, format!("{}: empty", file.display()))),
        secret => Ok(secret.to_owned()),
    }
}
