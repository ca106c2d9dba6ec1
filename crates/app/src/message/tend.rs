//! Conversations that a person has to tend: what was not understood, what a machine says, what could not be done.

use super::chat::More;
use super::hear::FlagReason;
use super::mail::{address, is_proved};
use super::x_api;
use crate::mail::Arg;
use crate::{App, Error, Result, Upload};
use domain::conversation::Conversation;
use domain::policy::tends_messages;
use domain::text::Remark;
use domain::way::masked;
use domain::{Actor, Way};
use std::collections::BTreeMap;
use std::path::PathBuf;
use store::Audience;
use store::access::log_change;
use store::conversation;
use store::message::{self, Message, MessageState};

/// Waiting messages of one page, the oldest first.
const MOST_WAITING: u32 = 50;
/// What is shown of what a sender wrote.
const MOST_LINES: u32 = 20;

/// A message with what came with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub message: Message,
    /// The ids of the files that are there.
    pub files: Vec<i64>,
    /// Files that could not be fetched, or were not taken.
    pub lost: usize,
    /// Degrees north and east.
    pub point: Option<(f64, f64)>,
    /// The address of the public post that it was.
    pub post: Option<String>,
}

/// What one sender wrote, and waits for an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Talk {
    /// The latest of the waiting messages, by which the conversation is opened.
    pub id: i64,
    /// By which they write.
    pub way: Way,
    /// Whether the sender is who they say they are; of a letter only where our mail server vouches for it.
    pub proved: bool,
    /// The sender with the middle of the number hidden.
    pub masked: String,
    /// The whole number, where the look at it was recorded.
    pub number: Option<String>,
    /// The latest first.
    pub messages: Vec<Message>,
    /// The same with what came with them, where the look at it was recorded.
    pub lines: Vec<Line>,
    pub waiting: usize,
    /// Why the latest was flagged, where it was.
    pub flag: Option<FlagReason>,
}

fn flag(messages: &[Message]) -> Option<FlagReason> {
    let latest = messages.iter().find(|one| one.state == MessageState::Flagged)?;
    Some(FlagReason::of(latest.decided.as_deref()))
}

impl App {
    /// Whether a seat tends the messages: they come in from the whole country.
    pub fn tends_messages(&self, by: &Actor) -> bool {
        tends_messages(&self.reference().rules.agencies, by)
    }

    /// Who waits for a person, the longest first, out of the messages after one; and the last that was looked at, where
    /// there may be more. `flagged` leaves out what waits for an answer.
    pub async fn waiting_talks(&self, by: &Actor, after: i64, flagged: bool) -> Result<(Vec<Talk>, Option<i64>)> {
        if !self.tends_messages(by) {
            return Err(Error::Denied);
        }
        let kept = message::list_kept(&mut self.db.read().await?, after, MOST_WAITING).await?;
        let next = (kept.len() == MOST_WAITING as usize).then(|| kept.last().map(|one| one.id)).flatten();
        let mut order = Vec::new();
        let mut senders: BTreeMap<String, Vec<Message>> = BTreeMap::new();
        for one in kept.into_iter().filter(|one| !flagged || one.state == MessageState::Flagged) {
            if !senders.contains_key(&one.sender) {
                order.push(one.sender.clone());
            }
            senders.entry(one.sender.clone()).or_default().push(one);
        }
        let talk = |sender: String| {
            let mut messages = senders.remove(&sender)?;
            messages.reverse();
            Some(Talk {
                id: messages.first()?.id,
                way: messages.first()?.way,
                proved: is_proved(&sender),
                masked: masked(plain(&sender)),
                number: None,
                waiting: messages.len(),
                lines: Vec::new(),
                flag: flag(&messages),
                messages,
            })
        };
        Ok((order.into_iter().filter_map(talk).collect(), next))
    }

