//! Messages by chat services: what was posted is kept, and told to have been taken after that.

use super::keep::LONGEST;
use crate::keys::digest;
use crate::mail::Scribe;
use crate::{App, Error, Result};
use channel::Unsent;
use channel::chat::telegram::{self, Bot};
use channel::chat::whatsapp::{self, Line};
use channel::chat::x::Account;
use channel::chat::{Download, Incoming, Receipt, RemoteFile, Unreadable};
use domain::Way;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use store::message::{self, Claimed, Gathering, MessageState, NewMessage};
use store::{Audience, Tx, letter};
use subtle::ConstantTimeEq;
use tokio::sync::watch;

/// People send pictures one by one: so long is waited for the next.
const GATHERS: SignedDuration = SignedDuration::from_secs(3);
/// The first and the longest wait before a service is asked again to post.
const FIRST_WAIT: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// The chat services by which people write.
#[derive(Clone)]
pub struct Chats {
    pub telegram: Option<Arc<Bot>>,
    pub whatsapp: Option<Arc<Line>>,
    pub x: Option<Arc<Account>>,
    /// How long X rests between two looks.
    pub rhythm: SignedDuration,
    pub scribe: Arc<dyn Scribe>,
}

/// What came with the text of a message.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct More {
    pub files: Vec<RemoteFile>,
    pub point: Option<(f64, f64)>,
    /// The public post that it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
}

impl More {
    pub(super) fn parse(text: Option<&str>) -> Result<More> {
        let Some(text) = text else { return Ok(More::default()) };
        serde_json::from_str(text).map_err(|error| Error::Broken(error.to_string()))
    }

    /// What came with a message; nothing where that cannot be read.
    pub(super) fn of(claimed: &Claimed) -> More {
        match claimed.way.is_chat() {
            true => More::parse(claimed.more.as_deref()).unwrap_or_default(),
            false => More::default(),
        }
    }

    pub(super) fn spelt(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|error| Error::Broken(error.to_string()))
    }
}

impl App {
    /// Messages of chat services come and go by `chats` from now on.
    pub fn with_chats(self, chats: Chats) -> App {
        App { chats: Some(Arc::new(chats)), ..self }
    }

    pub(super) fn bot(&self) -> Option<Arc<Bot>> {
        self.chats.as_ref()?.telegram.clone()
    }

    pub(super) fn whatsapp(&self) -> Option<Arc<Line>> {
        self.chats.as_ref()?.whatsapp.clone()
    }

    /// Whether chats come and go by a way.
    pub(crate) fn chats_by(&self, way: Way) -> bool {
        match way {
            Way::Telegram => self.bot().is_some(),
            Way::Whatsapp => self.whatsapp().is_some(),
            Way::X => self.x().is_some(),
            Way::Email | Way::Sms => false,
        }
    }

    /// The secret that updates of a bot bring; another bot has another one.
    fn bot_secret(&self, bot: &Bot) -> String {
        self.keys.sign("telegram", bot.id())
    }

    /// Keeps an update of Telegram; what is to be answered to it at once. [`Error::Denied`] where it does not bring the
    /// secret, [`Error::NotFound`] where there is no bot.
    pub async fn take_telegram(&self, body: &[u8], secret: &str) -> Result<Option<Value>> {
        let bot = self.bot().ok_or(Error::NotFound)?;
        if !bool::from(self.bot_secret(&bot).as_bytes().ct_eq(secret.as_bytes())) {
            return Err(Error::Denied);
        }
        let Ok(update) = telegram::read(body).inspect_err(|error| unreadable(Way::Telegram, error)) else {
            return Ok(None);
        };
        if let Some(message) = update.message {
            self.keep_chat(Way::Telegram, message).await?;
        }
        Ok(update.touched.as_deref().map(telegram::heard))
    }

    /// Keeps what WhatsApp posts. [`Error::Denied`] where it is not signed, [`Error::NotFound`] where there is no line.
    pub async fn take_whatsapp(&self, body: &[u8], signature: &str) -> Result<()> {
        let line = self.whatsapp().ok_or(Error::NotFound)?;
        if !line.is_signed(body, signature) {
            return Err(Error::Denied);
        }
        let posted = whatsapp::read(body, &line.settings.number_id);
        let Ok(posted) = posted.inspect_err(|error| unreadable(Way::Whatsapp, error)) else { return Ok(()) };
        for message in posted.messages {
            self.keep_chat(Way::Whatsapp, message).await?;
        }
        for receipt in posted.receipts {
            self.note_chat_receipt(receipt).await?;
        }
        Ok(())
    }

