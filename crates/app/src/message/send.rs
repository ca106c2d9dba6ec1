//! Messages on their way out.

use crate::mail::{Bubble, Draft, Sent};
use crate::{App, Error, Result};
use channel::sms::Outgoing;
use channel::{Unsent, chat};
use domain::conversation::Say;
use domain::{Code, Refusal, Way};
use jiff::SignedDuration;
use store::Audience;
use store::letter::{self, Claimed};
use store::message;

use super::keep::begun;

/// So long after somebody wrote, WhatsApp takes an answer in free words.
const WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// What a sender is told after a message was heard.
#[derive(Debug, Clone)]
pub(super) enum Told {
    /// A sentence, and the numbers in it.
    Words { key: &'static str, numbers: String },
    /// Why it could not be done.
    Refused(String),
    /// Why a file was not taken.
    FileRefused(String),
    /// Which files of a letter were not taken, and why.
    FilesRefused { files: String, why: Vec<String> },
    /// Where a report stands.
    Status(Code),
    /// Before everybody, that a report was received; number and PIN go to its reporter alone.
    Received { code: Code, post: String },
}

impl Told {
    pub(super) fn say(say: &Say) -> Told {
        let numbers: Vec<String> = say.codes().iter().map(|code| code.to_string()).collect();
        Told::Words { key: say.key(), numbers: numbers.join(", ") }
    }

    pub(super) fn about(key: &'static str, code: Code) -> Told {
        Told::Words { key, numbers: code.to_string() }
    }

    pub(super) fn refused(refusal: Refusal) -> Told {
        Told::Refused(format!("refusal-{}", refusal.code()))
    }
}

impl App {
    /// Gives a letter to a line. Before that it is written down that it was, so that a process that dies meanwhile
    /// leaves a doubt and not a second message.
    pub(crate) async fn send_text(&self, letter: &Claimed, draft: &Draft) -> Result<Sent> {
        let Some(sms) = self.sms.clone() else { return Ok(Err(Unsent::Later("no-sms".to_owned()))) };
        let line = message::line_of(&mut self.db.read().await?, &letter.recipient).await?;
        let reference = reference_of(letter.id);
        self.begin_letter(letter.id, begun(reference)).await?;
        let outgoing = Outgoing { to: letter.recipient.clone(), text: sms.scribe.write_short(draft), reference, line };
        Ok(sms.gateway.send(&outgoing).await.map(Some))
    }

    /// Gives a letter to a chat service, written down before in the same way.
    pub(crate) async fn send_chat(&self, letter: &Claimed, draft: &Draft) -> Result<Sent> {
        let Some(chats) = self.chats.clone() else { return Ok(Err(Unsent::Later("no-chat".to_owned()))) };
        let Some((way, account)) = Way::of_chat(&letter.recipient) else {
            return Ok(Err(Unsent::NoSuchAddress("account".to_owned())));
        };
        let heard = message::last_heard(&mut self.db.read().await?, &letter.recipient).await?;
        let late = heard.is_none_or(|at| self.now().duration_since(at) > WINDOW);
        let Bubble { text, choices, asks_place } = chats.scribe.write_chat(draft);
        let reference = format!("ours:{}", letter.id);
        self.begin_letter(letter.id, reference.clone()).await?;
        let outgoing = chat::Outgoing { to: account.to_owned(), text, choices, asks_place, reference };
        let sent = match (way, &chats.telegram, &chats.whatsapp) {
            (Way::Telegram, Some(bot), _) => bot.send(&outgoing).await,
            (Way::Whatsapp, _, Some(line)) => line.send(&outgoing, late).await,
            _ => Err(Unsent::Later("off".to_owned())),
        };
        Ok(sent)
    }

    pub(super) async fn begin_letter(&self, id: i64, remote: String) -> Result<()> {
        let process = self.process.clone();
        let begin = self.db.write_for(Audience::Nobody, move |tx| {
            let (process, remote) = (process.clone(), remote.clone());
            Box::pin(async move { Ok::<bool, Error>(letter::begin(tx, id, &process, &remote).await?) })
        });
        match begin.await? {
            true => Ok(()),
            false => Err(Error::Overtaken),
        }
    }
}

/// The same for a letter at every try.
fn reference_of(id: i64) -> u16 {
    let bytes = id.to_be_bytes();
    (0..4).fold(0, |mixed, n| mixed ^ u16::from_be_bytes([bytes[2 * n], bytes[2 * n + 1]]))
}
