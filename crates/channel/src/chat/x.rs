//! The API of X, version 2 (<https://docs.x.com/x-api>): mentions, replies and direct messages of one account.
//!
//! Requests are signed with OAuth 1.0a: direct messages need an account, and its keys do not run out. What an answer says of
//! limits is kept, and an endpoint that is used up is not asked again before its time.

mod limits;
pub(crate) mod read;
mod sign;
mod words;

#[cfg(test)]
mod tests;

pub use limits::Endpoint;
pub use read::{Direct, Looked, Page, Post, Tag};
pub use sign::Keys;
pub use words::fits;

use super::call::{self, Download, code, unsent, whole, word};
use crate::Unsent;
use crate::outside::{self, Reach};
use jiff::Timestamp;
use limits::Limits;
use reqwest::{Client, Method, Response, StatusCode, Url};
use serde_json::{Value, json};
use std::sync::Arc;

/// Where the API is served unless told otherwise.
pub const PUBLIC: &str = "https://api.x.com";
/// The most that one lookup takes.
pub const MOST_LOOKED: usize = 100;
/// Items of a page.
const A_PAGE: &str = "100";
/// The longest answer that is read: a page of a hundred posts with all that hangs on them.
const MOST_ANSWER: usize = 4 * 1024 * 1024;
/// The longest direct message, in letters.
const MOST_LETTERS: usize = 10_000;
/// Hosts of the service that give out pictures; all else that an answer names is not called.
const HOSTS: [&str; 3] = ["twimg.com", "twitter.com", "x.com"];

const POST_FIELDS: &str =
    "author_id,created_at,in_reply_to_user_id,referenced_tweets,entities,attachments,geo,note_tweet,edit_controls";
const MEDIA_FIELDS: &str = "type,url,variants";

/// Where people read a post.
pub fn address(post: &str) -> String {
    format!("https://x.com/i/web/status/{post}")
}

/// How an account is reached.
#[derive(Clone)]
pub struct Settings {
    pub api: String,
    pub user: u64,
    pub tag: Tag,
    pub keys: Keys,
    /// What time it is: requests are signed with it, and limits end by it.
    pub now: Now,
}

/// Tells the time.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// An account of the service.
pub struct Account {
    pub settings: Settings,
    client: Client,
    /// For addresses that answers name.
    outside: Client,
    reach: Reach,
    limits: Limits,
}

impl Account {
    pub fn new(settings: Settings) -> Account {
        // A service of one's own machine gives out its pictures there.
        let near = settings.api != PUBLIC;
        let reach = Reach { plain: near, private: near };
        let outside = outside::client(reach).build().unwrap_or_default();
        Account { client: call::client(), outside, reach, limits: Limits::default(), settings }
    }

    /// When an endpoint may be asked again, where it is used up.
    pub fn open_at(&self, endpoint: Endpoint) -> Option<Timestamp> {
        self.limits.open_at(endpoint, (self.settings.now)())
    }

    /// Posts that mention the account, after one of them, the newest first; a page.
    pub async fn mentions(&self, since: Option<u64>, token: Option<&str>) -> Result<Page<Post>, Unsent> {
        let mut query = vec![("max_results", A_PAGE.to_owned())];
        query.extend(self.of_posts());
        query.extend(since.map(|id| ("since_id", id.to_string())));
        query.extend(token.map(|token| ("pagination_token", token.to_owned())));
        let path = format!("/2/users/{}/mentions", self.settings.user);
        read::posts(&self.ask(Endpoint::Mentions, &path, query).await?, &self.settings.tag)
    }

    /// Direct messages, the newest first; a page.
    pub async fn direct(&self, token: Option<&str>) -> Result<Page<Direct>, Unsent> {
        let mut query = of_direct(A_PAGE);
        query.extend(token.map(|token| ("pagination_token", token.to_owned())));
        read::direct(&self.ask(Endpoint::Direct, "/2/dm_events", query).await?, &self.settings.tag)
    }

