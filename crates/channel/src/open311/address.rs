//! Where the client goes, and where it does not.

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Why nobody goes to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("not an address")]
    Shape,
    #[error("not protected, or of the own network")]
    Inside,
}

/// Checks an address that somebody typed. `local` lets it be one of the own network, and without protection. What its
/// name leads to is looked at again each time it is asked.
pub fn check(address: &str, local: bool) -> Result<(), Unfit> {
    read(address, local).map(drop)
}

/// The address as the client uses it, without a slash at its end.
pub(super) fn read(address: &str, local: bool) -> Result<Url, Unfit> {
    let url = Url::parse(address.trim_end_matches('/')).map_err(|_| Unfit::Shape)?;
    let plain = url.username().is_empty() && url.password().is_none();
    let bare = url.query().is_none() && url.fragment().is_none();
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or(Unfit::Shape)?;
    if !plain || !bare || !matches!(url.scheme(), "https" | "http") {
        return Err(Unfit::Shape);
    }
    let outside = match host.trim_matches(['[', ']']).parse() {
        Ok(address) => is_public(address),
        Err(_) => !is_local_name(host),
    };
    if local || (outside && url.scheme() == "https") { Ok(url) } else { Err(Unfit::Inside) }
}

fn is_local_name(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    !host.contains('.') || ["localhost", "local", "internal"].iter().any(|end| host.ends_with(&format!(".{end}")))
}

/// Whether an address is one of the whole world.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => address.to_ipv4_mapped().map_or_else(|| is_public_v6(address), is_public_v4),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let special = a == 0 || a >= 224 || (a == 192 && b == 0 && c == 0) || (a == 198 && (18..20).contains(&b));
    let own = address.is_private() || address.is_loopback() || address.is_link_local();
    !(own || shared || special || address.is_documentation() || address.is_broadcast())
}

/// Only what is given out for the world (2000::/3), without what leads to IPv4 by another way, and examples.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    let detour = a == 0x2002 || (a == 0x2001 && b == 0);
    (0x2000..0x4000).contains(&a) && !detour && !(a == 0x2001 && b == 0x0db8)
}

/// Looks names up and gives only addresses of the world.
pub(super) struct Outside;

impl Resolve for Outside {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|address| is_public(address.ip())).collect();
            if public.is_empty() {
                return Err("an address of the own network".into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}
