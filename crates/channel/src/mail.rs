//! Letters by SMTP, or into a folder where there is no server.
//!
//! What a server says may repeat the address it was told; only its codes leave this module.

use crate::Unsent;
use crate::trust::Trust;
use lettre::address::{AddressError, Envelope};
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox};
use lettre::transport::smtp::AsyncSmtpTransportBuilder;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

mod bounce;
pub mod incoming;
mod unsent;

pub use bounce::Bounce;

/// The longest that a server may think about one command.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest for a whole letter, the greeting included.
const LONGEST: Duration = Duration::from_secs(30);

/// How the connection to a server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// In the clear: for a relay on the same machine.
    Plain,
    /// In the clear first, then TLS or nothing (RFC 3207); port 587.
    StartTls,
    /// TLS from the first byte (RFC 8314); port 465.
    Tls,
}

/// A server that takes letters.
#[derive(Debug, Clone)]
pub struct Server {
    pub host: String,
    /// The usual port of the security otherwise.
    pub port: Option<u16>,
    pub security: Security,
    /// User and password.
    pub login: Option<(String, String)>,
    /// Whose certificates are believed.
    pub trust: Trust,
}

/// A setting that cannot be used, and why.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BadSetting(String);

/// Whom letters come from.
#[derive(Debug, Clone)]
pub struct Sender {
    from: Mailbox,
    reply_to: Option<Mailbox>,
}

impl Sender {
    /// A sender's address and the name beside it; answers go to `reply_to`, where somebody reads them.
    pub fn new(address: &str, name: &str, reply_to: Option<&str>) -> Result<Sender, BadSetting> {
        let name = Some(name.to_owned()).filter(|name| !name.is_empty());
        let reply_to = reply_to.map(parsed).transpose()?;
        Ok(Sender {
            from: Mailbox::new(name, parsed(address)?),
            reply_to: reply_to.map(|address| Mailbox::new(None, address)),
        })
    }

    /// The part of the address after the `@`.
    pub fn domain(&self) -> &str {
        self.from.email.domain()
    }
}

fn parsed(address: &str) -> Result<Address, BadSetting> {
    address.parse().map_err(|error: AddressError| BadSetting(format!("{address}: {error}")))
}

/// A letter on its way out.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// An address without a name.
    pub to: String,
    pub subject: String,
    pub text: String,
    /// Without angle brackets; the same at every try, so that a repetition is recognised.
    pub message_id: String,
    pub at: SystemTime,
    /// Where a click or a program stops such letters (RFC 2369, RFC 8058).
    pub stop: Option<String>,
    /// `id` or `en`.
    pub language: String,
    /// The ids of the letters before it in its thread, the oldest first, without angle brackets.
    pub thread: Vec<String>,
    /// Where an answer to this letter goes, where that is another place than for all letters.
    pub reply_to: Option<String>,
}

/// What takes letters away.
#[derive(Clone)]
pub enum Post {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// Each letter a file, named after its message id.
    Folder(PathBuf),
}

impl Post {
    /// A server; connections to it are kept for the next letter.
    pub fn smtp(server: &Server) -> Result<Post, BadSetting> {
        let mut builder = secured(server)?.timeout(Some(PATIENCE));
        if let Some(port) = server.port {
            builder = builder.port(port);
        }
        if let Some((user, password)) = &server.login {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Post::Smtp(builder.build()))
    }

    /// A folder, made where it is missing.
    pub fn folder(path: &Path) -> std::io::Result<Post> {
        std::fs::create_dir_all(path)?;
        Ok(Post::Folder(path.to_owned()))
    }

    /// Gives a letter away. When this returns well, somebody else is answerable for it.
    pub async fn send(&self, sender: &Sender, letter: &Outgoing) -> Result<(), Unsent> {
        let message = composed(sender, letter)?;
        match self {
            Post::Smtp(server) => match tokio::time::timeout(LONGEST, server.send(message)).await {
                Ok(answer) => answer.map(drop).map_err(|error| unsent::told(&error)),
                Err(_) => Err(Unsent::Later("timeout".to_owned())),
            },
            Post::Folder(folder) => {
                let file = folder.join(format!("{}.eml", letter.message_id));
                let written = tokio::fs::write(file, message.formatted()).await;
                written.map_err(|error| Unsent::Later(error.kind().to_string()))
            }
        }
    }
}

fn secured(server: &Server) -> Result<AsyncSmtpTransportBuilder, BadSetting> {
    type Transport = AsyncSmtpTransport<Tokio1Executor>;
    let unusable = |error: lettre::transport::smtp::Error| BadSetting(error.to_string());
    let plain = Transport::builder_dangerous(&server.host);
    let parameters = || {
        let host = TlsParameters::builder(server.host.clone());
        let believing = server.trust.certificates().fold(host, |known, one| known.add_root_certificate(one));
        believing.build().map_err(unusable)
    };
    Ok(match server.security {
        Security::Plain => plain,
        Security::StartTls => plain.port(587).tls(Tls::Required(parameters()?)),
        Security::Tls => plain.port(465).tls(Tls::Wrapper(parameters()?)),
    })
}

/// The letter as RFC 5322 wants it. Nobody's vacation notice answers it (RFC 3834).
fn composed(sender: &Sender, letter: &Outgoing) -> Result<Message, Unsent> {
    let unusable = |_| Unsent::NoSuchAddress("address".to_owned());
    let to: Address = letter.to.parse().map_err(unusable)?;
    let envelope = Envelope::new(Some(sender.from.email.clone()), vec![to.clone()]).map_err(|_| malformed())?;
    let mut builder = Message::builder()
        .from(sender.from.clone())
        .to(Mailbox::new(None, to))
        .subject(&letter.subject)
        .date(letter.at)
        .message_id(Some(format!("<{}>", letter.message_id)))
        .header(ContentType::TEXT_PLAIN)
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("Content-Language", &letter.language))
        .envelope(envelope);
    let own = letter.reply_to.as_deref().and_then(|address| address.parse().ok());
    if let Some(reply_to) = own.map(|address| Mailbox::new(None, address)).or_else(|| sender.reply_to.clone()) {
        builder = builder.reply_to(reply_to);
    }
    if let Some(last) = letter.thread.last() {
        let all: Vec<String> = letter.thread.iter().map(|id| format!("<{id}>")).collect();
        builder = builder.in_reply_to(format!("<{last}>")).references(all.join(" "));
    }
    if let Some(stop) = &letter.stop {
        builder = builder
            .raw_header(header("List-Unsubscribe", &format!("<{stop}>")))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    // Encoded, the text passes servers that know only seven bits and lines of 998.
    let body = Body::new_with_encoding(letter.text.clone(), ContentTransferEncoding::QuotedPrintable);
    builder.body(body.map_err(|_| malformed())?).map_err(|_| malformed())
}

fn malformed() -> Unsent {
    Unsent::Never("malformed".to_owned())
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

#[cfg(test)]
mod tests;
