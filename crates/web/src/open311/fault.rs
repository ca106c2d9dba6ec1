//! Errors as the specification wants them: one or more, each with a code and words, in the format of the request.

use super::format::Format;
use super::node::Node;
use crate::api::problem::language;
use crate::words::{Lang, Message, Words};
use app::{Conflict, Error};
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Seconds after which a client may come back when the system is busy.
const PATIENCE: u64 = 2;

/// Errors on their way to the client; they get words and a format when those are known.
#[derive(Debug, Clone)]
pub struct Fault(Box<Facts>);

#[derive(Debug, Clone)]
struct Facts {
    status: StatusCode,
    said: Vec<Message>,
    retry_after: Option<u64>,
}

impl Fault {
    /// An error with words of its own.
    pub fn new(status: StatusCode, said: Message) -> Fault {
        Fault(Box::new(Facts { status, said: vec![said], retry_after: None }))
    }

    /// A request that cannot be read or lacks something.
    pub fn bad(said: Message) -> Fault {
        Fault::new(StatusCode::BAD_REQUEST, said)
    }

    /// All that is wrong with a request, at once.
    pub fn all(said: Vec<Message>) -> Fault {
        Fault(Box::new(Facts { status: StatusCode::BAD_REQUEST, said, retry_after: None }))
    }

    /// Something named in the request that is not there, or that this client may not know of.
    pub fn missing(key: &str) -> Fault {
        Fault::new(StatusCode::NOT_FOUND, Message::new(key))
    }

    /// No such address, or one that ends in no known format.
    pub fn no_such_address() -> Fault {
        Fault::missing("open311-no-such-address")
    }

    /// No key, or one that is not good for this.
    pub fn key(key: &str) -> Fault {
        Fault::new(StatusCode::FORBIDDEN, Message::new(key))
    }

    /// Too much to do at the moment; nothing was stored.
    pub fn busy() -> Fault {
        Fault::new(StatusCode::SERVICE_UNAVAILABLE, Message::new("open311-busy")).after(PATIENCE)
    }

    /// Something that should not happen; its text stays in the log.
    pub fn broken() -> Fault {
        Fault::new(StatusCode::INTERNAL_SERVER_ERROR, Message::new("api-broken"))
    }

    fn after(mut self, seconds: u64) -> Fault {
        self.0.retry_after = Some(seconds);
        self
    }

    /// In a format and a language.
    pub fn told(&self, format: Format, lang: Lang) -> Response {
        let words = Words::new(lang);
        let error = |said: &Message| {
            let code = Node::Whole(i64::from(self.0.status.as_u16()));
            Node::Fields(vec![("code", code), ("description", Node::text(words.say(said)))])
        };
        let errors = Node::List("error", self.0.said.iter().map(error).collect());
        let mut response = format.respond(self.0.status, "errors", &errors);
        let headers = response.headers_mut();
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.0.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        match error {
            Error::Refused(refusal) => Fault::bad(Message::refusal(refusal)),
            Error::Denied => Fault::key("open311-key-invalid"),
            Error::NotFound => Fault::missing("open311-request-unknown"),
            Error::Conflict(Conflict::KeyReused) => Fault::bad(Message::new("api-key-reused")),
            Error::Conflict(Conflict::Stale { .. }) | Error::Busy | Error::Overtaken => Fault::busy(),
            Error::Limited { seconds } => {
                let words = Message::new("api-limited").with("seconds", i64::try_from(seconds).unwrap_or(i64::MAX));
                Fault::new(StatusCode::TOO_MANY_REQUESTS, words).after(seconds)
            }
            Error::File(code) => Fault::bad(Message::new(format!("api-{code}"))),
            Error::Broken(text) => {
                tracing::error!(error = %text, "a request by Open311 failed");
                Fault::broken()
            }
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.told(Format::Xml, Lang::default());
        response.extensions_mut().insert(self);
        response
    }
}

/// Puts an error into the format and the language of its request.
pub async fn speak(request: Request, next: Next) -> Response {
    let format = Format::of(request.uri().path()).unwrap_or(Format::Xml);
    let lang = language(request.headers());
    let response = next.run(request).await;
    match response.extensions().get::<Fault>() {
        Some(fault) => fault.told(format, lang),
        None => response,
    }
}
