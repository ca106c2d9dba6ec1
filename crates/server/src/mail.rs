//! `[mail]`: how letters leave the house; and `lapor mail`.

use crate::arguments::Mail as Command;
use crate::config::Config;
use crate::failure::Failure;
use crate::start;
use app::mail::{Mail, Post};
use channel::mail::{Security, Sender, Server};
use serde::{Deserialize, Serialize};
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;
use web::letters::Letters;

/// The settings of `[mail]`, or `LAPOR_MAIL_…`. Without a server and a folder no letter is written.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailConfig {
    /// The host name of the server that takes letters.
    pub server: Option<String>,
    /// The usual port of the security otherwise: 25, 587 or 465.
    pub port: Option<u16>,
    pub security: MailSecurity,
    pub user: Option<String>,
    /// A file with the user's password, so that it stands in no configuration and no list of processes.
    pub password_file: Option<PathBuf>,
    /// The address that letters come from, e.g. `lapor@contoh.go.id`. Letters that come back come here.
    pub from: Option<String>,
    /// The name beside it; `Lapor` otherwise.
    pub name: Option<String>,
    /// Where answers to letters go; nowhere in particular otherwise.
    pub reply_to: Option<String>,
    /// In place of a server: a folder that gets each letter as a file.
    pub folder: Option<PathBuf>,
}

/// How the connection to the server is protected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailSecurity {
    None,
    #[default]
    Starttls,
    Tls,
}

/// How letters leave the house; `None` where that is not set up.
pub fn of(config: &Config) -> Result<Option<Mail>, Failure> {
    let settings = &config.mail;
    let post = match (&settings.server, &settings.folder) {
        (Some(host), _) => Post::smtp(&server(settings, host)?).map_err(|error| Failure::new("mail.server", error))?,
        (None, Some(folder)) => Post::folder(folder).map_err(|error| Failure::new("mail.folder", error))?,
        (None, None) => return Ok(None),
    };
    let from = match &settings.from {
        Some(from) => from.as_str(),
        None if settings.server.is_none() => "lapor@localhost",
        None => return Err(Failure::told("mail-from")),
    };
    let name = settings.name.as_deref().unwrap_or("Lapor");
    let sender = Sender::new(from, name, settings.reply_to.as_deref());
    let sender = sender.map_err(|error| Failure::new("mail.from", error))?;
    Ok(Some(Mail { post, sender, scribe: Arc::new(Letters::new(&config.address())) }))
}

fn server(settings: &MailConfig, host: &str) -> Result<Server, Failure> {
    let password = settings.password_file.as_ref().map(std::fs::read_to_string).transpose();
    let password = password.map_err(|error| Failure::new("mail.password_file", error))?;
    let password = password.map(|text| text.trim_end_matches(['\r', '\n']).to_owned());
    Ok(Server {
        host: host.to_owned(),
        port: settings.port,
        security: match settings.security {
            MailSecurity::None => Security::Plain,
            MailSecurity::Starttls => Security::StartTls,
            MailSecurity::Tls => Security::Tls,
        },
        login: settings.user.clone().zip(password),
    })
}

/// The longest notification that is read.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// `lapor mail test` and `lapor mail bounce`.
pub async fn mail(config: &Config, command: Command) -> Result<(), Failure> {
    let app = start::app(config).await?;
    match command {
        Command::Test { to, language } => {
            if !app.send_test_letter(&to, language.tag()).await? {
                return Err(Failure::told("mail-off"));
            }
        }
        Command::Bounce => {
            let mut raw = Vec::new();
            std::io::stdin().take(MOST_BYTES).read_to_end(&mut raw)?;
            let noted = app.note_bounce(&raw).await?;
            println!("{}", if noted { "noted" } else { "not about a letter of ours" });
        }
    }
    app.db().close().await;
    Ok(())
}
