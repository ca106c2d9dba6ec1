//! A message as the line brings it: kept, joined where it is in parts, and known again where it comes twice.

use crate::keys::digest;
use crate::{App, Error, Result};
use channel::sms::{Fate, Incoming, NotKept, Receipt, Taker, decode};
use domain::Way;
use domain::text::Phone;
use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use store::message::{MessageState, NewMessage, Part, PartOf};
use store::{Audience, Tx, letter, message};

/// A line that has no answer sends a message again; nobody writes the same so soon.
const LATELY: SignedDuration = SignedDuration::from_secs(60);
/// After a connection fell, its centre sends again what was not acknowledged.
const EARLIER: SignedDuration = SignedDuration::from_hours(1);
/// How long the rest of a long message is awaited.
const REST: SignedDuration = SignedDuration::from_mins(10);
/// The longest text that is kept, in letters; a report has no more.
pub(super) const LONGEST: usize = 8_000;

impl Taker for App {
    fn take(&self, message: Incoming) -> BoxFuture<'_, std::result::Result<(), NotKept>> {
        Box::pin(async move { self.keep_message(message).await.map_err(|error| not_kept(&error)) })
    }

    fn hear(&self, receipt: Receipt) -> BoxFuture<'_, std::result::Result<(), NotKept>> {
        Box::pin(async move { self.note_receipt(receipt).await.map_err(|error| not_kept(&error)) })
    }
}

fn not_kept(error: &Error) -> NotKept {
    match error {
        Error::Busy | Error::Overtaken => tracing::info!("a message is put off: too much to do"),
        other => tracing::error!(error = %other, "a message could not be kept"),
    }
    NotKept
}

impl App {
    /// Keeps a message, or a part of one. When this returns, it is on disk.
    pub(crate) async fn keep_message(&self, incoming: Incoming) -> Result<()> {
        // Taken before the write, so that messages keep their order.
        let (id, at) = (self.id(), self.now());
        let app = self.clone();
        self.db
            .write_for(Audience::Nobody, move |tx| {
                let incoming = incoming.clone();
                Box::pin(async move { app.keep_in(tx, id, incoming, at).await })
            })
            .await
    }

    async fn keep_in(&self, tx: &mut Tx, id: i64, incoming: Incoming, at: Timestamp) -> Result<()> {
        let sender = sender(&incoming.from);
        let Some(part) = incoming.part else {
            let text = decode(incoming.coding, &incoming.payload);
            return keep_whole(tx, new_message(id, &incoming.line, incoming.session, sender, &text, at)).await;
        };
        let of = PartOf { sender, line: incoming.line, reference: part.reference, total: part.total };
        let part = Part {
            of: of.clone(),
            number: part.number,
            session: incoming.session,
            coding: incoming.coding,
            payload: incoming.payload,
            received_at: at,
            joined: false,
        };
        keep_part(tx, &part).await?;
        let parts = message::parts(tx, &of).await?;
        match parts.len() == usize::from(of.total) && parts.iter().all(|part| !part.joined) {
            true => join(tx, id, &of, &parts, at).await,
            false => Ok(()),
        }
    }

    /// Hears what has come of long messages whose rest did not come.
    pub(crate) async fn join_left(&self) -> Result<()> {
        let at = self.now();
        let before = at.checked_sub(REST).unwrap_or(Timestamp::MIN);
        let left = message::list_left(&mut self.db.read().await?, before, 100).await?;
        for of in left {
            let id = self.id();
            self.db
                .write_for(Audience::Nobody, move |tx| {
                    let of = of.clone();
                    Box::pin(async move {
                        let parts = message::parts(tx, &of).await?;
                        match parts.iter().any(|part| part.joined) {
                            true => Ok(()),
                            false => join(tx, id, &of, &parts, at).await,
                        }
                    })
                })
                .await?;
        }
        Ok(())
    }

    async fn note_receipt(&self, receipt: Receipt) -> Result<()> {
        let failure = match receipt.fate {
            Fate::Underway => return Ok(()),
            Fate::Delivered => None,
            Fate::Lost(word) => Some(word),
        };
        let outcome = if failure.is_none() { "delivered" } else { "lost" };
        metrics::counter!("lapor_sms_receipts_total", "outcome" => outcome).increment(1);
        let at = self.now();
        self.db
            .write_for(Audience::Nobody, move |tx| {
                Box::pin(async move {
                    if let Some(reference) = receipt.reference {
                        letter::arrived(tx, &begun(reference), failure.as_deref(), at).await?;
                    }
                    let Some(failure) = failure else { return Ok::<(), Error>(()) };
                    for remote in &receipt.remotes {
                        if letter::lost(tx, remote, &failure).await? {
                            break;
                        }
                    }
                    Ok(())
                })
            })
            .await
    }
}

/// The name under which a message is given away before the centre has named it.
pub(super) fn begun(reference: u16) -> String {
    format!("ours:{reference}")
}

/// A number in one form, or the name that a machine gives itself.
fn sender(from: &str) -> String {
    match from.len() > 6 {
        true => Phone::parse(from).map_or_else(|_| from.to_owned(), |phone| phone.as_str().to_owned()),
        false => from.to_owned(),
    }
}

fn new_message(id: i64, line: &str, session: i64, sender: String, text: &str, at: Timestamp) -> NewMessage {
    NewMessage {
        id,
        way: Way::Sms,
        line: line.to_owned(),
        session,
        sender,
        digest: digest(text),
        text: text.chars().filter(|c| *c != '\0').take(LONGEST).collect(),
        received_at: at,
        decided: None,
        remote: None,
        more: None,
        state: MessageState::New,
        not_before: Timestamp::UNIX_EPOCH,
    }
}

async fn keep_whole(tx: &mut Tx, new: NewMessage) -> Result<()> {
    let since = |span| new.received_at.checked_sub(span).unwrap_or(Timestamp::MIN);
    if message::is_again(tx, &new, since(LATELY), since(EARLIER)).await? {
        metrics::counter!("lapor_messages_repeated_total").increment(1);
        return Ok(());
    }
    message::insert(tx, &new).await?;
    Ok(())
}

/// Keeps a part. Where its number is taken by a part of an earlier message, that one has ended, and makes room.
async fn keep_part(tx: &mut Tx, part: &Part) -> Result<()> {
    if message::put_part(tx, part).await? {
        return Ok(());
    }
    let there = message::parts(tx, &part.of).await?;
    let same = there.iter().any(|other| other.number == part.number && other.payload == part.payload);
    if !same && there.iter().all(|other| other.joined) {
        message::drop_parts(tx, &part.of).await?;
        message::put_part(tx, part).await?;
    }
    Ok(())
}

async fn join(tx: &mut Tx, id: i64, of: &PartOf, parts: &[Part], at: Timestamp) -> Result<()> {
    let Some(first) = parts.first() else { return Ok(()) };
    message::join(tx, of).await?;
    let text = match parts.iter().all(|part| part.coding == first.coding) {
        // Joined before they are read: a letter may be cut in two.
        true => decode(first.coding, &parts.iter().flat_map(|part| part.payload.clone()).collect::<Vec<_>>()),
        false => parts.iter().map(|part| decode(part.coding, &part.payload)).collect(),
    };
    keep_whole(tx, new_message(id, &of.line, first.session, of.sender.clone(), &text, at)).await
}
