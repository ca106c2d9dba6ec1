//! What holds for every request: headers of protection, no posts from other sites, an honest 503 when
//! there is too much to do, a bound on time, and a figure for the operator.

use crate::csp;
use crate::words::{Lang, Words};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// Requests that are worked on at once; the next is told to come back.
const AT_ONCE: usize = 384;
/// Longest time for a request without files.
const LONGEST: Duration = Duration::from_secs(30);

/// The gate that all requests pass.
#[derive(Clone)]
pub(crate) struct Gate(Arc<Semaphore>);

impl Default for Gate {
    fn default() -> Gate {
        Gate(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

/// Guards a request and its response.
pub(crate) async fn protect(gate: Gate, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let upload =
        request.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
    let foreign = is_foreign(request.method(), request.headers(), request.uri().path());
    let vital = matches!(request.uri().path(), "/healthz" | "/readyz");
    let mut response = match gate.0.try_acquire() {
        _ if foreign => (StatusCode::FORBIDDEN, in_both("plain-foreign")).into_response(),
        Err(_) if !vital => busy(),
        _permit if upload => next.run(request).await,
        _permit => tokio::time::timeout(LONGEST, next.run(request)).await.unwrap_or_else(|_| busy()),
    };
    dress(response.headers_mut());
    let status = response.status().as_u16().to_string();
    metrics::counter!("lapor_http_requests_total", "status" => status).increment(1);
    metrics::histogram!("lapor_http_seconds").record(started.elapsed().as_secs_f64());
    response
}

/// Nothing was stored; the same request may be sent again.
fn busy() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "2")], in_both("plain-busy")).into_response()
}

/// A sentence in both languages, for answers that are made before anybody's language is known.
fn in_both(key: &str) -> String {
    Lang::ALL.into_iter().map(|lang| Words::new(lang).t(key) + "\n").collect()
}

/// A form that another site made a browser send. Tokens of the API are no cookies and need no such guard.
fn is_foreign(method: &Method, headers: &HeaderMap, path: &str) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) || path.starts_with("/api/") {
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
    }
}
