//! A letter in plain values.

use super::{House, Machine, Raw, cut, machine, plain, vouched};
use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};

/// The longest text that is read; a report has no more.
const LONGEST: usize = 64 * 1024;
/// Ids that a letter answers; the newest ones.
const MOST_IDS: usize = 30;
const LONGEST_ID: usize = 250;
const LONGEST_SUBJECT: usize = 300;
/// Files that are looked at.
const MOST_FILES: usize = 20;
/// A picture within the text that is smaller decorates it.
const DECORATION: usize = 8 * 1024;

/// A letter that somebody sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letter {
    /// Without angle brackets.
    pub message_id: Option<String>,
    /// The sender in small letters.
    pub from: String,
    /// The name beside it; empty where there is none.
    pub name: String,
    pub subject: String,
    /// What the sender wrote, without quotations and signature.
    pub text: String,
    /// All of it.
    pub whole: String,
    /// The ids of the letters that it answers, the nearest first.
    pub answers: Vec<String>,
    /// What stands behind the plus in our own address.
    pub tags: Vec<String>,
    pub files: Vec<File>,
    /// Why it is not answered.
    pub machine: Option<Machine>,
    /// Our mail server vouches for the sender.
    pub is_vouched: bool,
    /// Its end is missing, and so may be the end of a file.
    pub is_cut: bool,
}

/// A file that came with a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Letter {
    /// Reads a letter. `None` where nobody can be made out who wrote it.
    pub fn read(raw: &Raw, house: &House) -> Option<Letter> {
        let message = MessageParser::default().parse(&raw.bytes)?;
        let (from, name) = sender(&message)?;
        let envelope = raw.from.as_deref().or_else(|| return_path(&message));
        let text = text(&message);
        Some(Letter {
            message_id: message.message_id().and_then(id),
            machine: machine::machine(&message, &from, envelope, house),
            is_vouched: house.authserv_id.as_ref().is_some_and(|by| vouched::vouched(&message, &from, by)),
            name,
            subject: short(message.subject().unwrap_or_default(), LONGEST_SUBJECT),
            text: cut::cut(&text),
            whole: cut::bare(&text),
            answers: answers(&message),
            tags: tags(&message, raw, house),
            files: files(&message),
            is_cut: raw.is_cut,
            from,
        })
    }
}

/// The one who wrote it. Where several did, or a header was doubled to hide one, nobody is known.
fn sender(message: &Message<'_>) -> Option<(String, String)> {
    let mut fields = message.header_values(mail_parser::HeaderName::From);
    let field = fields.next()?.as_address()?;
    let mut people = field.iter();
    let (one, more) = (people.next()?, people.next());
    if more.is_some() || fields.next().is_some() {
        return None;
    }
    let address = one.address()?.trim().to_ascii_lowercase();
    let (local, domain) = address.rsplit_once('@')?;
    let sound = !local.is_empty() && domain.contains('.') && !address.contains(char::is_whitespace);
    (sound && address.len() <= LONGEST_ID).then(|| (address, short(one.name().unwrap_or_default(), 100)))
}

/// The sender of the envelope, as the last server wrote it down.
fn return_path<'a>(message: &'a Message<'_>) -> Option<&'a str> {
    message.header_raw(mail_parser::HeaderName::ReturnPath).map(str::trim)
}

fn answers(message: &Message<'_>) -> Vec<String> {
    let list = |value: &mail_parser::HeaderValue<'_>| -> Vec<String> {
        match (value.as_text_list(), value.as_text()) {
            (Some(list), _) => list.iter().rev().filter_map(|one| id(one)).collect(),
            (None, Some(one)) => id(one).into_iter().collect(),
            _ => Vec::new(),
        }
    };
    let mut ids = list(message.in_reply_to());
    ids.extend(list(message.references()));
    let mut known = std::collections::BTreeSet::new();
    ids.retain(|one| known.insert(one.clone()));
    ids.truncate(MOST_IDS);
    ids
}

fn id(text: &str) -> Option<String> {
    let id = text.trim_matches(['<', '>', ' ']);
    let sound = !id.is_empty() && id.len() <= LONGEST_ID && id.bytes().all(|byte| byte.is_ascii_graphic());
    let sound = sound && !id.contains(['<', '>']);
    sound.then(|| id.to_owned())
}

fn tags(message: &Message<'_>, raw: &Raw, house: &House) -> Vec<String> {
    let fields = [message.to(), message.cc()];
    let named = fields.into_iter().flatten().flat_map(Address::iter).filter_map(|one| one.address());
    let delivered = ["Delivered-To", "X-Original-To", "Envelope-To"];
    let delivered = delivered.into_iter().filter_map(|name| message.header_raw(name)).map(str::trim);
    let mut tags: Vec<String> = Vec::new();
    for address in raw.to.iter().map(String::as_str).chain(delivered).chain(named) {
        if let Some(tag) = house.tag(address).filter(|tag| !tag.is_empty() && !tags.iter().any(|known| known == tag)) {
            tags.push(short(tag, 64));
        }
    }
    tags
}

/// The text of a letter; that of its other face where the plain one is empty.
fn text(message: &Message<'_>) -> String {
    let joined = |texts: Vec<String>| texts.join("\n").replace('\0', "");
    let plain = joined(message.text_bodies().filter_map(readable).collect());
    match plain.trim().is_empty() {
        true => joined(message.html_bodies().filter_map(readable).collect()),
        false => plain,
    }
}

fn readable(part: &MessagePart<'_>) -> Option<String> {
    match &part.body {
        PartType::Text(text) => Some(match part.content_type().and_then(|kind| kind.attribute("format")) {
            Some(format) if format.eq_ignore_ascii_case("flowed") => plain::unflowed(begin(text, LONGEST)),
            _ => begin(text, LONGEST).to_owned(),
        }),
        PartType::Html(html) => Some(begin(&plain::plain(html), LONGEST).to_owned()),
        _ => None,
    }
}

fn files(message: &Message<'_>) -> Vec<File> {
    let kept = message.attachments().filter(|part| !is_beside(part)).take(MOST_FILES);
    let file = |part: &MessagePart<'_>| File {
        name: short(part.attachment_name().unwrap_or_default(), 200),
        bytes: part.contents().to_vec(),
    };
    kept.map(file).collect()
}

/// What programs put beside a text: signatures, and the small pictures of a letterhead.
fn is_beside(part: &MessagePart<'_>) -> bool {
    let kind = part.content_type();
    let subtype = kind.and_then(|kind| kind.subtype()).unwrap_or_default().to_ascii_lowercase();
    let signature = matches!(subtype.as_str(), "pgp-signature" | "pkcs7-signature" | "x-pkcs7-signature" | "pgp-keys");
    let inside = part.content_id().is_some() && !part.content_disposition().is_some_and(|kind| kind.is_attachment());
    signature || (inside && part.contents().len() < DECORATION) || matches!(part.body, PartType::Multipart(_))
}

/// The beginning of a text, whole letters only.
fn begin(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// One line without control characters.
fn short(text: &str, most: usize) -> String {
    let line = text.split(|sign: char| sign.is_control() || sign.is_whitespace()).filter(|word| !word.is_empty());
    line.collect::<Vec<_>>().join(" ").chars().take(most).collect()
}
