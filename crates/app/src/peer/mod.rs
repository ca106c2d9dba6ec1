//! Agencies' own systems: their reports are forwarded there, once each, and what is said there is followed back.
//!
//! Three lanes do it, outside of any transaction: what is sent is written down before it is, and what is heard is written
//! down together with the note that comes of it. So a process that dies leaves nothing that is done twice or lost.

mod follow;
mod forward;
mod hear;
mod setting;
mod tell_on;

pub use hear::{NewUpdate, Update};
pub use setting::{PeerSlips, PeerView};
pub use store::forward::{Forward, ForwardState, Heard};

use crate::{App, Result};
use channel::open311::{Client, Endpoint, Format};
use domain::peer::{Peer, Speech};
use domain::policy::{Action, is_forwarded, is_told_on, may};
use domain::{Actor, Event, Report};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use store::{Tx, forward as ways, word_on};

/// How agencies' own systems are asked.
pub struct Peers {
    client: Client,
    /// Where people reach this service; its pages are named there.
    base_url: String,
    /// How long a system is left alone after it was followed.
    interval: SignedDuration,
}

/// What one report came to at the own system of its agency.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PeerCase {
    pub ways: Vec<Forward>,
    /// What was said there, the latest first.
    pub heard: Vec<Heard>,
    /// Whether what is said at the end is offered as an answer.
    pub proposes: bool,
}

/// What is shown of what was said about a report.
const MOST_SHOWN: u32 = 20;
/// The longest wait between two tries.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(4);

impl Peers {
    /// `local` lets addresses be of the own network, and without protection.
    pub fn new(local: bool, base_url: &str, interval: SignedDuration) -> std::result::Result<Peers, String> {
        let base_url = base_url.trim_end_matches('/').to_owned();
        Ok(Peers { client: Client::new(local)?, base_url, interval })
    }
}

impl App {
    /// Agencies' own systems are asked by `peers` from now on.
    pub fn with_peers(self, peers: Peers) -> App {
        App { peers: Some(Arc::new(peers)), ..self }
    }

    /// Whether this process asks agencies' own systems.
    pub fn asks_peers(&self) -> bool {
        self.peers.is_some()
    }

    /// Puts a report on its way where it came to an office with a system of its own, or may only now be told.
    /// What its reporter says later goes after it.
    pub(crate) async fn send_on(
        &self,
        tx: &mut Tx,
        was: &Report,
        now: &Report,
        (first_seq, events): (u32, &[Event]),
        at: Timestamp,
    ) -> Result<()> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let Some(peer) = reference.peers.near(agencies, now.holder).filter(|peer| peer.on) else { return Ok(()) };
        let goes = |report: &Report| is_forwarded(agencies, report, peer.agency, peer.anonymous);
        if goes(now) && !goes(was) {
            ways::offer(tx, self.id(), now.id, peer.agency, at).await?;
        }
        for (seq, event) in (first_seq..).zip(events) {
            if tell_on::status(event).is_some() && is_told_on(agencies, now, peer.agency, peer.anonymous) {
                word_on::offer(tx, now.id, peer.agency, seq, at).await?;
            }
        }
        Ok(())
    }

    /// What a report came to at the own system of its agency, for those who read its notes; nothing where it never went.
    pub async fn peer_case(&self, by: &Actor, report: &Report) -> Result<Option<PeerCase>> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        if !may(agencies, by, Action::ReadNotes, report) {
            return Ok(None);
        }
        let mut tx = self.db.read().await?;
        let ways = ways::of_report(&mut tx, report.id).await?;
        let heard = ways::list_heard(&mut tx, report.id, MOST_SHOWN).await?;
        let proposes = reference.peers.near(agencies, report.holder).is_none_or(|peer| peer.proposes);
        Ok((!ways.is_empty() || !heard.is_empty()).then_some(PeerCase { ways, heard, proposes }))
    }
}

fn endpoint(peer: &Peer) -> Endpoint {
    Endpoint {
        address: peer.address.clone(),
        jurisdiction: peer.jurisdiction.clone(),
        format: match peer.speech {
            Speech::Xml => Format::Xml,
            Speech::Json => Format::Json,
        },
    }
}

/// 1, 2, 4 … minutes, four hours at most.
fn wait(failures: i64) -> SignedDuration {
    let doublings = u32::try_from(failures).unwrap_or(0).min(8);
    (SignedDuration::from_mins(1) * 2_i32.pow(doublings)).min(LONGEST_WAIT)
}

fn after(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

fn before(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_sub(wait).unwrap_or(Timestamp::MIN)
}
