//! Which addresses that somebody typed may be called. Whoever names an address decides whom this server calls.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Url};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

/// The longest address.
const LONGEST: usize = 500;

/// How far this server reaches, as its operator set it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reach {
    /// Plain `http` too.
    pub plain: bool,
    /// The own machine and local networks too.
    pub private: bool,
}

/// Why an address is not called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressFault {
    /// Not an address of the web, or with a name and a password in it.
    Shape,
    /// Not `https`.
    Plain,
    /// The own machine or a local network.
    Private,
}

impl AddressFault {
    /// A stable name.
    pub fn code(self) -> &'static str {
        match self {
            AddressFault::Shape => "shape",
            AddressFault::Plain => "plain",
            AddressFault::Private => "private",
        }
    }
}

impl Reach {
    /// Reads an address and checks as much of it as can be known without asking for its name.
    pub fn check(self, text: &str) -> Result<Url, AddressFault> {
        let url = Url::parse(text.trim()).map_err(|_| AddressFault::Shape)?;
        let plain = match url.scheme() {
            "https" => false,
            "http" => true,
            _ => return Err(AddressFault::Shape),
        };
        let named = !url.username().is_empty() || url.password().is_some();
        let host = url.host_str().unwrap_or_default().trim_end_matches('.').to_owned();
        if named || host.is_empty() || text.len() > LONGEST || url.fragment().is_some() {
            return Err(AddressFault::Shape);
        }
        if plain && !self.plain {
            return Err(AddressFault::Plain);
        }
        let number: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
        let own = is_local_name(&host);
        match number {
            Some(number) if !self.allows(number) => Err(AddressFault::Private),
            None if own && !self.private => Err(AddressFault::Private),
            _ => Ok(url),
        }
    }

    /// Whether a number may be called.
    pub fn allows(self, number: IpAddr) -> bool {
        self.private || is_public(number)
    }
}

/// A client that reaches so far, goes where it was sent and nowhere on. A proxy of the environment is not used: it would
/// ask for names by itself.
pub(crate) fn client(reach: Reach) -> ClientBuilder {
    Client::builder().redirect(Policy::none()).no_proxy().dns_resolver(Arc::new(Guarded(reach)))
}

/// A name that leads to no public number.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to a local network")]
pub(crate) struct Local;

/// Asks for the numbers of a name and keeps those that may be called: what was checked is what is called.
struct Guarded(Reach);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let open: Vec<SocketAddr> = found.into_iter().filter(|one| reach.allows(one.ip())).collect();
            match open.is_empty() {
                true => Err(Local.into()),
                false => Ok(Box::new(open.into_iter()) as Addrs),
            }
        })
    }
}

/// A name that no public network knows.
fn is_local_name(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    !host.contains('.') || ["localhost", "local", "internal"].iter().any(|end| host.ends_with(&format!(".{end}")))
}

fn is_public(number: IpAddr) -> bool {
    match number {
        IpAddr::V4(number) => is_public_v4(number),
        IpAddr::V6(number) => is_public_v6(number),
    }
}

/// After the registry of special addresses (RFC 6890).
fn is_public_v4(number: Ipv4Addr) -> bool {
    let [a, b, c, _] = number.octets();
    let special = number.is_private()
        || number.is_loopback()
        || number.is_link_local()
        || number.is_documentation()
        || number.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19));
    !special
}

/// Only what is given out for the public network (2000::/3), without the ranges there that lead to other numbers.
fn is_public_v6(number: Ipv6Addr) -> bool {
    if let Some(inner) = number.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let [a, b, ..] = number.segments();
    let special = (a == 0x2001 && (b < 0x200 || b == 0xdb8)) || a == 0x2002 || (a == 0x3fff && b < 0x1000);
    (a & 0xe000) == 0x2000 && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Option<AddressFault> {
        Reach::default().check(text).err()
    }

    #[test]
    fn an_address_of_the_web_is_taken() {
        for good in ["https://jaki.contoh.go.id/lapor", "https://jaki.contoh.go.id:8443/a?b=c", "https://8.8.8.8/x"] {
            assert_eq!(fault(good), None, "{good}");
        }
    }

    #[test]
    fn what_is_no_address_of_the_web_or_says_too_much_is_refused() {
        let long = format!("https://contoh.id/{}", "a".repeat(LONGEST));
        for odd in
            ["", "contoh.id", "ftp://contoh.id", "file:///etc/passwd", "https://a:b@contoh.id/", "https://", &long]
        {
            assert_eq!(fault(odd), Some(AddressFault::Shape), "{odd}");
        }
        assert_eq!(fault("http://contoh.id/"), Some(AddressFault::Plain));
    }

    #[test]
    fn the_own_machine_and_local_networks_are_refused_however_they_are_written() {
        let numbers = [
            "127.0.0.1",
            "127.1",
            "0x7f000001",
            "2130706433",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::ffff:10.0.0.1]",
            "[fe80::1]",
            "[fc00::1]",
            "[fd12::1]",
            "[ff02::1]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
            "[2001::1]",
            "[2001:db8::1]",
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "intranet",
            "nas.local",
            "db.internal.",
        ];
        for number in numbers {
            assert_eq!(fault(&format!("https://{number}/")), Some(AddressFault::Private), "{number}");
            let local = Reach { private: true, plain: true };
            assert!(local.check(&format!("http://{number}/")).is_ok(), "{number}");
        }
        for public in ["2606:4700::1111", "1.1.1.1", "::ffff:8.8.8.8"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }
}
