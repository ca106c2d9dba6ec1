//! What the answers of the service say.

use super::super::{MOST_FILES, RemoteFile, plain, point};
use crate::Unsent;
use jiff::Timestamp;
use serde::Deserialize;

/// By which words a post is for the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The name of the account, without its sign.
    pub handle: String,
    /// The word that makes a post a report, without its sign.
    pub word: String,
}

/// A page of what was asked for, and where the next one begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}

/// A post.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Post {
    pub id: u64,
    /// Its first edition: each edit has an id of its own.
    pub first: u64,
    /// Its newest edition that is known.
    pub newest: u64,
    pub author: u64,
    /// Whom it answers.
    pub answers: Option<u64>,
    /// The post that it answers; 0 where it answers none.
    pub answered: u64,
    /// It passes on what somebody posted, with words or without.
    pub passes_on: bool,
    /// It has the word that makes it a report.
    pub tagged: bool,
    /// Without that word, and without the names before it.
    pub text: String,
    pub at: Option<Timestamp>,
    /// Degrees north and east.
    pub point: Option<(f64, f64)>,
    pub files: Vec<RemoteFile>,
}

/// A direct message.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Direct {
    pub id: u64,
    pub from: u64,
    /// Between two, and no group.
    pub is_between_two: bool,
    pub text: String,
    pub at: Option<Timestamp>,
    pub files: Vec<RemoteFile>,
}

/// What is known of posts that were looked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Looked {
    pub there: Vec<Post>,
    /// Deleted, or their accounts were.
    pub gone: Vec<u64>,
}

