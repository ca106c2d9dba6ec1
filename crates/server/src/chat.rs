//! `[telegram]`, `[whatsapp]` and `[x]`: the chat services by which people write.

use crate::config::Config;
use crate::failure::Failure;
use app::clock::Clock;
use app::message::{Chats, telegram, whatsapp, x_api};
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

/// The settings of `[x]`, or `LAPOR_X_…`. Without the account's number nothing is read or written.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct XConfig {
    /// The number of the account, which is not its name.
    #[serde(deserialize_with = "digits")]
    pub user_id: Option<String>,
    /// Its name, without the sign before it.
    pub handle: String,
    /// The word that makes a mention a report, without the sign before it.
    pub hashtag: String,
    /// Files with the keys of the app and of the account.
    pub consumer_key_file: PathBuf,
    pub consumer_secret_file: PathBuf,
    pub token_file: PathBuf,
    pub token_secret_file: PathBuf,
    /// Seconds between two looks.
    pub interval: u32,
    /// Where the API is served; the service's own address otherwise.
    pub api: Option<String>,
}

impl Default for XConfig {
    fn default() -> XConfig {
        XConfig {
            user_id: None,
            handle: "lapor1708".to_owned(),
            hashtag: "lapor".to_owned(),
            consumer_key_file: PathBuf::new(),
            consumer_secret_file: PathBuf::new(),
            token_file: PathBuf::new(),
            token_secret_file: PathBuf::new(),
            interval: 60,
            api: None,
        }
    }
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
    let x = account(config)?.map(Arc::new);
    let rhythm = jiff::SignedDuration::from_secs(i64::from(config.x.interval));
    let scribe = Arc::new(Letters::new(&config.address()));
    let some = telegram.is_some() || whatsapp.is_some() || x.is_some();
    Ok(some.then_some(Chats { telegram, whatsapp, x, rhythm, scribe }))
}

/// The account on X, where one is set up.
pub fn account(config: &Config) -> Result<Option<x_api::Account>, Failure> {
    let settings = &config.x;
    let Some(user) = &settings.user_id else { return Ok(None) };
    let user = user.parse().map_err(|error| Failure::new("x.user_id", error))?;
    if settings.interval == 0 {
        return Err(Failure::new("x.interval", "0"));
    }
    let bare = |word: &str, sign: char| word.trim().trim_start_matches(sign).to_owned();
    let clock = Clock::system();
    Ok(Some(x_api::Account::new(x_api::Settings {
        now: Arc::new(move || clock.now()),
        api: settings.api.as_deref().unwrap_or(x_api::PUBLIC).trim_end_matches('/').to_owned(),
        user,
        tag: x_api::Tag { handle: bare(&settings.handle, '@'), word: bare(&settings.hashtag, '#') },
        keys: x_api::Keys {
            consumer_key: secret("x.consumer_key_file", &settings.consumer_key_file)?,
            consumer_secret: secret("x.consumer_secret_file", &settings.consumer_secret_file)?,
            token: secret("x.token_file", &settings.token_file)?,
            token_secret: secret("x.token_secret_file", &settings.token_secret_file)?,
        },
    })))
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
