//! Devices on which somebody has logged in before. Each keeps a budget of attempts of its own, so that
//! guesses from elsewhere cannot lock its owner out.
//!
//! The cookie is `NONCE.SIGNATURE.SIGNATURE…`: one signature for each login that got in here.

use crate::keys::{Keys, secret};

/// The latest so many logins of a device are remembered: an office shares machines.
const MOST: usize = 6;

/// The device's own name, where this login got in on it before.
pub(super) fn known<'c>(keys: &Keys, cookie: &'c str, login: &str) -> Option<&'c str> {
    let (nonce, signatures) = cookie.split_once('.')?;
    let mut signatures = signatures.split('.').take(MOST);
    signatures.any(|signature| keys.is_signed("device", &text(nonce, login), signature)).then_some(nonce)
}

/// The cookie after a login got in.
pub(super) fn remember(keys: &Keys, cookie: &str, login: &str) -> String {
    let plain = |part: &str| !part.is_empty() && part.len() <= 64 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let mut parts = cookie.split('.').filter(|part| plain(part));
    let fresh = secret();
    let nonce = parts.next().unwrap_or(&fresh);
    let own = keys.sign("device", &text(nonce, login));
    let others = parts.filter(|signature| *signature != own).take(MOST - 1);
    [nonce, &own].into_iter().chain(others).collect::<Vec<_>>().join(".")
}

fn text(nonce: &str, login: &str) -> String {
    format!("{nonce}.{login}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_machine_knows_its_latest_logins_and_cannot_be_forged() {
        let keys = Keys::new([7; 32]);
        let first = remember(&keys, "", "siti");
        let both = remember(&keys, &first, "budi");
        let nonce = first.split('.').next().unwrap();
        assert_eq!(known(&keys, &both, "siti"), Some(nonce));
        assert_eq!(known(&keys, &both, "budi"), Some(nonce));
        assert_eq!(known(&keys, &both, "ani"), None);
        assert_eq!(known(&Keys::new([8; 32]), &both, "siti"), None);
        assert_eq!(remember(&keys, &both, "budi"), both);
        let many = (0..10).fold(both, |cookie, n| remember(&keys, &cookie, &format!("petugas{n}")));
        assert!(known(&keys, &many, "petugas9").is_some() && known(&keys, &many, "siti").is_none());
        assert!(many.len() < 600);
        let stolen = many.replacen(nonce, &secret(), 1);
        assert_eq!(known(&keys, &stolen, "petugas9"), None, "a signature fits another device");
        for odd in ["", ".", "x;y", "é.é"] {
            assert_eq!(known(&keys, odd, "siti"), None);
            assert!(known(&keys, &remember(&keys, odd, "siti"), "siti").is_some(), "{odd}");
        }
    }
}
