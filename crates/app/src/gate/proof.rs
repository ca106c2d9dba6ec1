//! Proof of work: a riddle that a machine solves in seconds and that costs whoever asks ten thousand times.
//!
//! Nothing of it is kept. A riddle is signed and bound to the key of what is sent, so that a solution is good for one
//! report, however often and to whichever process it is shown.

use crate::App;
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

/// Riddles of one proof: several small ones take about as long each time, one large one may take ten times as long.
pub const PARTS: u32 = 8;
/// Of the bits of the work, so many are in the number of parts.
const PART_BITS: u8 = 3;
/// How long somebody may take to write and to send.
const LIFE: SignedDuration = SignedDuration::from_hours(3);
/// Hexadecimal digits of the signature; with them a riddle fits one block of SHA-256.
const SIGNED: usize = 32;
/// The longest proof that is looked at.
const LONGEST: usize = 256;

/// A riddle: for each part `n` from 0, a number `x` is to be found so that the SHA-256 digest of `text:n:x` begins with as
/// many zero bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// The key of the report for which a solution is good.
    pub key: String,
    pub text: String,
    pub parts: u32,
    pub bits: u8,
}

impl App {
    /// A riddle for what is sent under a key.
    pub fn pose(&self, key: &str) -> Challenge {
        let bits = self.rates.work.clamp(PART_BITS, 32) - PART_BITS;
        let until = self.now().checked_add(LIFE).unwrap_or(self.now()).as_second();
        Challenge { key: key.to_owned(), text: self.riddle(key, until, bits), parts: PARTS, bits }
    }

    fn riddle(&self, key: &str, until: i64, bits: u8) -> String {
        let signed = self.keys.sign("work", &format!("{key}\n{until}\n{bits}"));
        format!("{until}.{bits}.{}", signed.get(..SIGNED).unwrap_or(&signed))
    }

    /// Whether a proof, `riddle;x0,x1,…`, solves a riddle that was given for a key and is still good.
    pub(crate) fn is_proved(&self, key: &str, proof: &str) -> bool {
        proof.len() <= LONGEST && self.solved(key, proof).is_some()
    }

    fn solved(&self, key: &str, proof: &str) -> Option<()> {
        let (text, found) = proof.split_once(';')?;
        let (until, rest) = text.split_once('.')?;
        let (until, bits): (i64, u8) = (until.parse().ok()?, rest.split_once('.')?.0.parse().ok()?);
        let given = crate::keys::is_same(&self.riddle(key, until, bits), text);
        if !given || until < self.now().as_second() {
            return None;
        }
        let found: Vec<&str> = found.split(',').collect();
        let fits = |(n, number): (usize, &&str)| zeros(&format!("{text}:{n}:{number}")) >= u32::from(bits);
        (found.len() == PARTS as usize && found.iter().enumerate().all(fits)).then_some(())
    }
}

/// Zero bits at the beginning of a digest.
fn zeros(text: &str) -> u32 {
    let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]).leading_zeros()
}

impl Challenge {
    /// Solves it as a client would; for tests and for clients in Rust.
    pub fn solve(&self) -> String {
        let part = |n| (0_u64..).map(|x| x.to_string()).find(|x| self.fits(n, x)).unwrap_or_default();
        let found: Vec<String> = (0..self.parts).map(part).collect();
        format!("{};{}", self.text, found.join(","))
    }

    fn fits(&self, n: u32, number: &str) -> bool {
        zeros(&format!("{}:{n}:{number}", self.text)) >= u32::from(self.bits)
    }
}
