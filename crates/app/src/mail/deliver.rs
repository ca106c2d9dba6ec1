//! The lane of the post: claims letters, gives them to the server outside any transaction, and settles them.
//!
//! A process that dies in between leaves a claim that runs out; the letter then goes once more under the
//! same message id, by which mailboxes know it for the same.

use super::{Args, Draft, Mail};
use crate::{App, Error, Result};
use channel::mail::{Outgoing, Unsent};
use domain::quiet;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::SystemTime;
use store::letter::{self, Claimed, Fate};
use store::report;
use tokio::task::JoinSet;

/// Letters claimed in one round. A server that does not answer in 30 seconds must not outlast the claims.
const ROUND: u32 = 12;
/// Letters under way at once.
const AT_ONCE: usize = 4;
/// How long a process may hold a letter before another takes it over.
const CLAIM: SignedDuration = SignedDuration::from_mins(3);
/// The first wait after a server said "later", doubled each time up to the longest.
const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(1);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(4);
/// How often a letter is tried: for a good three days.
const TRIES: i64 = 24;

/// What one round of the post did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    pub claimed: usize,
}

impl Delivered {
    /// Whether there may be more to do at once.
    pub fn is_full(self) -> bool {
        self.claimed >= ROUND as usize
    }
}

impl App {
    /// One round of the post. Safe to run in any number of processes at once.
    pub async fn deliver(&self) -> Result<Delivered> {
        let Some(mail) = self.mail.clone() else { return Ok(Delivered::default()) };
        let claimed = self.claim_letters().await?;
        let round = Delivered { claimed: claimed.len() };
        let mut running = JoinSet::new();
        for letter in claimed {
            if running.len() >= AT_ONCE {
                ended(running.join_next().await);
            }
            let (app, mail) = (self.clone(), mail.clone());
            running.spawn(async move { app.carry(&mail, letter).await });
        }
        while !running.is_empty() {
            ended(running.join_next().await);
        }
        Ok(round)
    }

    async fn claim_letters(&self) -> Result<Vec<Claimed>> {
        let (process, now) = (self.process.clone(), self.now());
        let until = now.checked_add(CLAIM).unwrap_or(Timestamp::MAX);
        self.db
            .write(move |tx| {
                Box::pin(async move { Ok::<_, Error>(letter::claim(tx, &process, now, until, ROUND).await?) })
            })
            .await
    }

    /// Carries one letter as far as it goes today.
    async fn carry(&self, mail: &Arc<Mail>, letter: Claimed) -> Result<()> {
        if let Some(morning) = self.quiet_until(&letter).await? {
            return self.put_back(&letter, morning, None).await;
        }
        let Some(draft) = self.draft(&letter).await? else {
            return self.settle_letter(&letter, Fate::Dropped, None).await;
        };
        let written = mail.scribe.write(&draft);
        let outgoing = Outgoing {
            to: letter.recipient.clone(),
            subject: written.subject,
            text: written.text,
            message_id: self.message_id(letter.id, mail.sender.domain()),
            at: SystemTime::from(self.now()),
            stop: written.stop,
            language: draft.language,
        };
        let sent = mail.post.send(&mail.sender, &outgoing).await;
        metrics::counter!("lapor_letters_total", "outcome" => outcome(&sent)).increment(1);
        match sent {
            Ok(()) => self.settle_letter(&letter, Fate::Sent, None).await,
            Err(Unsent::Later(code)) if letter.attempts < TRIES => self.try_later(&letter, &code).await,
            Err(Unsent::NoSuchAddress(code)) => self.settle_letter(&letter, Fate::Bounced, Some(code)).await,
            Err(Unsent::Later(code) | Unsent::Never(code)) => {
                tracing::warn!(letter = letter.id, code, "a letter was given up");
                self.settle_letter(&letter, Fate::Failed, Some(code)).await
            }
        }
    }

