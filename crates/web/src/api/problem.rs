//! Errors as RFC 9457 problem documents, in the language of the request.

use super::rate::Rate;
use crate::words::{Lang, Message, Words};
use app::gate::Challenge;
use app::{Conflict, Error};
use axum::extract::Request;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER, VARY, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::check::Advice;
use serde::Serialize;
use std::convert::Infallible;
use utoipa::ToSchema;

/// Seconds after which a client may come back when the system is busy.
const PATIENCE: u64 = 2;

/// What is wrong with one field of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Its name in the body or in the query.
    pub field: String,
    /// A stable name of the fault.
    pub code: &'static str,
    /// The fault in words.
    pub message: Message,
    /// What it may be instead, where that is a short list.
    pub allowed: Vec<String>,
}

/// An error on its way to the client; it gets its words when the language is known.
#[derive(Debug, Clone)]
pub struct Problem(Box<Facts>);

#[derive(Debug, Clone)]
struct Facts {
    status: StatusCode,
    code: &'static str,
    detail: Message,
    slips: Vec<Slip>,
    warnings: Vec<Advice>,
    seq: Option<u32>,
    retry_after: Option<u64>,
    rate: Option<Rate>,
    proof: Option<ProofWanted>,
}

/// An error as the client reads it (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(title = "Problem", example = json!({
    "type": "urn:lapor:problem:fields", "title": "Something needs to be mended", "status": 422,
    "detail": "1 fields need to be mended; see errors.", "code": "fields",
    "errors": [{"field": "body", "code": "text-too-short", "message": "Too short; write at least 10 characters."}],
}))]
pub struct ProblemDocument {
    /// A URN made of the code.
    #[serde(rename = "type")]
    kind: String,
    /// The status in words.
    title: String,
    /// The HTTP status once more.
    status: u16,
    /// What is wrong and what to do about it, in the language asked for by `Accept-Language`.
    detail: String,
    /// A stable name of the error, e.g. `not-found`, `stale`, `evidence-missing`.
    code: &'static str,
    /// Every field that needs to be mended.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
    /// With `advised`: what the check of answers found; `override` sends the answer all the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<Warning>,
    /// With `stale`: the present version of the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    seq: Option<u32>,
    /// With `proof`: the riddle to be solved before it is sent again.
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<ProofWanted>,
}

/// A riddle of a proof of work.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProofWanted {
    /// The `Idempotency-Key` under which the solution is good: the one that was sent, or one to be sent from now on.
    key: String,
    /// Before each `:n:x`.
    text: String,
    /// How many numbers are to be found.
    parts: u32,
    /// With how many zero bits each digest begins at least.
    bits: u8,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldError {
    /// Its name in the body or in the query.
    field: String,
    /// A stable name of the fault.
    code: &'static str,
    /// The fault in words, with the limits.
    message: String,
    /// What the field may be instead, where that is a short list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    allowed: Vec<String>,
}

/// Something weak in an answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Warning {
    /// A stable name of the finding, e.g. `non_answer`, `evidence_missing`.
    code: &'static str,
    /// The finding in words.
    message: String,
    /// The words of the answer that led to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<String>,
}

impl Problem {
    /// The stable name of the error.
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// With what the check of answers found.
    pub fn warning(mut self, advice: &[Advice]) -> Problem {
        self.0.warnings = advice.to_vec();
        self
    }

    /// An error whose words are the sentence `api-{code}`.
    pub fn new(status: StatusCode, code: &'static str) -> Problem {
        Problem::saying(status, code, Message::new(format!("api-{code}")))
    }

    /// An error with words of its own.
    pub fn saying(status: StatusCode, code: &'static str, detail: Message) -> Problem {
        Problem(Box::new(Facts {
            status,
            code,
            detail,
            slips: Vec::new(),
            warnings: Vec::new(),
            seq: None,
            retry_after: None,
            rate: None,
            proof: None,
        }))
    }

    /// More than a partner system may use; it comes back after so many seconds.
    pub(super) fn quota(limit: u32, seconds: u64) -> Problem {
        let shown = i64::try_from(seconds).unwrap_or(i64::MAX);
        let words = Message::new("api-quota").with("limit", limit).with("seconds", shown);
        Problem::saying(StatusCode::TOO_MANY_REQUESTS, "quota", words).after(seconds)
    }

    /// Work has to be proved first; nothing was stored.
    pub(super) fn proof(asked: &Challenge) -> Problem {
        let Challenge { key, text, parts, bits } = asked.clone();
        let mut problem = Problem::new(StatusCode::FORBIDDEN, "proof");
        problem.0.proof = Some(ProofWanted { key, text, parts, bits });
        problem
    }

    /// With what is left of a quota.
    pub(super) fn rated(mut self, rate: Rate) -> Problem {
        self.0.rate = Some(rate);
        self
    }

    fn after(mut self, seconds: u64) -> Problem {
        self.0.retry_after = Some(seconds);
        self
    }

