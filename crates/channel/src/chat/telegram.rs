//! The Bot API of Telegram (<https://core.telegram.org/bots/api>), version 9: updates by webhook, `sendMessage`, `getFile`.

use super::call::{self, Download, ask, client, code, give};
use super::{Choice, Incoming, MOST_FILES, Outgoing, RemoteFile, Unreadable, plain, point};
use crate::Unsent;
use reqwest::{Client, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

/// Where bots are served unless told otherwise.
pub const PUBLIC: &str = "https://api.telegram.org";
/// The header in which an update brings the secret that was agreed on.
pub const SECRET: &str = "X-Telegram-Bot-Api-Secret-Token";
/// The longest text of a message, in letters.
const MOST_LETTERS: usize = 4_096;

/// A bot and where it is served.
pub struct Bot {
    client: Client,
    api: String,
    token: String,
}

/// What an update is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Update {
    /// A message that somebody wrote to the bot by themselves.
    pub message: Option<Incoming>,
    /// A touched button waits to be told that it was heard.
    pub touched: Option<String>,
}

impl Bot {
    /// A bot by its token, e.g. `110201543:AAHdq…`, served at `api`.
    pub fn new(api: &str, token: &str) -> Bot {
        Bot { client: client(), api: api.trim_end_matches('/').to_owned(), token: token.to_owned() }
    }

    /// The number of the bot, which is no secret.
    pub fn id(&self) -> &str {
        self.token.split(':').next().unwrap_or_default()
    }

    fn method(&self, name: &str) -> String {
        format!("{}/bot{}/{name}", self.api, self.token)
    }

    /// Has updates posted to an address, each with a secret.
    pub async fn listen_at(&self, address: &str, secret: &str) -> Result<(), Unsent> {
        let wish = json!({
            "url": address,
            "secret_token": secret,
            "allowed_updates": ["message", "callback_query"],
            "max_connections": 20,
        });
        ask(self.client.post(self.method("setWebhook")).json(&wish)).await.map(drop)
    }

    /// Gives a message away; the service's name for it.
    pub async fn send(&self, outgoing: &Outgoing) -> Result<Option<String>, Unsent> {
        let text: String = outgoing.text.chars().take(MOST_LETTERS).collect();
        let mut wish = json!({
            "chat_id": outgoing.to.parse::<i64>().map_err(|_| Unsent::NoSuchAddress("chat".to_owned()))?,
            "text": text,
            "link_preview_options": {"is_disabled": true},
        });
        if let Some(buttons) = buttons(&outgoing.choices, outgoing.asks_place) {
            wish["reply_markup"] = buttons;
        }
        let (status, said) = give(self.client.post(self.method("sendMessage")).json(&wish)).await?;
        let code = code(status);
        match status {
            _ if status.is_success() => Ok(said["result"]["message_id"].as_i64().map(|id| id.to_string())),
            // The person has blocked the bot, or closed the account.
            StatusCode::FORBIDDEN => Err(Unsent::NoSuchAddress(code)),
            StatusCode::BAD_REQUEST
                if said["description"].as_str().is_some_and(|text| text.contains("chat not found")) =>
            {
                Err(Unsent::NoSuchAddress(code))
            }
            StatusCode::BAD_REQUEST => Err(Unsent::Never(code)),
            _ => Err(Unsent::Later(code)),
        }
    }

    /// Begins to fetch a file.
    pub async fn fetch(&self, id: &str) -> Result<Download, Unsent> {
        let told = ask(self.client.post(self.method("getFile")).json(&json!({ "file_id": id }))).await?;
        let path = told["result"]["file_path"].as_str().ok_or_else(|| Unsent::Never("no-path".to_owned()))?;
        if path.split('/').any(|part| part.is_empty() || part == "..") {
            return Err(Unsent::Never("path".to_owned()));
        }
        call::fetch(self.client.get(format!("{}/file/bot{}/{path}", self.api, self.token))).await
    }
}