    /// When a letter may leave that comes up in the night, because it was tried in vain by day.
    async fn quiet_until(&self, letter: &Claimed) -> Result<Option<Timestamp>> {
        let Some(id) = letter.report.filter(|_| !letter.urgent) else { return Ok(None) };
        let Some(row) = report::load(&mut self.db.read().await?, id).await? else { return Ok(None) };
        let (reference, now) = (self.reference(), self.now());
        let calendar = &reference.rules.calendar;
        Ok(quiet::is_quiet(calendar, row.report.zone, now)
            .then(|| quiet::next_loud(calendar, row.report.zone, now))
            .filter(|morning| *morning > now))
    }

    /// What a letter says; `None` when it is not wanted any more.
    async fn draft(&self, letter: &Claimed) -> Result<Option<Draft>> {
        if letter::is_dead(&mut self.db.read().await?, &letter.address).await? {
            return Ok(None);
        }
        if let Some(id) = letter.report.filter(|_| letter.first_seq.is_some()) {
            return self.draft_news(letter, id).await;
        }
        let args: Args = serde_json::from_str(&letter.args).map_err(|error| Error::Broken(error.to_string()))?;
        Ok(Some(Draft {
            language: letter.language.clone(),
            kind: letter.kind.clone(),
            args,
            news: None,
            page: None,
            answer: None,
            stop: None,
        }))
    }

    async fn try_later(&self, letter: &Claimed, code: &str) -> Result<()> {
        tracing::info!(letter = letter.id, code, attempts = letter.attempts, "a letter waits for its server");
        let not_before = self.now().checked_add(wait(letter.attempts)).unwrap_or(Timestamp::MAX);
        self.put_back(letter, not_before, Some(code.to_owned())).await
    }

    async fn put_back(&self, letter: &Claimed, not_before: Timestamp, failure: Option<String>) -> Result<()> {
        let (id, process) = (letter.id, self.process.clone());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    Ok::<(), Error>(letter::postpone(tx, id, &process, not_before, failure.as_deref()).await?)
                })
            })
            .await
    }

    async fn settle_letter(&self, letter: &Claimed, fate: Fate, failure: Option<String>) -> Result<()> {
        let (id, address, process, at) = (letter.id, letter.address.clone(), self.process.clone(), self.now());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let held = letter::settle(tx, id, &process, fate, failure.as_deref(), at).await?;
                    if held && fate == Fate::Bounced {
                        letter::bury(tx, &address, at, failure.as_deref().unwrap_or_default()).await?;
                    }
                    Ok::<(), Error>(())
                })
            })
            .await
    }

    /// The same for a letter at every try; the signature tells our own from those that were made up.
    pub(super) fn message_id(&self, id: i64, domain: &str) -> String {
        let signature: String = self.keys.sign("letter", &id.to_string()).chars().take(16).collect();
        format!("{id}.{signature}@{domain}")
    }
}

/// Four hours at most: 1, 2, 4 … minutes.
fn wait(attempts: i64) -> SignedDuration {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(8);
    (FIRST_WAIT * 2_i32.pow(doublings)).min(LONGEST_WAIT)
}

fn outcome(sent: &std::result::Result<(), Unsent>) -> &'static str {
    match sent {
        Ok(()) => "sent",
        Err(Unsent::Later(_)) => "later",
        Err(Unsent::Never(_)) => "refused",
        Err(Unsent::NoSuchAddress(_)) => "no_address",
    }
}

/// A letter that broke is tried again when its claim has run out; the others go on.
fn ended(joined: Option<std::result::Result<Result<()>, tokio::task::JoinError>>) {
    match joined {
        Some(Ok(Err(error))) => tracing::error!(%error, "a letter could not be carried"),
        Some(Err(broken)) => tracing::error!(%broken, "a letter could not be carried"),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_tried_for_three_days_and_more_and_more_seldom() {
        assert_eq!(wait(1), SignedDuration::from_mins(1));
        assert_eq!(wait(4), SignedDuration::from_mins(8));
        assert_eq!(wait(9), LONGEST_WAIT);
        assert_eq!(wait(100), LONGEST_WAIT);
        let whole: SignedDuration = (1..TRIES).map(wait).sum();
        assert!(whole > SignedDuration::from_hours(48), "{whole:?}");
    }
}
