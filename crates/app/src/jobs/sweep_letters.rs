//! `SweepLetters`: every night, what is left of letters that were settled long ago is taken away, and of short
//! messages, of what other systems were told, digests of answers, extracts, and codes and sessions of accounts that
//! are over.

use super::nightly;
use crate::ids::Ids;
use crate::{App, EXTRACT_TIME, Error, Result};
use jiff::{SignedDuration, Timestamp};
use store::job::Claimed;
use store::{Tx, account, conversation, extract, letter, likeness, message, x};

/// The job's name in the outbox.
pub const KIND: &str = "sweep_letters";

/// How long it stays known that there was a letter: as long as one may come back, and be asked after.
const MEMORY: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long an answer counts that reads like a new one.
const LIKENESS: SignedDuration = SignedDuration::from_hours(366 * 24);

pub(super) async fn run(app: &App, claimed: Vec<Claimed>) -> Result<()> {
    let swept = app.sweep_letters().await? + app.sweep_webhooks().await?;
    metrics::counter!("lapor_letters_swept_total").increment(swept);
    nightly::settle(app, claimed, KIND).await
}

/// What was said by short message is forgotten with the letters that answered it.
async fn forget_messages(tx: &mut Tx, old: Timestamp) -> Result<u64> {
    message::forget_parts(tx, old).await?;
    message::forget_files(tx, Ids::first(old)).await?;
    Ok(message::forget(tx, old).await? + conversation::forget(tx, old).await? + x::forget(tx, old).await?)
}

impl App {
    /// Takes old letters, codes and sessions away, in short transactions. Returns how many.
    pub async fn sweep_letters(&self) -> Result<u64> {
        let now = self.now();
        let old = now.checked_sub(MEMORY).unwrap_or(Timestamp::MIN);
        let mut swept = 0;
        loop {
            let some = self.db.write(move |tx| {
                Box::pin(async move {
                    let letters = letter::forget(tx, old).await? + account::sweep(tx, now).await?;
                    let answers = likeness::forget(tx, now.checked_sub(LIKENESS).unwrap_or(Timestamp::MIN)).await?;
                    let extracts = extract::forget(tx, now.checked_sub(EXTRACT_TIME).unwrap_or(Timestamp::MIN)).await?;
                    Ok::<u64, Error>(letters + answers + extracts + forget_messages(tx, old).await?)
                })
            });
            match some.await? {
                0 => return Ok(swept),
                more => swept += more,
            }
        }
    }
}
