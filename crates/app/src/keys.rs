//! What is derived from the server's key: PINs, signatures, digests. Nothing of it is stored.

use domain::Code;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The server's secret key, 32 bytes.
#[derive(Clone)]
pub struct Keys([u8; 32]);

impl Keys {
    /// Keys from 32 random bytes that the operator keeps.
    pub fn new(secret: [u8; 32]) -> Keys {
        Keys(secret)
    }

    /// Whether the key was plainly not drawn at random.
    pub(crate) fn is_weak(&self) -> bool {
        let kinds: std::collections::BTreeSet<u8> = self.0.iter().copied().collect();
        kinds.len() < 8
    }

    /// The six-digit PIN of a report: the same at every asking, and nowhere to be stolen.
    pub fn pin(&self, code: Code) -> String {
        let digest = self.digest("pin", &code.to_string());
        let number = u64::from_be_bytes(std::array::from_fn(|i| digest[i])) % 1_000_000;
        format!("{number:06}")
    }

    /// Whether a typed PIN fits, in constant time. Spaces are ignored.
    pub fn is_pin(&self, code: Code, typed: &str) -> bool {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        digits.as_bytes().ct_eq(self.pin(code).as_bytes()).into()
    }

    /// A signature over a text, for cookies and form keys.
    pub fn sign(&self, purpose: &str, text: &str) -> String {
        hex(&self.digest(purpose, text))
    }

    /// Whether a signature fits, in constant time.
    pub fn is_signed(&self, purpose: &str, text: &str, signature: &str) -> bool {
        self.sign(purpose, text).as_bytes().ct_eq(signature.as_bytes()).into()
    }

    /// An Ed25519 signature over a document that others shall be able to check, and the public key that it fits, both in
    /// hexadecimal.
    pub fn attest(&self, document: &str) -> (String, String) {
        let key = SigningKey::from_bytes(&self.digest("attest", "ed25519"));
        (hex(&key.sign(document.as_bytes()).to_bytes()), hex(key.verifying_key().as_bytes()))
    }

    pub(crate) fn digest(&self, purpose: &str, text: &str) -> [u8; 32] {
        let [mac, purpose_mac] = [&self.0[..], purpose.as_bytes()].map(|part| part.to_vec());
        match Hmac::<Sha256>::new_from_slice(&mac) {
            Ok(hmac) => {
                hmac.chain_update(purpose_mac).chain_update([0]).chain_update(text).finalize().into_bytes().into()
            }
            Err(_) => Sha256::digest(mac).into(),
        }
    }
}

/// Whether a document is the one that was signed with the private half of a key; signature and key in hexadecimal.
pub fn is_attested(document: &str, signature: &str, signer: &str) -> bool {
    let key = unhex(signer).and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
    let signature = unhex::<64>(signature).map(|bytes| Signature::from_bytes(&bytes));
    key.zip(signature).is_some_and(|(key, signature)| key.verify_strict(document.as_bytes(), &signature).is_ok())
}

/// As many bytes as asked, from hexadecimal digits.
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (n, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * n..2 * n + 2], 16).ok()?;
    }
    Some(bytes)
}

/// The SHA-256 digest of a text in hexadecimal: how passes and client keys are kept.
pub fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// The SHA-256 digest of a file in hexadecimal.
pub fn digest_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Whether two secrets are the same, in constant time.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

/// A random secret of 32 bytes in hexadecimal.
pub fn secret() -> String {
    hex(&rand::random::<[u8; 32]>())
}

/// A new key for a server.
pub fn random_key() -> [u8; 32] {
    rand::random()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_stable_for_a_key_and_different_for_another() {
        let code = Code::from_random(5);
        let keys = Keys::new([1; 32]);
        assert_eq!(keys.pin(code), keys.pin(code));
        assert_eq!(keys.pin(code).len(), 6);
        assert!(keys.is_pin(code, &format!(" {} ", keys.pin(code))));
        let pins: std::collections::HashSet<String> = (0..200).map(|n| keys.pin(Code::from_random(n))).collect();
        assert!(pins.len() > 190);
        assert_ne!(keys.sign("a", "x"), keys.sign("b", "x"));
    }

    #[test]
    fn an_attested_document_is_known_and_a_changed_one_is_not() {
        let (signature, signer) = Keys::new([7; 32]).attest("545");
        assert!(is_attested("545", &signature, &signer));
        assert!(!is_attested("546", &signature, &signer));
        let (_, other) = Keys::new([8; 32]).attest("545");
        assert!(!is_attested("545", &signature, &other));
        assert!(!is_attested("545", "zz", &signer) && unhex::<1>("+f").is_none());
    }
}