#[derive(Deserialize)]
struct Answer<T> {
    #[serde(default = "Vec::new")]
    data: Vec<T>,
    #[serde(default)]
    includes: Includes,
    #[serde(default)]
    errors: Vec<Fault>,
    #[serde(default)]
    meta: Meta,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Includes {
    media: Vec<Media>,
    places: Vec<Place>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Meta {
    next_token: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Fault {
    #[serde(rename = "type")]
    kind: String,
    resource_id: Option<String>,
    value: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Media {
    media_key: String,
    #[serde(rename = "type")]
    kind: String,
    url: Option<String>,
    variants: Vec<Variant>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Variant {
    bit_rate: u64,
    content_type: String,
    url: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Place {
    id: String,
    full_name: String,
}

#[derive(Deserialize)]
struct Tweet {
    id: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    author_id: String,
    in_reply_to_user_id: Option<String>,
    created_at: Option<String>,
    #[serde(default, alias = "referenced_posts")]
    referenced_tweets: Vec<Reference>,
    #[serde(default, alias = "edit_history_post_ids")]
    edit_history_tweet_ids: Vec<String>,
    #[serde(default)]
    attachments: Attachments,
    #[serde(default)]
    entities: Entities,
    #[serde(alias = "note_post")]
    note_tweet: Option<Note>,
    geo: Option<Geo>,
}

#[derive(Deserialize)]
struct Reference {
    #[serde(rename = "type", default)]
    kind: String,
    id: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Attachments {
    media_keys: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Entities {
    urls: Vec<Link>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Link {
    url: String,
    expanded_url: Option<String>,
    media_key: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Note {
    text: String,
    entities: Entities,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Geo {
    place_id: Option<String>,
    coordinates: Option<Coordinates>,
}

#[derive(Deserialize)]
struct Coordinates {
    /// East before north.
    coordinates: Vec<f64>,
}

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(default)]
    event_type: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    sender_id: String,
    #[serde(default)]
    dm_conversation_id: String,
    created_at: Option<String>,
    #[serde(default)]
    attachments: Attachments,
    #[serde(default)]
    entities: Entities,
}

/// What is no answer of the service is asked for again: nothing of it is passed over.
fn answer<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<Answer<T>, Unsent> {
    serde_json::from_slice(body).map_err(|_| Unsent::Later("unreadable".to_owned()))
}

/// Reads a page of posts.
pub(crate) fn posts(body: &[u8], tag: &Tag) -> Result<Page<Post>, Unsent> {
    let answer: Answer<Tweet> = answer(body)?;
    let items = answer.data.into_iter().filter_map(|tweet| post(tweet, &answer.includes, tag)).collect();
    Ok(Page { items, next: answer.meta.next_token })
}

/// Reads what is known of posts.
pub(crate) fn looked(body: &[u8], tag: &Tag) -> Result<Looked, Unsent> {
    let answer: Answer<Tweet> = answer(body)?;
    let gone = answer.errors.iter().filter(|fault| fault.kind.ends_with("/resource-not-found"));
    let gone = gone.filter_map(|fault| fault.resource_id.as_ref().or(fault.value.as_ref())?.parse().ok()).collect();
    let there = answer.data.into_iter().filter_map(|tweet| post(tweet, &answer.includes, tag)).collect();
    Ok(Looked { there, gone })
}

/// Reads a page of direct messages.
pub(crate) fn direct(body: &[u8], tag: &Tag) -> Result<Page<Direct>, Unsent> {
    let answer: Answer<Event> = answer(body)?;
    let items = answer.data.into_iter().filter_map(|event| one_direct(event, &answer.includes, tag)).collect();
    Ok(Page { items, next: answer.meta.next_token })
}

fn post(tweet: Tweet, includes: &Includes, tag: &Tag) -> Option<Post> {
    let id = tweet.id.parse().ok()?;
    let editions: Vec<u64> = tweet.edit_history_tweet_ids.iter().filter_map(|id| id.parse().ok()).collect();
    let (text, entities) = match tweet.note_tweet {
        Some(note) if !note.text.is_empty() => (note.text, note.entities),
        _ => (tweet.text, tweet.entities),
    };
    let (tagged, mut text) = heart(&clean(&text, &entities), tag);
    let geo = tweet.geo.unwrap_or_default();
    let place = geo.place_id.and_then(|id| includes.places.iter().find(|place| place.id == id));
    if let Some(place) = place.filter(|place| !place.full_name.is_empty() && !text.is_empty()) {
        text = format!("{text}\n📍 {}", place.full_name);
    }
    let at = geo.coordinates.map(|place| place.coordinates);
    let answered = tweet.referenced_tweets.iter().find(|other| other.kind == "replied_to");
    Some(Post {
        id,
        first: editions.iter().copied().min().unwrap_or(id),
        newest: editions.iter().copied().max().unwrap_or(id),
        author: tweet.author_id.parse().unwrap_or_default(),
        answers: tweet.in_reply_to_user_id.and_then(|id| id.parse().ok()),
        answered: answered.and_then(|other| other.id.parse().ok()).unwrap_or_default(),
        passes_on: tweet.referenced_tweets.iter().any(|other| matches!(other.kind.as_str(), "retweeted" | "quoted")),
        tagged,
        text: plain(&text),
        at: tweet.created_at.and_then(|at| at.parse().ok()),
        point: at.and_then(|at| point(*at.get(1)?, *at.first()?)),
        files: files(&tweet.attachments, includes),
    })
}

fn one_direct(event: Event, includes: &Includes, tag: &Tag) -> Option<Direct> {
    if event.event_type != "MessageCreate" {
        return None;
    }
    Some(Direct {
        id: event.id.parse().ok()?,
        from: event.sender_id.parse().ok()?,
        is_between_two: event.dm_conversation_id.contains('-'),
        text: heart(&plain(&clean(&event.text, &event.entities)), tag).1,
        at: event.created_at.and_then(|at| at.parse().ok()),
        files: files(&event.attachments, includes),
    })
}

/// A text as it was written: addresses whole, those of its own pictures left out.
fn clean(text: &str, entities: &Entities) -> String {
    let mut text = text.to_owned();
    for link in entities.urls.iter().filter(|link| !link.url.is_empty()) {
        let whole = link.expanded_url.as_deref().unwrap_or(&link.url);
        let own = link.media_key.is_some()
            || whole.contains("/status/") && (whole.contains("/photo/") || whole.contains("/video/"))
            || whole.contains("/messages/media/");
        text = text.replace(&link.url, if own { "" } else { whole });
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// A text without the names before it, without ours and without the word, and whether it had that word.
fn heart(text: &str, tag: &Tag) -> (bool, String) {
    let is = |word: &str, sign: char, name: &str| {
        let bare = word.trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != '_');
        bare.strip_prefix(sign).is_some_and(|bare| bare.eq_ignore_ascii_case(name))
    };
    let (mut tagged, mut begun) = (false, false);
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut kept = Vec::new();
        for word in line.split_whitespace() {
            let tags = is(word, '#', &tag.word);
            tagged |= tags;
            let before = !begun && word.starts_with('@');
            if tags || before || is(word, '@', &tag.handle) {
                continue;
            }
            begun = true;
            kept.push(word);
        }
        lines.push(kept.join(" "));
    }
    (tagged, lines.join("\n").trim().to_owned())
}

/// Pictures, and of videos the smallest size.
fn files(attached: &Attachments, includes: &Includes) -> Vec<RemoteFile> {
    let found = attached.media_keys.iter().filter_map(|key| includes.media.iter().find(|one| one.media_key == *key));
    let named = |media: &Media| match media.kind.as_str() {
        "photo" => Some(RemoteFile { id: media.url.clone()?, name: "foto.jpg".to_owned() }),
        _ => {
            let films = media.variants.iter().filter(|one| one.content_type == "video/mp4" && !one.url.is_empty());
            films
                .min_by_key(|one| one.bit_rate)
                .map(|one| RemoteFile { id: one.url.clone(), name: "video.mp4".to_owned() })
        }
    };
    found.filter_map(named).take(MOST_FILES).collect()
}
