//! A secret that is offered to an authenticator. It is stored nowhere until a code confirms it: the page
//! carries it, sealed.

use super::totp;
use crate::{App, Error, Officer, Qr, Result};
use domain::UserId;
use jiff::{SignedDuration, Timestamp};

/// How long an offer may be scanned and confirmed.
const OPEN: SignedDuration = SignedDuration::from_mins(20);

/// What to scan or to type, and the sealed secret that comes back with the code.
#[derive(Debug, Clone)]
pub struct Offer {
    pub ticket: String,
    /// The secret in letters and digits, in groups of four.
    pub typed: String,
    /// A QR code as SVG without script and style.
    pub picture: String,
}

impl App {
    /// Offers a new secret.
    pub fn offer_totp(&self, officer: &Officer) -> Result<Offer> {
        self.offer(officer, rand::random())
    }

    /// The same offer once more, where it is still good: a form that comes back keeps what was scanned.
    pub fn offer_again(&self, officer: &Officer, ticket: &str) -> Result<Offer> {
        match self.offered(officer.id, ticket) {
            Some(secret) => self.offer(officer, secret),
            None => self.offer_totp(officer),
        }
    }

    /// The secret of an offer to this officer.
    pub(super) fn offered(&self, officer: UserId, ticket: &str) -> Option<[u8; totp::SECRET]> {
        let sealed = self.keys.punch(&purpose(officer), ticket, self.now())?;
        self.keys.unseal("offered", &sealed)?.try_into().ok()
    }

    fn offer(&self, officer: &Officer, secret: [u8; totp::SECRET]) -> Result<Offer> {
        let until = self.now().checked_add(OPEN).unwrap_or(Timestamp::MAX);
        let sealed = self.keys.seal("offered", &secret);
        let ticket = sealed.and_then(|sealed| self.keys.ticket(&purpose(officer.id), &sealed, until));
        Ok(Offer {
            ticket: ticket.ok_or_else(|| Error::Broken("an offer was not sealed".to_owned()))?,
            typed: totp::typed(&secret),
            picture: Qr::of(&totp::address(&secret, &officer.login)?)?.svg(),
        })
    }
}

fn purpose(officer: UserId) -> String {
    format!("offer:{officer}")
}
