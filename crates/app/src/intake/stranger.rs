//! Reports of somebody for whom nobody vouches: by the public form and the open API.

use super::{Letter, Receipt};
use crate::gate::{Challenge, Gate};
use crate::{App, Result};
use domain::doubt::Doubt;

/// Who sends, as far as that is known.
#[derive(Debug, Clone, Copy)]
pub struct Stranger<'a> {
    pub address: &'a str,
    /// The solution of a riddle, where one came along.
    pub proof: Option<&'a str>,
    /// Whether a report without the proof that is due waits for a second look, and is not sent back to be proved.
    pub waits: bool,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    Taken(Receipt),
    /// Work has to be proved first; nothing was stored.
    Asked(Challenge),
}

impl App {
    /// Takes a report in from somebody for whom nobody vouches. [`crate::Error::Limited`] where too much comes from there.
    pub async fn intake_of(&self, letter: Letter, from: Stranger<'_>) -> Result<Entered> {
        if let Err(limited) = self.admit_at(Gate::Address, from.address) {
            // Who repeats what was taken in only asks for the receipt.
            return self.taken_before(&letter).await?.map(Entered::Taken).ok_or(limited);
        }
        let proved = from.proof.is_some_and(|proof| self.is_proved(&letter.key, proof));
        let owes = self.is_hot(from.address) && !proved;
        if owes && !from.waits {
            metrics::counter!("lapor_proofs_total", "outcome" => "asked").increment(1);
            return match self.taken_before(&letter).await? {
                Some(receipt) => Ok(Entered::Taken(receipt)),
                None => Ok(Entered::Asked(self.pose(&letter.key))),
            };
        }
        if owes || proved {
            let outcome = if proved { "shown" } else { "waits" };
            metrics::counter!("lapor_proofs_total", "outcome" => outcome).increment(1);
        }
        let sender = letter.contact().unwrap_or_else(|| format!("address:{}", from.address));
        let mut doubts = self.doubts_of(&letter, Some(&sender));
        if owes {
            doubts.insert(0, Doubt::Unproved);
        }
        let receipt = self.intake_doubted(letter, doubts).await?;
        if !receipt.repeated {
            self.warm(from.address);
        }
        Ok(Entered::Taken(receipt))
    }
}
