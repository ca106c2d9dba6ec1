//! The format that the end of an address asks for.

use super::fault::Fault;
use super::node::Node;
use super::xml;
use axum::extract::{FromRequestParts, Path};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Xml,
    Json,
}

impl Format {
    /// Both, the one that every server has to speak first.
    pub const ALL: [Format; 2] = [Format::Xml, Format::Json];

    /// The end of an address.
    pub fn suffix(self) -> &'static str {
        match self {
            Format::Xml => ".xml",
            Format::Json => ".json",
        }
    }

    /// The media type as discovery names it.
    pub fn mime(self) -> &'static str {
        match self {
            Format::Xml => "text/xml",
            Format::Json => "application/json",
        }
    }

    fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Format::Xml => "text/xml; charset=utf-8",
            Format::Json => "application/json; charset=utf-8",
        })
    }

    /// Reads the end of an address.
    pub fn of(path: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| path.ends_with(format.suffix()))
    }

    /// A document below a root element, which only XML has.
    pub fn respond(self, status: StatusCode, root: &'static str, node: &Node) -> Response {
        let body = match self {
            Format::Xml => xml::document(root, node),
            Format::Json => serde_json::to_vec(node).unwrap_or_default(),
        };
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, self.content_type());
        headers.insert(VARY, HeaderValue::from_static("Accept-Language"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        response
    }

    /// The same for something that was asked and found.
    pub fn found(self, root: &'static str, node: &Node) -> Response {
        self.respond(StatusCode::OK, root, node)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Format {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Format, Fault> {
        Format::of(parts.uri.path()).ok_or_else(Fault::no_such_address)
    }
}

/// The last part of an address without its suffix: a code or a number.
#[derive(Debug, Clone)]
pub struct Named(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Named, Fault> {
        let path = Path::<String>::from_request_parts(parts, state).await.map_err(|_| Fault::no_such_address())?;
        let format = Format::of(&path.0).ok_or_else(Fault::no_such_address)?;
        Ok(Named(path.0.strip_suffix(format.suffix()).unwrap_or_default().to_owned()))
    }
}
