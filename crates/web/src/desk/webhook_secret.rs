//! The secret of an endpoint, shown once after it was made.

use crate::components::{Frame, Page, Place, sample};
use crate::words::Words;
use askama::Template;

/// The secret, and the way to its endpoint.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/webhook_secret.html")]
pub struct WebhookSecretPage {
    pub w: Words,
    pub frame: Frame,
    pub id: i64,
    pub secret: String,
    /// The hours for which the secret before it stays valid.
    pub hours: Option<i64>,
}

impl Page for WebhookSecretPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let fresh = WebhookSecretPage {
            w: Words::default(),
            frame: Frame::at("/desk/webhook", Place::Account).seated(sample::seat()),
            id: 7,
            secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=".into(),
            hours: None,
        };
        let renewed = WebhookSecretPage { hours: Some(24), ..fresh.clone() };
        vec![fresh, renewed]
    }
}
