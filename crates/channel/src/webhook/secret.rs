//! What a message is signed with.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The bytes of a new secret; the specification wants 24 to 64.
const LENGTH: usize = 32;
const PREFIX: &str = "whsec_";

/// The secret of an endpoint, known to its receiver and here.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// A random one.
    pub fn random() -> Secret {
        Secret(rand::random::<[u8; LENGTH]>().to_vec())
    }

    /// One whose bytes were kept.
    pub fn of(bytes: Vec<u8>) -> Secret {
        Secret(bytes)
    }

    /// The bytes, to be kept.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The form in which it is handed over: `whsec_` and the bytes in Base64.
    pub fn told(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    /// The signature of a message, `v1,…`.
    pub fn sign(&self, id: &str, timestamp: i64, body: &str) -> String {
        // A key of any length is fit for HMAC.
        let Ok(mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        let signed = mac.chain_update(format!("{id}.{timestamp}.")).chain_update(body).finalize().into_bytes();
        format!("v1,{}", STANDARD.encode(signed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_the_one_of_the_specification() {
        let told = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let secret = Secret::of(STANDARD.decode(told.strip_prefix(PREFIX).unwrap()).unwrap());
        assert_eq!(secret.told(), told);
        let signed = secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn two_secrets_are_different_and_long_enough() {
        assert_ne!(Secret::random().told(), Secret::random().told());
        assert!((24..=64).contains(&Secret::random().bytes().len()));
    }
}
