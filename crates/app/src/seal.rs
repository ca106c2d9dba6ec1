//! Texts that only this server can open again: secrets at rest, and what travels through a browser.

use crate::keys::{Keys, hex};
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use jiff::Timestamp;

const NONCE: usize = 24;

impl Keys {
    /// Seals bytes for one purpose (XChaCha20-Poly1305 with a random nonce), in hexadecimal. Under another
    /// purpose they do not open. `None` only where there is more than the cipher takes.
    pub(crate) fn seal(&self, purpose: &str, bytes: &[u8]) -> Option<String> {
        let nonce: [u8; NONCE] = rand::random();
        let payload = Payload { msg: bytes, aad: purpose.as_bytes() };
        let sealed = self.cipher().encrypt(&nonce.into(), payload).ok()?;
        Some(hex(&[&nonce[..], &sealed].concat()))
    }

    /// Opens what [`Keys::seal`] closed for the same purpose.
    pub(crate) fn unseal(&self, purpose: &str, text: &str) -> Option<Vec<u8>> {
        let bytes = unhex(text)?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        self.cipher().decrypt(&nonce.into(), Payload { msg: sealed, aad: purpose.as_bytes() }).ok()
    }

    /// Seals a text that is worth something until an instant.
    pub(crate) fn ticket(&self, purpose: &str, text: &str, until: Timestamp) -> Option<String> {
        self.seal(purpose, format!("{}\n{text}", until.as_millisecond()).as_bytes())
    }

    /// The text of a ticket that is still worth something.
    pub(crate) fn punch(&self, purpose: &str, ticket: &str, now: Timestamp) -> Option<String> {
        let opened = String::from_utf8(self.unseal(purpose, ticket)?).ok()?;
        let (until, text) = opened.split_once('\n')?;
        (until.parse::<i64>().ok()? > now.as_millisecond()).then(|| text.to_owned())
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.digest("seal", "").into())
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let pairs = digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_for_its_purpose_and_with_its_key_only() {
        let keys = Keys::new([7; 32]);
        let sealed = keys.seal("totp:1", b"rahasia").unwrap();
        assert!(!sealed.contains(&hex(b"rahasia")));
        assert_ne!(Some(&sealed), keys.seal("totp:1", b"rahasia").as_ref(), "one nonce for two texts");
        assert_eq!(keys.unseal("totp:1", &sealed).as_deref(), Some(&b"rahasia"[..]));
        assert_eq!(keys.unseal("totp:2", &sealed), None);
        assert_eq!(Keys::new([8; 32]).unseal("totp:1", &sealed), None);
        let last = if sealed.ends_with('0') { "1" } else { "0" };
        assert_eq!(keys.unseal("totp:1", &format!("{}{last}", &sealed[..sealed.len() - 1])), None);
        for broken in ["", "0", "zz", "00ff", "é"] {
            assert_eq!(keys.unseal("totp:1", broken), None, "{broken}");
        }
    }

    #[test]
    fn a_ticket_ends() {
        let keys = Keys::new([7; 32]);
        let ticket = keys.ticket("half", "9.0", at(100)).unwrap();
        assert_eq!(keys.punch("half", &ticket, at(99)).as_deref(), Some("9.0"));
        assert_eq!(keys.punch("half", &ticket, at(100)), None);
        assert_eq!(keys.punch("other", &ticket, at(99)), None);
    }
}
