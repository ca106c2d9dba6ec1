//! `/desk/webhook/{id}`: one endpoint, what became of the messages to it, and what its office does with it.

use super::webhooks::{TopicTick, WebhookState};
use crate::components::{Field, Frame, Page, Place, Slip, Tone, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;
use domain::Code;

/// A message to the endpoint.
#[derive(Debug, Clone)]
pub struct DeliveryRow {
    pub event: i64,
    /// The end of the topic's locale key.
    pub topic: &'static str,
    pub code: Option<Code>,
    pub at: Moment,
    /// `queued`, `sent`, `dead`, `skipped` or `dropped`.
    pub state: &'static str,
    pub attempts: u32,
    /// Why it was not taken.
    pub why: Option<Message>,
    /// When it is tried again.
    pub next: Option<Moment>,
}

impl DeliveryRow {
    /// The colour of its sign.
    pub fn tone(&self) -> Tone {
        match self.state {
            "sent" => Tone::Good,
            "dead" => Tone::Bad,
            "queued" => Tone::Wait,
            _ => Tone::Quiet,
        }
    }
}

/// One endpoint.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/webhook.html")]
pub struct WebhookPage {
    pub w: Words,
    pub frame: Frame,
    pub id: i64,
    pub address: String,
    pub office: String,
    pub state: WebhookState,
    /// Why it was switched off by itself.
    pub off: Option<Message>,
    pub failing_since: Option<Moment>,
    /// Until when the secret before the present one is valid.
    pub old_until: Option<Moment>,
    pub url: Field,
    pub topics: Vec<TopicTick>,
    pub since: Field,
    /// Whether only messages are shown that were given up.
    pub dead: bool,
    pub rows: Vec<DeliveryRow>,
    pub next: Option<String>,
    pub slips: Vec<Slip>,
}

impl WebhookPage {
    /// `aria-current` for one of the two lists.
    pub fn current(&self, dead: bool) -> &'static str {
        if self.dead == dead { " aria-current=\"page\"" } else { "" }
    }
}

impl Page for WebhookPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = |event, topic, state, why: Option<Message>| DeliveryRow {
            event,
            topic,
            code: (topic != "test").then(|| sample::code(1)),
            at: sample::moment(18, 8, 0),
            state,
            attempts: if state == "dead" { 9 } else { 1 },
            next: (state == "queued" && why.is_some()).then(|| sample::moment(18, 9, 30)),
            why,
        };
        let status = Message::new("missed-status").with("status", 503);
        let rows = vec![
            row(6, "received", "queued", None),
            row(5, "answered", "queued", Some(Message::new("missed-timeout"))),
            row(4, "closed", "sent", None),
            row(3, "disposed", "dead", Some(status.clone())),
            row(2, "withdrawn", "dropped", None),
            row(1, "test", "skipped", None),
        ];
        let typical = WebhookPage {
            w: Words::default(),
            frame: Frame::at("/desk/webhook/7", Place::Account).seated(sample::seat()),
            id: 7,
            address: "https://sistem.contoh.go.id/lapor".into(),
            office: "Dinas Perhubungan".into(),
            state: WebhookState::On,
            off: None,
            failing_since: None,
            old_until: Some(sample::moment(19, 8, 0)),
            url: Field::of("https://sistem.contoh.go.id/lapor"),
            topics: TopicTick::all(&[]),
            since: Field::default(),
            dead: false,
            rows,
            next: Some("/desk/webhook/7?after=1".into()),
            slips: vec![],
        };
        let failing = WebhookPage {
            state: WebhookState::Failing,
            failing_since: Some(sample::moment(17, 8, 0)),
            dead: true,
            rows: vec![],
            next: None,
            ..typical.clone()
        };
        let slip = Message::new("slip-date");
        let off = WebhookPage {
            state: WebhookState::Off,
            off: Some(status),
            old_until: None,
            since: Field::wrong("kemarin", slip.clone()),
            slips: vec![Slip { field: "since", message: slip }],
            ..failing.clone()
        };
        vec![typical, failing, off]
    }
}