    /// Which of some posts are there, in which edition, and which are gone; a hundred at most.
    pub async fn look(&self, ids: &[u64]) -> Result<Looked, Unsent> {
        let ids: Vec<String> = ids.iter().take(MOST_LOOKED).map(u64::to_string).collect();
        let mut query = vec![("ids", ids.join(","))];
        query.extend(self.of_posts());
        read::looked(&self.ask(Endpoint::Posts, "/2/tweets", query).await?, &self.settings.tag)
    }

    /// Answers a post in public; the service's name for the answer. What was posted before is not posted again.
    pub async fn reply(&self, to: &str, text: &str) -> Result<Option<String>, Unsent> {
        let wish = json!({"text": text, "reply": {"in_reply_to_tweet_id": to}});
        let (status, said) = self.give(Endpoint::Reply, "/2/tweets", &wish).await?;
        match status {
            _ if status.is_success() => Ok(said["data"]["id"].as_str().map(str::to_owned)),
            StatusCode::FORBIDDEN if says(&said, "duplicate") => Ok(None),
            // The post is gone, or its author lets nobody answer.
            StatusCode::BAD_REQUEST | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND => {
                Err(Unsent::Never("gone".to_owned()))
            }
            _ => Err(put_off(status)),
        }
    }

    /// Whether a post was answered with a text.
    pub async fn has_replied(&self, to: &str, text: &str) -> Result<bool, Unsent> {
        let query = vec![
            ("since_id", to.to_owned()),
            ("max_results", A_PAGE.to_owned()),
            ("tweet.fields", POST_FIELDS.to_owned()),
        ];
        let path = format!("/2/users/{}/tweets", self.settings.user);
        let page = read::posts(&self.ask(Endpoint::Own, &path, query).await?, &self.settings.tag)?;
        let same = |post: &Post| post.answered.to_string() == to && words::same(&post.text, text);
        Ok(page.items.iter().any(same))
    }

    /// Writes to somebody; the service's name for the message. `closed` where they take none from us.
    pub async fn write(&self, to: &str, text: &str) -> Result<Option<String>, Unsent> {
        let text: String = text.chars().take(MOST_LETTERS).collect();
        let path = format!("/2/dm_conversations/with/{to}/messages");
        let (status, said) = self.give(Endpoint::Write, &path, &json!({ "text": text })).await?;
        match status {
            _ if status.is_success() => Ok(said["data"]["dm_event_id"].as_str().map(str::to_owned)),
            StatusCode::FORBIDDEN => Err(Unsent::Never("closed".to_owned())),
            StatusCode::NOT_FOUND => Err(Unsent::NoSuchAddress(code(status))),
            StatusCode::BAD_REQUEST => Err(Unsent::Never(code(status))),
            _ => Err(put_off(status)),
        }
    }

    /// Whether a text was written to somebody since an instant.
    pub async fn has_written(&self, to: &str, text: &str, since: Timestamp) -> Result<bool, Unsent> {
        let path = format!("/2/dm_conversations/with/{to}/dm_events");
        let page = read::direct(&self.ask(Endpoint::Said, &path, of_direct("20")).await?, &self.settings.tag)?;
        let ours = |one: &Direct| one.from == self.settings.user && one.at.is_none_or(|at| at >= since);
        Ok(page.items.iter().any(|one| ours(one) && words::same(&one.text, text)))
    }

    /// Whether the keys are those of the account.
    pub async fn knock(&self) -> Result<(), Unsent> {
        let body = self.ask(Endpoint::Own, "/2/users/me", Vec::new()).await?;
        let said: Value = serde_json::from_slice(&body).map_err(|_| Unsent::Never("unreadable".to_owned()))?;
        match said["data"]["id"].as_str() == Some(self.settings.user.to_string().as_str()) {
            true => Ok(()),
            false => Err(Unsent::Never("another-account".to_owned())),
        }
    }

