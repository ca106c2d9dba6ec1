//! A file that somebody sent, given out again: streamed, in parts where asked for, and able to do nothing.

use crate::csp;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, IF_RANGE, RANGE};
use axum::http::{HeaderMap, HeaderValue, Request};
use axum::response::{IntoResponse, Response};
use std::io;
use std::path::Path;
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// How a browser is told to treat the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Pictures and films are shown, anything else is saved.
    Shown,
    Saved,
}

/// The response with a file of this name and media type; `headers` are those of the request.
pub(crate) async fn response(
    name: &str,
    kind: &str,
    path: &Path,
    headers: &HeaderMap,
    way: Way,
) -> io::Result<Response> {
    tokio::fs::metadata(path).await?;
    let mut asked = Request::new(Body::empty());
    for name in [RANGE, IF_RANGE] {
        if let Some(value) = headers.get(&name) {
            asked.headers_mut().insert(name, value.clone());
        }
    }
    let Ok(served) = ServeFile::new(path).oneshot(asked).await;
    let mut response = served.map(Body::new).into_response();
    let dress = response.headers_mut();
    let film = kind.starts_with("video/");
    for (header, value) in csp::headers(if film { csp::Page::Film } else { csp::Page::Attachment }) {
        dress.insert(header, value.parse().map_err(io::Error::other)?);
    }
    dress.insert(CONTENT_TYPE, kind.parse().map_err(io::Error::other)?);
    dress.insert(CONTENT_DISPOSITION, disposition(name, kind, way).parse().map_err(io::Error::other)?);
    dress.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}

/// The name in it is plain ASCII.
fn disposition(name: &str, kind: &str, way: Way) -> String {
    let shown = kind.starts_with("image/") || kind.starts_with("video/");
    let way = if way == Way::Shown && shown { "inline" } else { "attachment" };
    let plain = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' };
    format!("{way}; filename=\"{}\"", name.chars().map(plain).collect::<String>())
}
