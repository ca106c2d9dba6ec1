//! The lanes of the post: each claims the letters of a way, gives them away outside any transaction, and settles them.
//!
//! A process that dies in between leaves a claim that runs out. A letter by e-mail then goes once more under the same
//! message id, by which mailboxes know it for the same. Of a short message the centre's receipt is awaited before it
//! goes once more.

use super::{Arg, Args, Draft, THREAD, Written};
use crate::{App, Error, Result};
use channel::Unsent;
use channel::mail::Outgoing;
use domain::{Code, Way, quiet};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::time::SystemTime;
use store::letter::{self, Claimed, Fate, Settled};
use store::{Audience, report, reporter};
use tokio::task::JoinSet;

/// Letters claimed in one round. A server that does not answer in 30 seconds must not outlast the claims.
const ROUND: u32 = 12;
/// Letters under way at once.
const AT_ONCE: usize = 4;
/// Letters to one recipient that go one after the other; more would outlast the claims.
const IN_ORDER: usize = 4;
/// How long a process may hold a letter before another takes it over.
const CLAIM: SignedDuration = SignedDuration::from_mins(3);
/// The first wait after a server said "later", doubled each time up to the longest.
const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(1);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(4);
/// How long the receipt of a short message is awaited that was perhaps taken.
const RECEIPT: SignedDuration = SignedDuration::from_mins(10);
/// How often a letter is tried: for a good three days.
const TRIES: i64 = 24;