/// The answer to an update with a touched button, which tells that it was heard.
pub fn heard(touched: &str) -> Value {
    json!({"method": "answerCallbackQuery", "callback_query_id": touched})
}

fn buttons(choices: &[Choice], asks_place: bool) -> Option<Value> {
    let rows: Vec<Value> =
        choices.iter().map(|choice| json!([{"text": choice.label, "callback_data": choice.says}])).collect();
    match asks_place {
        // Only a keyboard can ask where somebody is; what is touched there is written.
        true => {
            let mut rows: Vec<Value> = choices.iter().map(|choice| json!([{"text": choice.says}])).collect();
            rows.insert(0, json!([{"text": "📍", "request_location": true}]));
            Some(json!({"keyboard": rows, "one_time_keyboard": true, "resize_keyboard": true}))
        }
        false => (!rows.is_empty()).then(|| json!({ "inline_keyboard": rows })),
    }
}

#[derive(Deserialize)]
struct Posted {
    update_id: i64,
    message: Option<Message>,
    callback_query: Option<Touched>,
}

#[derive(Deserialize)]
struct Message {
    from: Option<User>,
    chat: Chat,
    text: Option<String>,
    caption: Option<String>,
    #[serde(default)]
    photo: Vec<File>,
    document: Option<File>,
    video: Option<File>,
    location: Option<Location>,
}

#[derive(Deserialize)]
struct User {
    id: i64,
    #[serde(default)]
    is_bot: bool,
}

#[derive(Deserialize)]
struct Chat {
    id: i64,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct File {
    file_id: String,
    file_name: Option<String>,
    #[serde(default)]
    file_size: i64,
}

#[derive(Deserialize)]
struct Location {
    latitude: f64,
    longitude: f64,
}

#[derive(Deserialize)]
struct Touched {
    id: String,
    from: User,
    data: Option<String>,
}

/// Reads an update. What is written in groups, and by bots, is not heard.
pub fn read(body: &[u8]) -> Result<Update, Unreadable> {
    let posted: Posted = serde_json::from_slice(body).map_err(|error| Unreadable(error.to_string()))?;
    let remote = posted.update_id.to_string();
    if let Some(touched) = posted.callback_query {
        let from = touched.from.id.to_string();
        let text = plain(touched.data.as_deref().unwrap_or_default());
        let message = (!touched.from.is_bot).then(|| Incoming { remote, from, text, ..Incoming::default() });
        return Ok(Update { message, touched: Some(touched.id) });
    }
    let private =
        |message: &Message| message.chat.kind == "private" && message.from.as_ref().is_none_or(|user| !user.is_bot);
    let message = posted.message.filter(private).map(|message| incoming(remote, message));
    Ok(Update { message, touched: None })
}

fn incoming(remote: String, message: Message) -> Incoming {
    // The same picture in several sizes: the largest is kept.
    let picture = message.photo.into_iter().max_by_key(|file| file.file_size).map(|file| named(file, "foto.jpg"));
    let others = [(message.document, "berkas"), (message.video, "video.mp4")];
    let others = others.into_iter().filter_map(|(file, name)| file.map(|file| named(file, name)));
    let text = message.text.or(message.caption).unwrap_or_default();
    Incoming {
        remote,
        from: message.chat.id.to_string(),
        text: spoken(&plain(&text)),
        point: message.location.and_then(|place| point(place.latitude, place.longitude)),
        files: picture.into_iter().chain(others).take(MOST_FILES).collect(),
    }
}

fn named(file: File, otherwise: &str) -> RemoteFile {
    RemoteFile { id: file.file_id, name: file.file_name.unwrap_or_else(|| otherwise.to_owned()) }
}

/// A command of the service as somebody would say it: `/status@LaporBot 2085653718` is `status 2085653718`.
fn spoken(text: &str) -> String {
    let Some(command) = text.strip_prefix('/') else { return text.to_owned() };
    let (name, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
    match name.split('@').next().unwrap_or_default() {
        "start" | "help" => "BANTUAN".to_owned(),
        name => format!("{name} {rest}").trim().to_owned(),
    }
}
