//! Calls to a service: bounded in time and size, never redirected.

use crate::Unsent;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use std::time::Duration;

const CONNECT: Duration = Duration::from_secs(5);
/// A service that has not answered by then is called later.
const LONGEST: Duration = Duration::from_secs(20);
/// How long a file may take.
const LONGEST_FILE: Duration = Duration::from_secs(60);
/// The longest answer that is read.
const MOST_ANSWER: usize = 256 * 1024;

/// Makes calls.
pub(super) fn client() -> Client {
    Client::builder().connect_timeout(CONNECT).timeout(LONGEST).redirect(Policy::none()).build().unwrap_or_default()
}

/// Gives a message away; the status and what the service says to it.
pub(super) async fn give(request: RequestBuilder) -> Result<(StatusCode, Value), Unsent> {
    let answer = request.send().await.map_err(|error| unsent(&error))?;
    let status = answer.status();
    let body = whole(answer, MOST_ANSWER).await.map_err(|error| unsent(&error))?;
    match serde_json::from_slice(&body) {
        Ok(said) => Ok((status, said)),
        Err(_) if status.is_success() => Err(Unsent::Perhaps("unreadable".to_owned())),
        Err(_) => Ok((status, Value::Null)),
    }
}

/// Asks for something that may be asked for again.
pub(super) async fn ask(request: RequestBuilder) -> Result<Value, Unsent> {
    let (status, said) = give(request).await.map_err(|error| Unsent::Later(error.code().to_owned()))?;
    match status {
        _ if status.is_success() => Ok(said),
        StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND | StatusCode::GONE => Err(Unsent::Never(code(status))),
        _ => Err(Unsent::Later(code(status))),
    }
}

/// Begins to fetch a file.
pub(super) async fn fetch(request: RequestBuilder) -> Result<Download, Unsent> {
    let answer = request.timeout(LONGEST_FILE).send().await.map_err(|error| Unsent::Later(word(&error)))?;
    match answer.status() {
        status if status.is_success() => Ok(Download(answer)),
        status @ (StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND | StatusCode::GONE) => {
            Err(Unsent::Never(code(status)))
        }
        status => Err(Unsent::Later(code(status))),
    }
}

/// A file that comes in pieces.
#[derive(Debug)]
pub struct Download(Response);

impl Download {
    /// The next piece; `None` at the end.
    pub async fn piece(&mut self) -> Result<Option<Vec<u8>>, Unsent> {
        let piece = self.0.chunk().await.map_err(|error| Unsent::Later(word(&error)))?;
        Ok(piece.map(|piece| piece.to_vec()))
    }
}

/// A body, cut where it is longer than any that is expected.
pub(super) async fn whole(mut answer: Response, most: usize) -> Result<Vec<u8>, reqwest::Error> {
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await? {
        body.extend_from_slice(&piece);
        if body.len() > most {
            break;
        }
    }
    Ok(body)
}

/// A request that never left was not taken; of any other nobody knows.
pub(super) fn unsent(error: &reqwest::Error) -> Unsent {
    match error.is_connect() || error.is_builder() {
        true => Unsent::Later(word(error)),
        false => Unsent::Perhaps(word(error)),
    }
}

/// The kind of a failure. Its text may hold a secret out of the address.
pub(super) fn word(error: &reqwest::Error) -> String {
    let word = match () {
        () if error.is_connect() => "connection",
        () if error.is_timeout() => "timeout",
        () => "broken",
    };
    word.to_owned()
}

/// A status as a code for the record.
pub(super) fn code(status: StatusCode) -> String {
    status.as_u16().to_string()
}
