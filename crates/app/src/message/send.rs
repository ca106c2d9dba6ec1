//! Short messages on their way out.

use crate::mail::{Draft, Sent};
use crate::{App, Error, Result};
use channel::Unsent;
use channel::sms::Outgoing;
use domain::conversation::Say;
use domain::{Code, Refusal};
use store::letter::{self, Claimed};
use store::message;

use super::keep::begun;

/// What a sender is told after a message was heard.
#[derive(Debug, Clone)]
pub(super) enum Told {
    /// A sentence, and the numbers in it.
    Words { key: &'static str, numbers: String },
    /// Why it could not be done.
    Refused(String),
    /// Where a report stands.
    Status(Code),
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
        let (id, process) = (letter.id, self.process.clone());
        let begin = self.db.write(move |tx| {
            Box::pin(async move { Ok::<bool, Error>(letter::begin(tx, id, &process, &begun(reference)).await?) })
        });
        if !begin.await? {
            return Err(Error::Overtaken);
        }
        let outgoing = Outgoing { to: letter.recipient.clone(), text: sms.scribe.write_short(draft), reference, line };
        Ok(sms.gateway.send(&outgoing).await.map(Some))
    }
}

/// The same for a letter at every try.
fn reference_of(id: i64) -> u16 {
    let bytes = id.to_be_bytes();
    (0..4).fold(0, |mixed, n| mixed ^ u16::from_be_bytes([bytes[2 * n], bytes[2 * n + 1]]))
}
