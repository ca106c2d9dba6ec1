//! The calls of the client, each with bounds on time and size.

use super::address::{self, reach};
use super::rows::{Format, Row, rows};
use crate::{Unsent, outside};
use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, HeaderName};
use reqwest::{RequestBuilder, Response, StatusCode, Url};
use std::time::Duration;

/// Longest time for one call, and for the connection before it.
const LONGEST: Duration = Duration::from_secs(30);
const CONNECT: Duration = Duration::from_secs(10);
/// Most bytes of an answer.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// Most letters of a reason that the other side gives.
const MOST_REASON: usize = 200;
const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";
const ONCE: HeaderName = HeaderName::from_static("idempotency-key");

/// The other side.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// `https://…/open311/v2`.
    pub address: String,
    pub jurisdiction: Option<String>,
    pub format: Format,
}

/// A request to be sent there.
#[derive(Debug, Clone, Default)]
pub struct NewRequest {
    /// The same for the same request at every try, for those who look at it.
    pub once: String,
    pub service: String,
    pub description: String,
    pub point: Option<(String, String)>,
    pub address: Option<String>,
    pub media: Vec<String>,
}

/// What is told of a request that is there already, in the form of FixMyStreet.
#[derive(Debug, Clone)]
pub struct NewWord {
    /// Our name for it, the same at every try.
    pub id: String,
    pub request: String,
    pub status: &'static str,
    pub at: Timestamp,
    pub text: String,
}

/// What the other side gave for a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    Number(String),
    /// The number comes later, and is asked for by this.
    Token(String),
}

/// Something that happened to a request there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    pub id: String,
    pub request: String,
    pub status: Option<String>,
    pub at: Option<Timestamp>,
    pub text: Option<String>,
    pub media: Option<String>,
}

/// The updates of a stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Updates {
    pub list: Vec<Update>,
    /// Rows of the answer, those included that say of no update or no request.
    pub rows: usize,
}

/// A client of any number of other sides.
pub struct Client {
    http: reqwest::Client,
    local: bool,
}

type Asked<T> = Result<T, Unsent>;

impl Client {
    /// `local` lets it go into the own network, and without protection.
    pub fn new(local: bool) -> Result<Client, String> {
        let builder = outside::client(reach(local)).timeout(LONGEST).connect_timeout(CONNECT);
        let builder = builder.user_agent("Lapor").https_only(!local);
        Ok(Client { http: builder.build().map_err(|error| error.to_string())?, local })
    }

    /// Whether it goes into the own network.
    pub fn is_local(&self) -> bool {
        self.local
    }

    /// Sends a request.
    pub async fn post(&self, to: &Endpoint, key: &str, new: &NewRequest) -> Asked<Taken> {
        let mut form = Pairs::new(to);
        form.push("api_key", key);
        form.push("service_code", &new.service);
        form.push("description", &new.description);
        if let Some((lat, long)) = &new.point {
            form.push("lat", lat);
            form.push("long", long);
        }
        new.address.iter().for_each(|address| form.push("address_string", address));
        new.media.iter().for_each(|media| form.push("media_url", media));
        let call = self.http.post(self.url(to, "requests", None)?);
        let call = call.header(CONTENT_TYPE, FORM).header(ONCE, &new.once).body(form.encoded());
        let answer = call.send().await.map_err(sending)?;
        let status = answer.status();
        let said = read(answer).await;
        if !status.is_success() {
            return Err(refused(to, status, &said.unwrap_or_default()));
        }
        // It was taken, as far as one can tell; what cannot be read is looked up before anything goes again.
        let unread = |code: &str| Unsent::Perhaps(code.to_owned());
        let found = rows(to.format, &said.map_err(|_| unread("broken off"))?);
        let row = found.ok().and_then(|found| found.into_iter().next()).ok_or_else(|| unread("unreadable answer"))?;
        let taken = row.get("service_request_id").cloned().map(Taken::Number);
        taken
            .or_else(|| row.get("token").cloned().map(Taken::Token))
            .ok_or_else(|| unread("an answer without a number"))
    }

    /// Tells something of a request.
    pub async fn tell(&self, to: &Endpoint, key: &str, word: &NewWord) -> Asked<()> {
        let mut form = Pairs::new(to);
        form.push("api_key", key);
        form.push("update_id", &word.id);
        form.push("service_request_id", &word.request);
        form.push("status", word.status);
        form.push("updated_datetime", &whole(word.at));
        form.push("description", &word.text);
        let call = self.http.post(self.url(to, "servicerequestupdates", None)?);
        let call = call.header(CONTENT_TYPE, FORM).header(ONCE, &word.id).body(form.encoded());
        let answer = call.send().await.map_err(sending)?;
        let status = answer.status();
        if status.is_success() {
            return Ok(());
        }
        Err(refused(to, status, &read(answer).await.unwrap_or_default()))
    }

    /// The number that came for a token; none as long as there is none.
    pub async fn token(&self, at: &Endpoint, token: &str) -> Asked<Option<String>> {
        let found = self.get(at, &format!("tokens/{}", encoded(token)), Pairs::new(at)).await?;
        Ok(found.into_iter().find_map(|mut row| row.remove("service_request_id")))
    }

