//! `[mail]`: how letters leave the house and come in; and `lapor mail`.

use crate::arguments::Mail as Command;
use crate::config::Config;
use crate::failure::Failure;
use crate::start;
use app::mail::{Mail, Post};
use app::message::MailIn;
use channel::mail::incoming::{After, House, Imap, Listen};
use channel::mail::{Security, Sender, Server};
use domain::text::Email;
use serde::{Deserialize, Serialize};
use std::io::Read;
use std::path::{Path, PathBuf};
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
    /// `[mail.in]`: how letters of people come in.
    #[serde(rename = "in")]
    pub incoming: Option<MailInConfig>,
}

/// The settings of `[mail.in]`. Letters come by a mailbox, by a door for the mail server, or by both.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailInConfig {
    /// Our own addresses; the first is the one that people write to.
    pub addresses: Vec<String>,
    /// The name under which our mail server says whose a letter is, in `Authentication-Results`. Without it nobody is
    /// taken for a reporter by an address.
    pub authserv_id: Option<String>,
    /// Whether the mail server knows `lapor+2085653718@…`; answers about a report then go there.
    #[serde(default)]
    pub plus: bool,
    /// Where the mail server brings letters by LMTP: `127.0.0.1:2400` or `unix:/run/lapor/lmtp`.
    pub lmtp: Option<String>,
    /// A mailbox that is kept empty.
    pub imap: Option<ImapConfig>,
}

/// The settings of `[mail.in.imap]`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImapConfig {
    pub host: String,
    /// The usual port of the security otherwise: 143 or 993.
    pub port: Option<u16>,
    #[serde(default = "tls")]
    pub security: MailSecurity,
    pub user: String,
    /// A file with the user's password.
    pub password_file: PathBuf,
    /// `INBOX` otherwise.
    pub folder: Option<String>,
    /// What is done with a letter that was taken in.
    #[serde(default)]
    pub after: AfterName,
    /// The folder for `after = "move"`.
    pub done_folder: Option<String>,
}

fn tls() -> MailSecurity {
    MailSecurity::Tls
}

/// What is done with a letter that was taken in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AfterName {
    /// It is marked as read.
    #[default]
    Seen,
    Delete,
    Move,
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
        (Some(host), _) => Post::smtp(&server(config, host)?).map_err(|error| Failure::new("mail.server", error))?,
        (None, Some(folder)) => Post::folder(folder).map_err(|error| Failure::new("mail.folder", error))?,
        (None, None) => return Ok(None),
    };
    let from = match &settings.from {
        Some(from) => from.as_str(),
        None if settings.server.is_none() => "lapor@localhost",
        None => return Err(Failure::told("mail-from")),
    };
    let name = settings.name.as_deref().unwrap_or("Lapor");
    let heard = settings.incoming.as_ref().and_then(|incoming| incoming.addresses.first()).map(String::as_str);
    let sender = Sender::new(from, name, settings.reply_to.as_deref().or(heard));
    let sender = sender.map_err(|error| Failure::new("mail.from", error))?;
    Ok(Some(Mail { post, sender, scribe: Arc::new(Letters::new(&config.address())) }))
}

fn server(config: &Config, host: &str) -> Result<Server, Failure> {
    let settings = &config.mail;
    let password = settings.password_file.as_ref().map(|file| password(file, "mail.password_file")).transpose()?;
    Ok(Server {
        host: host.to_owned(),
        port: settings.port,
        security: security(settings.security),
        login: settings.user.clone().zip(password),
        trust: config.trust()?,
    })
}

fn password(file: &Path, setting: &str) -> Result<String, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| Failure::new(setting, error))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn security(named: MailSecurity) -> Security {
    match named {
        MailSecurity::None => Security::Plain,
        MailSecurity::Starttls => Security::StartTls,
        MailSecurity::Tls => Security::Tls,
    }
}

/// How letters come in; `None` where that is not set up. Whoever writes is answered, so letters have to leave as well.
pub fn incoming(config: &Config) -> Result<Option<MailIn>, Failure> {
    let Some(settings) = &config.mail.incoming else { return Ok(None) };
    if config.mail.server.is_none() && config.mail.folder.is_none() {
        return Err(Failure::told("mail-in-alone"));
    }
    let addresses: Vec<String> = settings.addresses.iter().map(|address| address.trim().to_lowercase()).collect();
    if addresses.is_empty() || !addresses.iter().all(|address| Email::parse(address).is_ok()) {
        return Err(Failure::told("mail-in-addresses"));
    }
    if settings.lmtp.is_none() && settings.imap.is_none() {
        return Err(Failure::told("mail-in-way"));
    }
    Ok(Some(MailIn {
        house: Arc::new(House { addresses, authserv_id: settings.authserv_id.clone() }),
        imap: mailbox(config)?,
        door: settings.lmtp.as_deref().map(Listen::parse),
        plus: settings.plus,
    }))
}

/// The mailbox, where one is set up.
pub fn mailbox(config: &Config) -> Result<Option<Imap>, Failure> {
    let Some(settings) = config.mail.incoming.as_ref().and_then(|settings| settings.imap.as_ref()) else {
        return Ok(None);
    };
    let after = match (settings.after, &settings.done_folder) {
        (AfterName::Seen, _) => After::Seen,
        (AfterName::Delete, _) => After::Delete,
        (AfterName::Move, Some(folder)) => After::Move(folder.clone()),
        (AfterName::Move, None) => return Err(Failure::told("mail-in-folder")),
    };
    Ok(Some(Imap {
        host: settings.host.clone(),
        port: settings.port,
        security: security(settings.security),
        user: settings.user.clone(),
        password: password(&settings.password_file, "mail.in.imap.password_file")?,
        folder: settings.folder.clone().unwrap_or_else(|| "INBOX".to_owned()),
        after,
        trust: config.trust()?,
    }))
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
