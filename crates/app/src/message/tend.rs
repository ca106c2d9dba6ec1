//! Conversations that a person has to tend: what was not understood, what a machine says, what could not be done.

use crate::mail::{Arg, NewLetter};
use crate::{App, Error, Result};
use domain::conversation::Conversation;
use domain::policy::tends_messages;
use domain::text::Remark;
use domain::{Actor, Way};
use std::collections::BTreeMap;
use store::access::log_change;
use store::conversation;
use store::message::{self, Message, MessageState};

/// Waiting messages that are looked at, the oldest.
const MOST_WAITING: u32 = 50;
/// What is shown of what a sender wrote.
const MOST_LINES: u32 = 20;

/// What one sender wrote, and waits for an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Talk {
    /// The latest of the waiting messages, by which the conversation is opened.
    pub id: i64,
    /// The sender with the middle of the number hidden.
    pub masked: String,
    /// The whole number, where the look at it was recorded.
    pub number: Option<String>,
    /// The latest first.
    pub messages: Vec<Message>,
    pub waiting: usize,
}

impl App {
    /// Whether a seat tends the messages: they come in from the whole country.
    pub fn tends_messages(&self, by: &Actor) -> bool {
        tends_messages(&self.reference().rules.agencies, by)
    }

    /// Who waits for a person, the longest first.
    pub async fn waiting_talks(&self, by: &Actor) -> Result<Vec<Talk>> {
        if !self.tends_messages(by) {
            return Err(Error::Denied);
        }
        let kept = message::list_kept(&mut self.db.read().await?, 0, MOST_WAITING).await?;
        let mut order = Vec::new();
        let mut senders: BTreeMap<String, Vec<Message>> = BTreeMap::new();
        for one in kept {
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
                masked: masked(&sender),
                number: None,
                waiting: messages.len(),
                messages,
            })
        };
        Ok(order.into_iter().filter_map(talk).collect())
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
        let (log, at) = (self.id(), self.now());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    log_change(tx, log, at, Some(user), "message", &id.to_string(), "{\"read\":true}").await?;
                    Ok::<(), Error>(())
                })
            })
            .await?;
        let waits = |one: &&Message| matches!(one.state, MessageState::Waiting | MessageState::Flagged);
        let number = Some(one.sender.clone());
        Ok(Talk { id, masked: masked(&one.sender), number, waiting: messages.iter().filter(waits).count(), messages })
    }

    /// Ends a person's part in a conversation, with an answer or without: the engine hears the sender again.
    pub async fn end_talk(&self, by: &Actor, id: i64, answer: Option<Remark>) -> Result<()> {
        let user = by.user().filter(|_| self.tends_messages(by)).ok_or(Error::Denied)?;
        let one = message::load(&mut self.db.read().await?, id).await?.ok_or(Error::NotFound)?;
        let (app, log, at) = (self.clone(), self.id(), self.now());
        self.db
            .write(move |tx| {
                let (app, one, answer) = (app.clone(), one.clone(), answer.clone());
                Box::pin(async move {
                    let was = conversation::load(tx, &one.sender).await?;
                    let now = Conversation { operator: false, missed: 0, ..was };
                    conversation::put(tx, one.way, &one.sender, &now, at).await?;
                    let ended = message::see(tx, &one.sender, user).await?;
                    let change = format!("{{\"ended\":{ended},\"answered\":{}}}", answer.is_some());
                    log_change(tx, log, at, Some(user), "message", &id.to_string(), &change).await?;
                    if let Some(answer) = answer.filter(|_| ended > 0) {
                        let letter = NewLetter::now(&one.sender, "id", "talk-operator", at).by(Way::Sms);
                        app.post(tx, letter.with("text", Arg::Text(answer.as_str().to_owned()))).await?;
                    }
                    Ok::<(), Error>(())
                })
            })
            .await
    }
}

/// `6281*****678`.
fn masked(sender: &str) -> String {
    let signs: Vec<char> = sender.chars().collect();
    if signs.len() < 9 {
        return sender.to_owned();
    }
    let shown = |at: usize| at < 4 || at + 3 >= signs.len();
    signs.iter().enumerate().map(|(at, sign)| if shown(at) { *sign } else { '*' }).collect()
}
