//! `POST /open311/v2/requests`: a report comes in by another system.

use super::fault::Fault;
use super::form::{self, Sent};
use super::format::Format;
use super::jurisdiction::{self, Jurisdiction};
use super::letter::{self, Frame};
use super::node::Node;
use super::{key, service};
use crate::api::problem::language;
use crate::state::Web;
use crate::words::{Message, Words};
use app::gate::Gate;
use app::{Letter, Receipt};
use axum::extract::{Request, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use domain::UserId;
use jiff::Timestamp;

/// Seconds of a window in which the same content under the same key is the same request, where the client gives it no
/// key of its own; the window before counts too.
const WINDOW: i64 = 600;
/// The header and the attribute with the client's own key.
const CLIENT_KEY: &str = "idempotency-key";
const CLIENT_KEY_ATTRIBUTE: &str = "idempotency_key";

/// Takes a request in. When the answer comes, it is on disk.
pub(super) async fn submit(State(web): State<Web>, format: Format, request: Request) -> Result<Response, Fault> {
    let headers = request.headers().clone();
    let sent = form::read(&web, request).await?;
    let holder = key::holder(&web, &sent.input).await?;
    let reference = web.app.reference();
    let place = jurisdiction::needed(&reference, &headers, &sent.input)?;
    key::insist(&web, &holder, &place)?;
    web.app.admit_at(Gate::Open311, &holder.0.id.to_string())?;
    let code = sent.input.get("service_code").ok_or_else(|| letter::missing("service_code"))?;
    let now = web.app.now();
    let category = service::find(&reference, code, now).ok_or_else(|| Fault::missing("open311-service-unknown"))?;
    let lang = language(&headers);
    let keys = keys(&headers, &sent, holder.0.id, &place, now)?;
    let frame = Frame { reference: &reference, place: &place, category, lang, now };
    let letter = frame.letter(sent)?;
    let receipt = take(&web, letter, keys).await?;
    Ok(respond(&web, format, Words::new(lang), &receipt))
}

/// The key under which it is taken in, and those under which it may have been before.
struct Keys {
    now: String,
    before: Option<String>,
}

fn keys(headers: &HeaderMap, sent: &Sent, by: UserId, place: &Jurisdiction, now: Timestamp) -> Result<Keys, Fault> {
    let header = headers.get(CLIENT_KEY).map(|value| value.to_str().unwrap_or(""));
    if let Some(key) = header.or_else(|| sent.input.attribute(CLIENT_KEY_ATTRIBUTE)) {
        let plain = (1..=200).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
        let keys = Keys { now: format!("open311:{by}:{key}"), before: None };
        return if plain { Ok(keys) } else { Err(Fault::bad(Message::new("api-key-shape"))) };
    }
    let files: Vec<&str> = sent.uploads.iter().map(|upload| upload.hash.as_str()).collect();
    let said = app::keys::digest(&format!("{}:{:?}:{files:?}", place.agency, sent.input.told()));
    let window = now.as_second().div_euclid(WINDOW);
    let key = |window: i64| format!("open311:{by}:{window}:{said}");
    Ok(Keys { now: key(window), before: Some(key(window - 1)) })
}

async fn take(web: &Web, letter: Letter, keys: Keys) -> Result<Receipt, Fault> {
    if let Some(key) = keys.before
        && let Some(receipt) = web.app.taken_before(&Letter { key, ..letter.clone() }).await?
    {
        return Ok(receipt);
    }
    Ok(web.app.intake(Letter { key: keys.now, ..letter }).await?)
}

fn respond(web: &Web, format: Format, words: Words, receipt: &Receipt) -> Response {
    let notice = Message::new("open311-receipt")
        .with("code", receipt.code.spaced())
        .with("pin", receipt.pin.as_str())
        .with("url", format!("{}/laporan/{}", web.base_url, receipt.code));
    let row = Node::Fields(vec![
        ("service_request_id", Node::text(receipt.code.to_string())),
        ("service_notice", Node::text(words.say(&notice))),
        ("account_id", Node::Nothing),
    ]);
    let mut response = format.found("service_requests", &Node::List("request", vec![row]));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