/// The name under which the other side knows a letter that it took, where it gives one.
pub(crate) type Sent = std::result::Result<Option<String>, Unsent>;

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
    /// One round of the post by a way. Safe to run in any number of processes at once.
    pub async fn deliver(&self, way: Way) -> Result<Delivered> {
        if !self.sends(way) {
            return Ok(Delivered::default());
        }
        let claimed = self.claim_letters(way).await?;
        let round = Delivered { claimed: claimed.len() };
        let mut running = JoinSet::new();
        for letters in by_recipient(claimed) {
            if running.len() >= AT_ONCE {
                ended(running.join_next().await);
            }
            let app = self.clone();
            running.spawn(async move {
                for letter in letters {
                    app.carry(letter).await?;
                }
                Ok(())
            });
        }
        while !running.is_empty() {
            ended(running.join_next().await);
        }
        Ok(round)
    }

    async fn claim_letters(&self, way: Way) -> Result<Vec<Claimed>> {
        let (process, now) = (self.process.clone(), self.now());
        let until = now.checked_add(CLAIM).unwrap_or(Timestamp::MAX);
        self.db
            .write_for(Audience::Nobody, move |tx| {
                Box::pin(async move { Ok::<_, Error>(letter::claim(tx, way, &process, now, until, ROUND).await?) })
            })
            .await
    }

    /// Carries one letter as far as it goes today.
    async fn carry(&self, letter: Claimed) -> Result<()> {
        if letter.way != Way::Email && letter.is_doubtful() {
            return self.await_receipt(&letter, "unsettled").await;
        }
        if let Some(morning) = self.quiet_until(&letter).await? {
            return self.put_back(&letter, morning, None).await;
        }
        let Some(draft) = self.draft(&letter).await? else {
            return self.settle_letter(&letter, Fate::Dropped, None, None).await;
        };
        let sent = match letter.way {
            Way::Email => self.send_mail(&letter, &draft).await,
            Way::Sms => self.send_text(&letter, &draft).await?,
            Way::Whatsapp | Way::Telegram => self.send_chat(&letter, &draft).await?,
            Way::X => self.send_x(&letter, &draft).await?,
        };
        metrics::counter!("lapor_letters_total", "way" => letter.way.name(), "outcome" => outcome(&sent)).increment(1);
        match sent {
            Err(Unsent::Never(code)) if code == "window" && self.sends(Way::Sms) => self.send_by_phone(&letter).await,
            Err(Unsent::Never(code)) if code == "closed" && letter.attempts < TRIES => self.await_word(&letter).await,
            Ok(remote) => self.settle_letter(&letter, Fate::Sent, None, remote).await,
            Err(Unsent::Later(code)) if letter.attempts < TRIES => self.try_later(&letter, &code).await,
            Err(Unsent::Perhaps(code)) if letter.attempts < TRIES => self.await_receipt(&letter, &code).await,
            Err(Unsent::NoSuchAddress(code)) => self.settle_letter(&letter, Fate::Bounced, Some(code), None).await,
            Err(Unsent::Later(code) | Unsent::Never(code) | Unsent::Perhaps(code)) => {
                tracing::warn!(letter = letter.id, code, "a letter was given up");
                self.settle_letter(&letter, Fate::Failed, Some(code), None).await
            }
        }
    }

    /// What WhatsApp does not take any more goes to the same number as a short message.
    async fn send_by_phone(&self, letter: &Claimed) -> Result<()> {
        let number = Way::of_chat(&letter.recipient).map_or("", |(_, number)| number).to_owned();
        let (id, process, address) = (letter.id, self.process.clone(), self.address_digest(&number));
        self.db
            .write_for(Audience::Nobody, move |tx| {
                let (process, number, address) = (process.clone(), number.clone(), address.clone());
                Box::pin(async move {
                    Ok::<(), Error>(letter::reroute(tx, id, &process, Way::Sms, &number, &address).await?)
                })
            })
            .await
    }

    async fn send_mail(&self, letter: &Claimed, draft: &Draft) -> Sent {
        let mail = self.mail.as_ref().ok_or_else(|| Unsent::Later("no-mail".to_owned()))?;
        let Written { subject, text, stop } = mail.scribe.write(draft);
        let thread = self.thread_of(letter, draft, mail.sender.domain()).await;
        let (code, before) = thread.map_err(|error| {
            tracing::error!(letter = letter.id, %error, "the thread of a letter is not known");
            Unsent::Later("thread".to_owned())
        })?;
        let outgoing = Outgoing {
            to: letter.recipient.clone(),
            subject,
            text,
            message_id: self.message_id(letter.id, mail.sender.domain()),
            at: SystemTime::from(self.now()),
            stop,
            language: draft.language.clone(),
            thread: before,
            reply_to: self.answer_address(code).filter(|_| draft.heard),
        };
        mail.post.send(&mail.sender, &outgoing).await.map(|()| None)
    }

    /// The report whose letters hang together with this one, and the ids of those before it. Who has no say in a report
    /// does not learn its number from a header.
    async fn thread_of(&self, letter: &Claimed, draft: &Draft, domain: &str) -> Result<(Option<Code>, Vec<String>)> {
        if !draft.heard {
            return Ok((None, Vec::new()));
        }
        let answered = match draft.args.get(THREAD) {
            Some(Arg::Text(id)) => Some(id.clone()),
            _ => None,
        };
        let Some(id) = letter.report else { return Ok((None, answered.into_iter().collect())) };
        let mut tx = self.db.read().await?;
        let Some(row) = report::load(&mut tx, id).await? else { return Ok((None, Vec::new())) };
        let last = match answered {
            Some(answered) => Some(answered),
            None => reporter::thread(&mut tx, id).await?,
        };
        Ok((Some(row.code), std::iter::once(self.thread_id(row.code, domain)).chain(last).collect()))
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
        let thread = match args.get(THREAD) {
            Some(Arg::Text(post)) if letter.way == Way::X => Some(post.clone()),
            _ => None,
        };
        let post = self.public_post(&mut self.db.read().await?, letter, thread).await?;
        Ok(Some(Draft {
            post,
            heard: self.hears_mail() && letter.way == Way::Email && letter.kind.starts_with("talk-"),
            language: letter.language.clone(),
            kind: letter.kind.clone(),
            args,
            news: None,
            page: None,
            answer: None,
            stop: None,
            pin: None,
        }))
    }

    async fn try_later(&self, letter: &Claimed, code: &str) -> Result<()> {
        tracing::info!(letter = letter.id, code, attempts = letter.attempts, "a letter waits for its server");
        let not_before = self.now().checked_add(wait(letter.attempts)).unwrap_or(Timestamp::MAX);
        self.put_back(letter, not_before, Some(code.to_owned())).await
    }

    /// Waits for a receipt of a message that was perhaps taken; after that it goes once more.
    async fn await_receipt(&self, letter: &Claimed, code: &str) -> Result<()> {
        tracing::info!(letter = letter.id, code, "a short message waits for a receipt");
        let not_before = self.now().checked_add(RECEIPT).unwrap_or(Timestamp::MAX);
        let (id, process) = (letter.id, self.process.clone());
        self.db
            .write_for(Audience::Nobody, move |tx| {
                Box::pin(async move { Ok::<(), Error>(letter::doubt(tx, id, &process, not_before).await?) })
            })
            .await
    }

    async fn put_back(&self, letter: &Claimed, not_before: Timestamp, failure: Option<String>) -> Result<()> {
        let (id, process) = (letter.id, self.process.clone());
        self.db
            .write_for(Audience::Nobody, move |tx| {
                Box::pin(async move {
                    Ok::<(), Error>(letter::postpone(tx, id, &process, not_before, failure.as_deref()).await?)
                })
            })
            .await
    }

    async fn settle_letter(
        &self,
        letter: &Claimed,
        fate: Fate,
        failure: Option<String>,
        remote: Option<String>,
    ) -> Result<()> {
        let (id, address, process, at) = (letter.id, letter.address.clone(), self.process.clone(), self.now());
        self.db
            .write_for(Audience::Nobody, move |tx| {
                Box::pin(async move {
                    let settled = Settled { fate, failure: failure.as_deref(), remote: remote.as_deref(), at };
                    let held = letter::settle(tx, id, &process, settled).await?;
                    if held && fate == Fate::Bounced {
                        letter::bury(tx, &address, at, failure.as_deref().unwrap_or_default()).await?;
                    }
                    Ok::<(), Error>(())
                })
            })
            .await
    }

    /// The same for a letter at every try; the signature tells our own from those that were made up.
    pub(crate) fn message_id(&self, id: i64, domain: &str) -> String {
        let signature: String = self.keys.sign("letter", &id.to_string()).chars().take(16).collect();
        format!("{id}.{signature}@{domain}")
    }
}

/// Whoever gets several reads them in their order.
fn by_recipient(claimed: Vec<Claimed>) -> impl Iterator<Item = Vec<Claimed>> {
    let mut letters: BTreeMap<String, Vec<Claimed>> = BTreeMap::new();
    for letter in claimed {
        letters.entry(letter.recipient.clone()).or_default().push(letter);
    }
    letters.into_values().flat_map(|letters| letters.chunks(IN_ORDER).map(<[Claimed]>::to_vec).collect::<Vec<_>>())
}

/// Four hours at most: 1, 2, 4 … minutes.
fn wait(attempts: i64) -> SignedDuration {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(8);
    (FIRST_WAIT * 2_i32.pow(doublings)).min(LONGEST_WAIT)
}

fn outcome(sent: &Sent) -> &'static str {
    match sent {
        Ok(_) => "sent",
        Err(Unsent::Perhaps(_)) => "perhaps",
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
