//! `/desk`: what waits for this officer, the most urgent first.

use crate::components::{Clock, ClockState, Field, Frame, Notice, Page, Place, Tone, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;
use domain::Code;
use domain::report::{Class, StageKind};

/// A tab of the inbox with its counter.
#[derive(Debug, Clone)]
pub struct Tab {
    /// `verify`, `answer`, `waiting`, `late`, `done` or `all`; the query's `tab` and the key `tab-…`.
    pub name: &'static str,
    pub count: i64,
    pub chosen: bool,
}

/// A report in the inbox.
#[derive(Debug, Clone)]
pub struct QueueRow {
    pub code: Code,
    pub title: String,
    pub class: Class,
    pub stage: StageKind,
    pub supervisory: bool,
    pub secret: bool,
    pub place: String,
    /// The office whose turn it is.
    pub agency: String,
    /// The officer it is assigned to.
    pub officer: Option<String>,
    pub sent: Moment,
    /// The clock that runs; none once nothing is due any more.
    pub clock: Option<Clock>,
}

impl QueueRow {
    /// The colour of its age; the words beside it say the same.
    pub fn tone(&self) -> Tone {
        self.clock.as_ref().map_or(Tone::Quiet, |clock| clock.state.tone())
    }
}

/// One page of the inbox.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/inbox.html")]
pub struct InboxPage {
    pub w: Words,
    pub frame: Frame,
    /// Number or words; the query's `q`.
    pub q: Field,
    pub tabs: Vec<Tab>,
    pub rows: Vec<QueueRow>,
    pub next: Option<String>,
}

impl InboxPage {
    /// Why the list is empty, in the words of the chosen tab.
    fn empty_key(&self) -> String {
        let chosen = self.tabs.iter().find(|tab| tab.chosen && self.q.value.is_empty());
        chosen.map_or("inbox-none-found".to_owned(), |tab| format!("inbox-none-{}", tab.name))
    }
}

impl Page for InboxPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let typical = InboxPage {
            w: Words::default(),
            frame: Frame::at("/desk?tab=answer", Place::Inbox).seated(sample::seat()),
            q: Field::default(),
            tabs: tabs("answer"),
            rows: rows(),
            next: Some("/desk?tab=answer&after=1".into()),
        };
        let mut pages = vec![typical.clone()];
        for name in NAMES {
            pages.push(InboxPage { tabs: tabs(name), rows: vec![], next: None, ..typical.clone() });
        }
        let notice = Notice { tone: Tone::Good, message: Message::new("done-disposed") };
        let frame = Frame { notice: Some(notice), ..typical.frame.clone() };
        pages.push(InboxPage { frame, q: Field::of("999"), rows: vec![], next: None, ..typical });
        pages
    }
}

const NAMES: [&str; 6] = ["verify", "answer", "waiting", "late", "done", "all"];

fn tabs(chosen: &str) -> Vec<Tab> {
    let counts = NAMES.into_iter().zip([4, 12, 3, 2, 1_204, 1_225]);
    counts.map(|(name, count)| Tab { name, count, chosen: name == chosen }).collect()
}

/// Samples of rows.
pub(super) fn rows() -> Vec<QueueRow> {
    let states = [ClockState::Late, ClockState::Soon, ClockState::Early, ClockState::Paused];
    let mut rows: Vec<QueueRow> = sample::cards()
        .into_iter()
        .zip(states)
        .map(|(card, state)| QueueRow {
            code: card.code,
            title: card.title,
            class: card.class,
            stage: if state == ClockState::Paused { StageKind::Held } else { StageKind::Disposed },
            supervisory: state == ClockState::Late,
            secret: state == ClockState::Late,
            place: card.place,
            agency: "Dinas PUPR Kota Banjarmasin".into(),
            officer: (state == ClockState::Soon).then(|| "Hendra Saputra".into()),
            sent: card.sent,
            clock: Some(sample::clock(state)),
        })
        .collect();
    let last = rows[0].clone();
    rows.push(QueueRow {
        title: sample::LONG.into(),
        agency: sample::LONG_AGENCY.into(),
        stage: StageKind::ClosedConfirmed,
        secret: false,
        clock: None,
        ..last
    });
    rows
}
