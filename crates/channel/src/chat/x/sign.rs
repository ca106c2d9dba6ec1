//! OAuth 1.0a (RFC 5849) as X takes it: HMAC-SHA1 over method, address and parameters. A JSON body is not signed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Url;
use sha1::Sha1;

/// What stays as it is (RFC 3986, unreserved).
const STRICT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The keys of an app and of the account that lets it act.
#[derive(Clone)]
pub struct Keys {
    pub consumer_key: String,
    pub consumer_secret: String,
    pub token: String,
    pub token_secret: String,
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, STRICT).to_string()
}

impl Keys {
    /// The header that proves who asks, for this request alone.
    pub(super) fn header(&self, method: &str, url: &Url, now: Timestamp) -> String {
        let nonce = format!("{:032x}", rand::random::<u128>());
        self.signed(method, url, &nonce, now.as_second())
    }

    pub(super) fn signed(&self, method: &str, url: &Url, nonce: &str, second: i64) -> String {
        let second = second.to_string();
        let ours = [
            ("oauth_consumer_key", self.consumer_key.as_str()),
            ("oauth_nonce", nonce),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", &second),
            ("oauth_token", &self.token),
            ("oauth_version", "1.0"),
        ];
        let signature = self.signature(method, url, &ours);
        let mut parts: Vec<String> =
            ours.iter().map(|(name, value)| format!("{name}=\"{}\"", encoded(value))).collect();
        parts.push(format!("oauth_signature=\"{}\"", encoded(&signature)));
        format!("OAuth {}", parts.join(", "))
    }

    fn signature(&self, method: &str, url: &Url, ours: &[(&str, &str)]) -> String {
        let asked = url.query_pairs().map(|(name, value)| (encoded(&name), encoded(&value)));
        let mut all: Vec<(String, String)> =
            ours.iter().map(|(name, value)| (encoded(name), encoded(value))).chain(asked).collect();
        all.sort();
        let all: Vec<String> = all.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        let address = format!("{}{}", url.origin().ascii_serialization(), url.path());
        let base = format!("{method}&{}&{}", encoded(&address), encoded(&all.join("&")));
        let key = format!("{}&{}", encoded(&self.consumer_secret), encoded(&self.token_secret));
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(key.as_bytes()) else { return String::new() };
        mac.update(base.as_bytes());
        STANDARD.encode(mac.finalize().into_bytes())
    }
}
