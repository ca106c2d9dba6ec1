//! The WhatsApp Business Cloud API (<https://developers.facebook.com/docs/whatsapp/cloud-api>): webhooks signed with the
//! app's secret, messages, templates outside the window of a day, media.

use super::call::{self, Download, ask, client, give};
use super::{Incoming, MOST_FILES, Outgoing, Receipt, RemoteFile, Unreadable, plain, point};
use crate::Unsent;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Client, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::Sha256;

/// Where the API is served unless told otherwise.
pub const PUBLIC: &str = "https://graph.facebook.com/v23.0";
/// The header with the signature over a posted body.
pub const SIGNATURE: &str = "X-Hub-Signature-256";
/// The longest text, and the longest above buttons.
const MOST_LETTERS: usize = 4_096;
const MOST_ABOVE: usize = 1_024;
/// The longest value in a template.
const MOST_VALUE: usize = 900;
const MOST_BUTTONS: usize = 3;
const MOST_LABEL: usize = 20;
/// The person has written nothing for a day: only a template is taken.
const OUTSIDE_THE_WINDOW: i64 = 131_047;
/// Nobody with WhatsApp has the number, or they take no messages of businesses.
const UNDELIVERABLE: i64 = 131_026;
/// Too many messages: of the app, of the account, of all, to one person.
const TOO_MANY: [i64; 4] = [4, 80_007, 130_429, 131_056];

/// The number of a house and where it is served.
pub struct Line {
    pub settings: Settings,
    client: Client,
}

/// The number as it is configured.
#[derive(Clone)]
pub struct Settings {
    /// The API with its version, without a slash at the end.
    pub api: String,
    /// The id of the number, which is not the number.
    pub number_id: String,
    pub token: String,
    /// By which posted bodies are signed.
    pub secret: String,
    /// What is told once when the address of the webhook is entered.
    pub verify: String,
    /// The approved template with one value, in Indonesian, for what is told after a day of silence.
    pub template: Option<String>,
}

/// What was posted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Posted {
    pub messages: Vec<Incoming>,
    pub receipts: Vec<Receipt>,
}

impl Line {
    pub fn new(settings: Settings) -> Line {
        Line { client: client(), settings }
    }

    /// Whether a body was signed with the app's secret; `signature` is the header.
    pub fn is_signed(&self, body: &[u8], signature: &str) -> bool {
        let Some(signature) = signature.strip_prefix("sha256=").and_then(bytes) else { return false };
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.settings.secret.as_bytes()) else { return false };
        mac.update(body);
        mac.verify_slice(&signature).is_ok()
    }

    /// Gives a message away; the service's name for it. `late`: the person has written nothing for a day.
    pub async fn send(&self, outgoing: &Outgoing, late: bool) -> Result<Option<String>, Unsent> {
        let body = match (late, &self.settings.template) {
            (true, None) => return Err(Unsent::Never("window".to_owned())),
            (true, Some(template)) => in_template(template, &outgoing.text),
            (false, _) => content(outgoing),
        };
        let mut wish = json!({
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": outgoing.to,
            "biz_opaque_callback_data": outgoing.reference,
        });
        if let (Some(wish), Value::Object(body)) = (wish.as_object_mut(), body) {
            wish.extend(body);
        }
        let address = format!("{}/{}/messages", self.settings.api, self.settings.number_id);
        let request = self.client.post(address).bearer_auth(&self.settings.token).json(&wish);
        let (status, said) = give(request).await?;
        if status.is_success() {
            return Ok(said["messages"][0]["id"].as_str().map(str::to_owned));
        }
        Err(refused(status, &said))
    }

    /// Begins to fetch a file.
    pub async fn fetch(&self, id: &str) -> Result<Download, Unsent> {
        if !id.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(Unsent::Never("id".to_owned()));
        }
        let asked = self.client.get(format!("{}/{id}", self.settings.api)).bearer_auth(&self.settings.token);
        let told = ask(asked).await?;
        let address = told["url"].as_str().ok_or_else(|| Unsent::Never("no-url".to_owned()))?;
        // The token goes along: never in the open, unless the API itself is a local one.
        if !address.starts_with("https://") && self.settings.api.starts_with("https://") {
            return Err(Unsent::Never("url".to_owned()));
        }
        call::fetch(self.client.get(address).bearer_auth(&self.settings.token)).await
    }
}

fn refused(status: StatusCode, said: &Value) -> Unsent {
    let number = said["error"]["code"].as_i64();
    let code = number.map_or_else(|| call::code(status), |number| number.to_string());
    match number {
        Some(OUTSIDE_THE_WINDOW) => Unsent::Never("window".to_owned()),
        Some(UNDELIVERABLE) => Unsent::NoSuchAddress(code),
        Some(number) if TOO_MANY.contains(&number) => Unsent::Later(code),
        _ if status == StatusCode::BAD_REQUEST => Unsent::Never(code),
        _ => Unsent::Later(code),
    }
}