    /// All fields that need to be mended, at once.
    pub fn fields(slips: Vec<Slip>) -> Problem {
        let detail = Message::new("api-fields").with("n", slips.len());
        let mut problem = Problem::saying(StatusCode::UNPROCESSABLE_ENTITY, "fields", detail);
        problem.0.slips = slips;
        problem
    }

    /// No valid token came with the request.
    pub fn token() -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "token")
    }

    /// Too much to do at the moment; nothing was stored.
    pub fn busy() -> Problem {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy").after(PATIENCE)
    }

    /// Something that should not happen; its text stays in the log.
    pub fn broken() -> Problem {
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "broken")
    }

    /// Nothing here, or nothing that this client may know of.
    pub fn not_found() -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "not-found")
    }

    fn document(&self, words: Words) -> ProblemDocument {
        let error = |slip: &Slip| FieldError {
            field: slip.field.clone(),
            code: slip.code,
            message: words.say(&slip.message),
            allowed: slip.allowed.clone(),
        };
        let warning = |advice: &Advice| Warning {
            code: advice.finding.name(),
            message: words.of("finding", advice.finding.name()),
            said: advice.said.clone(),
        };
        ProblemDocument {
            kind: format!("urn:lapor:problem:{}", self.0.code),
            title: words.t(&format!("api-title-{}", self.0.status.as_u16())),
            status: self.0.status.as_u16(),
            detail: words.say(&self.0.detail),
            code: self.0.code,
            errors: self.0.slips.iter().map(error).collect(),
            warnings: self.0.warnings.iter().map(warning).collect(),
            seq: self.0.seq,
            proof: self.0.proof.clone(),
        }
    }

    fn told(&self, lang: Lang) -> Response {
        let document = serde_json::to_vec(&self.document(Words::new(lang))).unwrap_or_default();
        let mut response = (self.0.status, document).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
        headers.insert(VARY, HeaderValue::from_static("Accept-Language"));
        headers.insert(axum::http::header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.0.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(rate) = &self.0.rate {
            rate.write(headers);
        }
        if self.0.code == "token" {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"lapor\""));
        }
        response
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        match error {
            Error::Refused(refusal) => {
                let words = Message::refusal(refusal);
                Problem::saying(StatusCode::UNPROCESSABLE_ENTITY, refusal.code(), words)
            }
            Error::Denied => Problem::new(StatusCode::FORBIDDEN, "denied"),
            Error::NotFound => Problem::not_found(),
            Error::Conflict(conflict) => against(conflict),
            Error::Limited { seconds } => {
                let words = Message::new("api-limited").with("seconds", i64::try_from(seconds).unwrap_or(i64::MAX));
                Problem::saying(StatusCode::TOO_MANY_REQUESTS, "limited", words).after(seconds)
            }
            Error::File(code) => Problem::new(status_of_file(code), code),
            Error::Busy | Error::Overtaken => Problem::busy(),
            Error::Broken(text) => {
                tracing::error!(error = %text, "a request of the API failed");
                Problem::broken()
            }
        }
    }
}

impl From<Infallible> for Problem {
    fn from(never: Infallible) -> Problem {
        match never {}
    }
}

fn against(conflict: Conflict) -> Problem {
    match conflict {
        Conflict::Stale { seq } => {
            let words = Message::new("api-stale").with("seq", seq);
            let mut problem = Problem::saying(StatusCode::CONFLICT, "stale", words);
            problem.0.seq = Some(seq);
            problem
        }
        Conflict::KeyReused => Problem::new(StatusCode::CONFLICT, "key-reused"),
    }
}

fn status_of_file(code: &str) -> StatusCode {
    match code {
        "media-too-large" => StatusCode::PAYLOAD_TOO_LARGE,
        "media-unknown-kind" => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.told(Lang::default());
        response.extensions_mut().insert(self);
        response
    }
}

/// The language a client asks for; Indonesian where it asks for neither.
pub fn language(headers: &HeaderMap) -> Lang {
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let tags = asked.split(',').filter_map(|range| {
        let (tag, weight) = range.split_once(";q=").unwrap_or((range, "1"));
        let weight: f32 = weight.trim().parse().ok().filter(|weight| *weight > 0.0)?;
        let primary = tag.trim().split('-').next().unwrap_or("").to_ascii_lowercase();
        Lang::parse(&primary).map(|lang| (weight, lang))
    });
    let best = tags.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map_or(Lang::default(), |(_, lang)| lang)
}

/// Puts a problem into the language of its request.
pub async fn speak(request: Request, next: Next) -> Response {
    let lang = language(request.headers());
    let response = next.run(request).await;
    match response.extensions().get::<Problem>() {
        Some(problem) if lang != Lang::default() => problem.told(lang),
        _ => response,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(asked: &str) -> Lang {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, asked.parse().unwrap());
        language(&headers)
    }

    #[test]
    fn the_language_is_the_best_of_those_asked_for() {
        assert_eq!(lang("en-GB,en;q=0.9,id;q=0.8"), Lang::En);
        assert_eq!(lang("nl, en;q=0.5, id;q=0.7"), Lang::Id);
        assert_eq!(lang("nl"), Lang::Id);
        assert_eq!(lang("en;q=0"), Lang::Id);
    }
}
