//! Letters that people send: read into plain values, and the two ways by which they come, a mailbox (IMAP) and a door
//! for the mail server of the house (LMTP). A letter is acknowledged when whoever takes it says that it is kept.

mod cut;
mod imap;
mod letter;
mod lmtp;
mod machine;
mod plain;
mod vouched;

pub use imap::{After, Imap};
pub use letter::{File, Letter};
pub use lmtp::{Door, Listen};
pub use machine::Machine;

use futures_util::future::BoxFuture;
use std::time::Duration;

/// The longest letter that is taken whole: 25 MB of files, as they are written in a letter.
pub const MOST_BYTES: usize = 36 * 1024 * 1024;
/// The longest that a letter may take to be kept: pictures in it are written anew.
const KEEPING: Duration = Duration::from_secs(240);

/// What we are, so that letters are read rightly.
#[derive(Debug, Clone, Default)]
pub struct House {
    /// Our own addresses, in small letters; the first is the one that people write to.
    pub addresses: Vec<String>,
    /// The name under which our own mail server says whose a letter is (RFC 8601); nobody is believed without.
    pub authserv_id: Option<String>,
}

impl House {
    /// What stands behind the plus in one of our own addresses; empty where there is none.
    fn tag<'a>(&self, address: &'a str) -> Option<&'a str> {
        let (local, domain) = address.rsplit_once('@')?;
        let (local, tag) = local.split_once('+').unwrap_or((local, ""));
        let is_ours = |own: &String| {
            own.rsplit_once('@').is_some_and(|(l, d)| l.eq_ignore_ascii_case(local) && d.eq_ignore_ascii_case(domain))
        };
        self.addresses.iter().any(is_ours).then_some(tag)
    }

    /// Whether an address is one of ours, with something behind a plus or without.
    pub fn owns(&self, address: &str) -> bool {
        self.tag(address).is_some()
    }
}

/// A letter as it came in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Raw {
    pub bytes: Vec<u8>,
    /// The sender of the envelope, empty for a notice of a mail server; `None` where the envelope is gone.
    pub from: Option<String>,
    /// The recipients of the envelope, where it is known.
    pub to: Vec<String>,
    /// It was longer than [`MOST_BYTES`], and its end is missing.
    pub is_cut: bool,
}

/// Why a letter is not acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotKept {
    /// It is to come again.
    Later,
    /// Nothing can be made of it.
    Never,
}

/// Takes letters in.
pub trait Taker: Send + Sync {
    /// Keeps a letter; when this returns well, it is acknowledged.
    fn take(&self, raw: Raw) -> BoxFuture<'_, Result<(), NotKept>>;
}

/// Gives a letter to whoever takes it, and waits no longer than that may last.
async fn give(taker: &dyn Taker, raw: Raw, way: &'static str) -> Result<(), NotKept> {
    let kept = tokio::time::timeout(KEEPING, taker.take(raw)).await.unwrap_or(Err(NotKept::Later));
    let outcome = match kept {
        Ok(()) => "kept",
        Err(NotKept::Later) => "later",
        Err(NotKept::Never) => "never",
    };
    metrics::counter!("lapor_mail_brought_total", "way" => way, "outcome" => outcome).increment(1);
    kept
}

#[cfg(test)]
mod tests;