    /// Begins to fetch a picture by its address.
    pub async fn fetch(&self, address: &str) -> Result<Download, Unsent> {
        let refused = |_| Unsent::Never("address".to_owned());
        let url = self.reach.check(address).map_err(refused)?;
        let home = Url::parse(&self.settings.api).is_ok_and(|api| api.origin() == url.origin());
        let host = url.host_str().unwrap_or_default();
        let of = |known: &str| host == known || host.ends_with(&format!(".{known}"));
        if !home && !HOSTS.iter().any(|known| of(known)) {
            return Err(Unsent::Never("host".to_owned()));
        }
        // Pictures of posts lie open; those of direct messages ask who comes.
        let open = host.ends_with("twimg.com");
        let request = self.outside.get(url.clone());
        call::fetch(match open {
            true => request,
            false => request.header("authorization", self.signature("GET", &url)),
        })
        .await
    }

    fn signature(&self, method: &str, url: &Url) -> String {
        self.settings.keys.header(method, url, (self.settings.now)())
    }

    fn of_posts(&self) -> Vec<(&'static str, String)> {
        vec![
            ("tweet.fields", POST_FIELDS.to_owned()),
            ("expansions", "attachments.media_keys,geo.place_id".to_owned()),
            ("media.fields", MEDIA_FIELDS.to_owned()),
            ("place.fields", "full_name".to_owned()),
        ]
    }

    async fn ask(&self, endpoint: Endpoint, path: &str, query: Vec<(&'static str, String)>) -> Result<Vec<u8>, Unsent> {
        let answer = self.call(endpoint, Method::GET, path, &query, None).await;
        // What was asked may be asked again.
        let answer = answer.map_err(|error| Unsent::Later(error.code().to_owned()))?;
        let status = answer.status();
        if !status.is_success() {
            return Err(Unsent::Later(code(status)));
        }
        whole(answer, MOST_ANSWER).await.map_err(|error| Unsent::Later(word(&error)))
    }

    async fn give(&self, endpoint: Endpoint, path: &str, wish: &Value) -> Result<(StatusCode, Value), Unsent> {
        let answer = self.call(endpoint, Method::POST, path, &[], Some(wish)).await?;
        let status = answer.status();
        let body = whole(answer, MOST_ANSWER).await.map_err(|error| unsent(&error))?;
        Ok((status, serde_json::from_slice(&body).unwrap_or_default()))
    }

    async fn call(
        &self,
        endpoint: Endpoint,
        method: Method,
        path: &str,
        query: &[(&str, String)],
        wish: Option<&Value>,
    ) -> Result<Response, Unsent> {
        if self.open_at(endpoint).is_some() {
            return Err(Unsent::Later("limited".to_owned()));
        }
        let broken = |_| Unsent::Never("address".to_owned());
        let mut url = Url::parse(&format!("{}{path}", self.settings.api)).map_err(broken)?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let signed = self.signature(method.as_str(), &url);
        let mut request = self.client.request(method, url).header("authorization", signed);
        if let Some(wish) = wish {
            request = request.json(wish);
        }
        let answer = request.send().await.map_err(|error| unsent(&error))?;
        self.limits.note(endpoint, answer.status(), answer.headers(), (self.settings.now)());
        Ok(answer)
    }
}

fn of_direct(most: &str) -> Vec<(&'static str, String)> {
    vec![
        ("max_results", most.to_owned()),
        ("event_types", "MessageCreate".to_owned()),
        (
            "dm_event.fields",
            "id,text,event_type,sender_id,created_at,dm_conversation_id,attachments,entities".to_owned(),
        ),
        ("expansions", "attachments.media_keys".to_owned()),
        ("media.fields", MEDIA_FIELDS.to_owned()),
    ]
}

/// Why something was not taken that may be taken later. Of what broke inside the service nobody knows whether it was.
fn put_off(status: StatusCode) -> Unsent {
    match status {
        StatusCode::INTERNAL_SERVER_ERROR | StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT => {
            Unsent::Perhaps(code(status))
        }
        _ => Unsent::Later(code(status)),
    }
}

fn says(problem: &Value, word: &str) -> bool {
    problem["detail"].as_str().is_some_and(|detail| detail.to_lowercase().contains(word))
}