    /// What is told back to WhatsApp when the address of the webhook is entered there.
    pub fn verify_whatsapp<'a>(&self, token: &str, challenge: &'a str) -> Result<&'a str> {
        let line = self.whatsapp().ok_or(Error::NotFound)?;
        match bool::from(line.settings.verify.as_bytes().ct_eq(token.as_bytes())) {
            true => Ok(challenge),
            false => Err(Error::Denied),
        }
    }

    /// Has Telegram post updates to an address, trying again until it takes it or the house stops.
    pub async fn keep_bot(&self, address: String, mut stopped: watch::Receiver<bool>) {
        let Some(bot) = self.bot() else { return };
        let mut wait = FIRST_WAIT;
        while !*stopped.borrow() {
            match bot.listen_at(&address, &self.bot_secret(&bot)).await {
                Ok(()) => return tracing::info!("Telegram posts updates"),
                Err(error) => tracing::warn!(code = error.code(), "Telegram does not take the address of the webhook"),
            }
            let _stop_or_wait = tokio::time::timeout(wait, stopped.changed()).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }

    /// Begins to fetch a file of a message.
    pub(super) async fn download(&self, way: Way, id: &str) -> std::result::Result<Download, Unsent> {
        match (way, self.bot(), self.whatsapp(), self.x()) {
            (Way::Telegram, Some(bot), _, _) => bot.fetch(id).await,
            (Way::Whatsapp, _, Some(line), _) => line.fetch(id).await,
            (Way::X, _, _, Some(account)) => account.fetch(id).await,
            _ => Err(Unsent::Later("off".to_owned())),
        }
    }

    /// Keeps a message. When this returns, it is on disk.
    async fn keep_chat(&self, way: Way, incoming: Incoming) -> Result<()> {
        let (id, at) = (self.id(), self.now());
        let app = self.clone();
        self.db
            .write_for(Audience::Nobody, move |tx| {
                let (app, incoming) = (app.clone(), incoming.clone());
                Box::pin(async move { app.keep_chat_in(tx, id, way, incoming, at).await })
            })
            .await
    }

    pub(super) async fn keep_chat_in(
        &self,
        tx: &mut Tx,
        id: i64,
        way: Way,
        incoming: Incoming,
        at: Timestamp,
    ) -> Result<()> {
        let sender = way.sender(&incoming.from);
        // Who writes is there again, whatever a service said before.
        letter::revive(tx, &self.address_digest(&sender)).await?;
        let more = More { files: incoming.files, point: incoming.point, post: None };
        let until = at.checked_add(GATHERS).unwrap_or(at);
        let whole = match more.files.is_empty() {
            true => None,
            false => message::gathering(tx, &sender, at).await?,
        };
        let text: String = incoming.text.chars().take(LONGEST).collect();
        let new = NewMessage {
            id,
            way,
            line: String::new(),
            session: 0,
            sender,
            digest: digest(&text),
            text,
            received_at: at,
            decided: None,
            remote: Some(incoming.remote),
            more: (more != More::default()).then(|| more.spelt()).transpose()?,
            state: if whole.is_some() { MessageState::Heard } else { MessageState::New },
            not_before: if more.files.is_empty() { Timestamp::UNIX_EPOCH } else { until },
        };
        match (message::insert(tx, &new).await?, whole) {
            (false, _) => {
                metrics::counter!("lapor_messages_repeated_total").increment(1);
                Ok(())
            }
            (true, Some(whole)) => gather(tx, whole, &new.text, more, until).await,
            (true, None) => Ok(()),
        }
    }

    async fn note_chat_receipt(&self, receipt: Receipt) -> Result<()> {
        let outcome = if receipt.failure.is_none() { "delivered" } else { "lost" };
        metrics::counter!("lapor_chat_receipts_total", "outcome" => outcome).increment(1);
        let at = self.now();
        self.db
            .write_for(Audience::Nobody, move |tx| {
                let receipt = receipt.clone();
                Box::pin(async move {
                    let failure = receipt.failure.as_deref();
                    if let Some(reference) = &receipt.reference {
                        letter::arrived(tx, reference, failure, at).await?;
                    }
                    if let Some(failure) = failure {
                        letter::lost(tx, &receipt.remote, failure).await?;
                    }
                    Ok::<(), Error>(())
                })
            })
            .await
    }
}

/// It would be posted again for ever, were it not taken.
fn unreadable(way: Way, error: &Unreadable) {
    metrics::counter!("lapor_messages_unreadable_total", "way" => way.name()).increment(1);
    tracing::warn!(way = way.name(), %error, "what was posted cannot be read");
}

/// Adds pictures, and what is said of them, to the message that waits for them.
async fn gather(tx: &mut Tx, whole: Gathering, text: &str, more: More, until: Timestamp) -> Result<()> {
    let mut all = More::parse(Some(&whole.more))?;
    all.files.extend(more.files);
    all.point = more.point.or(all.point);
    let text = [whole.text.as_str(), text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
    let text: String = text.chars().take(LONGEST).collect();
    message::gather(tx, &Gathering { id: whole.id, text, more: all.spelt()? }, until).await?;
    Ok(())
}
