//! An authenticator of a few lines (WebAuthn), for the tests of passkeys.

use app::Challenge;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{DerSignature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub const SITE: &str = "https://lapor.example";
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

/// A device with one key pair.
#[derive(Clone)]
pub struct Device {
    pub key: SigningKey,
    pub id: [u8; 16],
    pub handle: String,
    pub counter: u32,
    /// It checks who holds it.
    pub verifies: bool,
    pub origin: &'static str,
}

impl Device {
    pub fn new(number: u8) -> Device {
        let key = SigningKey::from_slice(&[number; 32]).unwrap();
        Device { key, id: [number; 16], handle: String::new(), counter: 0, verifies: true, origin: SITE }
    }

    /// Makes its key known, without attestation.
    pub fn make(&mut self, challenge: &Challenge) -> String {
        let options: Value = serde_json::from_str(&challenge.options).unwrap();
        assert_eq!(options["publicKey"]["authenticatorSelection"]["residentKey"], "preferred");
        assert_eq!(options["publicKey"]["attestation"], "none");
        self.handle = options["publicKey"]["user"]["id"].as_str().unwrap().to_owned();
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = (&point.as_bytes()[1..33], &point.as_bytes()[33..65]);
        let cose = [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32][..], x, &[0x22, 0x58, 32], y].concat();
        let data = [&self.data(ATTESTED)[..], &[0; 16], &[0, 16], &self.id, &cose].concat();
        let length = u8::try_from(data.len()).unwrap();
        let head = [&[0xa3, 0x63][..], b"fmt", &[0x64], b"none", &[0x67], b"attStmt", &[0xa0, 0x68], b"authData"];
        let object = [&head.concat()[..], &[0x58, length], &data].concat();
        let client = self.client("webauthn.create", &options);
        let response = json!({ "attestationObject": BASE64.encode(object), "clientDataJSON": BASE64.encode(client) });
        self.answer(response)
    }

    /// Shows that it has its key.
    pub fn show(&self, challenge: &Challenge) -> String {
        let options: Value = serde_json::from_str(&challenge.options).unwrap();
        let (data, client) = (self.data(0), self.client("webauthn.get", &options));
        let signature: DerSignature = self.key.sign(&[&data[..], &Sha256::digest(&client)].concat());
        self.answer(json!({
            "authenticatorData": BASE64.encode(data), "clientDataJSON": BASE64.encode(client),
            "signature": BASE64.encode(signature.as_bytes()), "userHandle": self.handle,
        }))
    }

    fn answer(&self, response: Value) -> String {
        let id = BASE64.encode(self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "extensions": {}, "response": response }).to_string()
    }

    fn data(&self, more: u8) -> Vec<u8> {
        let flags = PRESENT | more | if self.verifies { VERIFIED } else { 0 };
        let host = Sha256::digest(b"lapor.example");
        [&host[..], &[flags], &self.counter.to_be_bytes()].concat()
    }

    fn client(&self, kind: &str, options: &Value) -> Vec<u8> {
        let challenge = &options["publicKey"]["challenge"];
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false }).to_string().into()
    }
}

/// Another holder's name, as a device that lies would show it.
pub fn foreign_handle() -> String {
    BASE64.encode([1; 16])
}
