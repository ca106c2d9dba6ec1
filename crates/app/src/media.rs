//! Attachments: taken in piece by piece, recognised by content, freed of metadata, kept under their hash.
//!
//! A file lies at `ab/cd/<sha-256>` below the attachments folder, so the same photo sent twice is kept
//! once. Names that people give their files play no part here.

mod error;
mod incoming;
mod kind;
mod old;
mod picture;

pub use error::MediaError;
pub use incoming::{Incoming, Stored};
pub use kind::{Kind, sniff};
pub use old::older_than;
pub use picture::clean_image;

use std::path::PathBuf;

/// The place of a file below the attachments folder; none if this is not a SHA-256 in lower-case hex.
pub fn place(sha256: &str) -> Option<PathBuf> {
    let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    let hash = sha256.len() == 64 && sha256.bytes().all(hex);
    hash.then(|| PathBuf::from(&sha256[..2]).join(&sha256[2..4]).join(sha256))
}

#[cfg(test)]
mod tests;