    /// The number of a request whose description holds a mark, among those of a service in a stretch of time.
    pub async fn find(
        &self,
        at: &Endpoint,
        service: &str,
        mark: &str,
        span: (Timestamp, Timestamp),
    ) -> Asked<Option<String>> {
        let mut asked = Pairs::new(at);
        asked.push("service_code", service);
        asked.span(span);
        let found = self.get(at, "requests", asked).await?;
        let marked = |row: &Row| row.get("description").is_some_and(|text| text.contains(mark));
        Ok(found.into_iter().filter(marked).find_map(|mut row| row.remove("service_request_id")))
    }

    /// What happened there in a stretch of time.
    pub async fn updates(&self, at: &Endpoint, span: (Timestamp, Timestamp)) -> Asked<Updates> {
        let mut asked = Pairs::new(at);
        asked.span(span);
        let found = self.get(at, "servicerequestupdates", asked).await?;
        let rows = found.len();
        Ok(Updates { list: found.into_iter().filter_map(update).collect(), rows })
    }

    async fn get(&self, at: &Endpoint, path: &str, asked: Pairs) -> Asked<Vec<Row>> {
        let call: RequestBuilder = self.http.get(self.url(at, path, Some(asked))?);
        let answer = call.send().await.map_err(|_| Unsent::Later("no answer".to_owned()))?;
        let status = answer.status();
        let said = read(answer).await.map_err(|code| Unsent::Later(code.to_owned()))?;
        if !status.is_success() {
            return Err(Unsent::Later(reason(at, status, &said)));
        }
        rows(at.format, &said).map_err(|unread| Unsent::Later(unread.to_string()))
    }

    fn url(&self, to: &Endpoint, path: &str, asked: Option<Pairs>) -> Asked<Url> {
        let unfit = |error: address::Unfit| Unsent::Never(error.to_string());
        let base = address::read(&to.address, self.local).map_err(unfit)?;
        let text = format!("{}/{path}{}", base.as_str().trim_end_matches('/'), to.format.suffix());
        let mut url = Url::parse(&text).map_err(|_| Unsent::Never("not an address".to_owned()))?;
        let query = asked.map(|pairs| pairs.encoded()).filter(|query| !query.is_empty());
        url.set_query(query.as_deref());
        Ok(url)
    }
}

fn update(mut row: Row) -> Option<Update> {
    let at = row.get("updated_datetime").and_then(|text| text.parse().ok());
    Some(Update {
        id: row.remove("update_id")?,
        request: row.remove("service_request_id")?,
        status: row.remove("status"),
        at,
        text: row.remove("description"),
        media: row.remove("media_url"),
    })
}

/// Whether the other side may have it already: only where there was no connection it cannot.
fn sending(error: reqwest::Error) -> Unsent {
    match error {
        error if error.is_builder() => Unsent::Never("not an address".to_owned()),
        error if error.is_connect() => Unsent::Later("no connection".to_owned()),
        error if error.is_timeout() => Unsent::Perhaps("no answer in time".to_owned()),
        _ => Unsent::Perhaps("no answer".to_owned()),
    }
}

/// What a status that is no success says about the request.
fn refused(to: &Endpoint, status: StatusCode, said: &[u8]) -> Unsent {
    let reason = reason(to, status, said);
    match status.as_u16() {
        429 | 503 => Unsent::Later(reason),
        408 | 500..=599 => Unsent::Perhaps(reason),
        _ => Unsent::Never(reason),
    }
}

/// The status, with the first words of the other side where it gives them as the specification wants it.
fn reason(at: &Endpoint, status: StatusCode, said: &[u8]) -> String {
    let told =
        rows(at.format, said).ok().and_then(|rows| rows.into_iter().find_map(|mut row| row.remove("description")));
    let told = told.map_or_else(String::new, |told| format!(": {told}"));
    let plain = told.chars().map(|sign| if sign.is_control() { ' ' } else { sign });
    format!("{}{}", status.as_u16(), plain.take(MOST_REASON).collect::<String>())
}

/// A body of bounded size.
async fn read(mut answer: Response) -> Result<Vec<u8>, &'static str> {
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|_| "broken off")? {
        if bytes.len() + piece.len() > MOST_BYTES {
            return Err("an answer without end");
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// An instant without parts of a second.
fn whole(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}

fn encoded(text: &str) -> String {
    let mut url = form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    // In a path a space is no plus.
    if url.contains('+') {
        url = url.replace('+', "%20");
    }
    url
}

/// Names with texts, for a form or behind a question mark.
#[derive(Default)]
struct Pairs(Vec<(&'static str, String)>);

impl Pairs {
    fn new(at: &Endpoint) -> Pairs {
        let mut pairs = Pairs::default();
        at.jurisdiction.iter().for_each(|id| pairs.push("jurisdiction_id", id));
        pairs
    }

    fn push(&mut self, name: &'static str, text: &str) {
        self.0.push((name, text.to_owned()));
    }

    fn span(&mut self, (from, to): (Timestamp, Timestamp)) {
        self.push("start_date", &whole(from));
        self.push("end_date", &whole(to));
    }

    fn encoded(self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(self.0).finish()
    }
}
