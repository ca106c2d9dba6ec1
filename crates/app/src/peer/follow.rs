//! The lane that asks the own systems of agencies what happened there.
//!
//! The cursor moves only when everything before it is on disk, and each question goes back further than it: what is told
//! late, or by a clock that is behind, is not lost, and what is known is not taken twice.

use super::{after, before, endpoint, wait};
use crate::{App, Error, Result};
use channel::Unsent;
use channel::open311::{Client, Endpoint, Update};
use domain::AgencyId;
use domain::peer::{Peer, Said};
use jiff::{SignedDuration, Timestamp};
use store::forward;
use store::peer::{self, Followed};
use tokio::task::JoinSet;

/// Systems followed in one round, all at once.
const ROUND: u32 = 4;
/// How long a process may hold one.
const CLAIM: SignedDuration = SignedDuration::from_mins(20);
/// How far each question goes back before the cursor.
const OVERLAP: SignedDuration = SignedDuration::from_hours(1);
/// The longest stretch of time of one question; the specification allows 90 days.
const STRETCH: SignedDuration = SignedDuration::from_hours(24);
/// A list of so many rows may have been cut.
const CUT: usize = 1_000;
/// The shortest stretch of time that is asked for apart, and most questions in one round to a system.
const SHORTEST: SignedDuration = SignedDuration::from_mins(1);
const MOST_QUESTIONS: usize = 16;

impl App {
    /// One round: hears what is new at the systems whose turn it is. How many systems it were.
    pub async fn follow_peers(&self) -> Result<usize> {
        if self.peers.is_none() || self.reference().peers.are_silent() {
            return Ok(0);
        }
        let (process, now) = (self.process.clone(), self.now());
        let claim = self.db.write(move |tx| {
            Box::pin(async move { Ok::<_, Error>(peer::claim(tx, &process, now, after(now, CLAIM), ROUND).await?) })
        });
        let claimed = claim.await?;
        let mut running = JoinSet::new();
        for one in claimed.iter().copied() {
            let app = self.clone();
            running.spawn(async move {
                if let Err(error) = app.ask_peer(one).await {
                    tracing::error!(agency = %one.agency, %error, "the system of an agency could not be followed");
                    let _told_above = app.miss(one, "broken").await;
                }
            });
        }
        while running.join_next().await.is_some() {}
        Ok(claimed.len())
    }

    async fn ask_peer(&self, one: Followed) -> Result<()> {
        let reference = self.reference();
        let (Some(peers), Some(peer)) = (&self.peers, reference.peers.of(one.agency)) else {
            return self.miss(one, "no connection").await;
        };
        let (now, from) = (self.now(), before(one.cursor, OVERLAP));
        let to = after(one.cursor, STRETCH).min(now);
        let told = match all(&peers.client, &endpoint(peer), (from, to)).await {
            Ok(told) => told,
            Err(unsent) => return self.miss(one, unsent.code()).await,
        };
        for update in told {
            self.hear_from(peer, update).await?;
        }
        let next = if to < now { now } else { after(now, peers.interval) };
        let process = self.process.clone();
        let note = self.db.write(move |tx| {
            Box::pin(async move { Ok::<(), Error>(peer::followed(tx, (one, &process), to, next, now).await?) })
        });
        note.await
    }

    async fn hear_from(&self, peer: &Peer, update: Update) -> Result<()> {
        let reports = forward::find(&mut self.db.read().await?, peer.agency, &update.request).await?;
        for report in reports {
            match self.hear(report, peer.agency, news(&update, self.now())).await {
                // One that cannot be taken must not keep all others back.
                Err(error @ (Error::Refused(_) | Error::NotFound | Error::Denied)) => {
                    tracing::warn!(agency = %peer.agency, %report, %error, "an update could not be taken");
                }
                heard => drop(heard?),
            }
        }
        Ok(())
    }

    async fn miss(&self, one: Followed, code: &str) -> Result<()> {
        tracing::warn!(agency = %one.agency, code, "the system of an agency was not followed");
        metrics::counter!("lapor_peers_missed_total").increment(1);
        let (process, next, code) = (self.process.clone(), after(self.now(), wait(one.failures)), code.to_owned());
        let agency: AgencyId = one.agency;
        let note = self.db.write(move |tx| {
            Box::pin(async move { Ok::<(), Error>(peer::failed(tx, agency, &process, next, &code).await?) })
        });
        note.await
    }
}

/// An update in our words.
fn news(update: &Update, now: Timestamp) -> super::NewUpdate {
    let status = update.status.clone().unwrap_or_default();
    super::NewUpdate {
        id: update.id.clone(),
        said: Said::parse(&status),
        status,
        at: update.at.unwrap_or(now),
        text: update.text.clone(),
        media: update.media.clone(),
        by: None,
    }
}

/// Everything of a stretch of time, the oldest first; a list that may have been cut is asked for again in halves.
async fn all(client: &Client, at: &Endpoint, span: (Timestamp, Timestamp)) -> std::result::Result<Vec<Update>, Unsent> {
    let (mut told, mut left, mut asked) = (Vec::new(), vec![span], 0);
    while let Some((from, to)) = left.pop() {
        asked += 1;
        if asked > MOST_QUESTIONS {
            return Err(Unsent::Later("too much at once".to_owned()));
        }
        let found = client.updates(at, (from, to)).await?;
        let length = to.duration_since(from);
        if found.rows >= CUT && length > SHORTEST {
            let middle = after(from, length / 2);
            left.extend([(from, middle), (middle, to)]);
        } else {
            told.extend(found.list);
        }
    }
    told.sort_by(|one, other| (one.at, &one.id).cmp(&(other.at, &other.id)));
    Ok(told)
}
