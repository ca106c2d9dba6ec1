//! Letters that no person wrote, or that must not be answered: two machines that answer each other never end.

use super::House;
use mail_parser::{HeaderName, Message, MimeHeaders};

/// Why a letter is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Machine {
    /// A machine wrote it because of a letter: a vacation notice, a notice of a mail server (RFC 3834).
    Automatic,
    /// It carries an address of our own as its sender.
    Own,
    /// It went to many, or asks not to be answered by machines.
    Mute,
}

impl Machine {
    /// The name in figures.
    pub fn name(self) -> &'static str {
        match self {
            Machine::Automatic => "automatic",
            Machine::Own => "own",
            Machine::Mute => "mute",
        }
    }
}

/// Senders that are machines by their name.
const MACHINES: [&str; 6] = ["mailer-daemon", "postmaster", "bounce", "bounces", "double-bounce", "listserv"];
const SILENT: [&str; 6] = ["noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "tidak-membalas"];
const ANSWERING: [&str; 5] = ["x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-mail-autoreply"];
const LISTS: [&str; 5] = ["list-id", "list-post", "list-unsubscribe", "mailing-list", "x-mailing-list"];

/// Why a letter is not answered; `None` where a person seems to have written it to us alone.
pub(super) fn machine(message: &Message<'_>, sender: &str, envelope: Option<&str>, house: &House) -> Option<Machine> {
    let said = |name: &str| said(message, name);
    let local = sender.split(['@', '+']).next().unwrap_or_default().to_ascii_lowercase();
    let precedence = said("precedence").unwrap_or_default();
    let submitted = said("auto-submitted").is_some_and(|value| first(&value) != "no");
    let nobody = envelope.is_some_and(|from| from.trim_matches(['<', '>', ' ']).is_empty());
    let report = message.content_type().is_some_and(|kind| {
        kind.ctype().eq_ignore_ascii_case("multipart")
            && kind.subtype().is_some_and(|kind| kind.eq_ignore_ascii_case("report"))
    });
    let automatic = submitted
        || nobody
        || report
        || MACHINES.contains(&local.as_str())
        || ANSWERING.iter().any(|name| said(name).is_some())
        || matches!(first(&precedence).as_str(), "auto_reply" | "auto-reply");
    let mute = SILENT.contains(&local.as_str())
        || LISTS.iter().any(|name| said(name).is_some())
        || matches!(first(&precedence).as_str(), "bulk" | "list" | "junk")
        || said("x-auto-response-suppress").is_some_and(|value| first(&value) != "none");
    match () {
        () if house.owns(sender) => Some(Machine::Own),
        () if automatic => Some(Machine::Automatic),
        () if mute => Some(Machine::Mute),
        () => None,
    }
}

/// A header as it stands there, in small letters.
fn said(message: &Message<'_>, name: &str) -> Option<String> {
    let wanted = HeaderName::parse(name)?;
    let header = message.headers().iter().find(|header| header.name == wanted)?;
    let bytes = message.raw_message.get(header.offset_start as usize..header.offset_end as usize)?;
    Some(String::from_utf8_lossy(bytes).trim().to_ascii_lowercase())
}

/// The word before a parameter or a comment.
fn first(value: &str) -> String {
    value.split([';', '(', ',', ' ', '\t', '\r', '\n']).next().unwrap_or_default().to_owned()
}
