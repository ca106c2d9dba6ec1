//! What holds for every request: headers of protection, no posts from other sites, an honest 503 when
//! there is too much to do, a bound on time, and a figure for the operator.

use crate::api::problem::Problem;
use crate::csp;
use crate::open311::{self, fault::Fault};
use crate::words::{Lang, Words};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// Requests that are worked on at once; the next is told to come back. Those that bring files, which may
/// take long on a bad line, have places of their own.
const AT_ONCE: usize = 384;
const UPLOADS_AT_ONCE: usize = 96;
/// Longest time for a request, and for one with files.
const LONGEST: Duration = Duration::from_secs(30);
const LONGEST_UPLOAD: Duration = Duration::from_secs(20 * 60);

/// The gate that all requests pass.
#[derive(Clone)]
pub(crate) struct Gate {
    requests: Arc<Semaphore>,
    uploads: Arc<Semaphore>,
    /// People reach the service by HTTPS, and are to do so only.
    secure: bool,
}

impl Gate {
    /// An empty gate.
    pub(crate) fn new(secure: bool) -> Gate {
        let places = |most| Arc::new(Semaphore::new(most));
        Gate { requests: places(AT_ONCE), uploads: places(UPLOADS_AT_ONCE), secure }
    }
}

/// Guards a request and its response.
pub(crate) async fn protect(gate: Gate, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let path = request.uri().path().to_owned();
    let foreign = is_foreign(request.method(), request.headers(), &path);
    let vital = matches!(path.as_str(), "/healthz" | "/readyz");
    let (places, longest) = match brings_files(&request) {
        true => (&gate.uploads, LONGEST_UPLOAD),
        false => (&gate.requests, LONGEST),
    };
    let mut response = match places.try_acquire() {
        _ if foreign => (StatusCode::FORBIDDEN, in_both("plain-foreign")).into_response(),
        Err(_) if !vital => busy(&path),
        _permit => run(request, next, longest).await.unwrap_or_else(|stopped| stopped.told(&path)),
    };
    dress(response.headers_mut());
    if gate.secure {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    let status = response.status().as_u16().to_string();
    metrics::counter!("lapor_http_requests_total", "status" => status).increment(1);
    metrics::histogram!("lapor_http_seconds").record(started.elapsed().as_secs_f64());
    response
}

/// Why a request has no answer of its own.
enum Stopped {
    Late,
    /// A panic, already told on the operator's log.
    Broken,
}

impl Stopped {
    fn told(self, path: &str) -> Response {
        match self {
            Stopped::Late => busy(path),
            Stopped::Broken if is_api(path) => Problem::broken().into_response(),
            Stopped::Broken if is_open311(path) => open311::stopped(path, &Fault::broken()),
            Stopped::Broken => (StatusCode::INTERNAL_SERVER_ERROR, in_both("plain-broken")).into_response(),
        }
    }
}

async fn run(request: Request, next: Next, longest: Duration) -> Result<Response, Stopped> {
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(longest, answer).await {
        Ok(answered) => answered.map_err(|_| Stopped::Broken),
        Err(_) => Err(Stopped::Late),
    }
}

fn brings_files(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).map_or(&b""[..], |kind| kind.as_bytes());
    let raw = ["/attachments", "/uploads"].iter().any(|end| request.uri().path().ends_with(end));
    *request.method() == Method::POST && (raw || kind.starts_with(b"multipart/"))
}

fn is_api(path: &str) -> bool {
    path.starts_with("/api/")
}

fn is_open311(path: &str) -> bool {
    path.starts_with("/open311/")
}

/// Nothing was stored; the same request may be sent again.
fn busy(path: &str) -> Response {
    if is_api(path) {
        return Problem::busy().into_response();
    }
    if is_open311(path) {
        return open311::stopped(path, &Fault::busy());
    }
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "2")], in_both("plain-busy")).into_response()
}

/// A sentence in both languages, for answers that are made before anybody's language is known.
fn in_both(key: &str) -> String {
    Lang::ALL.into_iter().map(|lang| Words::new(lang).t(key) + "\n").collect()
}

/// A form that another site made a browser send. Tokens of the API and keys of Open311 are no cookies and
/// need no such guard.
fn is_foreign(method: &Method, headers: &HeaderMap, path: &str) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) || is_api(path) || is_open311(path) {
        return false;
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let crossing = text("sec-fetch-site").is_some_and(|site| site == "cross-site" || site == "same-site");
    let origin = text("origin").map(|origin| origin.split("://").nth(1).unwrap_or("null"));
    crossing || origin.is_some_and(|origin| Some(origin) != text("host"))
}

/// The headers of protection, spelt once.
static DRESS: LazyLock<Vec<(HeaderName, HeaderValue)>> = LazyLock::new(|| {
    let spelt = csp::headers(csp::Page::Ours).into_iter();
    spelt.filter_map(|(name, value)| Some((HeaderName::from_static(name), value.parse().ok()?))).collect()
});

fn dress(headers: &mut HeaderMap) {
    for (name, value) in DRESS.iter() {
        if !headers.contains_key(name) {
            headers.insert(name, value.clone());
        }
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_another_site_is_refused_and_our_own_is_not() {
        let headers = |pairs: &[(&'static str, &'static str)]| {
            pairs
                .iter()
                .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
                .collect::<HeaderMap>()
        };
        let ours = headers(&[("host", "lapor.example"), ("origin", "https://lapor.example")]);
        let theirs = headers(&[("host", "lapor.example"), ("origin", "https://evil.example")]);
        let hidden = headers(&[("host", "lapor.example"), ("sec-fetch-site", "cross-site")]);
        assert!(!is_foreign(&Method::POST, &ours, "/laporan"));
        assert!(is_foreign(&Method::POST, &theirs, "/laporan"));
        assert!(is_foreign(&Method::POST, &hidden, "/desk/masuk"));
        assert!(!is_foreign(&Method::GET, &theirs, "/"));
        assert!(!is_foreign(&Method::POST, &theirs, "/api/v1/reports"));
        assert!(!is_foreign(&Method::POST, &theirs, "/open311/v2/requests.xml"));
    }

    #[tokio::test]
    async fn a_busy_api_says_so_in_its_own_form() {
        let api = busy("/api/v1/reports");
        assert_eq!(api.headers()["content-type"], "application/problem+json");
        assert!(api.headers().contains_key("retry-after"));
        let open311 = busy("/open311/v2/requests.json");
        assert_eq!(open311.headers()["content-type"], "application/json; charset=utf-8");
        assert!(open311.headers().contains_key("retry-after"));
        assert!(busy("/laporan").headers().contains_key("retry-after"));
    }
}