    /// What a sender wrote for a person to read, by one of the messages. The look is recorded.
    pub async fn talk(&self, by: &Actor, id: i64) -> Result<Talk> {
        let user = by.user().filter(|_| self.tends_messages(by)).ok_or(Error::Denied)?;
        let mut tx = self.db.read().await?;
        let one = message::load(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let messages: Vec<Message> = message::list_of(&mut tx, &one.sender, MOST_LINES).await?;
        drop(tx);
        // What became a report is read there, by those who may.
        let tended =
            |one: &Message| matches!(one.state, MessageState::Waiting | MessageState::Flagged | MessageState::Seen);
        let messages: Vec<Message> = messages.into_iter().filter(tended).collect();
        let lines = self.lines(&messages).await?;
        let (log, at) = (self.id(), self.now());
        self.db
            .write_for(Audience::Nobody, move |tx| {
                Box::pin(async move {
                    log_change(tx, log, at, Some(user), "message", &id.to_string(), "{\"read\":true}").await?;
                    Ok::<(), Error>(())
                })
            })
            .await?;
        let waits = |one: &&Message| matches!(one.state, MessageState::Waiting | MessageState::Flagged);
        let number = Some(plain(&one.sender).to_owned());
        Ok(Talk {
            id,
            way: one.way,
            proved: is_proved(&one.sender),
            masked: masked(plain(&one.sender)),
            number,
            waiting: messages.iter().filter(waits).count(),
            lines,
            flag: flag(&messages),
            messages,
        })
    }

    async fn lines(&self, messages: &[Message]) -> Result<Vec<Line>> {
        let mut tx = self.db.read().await?;
        let mut lines = Vec::new();
        for one in messages {
            let more = More::parse(one.more.as_deref())?;
            let files = match more.files.is_empty() && one.way != Way::Email {
                true => Vec::new(),
                false => message::files(&mut tx, one.id).await?,
            };
            let there: Vec<i64> = files.iter().filter(|file| file.upload.is_some()).map(|file| file.id).collect();
            let lost = files.len() - there.len();
            let post = more.post.as_deref().map(x_api::address);
            lines.push(Line { message: one.clone(), files: there, lost, point: more.point, post });
        }
        Ok(lines)
    }

    /// A file that came with a message for a person, and where it lies: for who tends the conversation that `id` opens.
    pub async fn talk_file(&self, by: &Actor, id: i64, file: i64) -> Result<(Upload, PathBuf)> {
        if !self.tends_messages(by) {
            return Err(Error::Denied);
        }
        let mut tx = self.db.read().await?;
        let one = message::load(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let found = message::file_of(&mut tx, file, &one.sender).await?.ok_or(Error::NotFound)?;
        let upload: Upload = serde_json::from_str(&found).map_err(|error| Error::Broken(error.to_string()))?;
        let place = crate::media::place(&upload.hash).ok_or(Error::NotFound)?;
        match self.is_kept(&upload) {
            true => Ok((upload, self.files.join(place))),
            false => Err(Error::NotFound),
        }
    }

    /// Ends a person's part in a conversation, with an answer or without: the engine hears the sender again.
    pub async fn end_talk(&self, by: &Actor, id: i64, answer: Option<Remark>) -> Result<()> {
        let user = by.user().filter(|_| self.tends_messages(by)).ok_or(Error::Denied)?;
        let one = message::load(&mut self.db.read().await?, id).await?.ok_or(Error::NotFound)?;
        let (app, log, at) = (self.clone(), self.id(), self.now());
        self.db
            .write_for(Audience::Nobody, move |tx| {
                let (app, one, answer) = (app.clone(), one.clone(), answer.clone());
                Box::pin(async move {
                    let was = conversation::load(tx, &one.sender).await?;
                    let now = Conversation { operator: false, missed: 0, ..was };
                    conversation::put(tx, one.way, &one.sender, &now, at).await?;
                    let ended = message::see(tx, &one.sender, user).await?;
                    let change = format!("{{\"ended\":{ended},\"answered\":{}}}", answer.is_some());
                    log_change(tx, log, at, Some(user), "message", &id.to_string(), &change).await?;
                    if let Some(answer) = answer.filter(|_| ended > 0) {
                        let letter = app.answer(one.way, &one.sender, one.more.as_deref(), "talk-operator");
                        app.post(tx, letter.with("text", Arg::Text(answer.as_str().to_owned()))).await?;
                    }
                    Ok::<(), Error>(())
                })
            })
            .await
    }
}

/// A number, or the account without its service.
fn plain(sender: &str) -> &str {
    Way::of_chat(sender).map_or(address(sender), |(_, account)| account)
}
