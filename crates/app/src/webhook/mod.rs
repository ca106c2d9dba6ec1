//! Webhooks: other systems are told that something happened to a report. What is told is written in the transaction of
//! the event; a lane of its own sends it. A message says no more than where the report stands and where to read it.

mod again;
mod deliver;
mod keep;
mod tell;

pub use again::Resend;
pub use channel::webhook::{AddressFault, Caller, Reach};
pub use deliver::Told;
pub use keep::{MOST_WEBHOOKS, RENEWAL_HOURS, WebhookSlip};
pub use store::delivery::{Delivery, State};
pub use store::webhook::Webhook;

use crate::App;
use std::sync::Arc;

/// How messages leave, and what their receivers are told to read.
pub struct Webhooks {
    pub caller: Caller,
    /// Where people reach the service, e.g. `https://lapor.example`.
    pub base: String,
}

impl App {
    /// Messages leave by `webhooks` from now on. Without it none is sent, and no endpoint is kept.
    pub fn with_webhooks(self, webhooks: Webhooks) -> App {
        App { webhooks: Some(Arc::new(webhooks)), ..self }
    }

    /// Whether messages can be sent at all.
    pub fn sends_webhooks(&self) -> bool {
        self.webhooks.is_some()
    }
}

/// What a secret of an endpoint is sealed for.
fn purpose(id: i64) -> String {
    format!("webhook:{id}")
}
