//! `/desk/webhook`: the endpoints of other systems that are told of reports, and the form for another.

use crate::components::{Choice, Field, Frame, Page, Place, Slip, Tone, sample};
use crate::words::{Message, Words};
use askama::Template;
use domain::webhook::Topic;

/// An endpoint in the list.
#[derive(Debug, Clone)]
pub struct WebhookRow {
    pub id: i64,
    pub url: String,
    pub office: String,
    pub state: WebhookState,
}

/// How an endpoint fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookState {
    On,
    Failing,
    Off,
}

impl WebhookState {
    /// The name in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            WebhookState::On => "on",
            WebhookState::Failing => "failing",
            WebhookState::Off => "off",
        }
    }

    /// The colour of its sign.
    pub fn tone(self) -> Tone {
        match self {
            WebhookState::On => Tone::Good,
            WebhookState::Failing => Tone::Wait,
            WebhookState::Off => Tone::Bad,
        }
    }
}

/// A topic in a form: its type, the end of its locale key, and whether it is ticked.
#[derive(Debug, Clone)]
pub struct TopicTick {
    pub name: &'static str,
    pub word: &'static str,
    pub on: bool,
}

impl TopicTick {
    /// All topics that can be chosen.
    pub fn all(chosen: &[Topic]) -> Vec<TopicTick> {
        let tick = |topic: Topic| TopicTick { name: topic.name(), word: word(topic), on: chosen.contains(&topic) };
        Topic::chosen().map(tick).collect()
    }
}

/// The end of a topic's locale key.
pub fn word(topic: Topic) -> &'static str {
    topic.name().rsplit('.').next().unwrap_or_default()
}

/// The list of endpoints, and the form for another.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/webhooks.html")]
pub struct WebhooksPage {
    pub w: Words,
    pub frame: Frame,
    pub rows: Vec<WebhookRow>,
    pub offices: Vec<Choice>,
    pub office: Field,
    pub url: Field,
    pub topics: Vec<TopicTick>,
    pub slips: Vec<Slip>,
}

impl Page for WebhooksPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = |id, state| WebhookRow {
            id,
            url: format!("https://sistem.contoh.go.id/lapor/{id}"),
            office: if id == 2 { sample::LONG_AGENCY.into() } else { "Dinas Perhubungan".into() },
            state,
        };
        let rows = vec![row(1, WebhookState::On), row(2, WebhookState::Failing), row(3, WebhookState::Off)];
        let list = WebhooksPage {
            w: Words::default(),
            frame: Frame::at("/desk/webhook", Place::Account).seated(sample::seat()),
            rows,
            offices: vec![Choice::new(630_000, "Pemerintah Provinsi Kalimantan Selatan")],
            office: Field::of("Pemerintah Provinsi Kalimantan Selatan"),
            url: Field::default(),
            topics: TopicTick::all(&[]),
            slips: vec![],
        };
        let slip = Message::new("slip-webhook-private");
        let wrong = WebhooksPage {
            rows: vec![],
            url: Field::wrong("https://10.1.2.3/", slip.clone()),
            slips: vec![Slip { field: "url", message: slip }],
            topics: TopicTick::all(&[Topic::Answered]),
            ..list.clone()
        };
        vec![list, wrong]
    }
}
