//! X: its feeds are looked through again and again, by one process at a time, and what was seen is kept in the transaction that
//! notes how far. A process that dies in between has seen nothing.

mod keep;
mod send;
mod watch;

use crate::{App, Error, Result};
use channel::Unsent;
use channel::chat::x::{Account, Direct, Endpoint, Post};
use domain::Way;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::Duration;
use store::Audience;
use store::x::{self, Feed, Held};

/// How long a process may hold a feed before another takes it over, and how long a look may take.
const CLAIM: SignedDuration = SignedDuration::from_mins(5);
const LONGEST: Duration = Duration::from_secs(240);
/// Pages of one look: all mentions that the service gives out, and a thousand direct messages.
const MOST_PAGES: usize = 10;
/// The longest wait after looks that failed.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(15);

/// The notices to an office of what its reporter did to a post.
const EDITED: &str = "post_edited";
const DELETED: &str = "post_deleted";

/// What a look found, the oldest first, and how far it went.
struct Seen<T> {
    items: Vec<T>,
    cursor: String,
}

impl App {
    pub(super) fn x(&self) -> Option<Arc<Account>> {
        self.chats.as_ref()?.x.clone()
    }

    /// Looks through the feeds whose turn it is. Safe to run in any number of processes at once.
    pub async fn look_at_x(&self) -> Result<bool> {
        let Some(account) = self.x() else { return Ok(false) };
        let due = x::due(&mut self.db.read().await?, self.now()).await?;
        for feed in due {
            let Some(held) = self.claim_feed(feed).await? else { continue };
            let looked = tokio::time::timeout(LONGEST, self.look_at(&account, feed, &held)).await;
            match looked.unwrap_or(Err(Error::Busy)) {
                Ok(None) => metrics::counter!("lapor_x_looks_total", "outcome" => "done").increment(1),
                Ok(Some(unsent)) => self.put_feed_off(&account, feed, held, &unsent).await?,
                Err(Error::Overtaken) => {}
                Err(error) => {
                    self.put_feed_off(&account, feed, held, &Unsent::Later("broken".to_owned())).await?;
                    return Err(error);
                }
            }
        }
        Ok(false)
    }

    async fn claim_feed(&self, feed: Feed) -> Result<Option<Held>> {
        let (process, now) = (self.process.clone(), self.now());
        let until = now.checked_add(CLAIM).unwrap_or(Timestamp::MAX);
        self.db
            .write_for(Audience::Nobody, move |tx| {
                let process = process.clone();
                Box::pin(async move { Ok::<_, Error>(x::claim(tx, feed, &process, now, until).await?) })
            })
            .await
    }

    /// One look. What the service did not give is told, and nothing of it is noted.
    async fn look_at(&self, account: &Account, feed: Feed, held: &Held) -> Result<Option<Unsent>> {
        match feed {
            Feed::Mentions => match mentions(account, held.cursor.as_deref()).await {
                Ok(seen) => self.keep_posts(account, seen).await?,
                Err(unsent) => return Ok(Some(unsent)),
            },
            Feed::Direct => match direct(account, held.cursor.as_deref()).await {
                Ok(seen) => self.keep_direct(account, seen).await?,
                Err(unsent) => return Ok(Some(unsent)),
            },
            Feed::Posts => return self.watch_posts(account, held).await,
        }
        Ok(None)
    }

    async fn put_feed_off(&self, account: &Account, feed: Feed, held: Held, unsent: &Unsent) -> Result<()> {
        let outcome = if matches!(unsent.code(), "limited" | "429") { "limited" } else { "failed" };
        metrics::counter!("lapor_x_looks_total", "outcome" => outcome).increment(1);
        tracing::warn!(feed = ?feed, code = unsent.code(), "X does not answer as it should");
        let now = self.now();
        let held = Held { failures: held.failures + 1, ..held };
        let wait = self.x_rhythm() * 2_i32.pow(u32::try_from(held.failures).unwrap_or(0).min(6));
        let later = now.checked_add(wait.min(LONGEST_WAIT)).unwrap_or(Timestamp::MAX);
        let endpoint = match feed {
            Feed::Mentions => Endpoint::Mentions,
            Feed::Direct => Endpoint::Direct,
            Feed::Posts => Endpoint::Posts,
        };
        // What the service says of its limit goes before our own patience.
        let next = account.open_at(endpoint).unwrap_or(later);
        let process = self.process.clone();
        self.db
            .write_for(Audience::Nobody, move |tx| {
                let (process, held) = (process.clone(), held.clone());
                Box::pin(async move { Ok::<_, Error>(x::end(tx, feed, &process, &held, next).await?) })
            })
            .await
            .map(drop)
    }

    /// How long a feed rests between two looks.
    fn x_rhythm(&self) -> SignedDuration {
        self.chats.as_ref().map_or(SignedDuration::from_mins(1), |chats| chats.rhythm)
    }

    fn next_look(&self) -> Timestamp {
        self.now().checked_add(self.x_rhythm()).unwrap_or(Timestamp::MAX)
    }
}

/// Everything after a cursor. The first look hears nothing: what was written before the channel was opened is not for it.
async fn mentions(account: &Account, cursor: Option<&str>) -> std::result::Result<Seen<Post>, Unsent> {
    let since = cursor.and_then(|cursor| cursor.parse().ok());
    let mut items: Vec<Post> = Vec::new();
    let mut token: Option<String> = None;
    for _ in 0..MOST_PAGES {
        let page = account.mentions(since, token.as_deref()).await?;
        items.extend(page.items);
        token = page.next;
        if token.is_none() || cursor.is_none() {
            break;
        }
    }
    items.retain(|post| since.is_none_or(|since| post.id > since));
    items.sort_by_key(|post| post.id);
    items.dedup_by_key(|post| post.id);
    let last = items.last().map(|post| post.id).or(since);
    if cursor.is_none() {
        items.clear();
    }
    Ok(Seen { items, cursor: last.map(|id| id.to_string()).unwrap_or_default() })
}

async fn direct(account: &Account, cursor: Option<&str>) -> std::result::Result<Seen<Direct>, Unsent> {
    let since: Option<u64> = cursor.and_then(|cursor| cursor.parse().ok());
    let old = |one: &Direct| since.is_some_and(|since| one.id <= since);
    let mut items: Vec<Direct> = Vec::new();
    let mut token: Option<String> = None;
    for n in 1..=MOST_PAGES {
        let page = account.direct(token.as_deref()).await?;
        let reached = page.items.iter().any(old);
        items.extend(page.items.into_iter().filter(|one| !old(one)));
        token = page.next;
        if reached || token.is_none() || cursor.is_none() {
            break;
        }
        if n == MOST_PAGES {
            tracing::error!("more direct messages came on X than one look reads; the oldest of them are passed over");
        }
    }
    items.sort_by_key(|one| one.id);
    items.dedup_by_key(|one| one.id);
    let last = items.last().map(|one| one.id).or(since);
    if cursor.is_none() {
        items.clear();
    }
    Ok(Seen { items, cursor: last.map(|id| id.to_string()).unwrap_or_default() })
}

/// The sender that an account is.
fn sender(account: u64) -> String {
    Way::X.sender(&account.to_string())
}

/// The account of a sender.
fn sender_id(sender: &str) -> Option<&str> {
    Way::of_chat(sender).filter(|(way, _)| *way == Way::X).map(|(_, id)| id)
}

/// Ids of the service have 63 bits.
fn number(id: u64) -> i64 {
    i64::try_from(id).unwrap_or(i64::MAX)
}