fn content(outgoing: &Outgoing) -> Value {
    let short = outgoing.text.chars().count() <= MOST_ABOVE;
    let few = (1..=MOST_BUTTONS).contains(&outgoing.choices.len());
    let above = json!({"text": outgoing.text});
    match () {
        () if outgoing.asks_place && short => json!({
            "type": "interactive",
            "interactive": {"type": "location_request_message", "body": above, "action": {"name": "send_location"}},
        }),
        () if few && short => {
            let label = |label: &str| label.chars().take(MOST_LABEL).collect::<String>();
            let button = |choice: &super::Choice| json!({"type": "reply", "reply": {"id": choice.says, "title": label(&choice.label)}});
            let buttons: Vec<Value> = outgoing.choices.iter().map(button).collect();
            json!({
                "type": "interactive",
                "interactive": {"type": "button", "body": above, "action": {"buttons": buttons}},
            })
        }
        () => {
            let text: String = outgoing.text.chars().take(MOST_LETTERS).collect();
            json!({"type": "text", "text": {"body": text, "preview_url": false}})
        }
    }
}

/// A value may hold no line breaks.
fn in_template(template: &str, text: &str) -> Value {
    let value = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let value: String = value.chars().take(MOST_VALUE).collect();
    json!({
        "type": "template",
        "template": {
            "name": template,
            "language": {"code": "id"},
            "components": [{"type": "body", "parameters": [{"type": "text", "text": value}]}],
        },
    })
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes();
    if !digits.len().is_multiple_of(2) || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[derive(Deserialize)]
struct Envelope {
    object: String,
    #[serde(default)]
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    field: String,
    value: Value,
}

#[derive(Deserialize)]
struct Changed {
    metadata: Metadata,
    #[serde(default)]
    messages: Vec<Message>,
    #[serde(default)]
    statuses: Vec<Status>,
}

#[derive(Deserialize)]
struct Metadata {
    phone_number_id: String,
}

#[derive(Deserialize)]
struct Message {
    from: String,
    id: String,
    #[serde(rename = "type")]
    kind: String,
    text: Option<Text>,
    image: Option<File>,
    document: Option<File>,
    video: Option<File>,
    location: Option<Location>,
    interactive: Option<Interactive>,
    button: Option<Button>,
}

#[derive(Deserialize)]
struct Text {
    body: String,
}

#[derive(Deserialize)]
struct File {
    id: String,
    caption: Option<String>,
    filename: Option<String>,
}

#[derive(Deserialize)]
struct Location {
    latitude: f64,
    longitude: f64,
}

#[derive(Deserialize)]
struct Interactive {
    button_reply: Option<Reply>,
}

#[derive(Deserialize)]
struct Reply {
    id: String,
}

#[derive(Deserialize)]
struct Button {
    payload: Option<String>,
    text: Option<String>,
}

#[derive(Deserialize)]
struct Status {
    id: String,
    status: String,
    biz_opaque_callback_data: Option<String>,
    #[serde(default)]
    errors: Vec<Fault>,
}

#[derive(Deserialize)]
struct Fault {
    code: i64,
}

/// Reads what was posted for a number. Other numbers, and what is no message, are passed over.
pub fn read(body: &[u8], number_id: &str) -> Result<Posted, Unreadable> {
    let unreadable = |error: serde_json::Error| Unreadable(error.to_string());
    let envelope: Envelope = serde_json::from_slice(body).map_err(unreadable)?;
    if envelope.object != "whatsapp_business_account" {
        return Err(Unreadable(envelope.object));
    }
    let mut posted = Posted::default();
    let changes = envelope.entry.into_iter().flat_map(|entry| entry.changes);
    for change in changes.filter(|change| change.field == "messages") {
        let changed: Changed = serde_json::from_value(change.value).map_err(unreadable)?;
        if changed.metadata.phone_number_id == number_id {
            posted.messages.extend(changed.messages.into_iter().filter_map(incoming));
            posted.receipts.extend(changed.statuses.into_iter().filter_map(receipt));
        }
    }
    Ok(posted)
}

/// A message; a mere reaction to one of ours says nothing.
fn incoming(message: Message) -> Option<Incoming> {
    if message.kind == "reaction" {
        return None;
    }
    let touched = message.interactive.and_then(|touched| touched.button_reply).map(|reply| reply.id);
    let answered = message.button.and_then(|button| button.payload.or(button.text));
    let files = [(message.image, "foto.jpg"), (message.document, "berkas"), (message.video, "video.mp4")];
    let mut caption = None;
    let files = files.into_iter().filter_map(|(file, otherwise)| {
        let file = file?;
        caption = caption.take().or(file.caption);
        Some(RemoteFile { id: file.id, name: file.filename.unwrap_or_else(|| otherwise.to_owned()) })
    });
    let files: Vec<RemoteFile> = files.take(MOST_FILES).collect();
    let text = message.text.map(|text| text.body).or(touched).or(answered).or(caption).unwrap_or_default();
    Some(Incoming {
        remote: message.id,
        from: message.from,
        text: plain(&text),
        point: message.location.and_then(|place| point(place.latitude, place.longitude)),
        files,
    })
}

/// What became of one of ours; that it was read is no news.
fn receipt(status: Status) -> Option<Receipt> {
    let failure = match status.status.as_str() {
        "sent" | "delivered" => None,
        "failed" => Some(status.errors.first().map_or_else(|| "failed".to_owned(), |fault| fault.code.to_string())),
        _ => return None,
    };
    Some(Receipt { remote: status.id, reference: status.biz_opaque_callback_data, failure })
}
