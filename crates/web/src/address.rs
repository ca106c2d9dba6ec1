//! Where a request comes from: for limits, never stored with a report.

use crate::state::Web;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

/// What tells one supporter from another: the address and the browser.
pub fn supporter(address: &str, headers: &HeaderMap) -> app::Supporter {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    app::Supporter { address: address.to_owned(), agent: agent.to_owned() }
}

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
        Ok(Address(address.map_or_else(|| "unknown".to_owned(), |address| household(&address))))
    }
}

/// An address of the sixth version stands for the network of 64 bits that one household has.
fn household(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(six)) if six.to_ipv4_mapped().is_none() => {
            let [a, b, c, d, ..] = six.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(IpAddr::V6(mapped)) => mapped.to_canonical().to_string(),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::household;

    #[test]
    fn a_household_is_one_address() {
        assert_eq!(household("2001:db8:1:2:aaaa::1"), household("2001:db8:1:2:bbbb::2"));
        assert_ne!(household("2001:db8:1:2::1"), household("2001:db8:1:3::1"));
        assert_eq!(household("::ffff:192.0.2.1"), "192.0.2.1");
        assert_eq!(household("192.0.2.1"), "192.0.2.1");
    }
}
