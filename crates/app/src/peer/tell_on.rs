//! The lane that tells the own systems of agencies what reporters say of reports that are there.

use super::{after, endpoint, wait};
use crate::{App, Error, Result};
use channel::Unsent;
use channel::open311::NewWord;
use domain::Event;
use domain::peer::Peer;
use domain::policy::is_told_on;
use jiff::SignedDuration;
use store::event::Logged;
use store::word_on::{self, WordsOn};
use store::{event, report, words};

/// Reports claimed in one round.
const ROUND: u32 = 8;
/// How long a process may hold one; longer than all its calls together.
const CLAIM: SignedDuration = SignedDuration::from_mins(10);
/// How often a word is tried, for a good day, and how many go in one round.
const TRIES: i64 = 12;
const MOST_WORDS: usize = 10;
/// How long it rests while the connection is switched off.
const SWITCHED_OFF: SignedDuration = SignedDuration::from_hours(1);
/// Most letters of a description there.
const MOST_DESCRIPTION: usize = 4_000;

impl App {
    /// One round: tells what is due. Safe to run in any number of processes at once. How many reports it were.
    pub async fn tell_peers(&self) -> Result<usize> {
        let now = self.now();
        if self.peers.is_none() || !word_on::is_due(&mut self.db.read().await?, now).await? {
            return Ok(0);
        }
        let process = self.process.clone();
        let claim = self.db.write(move |tx| {
            Box::pin(async move { Ok::<_, Error>(word_on::claim(tx, &process, now, after(now, CLAIM), ROUND).await?) })
        });
        let claimed = claim.await?;
        for one in &claimed {
            if let Err(error) = self.tell_peer(one).await {
                tracing::error!(forward = one.id, %error, "what a reporter said could not be told");
            }
        }
        Ok(claimed.len())
    }

    async fn tell_peer(&self, one: &WordsOn) -> Result<()> {
        let reference = self.reference();
        let (Some(peers), Some(peer)) = (&self.peers, reference.peers.of(one.agency)) else {
            return self.settle_words(one, one.news, None, SignedDuration::ZERO).await;
        };
        let Some(key) = self.peer_key(peer.agency).await?.filter(|_| peer.on) else {
            return self.settle_words(one, one.told, None, SWITCHED_OFF).await;
        };
        let row = report::load(&mut self.db.read().await?, one.report).await?.ok_or(Error::NotFound)?;
        if !is_told_on(&reference.rules.agencies, &row.report, peer.agency, peer.anonymous) {
            return self.settle_words(one, one.news, None, SignedDuration::ZERO).await;
        }
        let mut told = one.told;
        for (seq, word) in self.words_for(one, peer).await? {
            match peers.client.tell(&endpoint(peer), &key, &word).await {
                Ok(()) => told = seq,
                Err(unsent) => return self.stumble_at(one, (told, seq), &unsent).await,
            }
        }
        self.settle_words(one, told, None, SignedDuration::ZERO).await
    }

    /// The next words of a reporter, the oldest first.
    async fn words_for(&self, one: &WordsOn, peer: &Peer) -> Result<Vec<(u32, NewWord)>> {
        let mut tx = self.db.read().await?;
        let log = event::list(&mut tx, one.report).await?;
        let mut found = Vec::new();
        for Logged { seq, at, event, .. } in log.into_iter().filter(|logged| logged.seq > one.told) {
            let Some(status) = status(&event) else { continue };
            let said = words::load(&mut tx, one.report, seq).await?.unwrap_or_default();
            let text = said.body.replace('<', "< ").chars().take(MOST_DESCRIPTION).collect();
            let id = format!("lapor-{}-{seq}-{}", one.remote, peer.agency);
            found.push((seq, NewWord { id, request: one.remote.clone(), status, at, text }));
            if found.len() == MOST_WORDS {
                break;
            }
        }
        Ok(found)
    }

    /// It did not work: again later; what is refused or was tried too often is passed over, with the reason at the report.
    async fn stumble_at(&self, one: &WordsOn, (told, seq): (u32, u32), unsent: &Unsent) -> Result<()> {
        let code = unsent.code();
        tracing::warn!(forward = one.id, code, "what a reporter said was not told to the system of the agency");
        let never = matches!(unsent, Unsent::Never(_) | Unsent::NoSuchAddress(_));
        match never || (told == one.told && one.attempts >= TRIES) {
            true => self.settle_words(one, seq, Some(code), SignedDuration::ZERO).await,
            false => self.settle_words(one, told, Some(code), wait(one.attempts - 1)).await,
        }
    }

    async fn settle_words(&self, one: &WordsOn, told: u32, failure: Option<&str>, pause: SignedDuration) -> Result<()> {
        let (id, process, next) = (one.id, self.process.clone(), after(self.now(), pause));
        let failure = failure.map(str::to_owned);
        let settle = self.db.write(move |tx| {
            let (failure, process) = (failure.clone(), process.clone());
            Box::pin(async move {
                Ok::<_, Error>(word_on::settle(tx, (id, &process), told, failure.as_deref(), next).await?)
            })
        });
        settle.await.map(drop)
    }
}

/// The word of FixMyStreet for what a reporter said; nothing for what others did.
pub(super) fn status(event: &Event) -> Option<&'static str> {
    match event {
        Event::Replied => Some("IN_PROGRESS"),
        Event::Objected => Some("REOPEN"),
        _ => None,
    }
}
