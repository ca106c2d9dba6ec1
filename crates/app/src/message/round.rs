//! The lane that hears what was kept: a round decides, takes in and settles many messages with few commits.

use super::hear::{Decided, Turn};
use crate::{App, Error, Result};
use domain::Way;
use domain::conversation::{Deed, Draft};
use futures_util::{StreamExt, future, stream};
use jiff::{SignedDuration, Timestamp};
use store::Audience;
use store::message::{self, Claimed};

/// Messages heard in one round.
const ROUND: u32 = 64;
/// Messages that share commits.
const SHARED: usize = 16;
/// Messages whose deeds are done at once.
const AT_ONCE: usize = 6;
/// How long a process may hold a message before another takes it over.
const CLAIM: SignedDuration = SignedDuration::from_mins(2);

/// What one round of hearing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HeardRound {
    pub heard: usize,
}

impl HeardRound {
    /// Whether there may be more to hear at once.
    pub fn is_full(self) -> bool {
        self.heard >= ROUND as usize
    }
}

/// What is written of many messages at once.
#[derive(Debug, Clone, Copy)]
enum Step {
    Decide,
    Settle,
}

impl App {
    /// Hears what was kept, of each sender in turn. Safe to run in any number of processes at once.
    pub async fn hear_messages(&self) -> Result<HeardRound> {
        let (process, now) = (self.process.clone(), self.now());
        let until = now.checked_add(CLAIM).unwrap_or(Timestamp::MAX);
        let claiming = self.db.write_for(Audience::Nobody, move |tx| {
            Box::pin(async move { Ok::<_, Error>(message::claim(tx, &process, now, until, ROUND).await?) })
        });
        let claimed = claiming.await?;
        let round = HeardRound { heard: claimed.len() };
        // Each is of another sender, so that none overtakes another. A file that is long in coming holds up its own message.
        let (bare, full): (Vec<_>, Vec<_>) =
            claimed.into_iter().partition(|one| one.way != Way::Email && one.more.is_none());
        let full = stream::iter(full.into_iter().map(|one| self.hear_full(one))).buffer_unordered(AT_ONCE);
        future::join(self.hear_bare(bare), full.collect::<()>()).await;
        Ok(round)
    }

    async fn hear_full(&self, claimed: Claimed) {
        let id = claimed.id;
        match self.turn_of(claimed).await {
            Ok(turn) => self.hear_together(vec![turn]).await,
            Err(error) => unheard(id, &error),
        }
    }

    async fn hear_bare(&self, claimed: Vec<Claimed>) {
        for some in claimed.chunks(SHARED) {
            let turn = |one: &Claimed| Turn::bare(one.clone()).inspect_err(|error| unheard(one.id, error)).ok();
            self.hear_together(some.iter().filter_map(turn).collect()).await;
        }
    }

    async fn hear_together(&self, turns: Vec<Turn>) {
        let decided = self.together(turns, Step::Decide).await;
        let rest = self.take_all(decided).await;
        let doing = stream::iter(rest.into_iter().map(|turn| self.do_alone(turn))).buffer_unordered(AT_ONCE);
        let done = doing.filter_map(future::ready).collect().await;
        self.together(done, Step::Settle).await;
    }

    async fn do_alone(&self, turn: Turn) -> Option<Turn> {
        let id = turn.claimed.id;
        self.do_turn(turn).await.inspect_err(|error| unheard(id, error)).ok()
    }

    /// Goes a step with all at once; where that fails, with each alone, so that one that cannot go keeps no other back.
    async fn together(&self, turns: Vec<Turn>, step: Step) -> Vec<Turn> {
        if turns.len() > 1
            && let Ok(gone) = self.go(turns.clone(), step).await
        {
            return gone;
        }
        let mut gone = Vec::new();
        for turn in turns {
            let id = turn.claimed.id;
            gone.extend(self.go(vec![turn], step).await.inspect_err(|error| unheard(id, error)).unwrap_or_default());
        }
        gone
    }

    async fn go(&self, turns: Vec<Turn>, step: Step) -> Result<Vec<Turn>> {
        match step {
            Step::Decide => self.decide_all(turns).await,
            Step::Settle => self.settle_all(turns).await,
        }
    }

    /// Decides what comes of messages and keeps that; what another process has by now is left out.
    async fn decide_all(&self, turns: Vec<Turn>) -> Result<Vec<Turn>> {
        if turns.iter().all(|turn| turn.decided.is_some()) {
            return Ok(turns);
        }
        let app = self.clone();
        let deciding = self.db.write_for(Audience::Nobody, move |tx| {
            Box::pin(async move {
                let mut all = Vec::new();
                for turn in turns {
                    let decided = match &turn.decided {
                        Some(decided) => Some(decided.clone()),
                        None => app.decide_on(tx, &turn.claimed, &turn.heard).await?,
                    };
                    all.extend(decided.map(|decided| Turn { decided: Some(decided), ..turn }));
                }
                Ok::<_, Error>(all)
            })
        });
        deciding.await
    }

    /// Takes in what came by telephone and is a report, and says what is left to do. Where that fails, each is left to be
    /// taken in alone, under the same key.
    async fn take_all(&self, turns: Vec<Turn>) -> Vec<Turn> {
        let mut letters = Vec::new();
        for (claimed, draft) in turns.iter().filter_map(report_in) {
            match self.report_asked(claimed, 0, draft).await {
                Ok(letter) => letters.push(letter),
                Err(_) => return turns,
            }
        }
        if letters.is_empty() || self.intake_all(letters).await.is_err() {
            return turns;
        }
        let taken = |turn: Turn| match report_in(&turn) {
            Some(_) => Turn { decided: turn.decided.map(|decided| Decided { deeds: Vec::new(), ..decided }), ..turn },
            None => turn,
        };
        turns.into_iter().map(taken).collect()
    }

    /// Writes what became of messages and what their senders are told.
    async fn settle_all(&self, turns: Vec<Turn>) -> Result<Vec<Turn>> {
        let app = self.clone();
        let settling = self.db.write_for(Audience::Nobody, move |tx| {
            Box::pin(async move {
                for Turn { claimed, state, told, .. } in &turns {
                    if !message::settle(tx, claimed.id, &app.process, *state).await? {
                        continue;
                    }
                    for one in told {
                        app.tell_sender(tx, claimed, one.clone()).await?;
                    }
                }
                Ok::<_, Error>(turns)
            })
        });
        settling.await
    }
}

/// The report that came by telephone, where a message asks for nothing but to take it in.
fn report_in(turn: &Turn) -> Option<(&Claimed, &Draft)> {
    match turn.decided.as_ref()?.deeds.as_slice() {
        [Deed::TakeIn(draft)] if turn.claimed.way == Way::Sms => Some((&turn.claimed, draft)),
        _ => None,
    }
}

/// What could not be heard is heard again when its claim has run out.
fn unheard(message: i64, error: &Error) {
    tracing::error!(message, %error, "a message could not be heard");
}
