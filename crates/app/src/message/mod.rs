//! Messages by telephone and chat: kept when they come in, heard after that, answered by the way they came.
//!
//! A message is acknowledged once it is on disk. A lane of its own hears it: what comes of it is decided and kept, then
//! done under the message's own key, then told. A process that dies in between leaves a message whose rest is done by
//! the next one, and nothing of it twice.

mod chat;
mod fetch;
mod hear;
mod keep;
mod mail;
mod note;
mod round;
mod send;
mod tend;
mod word;
mod x;

pub use channel::chat::x as x_api;
pub use channel::chat::{Choice, MOST_POSTED, telegram, whatsapp};
pub use channel::sms::{Alphabet, Bind, Gateway, fits};
pub use chat::Chats;
pub use hear::FlagReason;
pub use mail::MailIn;
pub use round::HeardRound;
pub use store::message::{Message, MessageState};
pub use tend::{Line, Talk};
pub use word::{Word, WordSlip};

use crate::App;
use crate::mail::Scribe;
use domain::Way;
use std::sync::Arc;
use tokio::sync::watch;

/// How short messages come and go.
pub struct Sms {
    pub gateway: Gateway,
    pub scribe: Arc<dyn Scribe>,
}

impl App {
    /// Short messages come and go by `sms` from now on.
    pub fn with_sms(self, sms: Sms) -> App {
        App { sms: Some(Arc::new(sms)), ..self }
    }

    /// Whether people can write by telephone, chat or letter.
    pub fn hears(&self) -> bool {
        self.hears_mail() || Way::ALL.into_iter().any(|way| way != Way::Email && self.sends(way))
    }

    /// Keeps the lines up until told to stop.
    pub async fn keep_lines(&self, stopped: watch::Receiver<bool>) {
        if let Some(sms) = &self.sms {
            sms.gateway.run(Arc::new(self.clone()), stopped).await;
        }
    }
}
