//! What was seen, kept as messages: each post once, however often it was edited.

use super::super::chat::More;
use super::super::keep::LONGEST;
use super::{EDITED, Seen, number, sender};
use crate::keys::digest;
use crate::{App, Error, Result};
use channel::chat::Incoming;
use channel::chat::x::{Account, Direct, Post};
use domain::conversation::Pending;
use domain::{RegionCode, Way};
use jiff::{SignedDuration, Timestamp};
use store::message::{self, MessageState, NewMessage};
use store::reporter::{self, Known};
use store::x::{self, Feed, Held};
use store::{Tx, conversation, letter, report};

/// How long after it was seen a post is looked for again.
pub(super) const CHECK: SignedDuration = SignedDuration::from_hours(1);

impl App {
    /// Keeps posts, and that they were seen.
    pub(super) async fn keep_posts(&self, account: &Account, seen: Seen<Post>) -> Result<()> {
        let (user, next) = (account.settings.user, self.next_look());
        let posts: Vec<Post> = seen.items.into_iter().filter(|post| post.author != user && !post.passes_on).collect();
        let held = Held { cursor: Some(seen.cursor), failures: 0 };
        let app = self.clone();
        self.db
            .write(move |tx| {
                let (app, posts, held) = (app.clone(), posts.clone(), held.clone());
                Box::pin(async move {
                    for post in &posts {
                        app.keep_post(tx, user, post).await?;
                    }
                    match x::end(tx, Feed::Mentions, &app.process, &held, next).await? {
                        true => Ok(()),
                        false => Err(Error::Overtaken),
                    }
                })
            })
            .await
    }

    /// Keeps direct messages, and that they were seen.
    pub(super) async fn keep_direct(&self, account: &Account, seen: Seen<Direct>) -> Result<()> {
        let (user, next) = (account.settings.user, self.next_look());
        let heard = |one: &Direct| one.from != user && one.is_between_two;
        let items: Vec<Direct> = seen.items.into_iter().filter(heard).collect();
        let held = Held { cursor: Some(seen.cursor), failures: 0 };
        let app = self.clone();
        self.db
            .write(move |tx| {
                let (app, items, held) = (app.clone(), items.clone(), held.clone());
                Box::pin(async move {
                    for one in items {
                        let from = sender(one.from);
                        let incoming = Incoming {
                            remote: format!("dm:{}", one.id),
                            from: one.from.to_string(),
                            text: one.text,
                            point: None,
                            files: one.files,
                        };
                        let now = app.now();
                        app.keep_chat_in(tx, app.id(), Way::X, incoming, now).await?;
                        // Whoever writes to us can be written to.
                        letter::wake(tx, &app.address_digest(&from), now).await?;
                    }
                    match x::end(tx, Feed::Direct, &app.process, &held, next).await? {
                        true => Ok(()),
                        false => Err(Error::Overtaken),
                    }
                })
            })
            .await
    }

    /// Keeps a post that is for the house: one with the word, or an answer in a thread of somebody who wrote before.
    pub(super) async fn keep_post(&self, tx: &mut Tx, user: u64, post: &Post) -> Result<()> {
        if let Some(known) = x::find(tx, number(post.first)).await? {
            return match number(post.id) > known.version {
                true => self.edit(tx, &known, post).await,
                false => Ok(()),
            };
        }
        let from = sender(post.author);
        let answers = post.answers.is_some_and(|whom| whom == user || whom == post.author);
        let heard = post.tagged || (answers && is_known(tx, &from).await?);
        if !heard {
            return Ok(());
        }
        letter::revive(tx, &self.address_digest(&from)).await?;
        let (id, at) = (self.id(), self.now());
        let new = message_of(id, &from, post.first.to_string(), post, at)?;
        if message::insert(tx, &new).await? {
            let kept = x::Post {
                id: number(post.first),
                version: number(post.id),
                sender: from,
                message: id,
                report: None,
                posted_at: post.at.unwrap_or(at),
            };
            x::put(tx, &kept, at.checked_add(CHECK).unwrap_or(at)).await?;
        }
        Ok(())
    }

    /// An edit is what is heard where its post was not heard yet, and what its author says more after that.
    async fn edit(&self, tx: &mut Tx, known: &x::Post, post: &Post) -> Result<()> {
        x::edited(tx, known.id, number(post.id)).await?;
        let (id, at) = (self.id(), self.now());
        let remote = format!("{}/{}", post.first, post.id);
        let new = message_of(id, &known.sender, remote, post, at)?;
        let more = new.more.clone().unwrap_or_default();
        if x::revise(tx, known.message, &new.text, &new.digest, &more).await? {
            return Ok(());
        }
        let before = message::load(tx, known.message).await?.map(|message| message.text).unwrap_or_default();
        if said(&before) == said(&new.text) {
            return Ok(());
        }
        if let Some(report) = known.report {
            let Some(row) = report::lock(tx, report).await? else { return Ok(()) };
            return self.note_of_post(tx, row, ("x edited", EDITED), said(&new.text)).await;
        }
        // It is still being asked about: the story is told anew.
        let mut talk = conversation::load(tx, &known.sender).await?;
        if let Some(Pending::Report { draft, .. }) = &mut talk.pending {
            draft.text = draft.text.replace(said(&before), said(&new.text));
            let named =
                domain::mention::mentioned(&self.reference().regions, &draft.text, domain::mention::Hand::Hasty);
            let region: Option<RegionCode> = named.or(draft.region.take());
            draft.region = region;
            conversation::put(tx, Way::X, &known.sender, &talk, at).await?;
        }
        Ok(())
    }
}

/// Whether somebody wrote to the house before.
async fn is_known(tx: &mut Tx, sender: &str) -> Result<bool> {
    let wrote = !message::list_of(tx, sender, 1).await?.is_empty();
    Ok(wrote || !reporter::list_known(tx, Known::Chat(sender), 1).await?.is_empty())
}

/// The word before a story that is a report whatever was said before.
const REPORT: &str = "LAPOR ";

/// A story without the word that stands before it.
fn said(text: &str) -> &str {
    text.strip_prefix(REPORT).unwrap_or(text)
}

fn message_of(id: i64, from: &str, remote: String, post: &Post, at: Timestamp) -> Result<NewMessage> {
    let word = if post.tagged && !post.text.is_empty() { REPORT } else { "" };
    let text: String = format!("{word}{}", post.text).chars().take(LONGEST).collect();
    let more = More { files: post.files.clone(), point: post.point, post: Some(post.id.to_string()) };
    Ok(NewMessage {
        id,
        way: Way::X,
        line: String::new(),
        session: 0,
        sender: from.to_owned(),
        digest: digest(&text),
        text,
        received_at: at,
        decided: None,
        remote: Some(remote),
        more: Some(more.spelt()?),
        state: MessageState::New,
        not_before: Timestamp::UNIX_EPOCH,
    })
}
