//! `POST /open311/v2/servicerequestupdates`: the system of an agency tells what became of a report, in the form of
//! FixMyStreet.

use super::fault::Fault;
use super::form;
use super::format::Format;
use super::input::Input;
use super::key;
use super::letter::missing;
use super::node::Node;
use crate::state::Web;
use crate::words::Message;
use app::peer::NewUpdate;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use domain::Code;
use domain::peer::Said;
use jiff::{SignedDuration, Timestamp};

/// Most characters of a description and of the client's name for the update.
const MOST_DESCRIPTION: usize = 4_000;
const MOST_ID: usize = 200;
const MOST_LINK: usize = 500;
/// How far a client's clock may be ahead.
const AHEAD: SignedDuration = SignedDuration::from_mins(10);

/// Takes an update. The same one told again is the same one.
pub(super) async fn take(State(web): State<Web>, format: Format, request: Request) -> Result<Response, Fault> {
    let sent = form::read_plain(request).await?;
    let holder = key::holder(&web, &sent).await?;
    let update = update(&sent, web.app.now())?;
    let number = sent.get("service_request_id").ok_or_else(|| missing("service_request_id"))?;
    let code = Code::parse(number).map_err(|_| Fault::missing("open311-request-unknown"))?;
    let seq = web.app.take_update(&holder, code, update).await?;
    let row = Node::Fields(vec![("update_id", Node::text(format!("{code}-{seq}")))]);
    let mut response = format.found("service_request_updates", &Node::List("request_update", vec![row]));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// What the form says; everything that is wrong with it is told at once.
fn update(sent: &Input, now: Timestamp) -> Result<NewUpdate, Fault> {
    let mut faults = Vec::new();
    let named = |key: &str, name: &str| Message::new(key).with("name", name);
    for name in ["service_request_id", "update_id", "status"] {
        faults.extend(sent.get(name).is_none().then(|| named("open311-missing", name)));
    }
    let id = sent.get("update_id").unwrap_or_default();
    let status = sent.get("status").unwrap_or_default();
    let said = Said::parse(status);
    let text = sent.get("description");
    let media = sent.get("media_url");
    let at = sent.instant("updated_datetime", true).map_err(|_| named("open311-date", "updated_datetime"));
    let at = at.map_err(|fault| faults.push(fault)).ok().flatten().unwrap_or(now);
    let mut insist = |fits: bool, fault: Message| faults.extend((!fits).then_some(fault));
    insist(id.chars().count() <= MOST_ID && !id.chars().any(char::is_control), named("open311-wrong", "update_id"));
    insist(status.is_empty() || said.is_some(), named("open311-wrong", "status"));
    let length = text.map_or(0, |text| text.chars().count());
    insist(length <= MOST_DESCRIPTION, named("open311-too-long", "description").with("most", MOST_DESCRIPTION));
    insist(media.is_none_or(is_link), named("open311-wrong", "media_url"));
    insist(at <= now.checked_add(AHEAD).unwrap_or(now), named("open311-wrong", "updated_datetime"));
    if !faults.is_empty() {
        return Err(Fault::all(faults));
    }
    let (id, status) = (id.to_owned(), status.to_owned());
    let (text, media) = (text.map(str::to_owned), media.map(str::to_owned));
    Ok(NewUpdate { id, said, status, at, text, media, by: None })
}

fn is_link(link: &str) -> bool {
    let web = link.starts_with("https://") || link.starts_with("http://");
    web && link.len() <= MOST_LINK && link.chars().all(|sign| sign.is_ascii_graphic())
}
