//! Where a request comes from: for attempt limits, never stored with a report.

use crate::state::Web;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::SocketAddr;

/// A visitor's address as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(pub String);

impl FromRequestParts<Web> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Address, Infallible> {
        let forwarded = parts.headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
        let nearest = forwarded.and_then(|list| list.rsplit(',').next()).map(|hop| hop.trim().to_owned());
        let direct = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_string());
        let address = nearest.filter(|_| web.behind_proxy).or(direct);
        Ok(Address(address.unwrap_or_else(|| "unknown".to_owned())))
    }
}
