//! Passkeys (WebAuthn): a key pair in a device. One that its owner unlocks is a whole login, any is a second step.
//!
//! A challenge travels sealed through the browser, opens only beside what it is bound to (a session, the ticket of a
//! second step, a cookie), and is noted when an answer to it was right; no answer counts twice.

mod make;
mod show;

use super::{purpose, unreadable};
use crate::keys::{digest, hex};
use crate::{App, Error, Result};
use domain::UserId;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::factor::Factor;
use webauthn_rs::prelude::{SecurityKey, Url, Uuid, Webauthn, WebauthnBuilder};

/// How long a challenge may be answered, in minutes.
pub const CHALLENGE_MINUTES: i64 = 10;

/// What a browser is asked to do.
#[derive(Debug, Clone)]
pub struct Challenge {
    /// Comes back with the answer.
    pub ticket: String,
    /// The options as JSON, with bytes in base64url.
    pub options: String,
}

/// A browser's answer to a challenge.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// Where people reach the service: the site that the passkey is for.
    pub site: &'a str,
    /// What the challenge was bound to.
    pub bond: &'a str,
    pub ticket: &'a str,
    /// The answer as JSON.
    pub json: &'a str,
}

/// Whether people who reach the service here can have passkeys: those are for a name, never for a number.
pub fn has_passkeys(site: &str) -> bool {
    relying_party(site).is_ok()
}

impl App {
    fn challenge(&self, purpose: &str, state: &impl Serialize, options: &impl Serialize) -> Result<Challenge> {
        let state = serde_json::to_string(state).map_err(broken)?;
        let ticket = self.keys.ticket(purpose, &state, self.challenge_end()).ok_or_else(unreadable)?;
        Ok(Challenge { ticket, options: serde_json::to_string(options).map_err(broken)? })
    }

    fn state<T: DeserializeOwned>(&self, purpose: &str, ticket: &str) -> Option<T> {
        serde_json::from_str(&self.keys.punch(purpose, ticket, self.now())?).ok()
    }

    fn challenge_end(&self) -> Timestamp {
        self.now().checked_add(SignedDuration::from_mins(CHALLENGE_MINUTES)).unwrap_or(Timestamp::MAX)
    }

    fn opened(&self, factor: &Factor) -> Result<SecurityKey> {
        let bytes = self.keys.unseal(&purpose(factor), &factor.sealed).ok_or_else(unreadable)?;
        serde_json::from_slice(&bytes).map_err(broken)
    }

    /// What a device knows an officer by: nobody else can tell who it is.
    fn passkey_handle(&self, officer: UserId) -> Uuid {
        let digest = self.keys.digest("passkey", &officer.to_string());
        Uuid::from_bytes(std::array::from_fn(|i| digest[i]))
    }
}

/// A challenge opens for one ceremony, beside what it is bound to.
fn ceremony(name: &str, bond: &str) -> String {
    format!("passkey {name}:{}", digest(bond))
}

/// What a passkey is found by.
fn credential(id: &[u8]) -> String {
    hex(id)
}

/// The site that passkeys are for: its host, at its own port only. [`Error::NotFound`] where it has no name.
fn relying_party(site: &str) -> Result<Webauthn> {
    let origin = Url::parse(site).map_err(broken)?;
    let host = origin.domain().ok_or(Error::NotFound)?;
    let builder = WebauthnBuilder::new(host, &origin).map_err(broken)?;
    builder.rp_name("Lapor").build().map_err(broken)
}

fn broken(error: impl std::fmt::Display) -> Error {
    Error::Broken(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::has_passkeys;

    #[test]
    fn a_site_without_a_name_has_no_passkeys() {
        assert!(has_passkeys("https://lapor.example") && has_passkeys("http://localhost:1708"));
        assert!(!has_passkeys("http://127.0.0.1:1708") && !has_passkeys("http://[::1]:1708") && !has_passkeys(""));
    }
}
