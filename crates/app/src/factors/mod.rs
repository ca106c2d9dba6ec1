//! What a login proves beyond a password, or in its place: codes of an authenticator, recovery codes, passkeys, an
//! identity provider; who has to have them.
//!
//! Nothing here is keyed by a seat: factors belong to the officer, wherever that officer sits.

mod device;
mod door;
mod identity;
mod keep;
mod offer;
mod passkey;
mod recovery;
mod totp;

pub use door::{Door, Entry, Half, LOGIN_MINUTES, Waiting};
pub use identity::{AWAY_MINUTES, Away, IdentitySlip, Return};
pub use keep::{FactorSlip, Proof, Security};
pub use offer::Offer;
pub use passkey::{Answer, CHALLENGE_MINUTES, Challenge, has_passkeys};

use crate::keys::Keys;
use crate::{Error, Result};
use domain::UserId;
use jiff::Timestamp;
use store::factor::{self, Factor, FactorKind, Note};
use store::{Tx, access};

/// Most factors of one officer.
const MOST: usize = 10;
/// Most characters of what somebody calls a factor.
const MOST_LABEL: usize = 60;

/// Something to be told to the officer, and to be kept in the change log.
pub(crate) struct Change {
    pub officer: UserId,
    /// Who did it: the officer, or an operator without an account.
    pub by: Option<UserId>,
    pub what: &'static str,
    pub label: String,
    pub at: Timestamp,
    /// Ids for the note and for the change log.
    pub ids: [i64; 2],
}

impl Change {
    /// Writes it down in the transaction that makes it.
    pub(crate) async fn record(&self, tx: &mut Tx) -> Result<()> {
        let note = Note { at: self.at, what: self.what.to_owned(), label: self.label.clone() };
        factor::insert_note(tx, self.ids[0], self.officer, &note).await?;
        let change = format!("{{\"{}\":true}}", self.what);
        let id = self.officer.to_string();
        Ok(access::log_change(tx, self.ids[1], self.at, self.by, "factor", &id, &change).await?)
    }
}

/// What a code turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Used {
    Totp,
    Recovery,
}

/// Uses a code of an authenticator or a recovery code. The same code never fits twice.
pub(crate) async fn use_code(
    tx: &mut Tx,
    keys: &Keys,
    officer: UserId,
    code: &str,
    now: Timestamp,
) -> Result<Option<Used>> {
    for found in factor::list(tx, officer).await?.iter().filter(|factor| factor.kind == FactorKind::Totp) {
        let secret = keys.unseal(&purpose(found), &found.sealed).ok_or_else(unreadable)?;
        if let Some(step) = totp::step_of(&secret, code, now)
            && factor::use_step(tx, found.id, step, now).await?
        {
            return Ok(Some(Used::Totp));
        }
    }
    let Some(digest) = recovery::digest(keys, officer, code) else { return Ok(None) };
    Ok(factor::use_code(tx, officer, &digest, now).await?.then_some(Used::Recovery))
}

/// A sealed secret opens for the row that it was sealed for and for no other.
fn purpose(factor: &Factor) -> String {
    format!("factor:{}:{}", factor.officer, factor.id)
}

fn unreadable() -> Error {
    Error::Broken("a factor was sealed with another key".to_owned())
}
