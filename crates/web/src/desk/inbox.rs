//! `/desk`: what waits for this officer, the most urgent first.

use crate::components::{Choice, Clock, ClockState, Field, Frame, Notice, Page, Place, Tone, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;
use domain::Code;
use domain::deadline::Age;
use domain::report::{Channel, Class, StageKind};

/// A view of the inbox with its counter.
#[derive(Debug, Clone)]
pub struct Tab {
    /// One of [`VIEWS`]; the query's `tab` and the key `tab-…`.
    pub name: &'static str,
    /// `None` for seats whose views are not counted.
    pub count: Option<i64>,
    pub chosen: bool,
}

/// The names of the views, in their order.
pub const VIEWS: [&str; 7] = ["all", "mine", "unit", "unassigned", "waiting", "late", "returned"];

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
    /// How much of the limit that presses this office is used; none while the reporter's word is awaited.
    pub age: Option<Age>,
    /// Who else has it open, and whether one of them is writing.
    pub present: Option<(String, bool)>,
}

impl QueueRow {
    /// The colour of its age; the words beside it say the same.
    pub fn tone(&self) -> Tone {
        match self.age {
            Some(Age::Green) => Tone::Good,
            Some(Age::Yellow) => Tone::Wait,
            Some(Age::Red) => Tone::Bad,
            None => Tone::Quiet,
        }
    }
}

/// What the inbox is narrowed to, as it was typed and chosen.
#[derive(Debug, Clone, Default)]
pub struct InboxFields {
    /// Number or words.
    pub q: Field,
    pub stage: Field,
    pub class: Field,
    pub category: Field,
    pub channel: Field,
}

impl InboxFields {
    /// Whether a choice besides the words is made.
    pub fn is_narrow(&self) -> bool {
        [&self.stage, &self.class, &self.category, &self.channel].iter().any(|field| !field.value.is_empty())
    }
}

/// A filter that the officer keeps.
#[derive(Debug, Clone)]
pub struct KeptFilter {
    pub id: i64,
    pub name: String,
    pub url: String,
    pub chosen: bool,
}

/// One page of the inbox.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/inbox.html")]
pub struct InboxPage {
    pub w: Words,
    pub frame: Frame,
    pub fields: InboxFields,
    pub tabs: Vec<Tab>,
    pub stages: Vec<Choice>,
    pub categories: Vec<Choice>,
    pub kept: Vec<KeptFilter>,
    /// The query of this page without its place in the list, to be kept under a name; none where all is shown.
    pub query: Option<String>,
    /// The name under which a filter was to be kept.
    pub new_name: Field,
    pub rows: Vec<QueueRow>,
    /// Whether this seat may do something to many reports at once.
    pub bulk: bool,
    pub next: Option<String>,
}

impl InboxPage {
    /// Why the list is empty, in the words of the chosen view.
    fn empty_key(&self) -> String {
        let narrow = self.fields.is_narrow() || !self.fields.q.value.is_empty();
        match (&self.next, self.tabs.iter().find(|tab| tab.chosen)) {
            (Some(_), _) => "inbox-none-yet".to_owned(),
            (None, Some(tab)) if !narrow => format!("inbox-none-{}", tab.name),
            _ => "inbox-none-found".to_owned(),
        }
    }

    fn view(&self) -> &'static str {
        self.tabs.iter().find(|tab| tab.chosen).map_or("all", |tab| tab.name)
    }

    fn classes(&self) -> Vec<Choice> {
        Class::ALL.iter().map(|class| Choice::new(class.name(), self.w.of("class", class.name()))).collect()
    }

    fn channels(&self) -> Vec<Choice> {
        Channel::ALL.iter().map(|channel| Choice::new(channel.name(), self.w.of("channel", channel.name()))).collect()
    }
}

impl Page for InboxPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let typical = InboxPage {
            w: Words::default(),
            frame: Frame::at("/desk?tab=unit", Place::Inbox).seated(sample::seat()),
            fields: InboxFields::default(),
            tabs: tabs("unit"),
            stages: vec![Choice::new("disposed", "Diteruskan ke instansi (12)")],
            categories: sample::categories(),
            kept: vec![],
            query: None,
            new_name: Field::default(),
            rows: rows(),
            bulk: true,
            next: Some("/desk?tab=unit&after=1".into()),
        };
        let mut pages = vec![typical.clone()];
        for name in VIEWS {
            pages.push(InboxPage { tabs: tabs(name), rows: vec![], next: None, ..typical.clone() });
        }
        let notice = Notice { tone: Tone::Good, message: Message::new("done-disposed") };
        let frame = Frame { notice: Some(notice), ..typical.frame.clone() };
        let kept = |id, name: &str, chosen| KeptFilter {
            id,
            name: name.into(),
            url: "/desk?q=jalan&class=complaint".into(),
            chosen,
        };
        let narrow = InboxPage {
            frame,
            fields: InboxFields { q: Field::of("jalan"), class: Field::of("complaint"), ..InboxFields::default() },
            kept: vec![kept(1, "Jalan rusak", true), kept(2, sample::LONG, false)],
            query: Some("q=jalan&class=complaint".into()),
            new_name: Field::wrong("", Message::new("slip-filter-name").with("most", app::LONGEST_NAME)),
            ..typical.clone()
        };
        let quiet = tabs("all").into_iter().map(|tab| Tab { count: None, ..tab }).collect();
        pages.push(InboxPage { rows: vec![], ..narrow.clone() });
        pages.push(InboxPage { tabs: quiet, bulk: false, next: None, ..narrow });
        pages
    }
}

fn tabs(chosen: &str) -> Vec<Tab> {
    let counts = VIEWS.into_iter().zip([1_225, 12, 30, 3, 9, 2, 0]);
    counts.map(|(name, count)| Tab { name, count: Some(count), chosen: name == chosen }).collect()
}

/// Samples of rows.
pub(super) fn rows() -> Vec<QueueRow> {
    let states = [ClockState::Late, ClockState::Soon, ClockState::Early, ClockState::Paused];
    let ages = [Some(Age::Red), Some(Age::Yellow), Some(Age::Green), None];
    let mut rows: Vec<QueueRow> = sample::cards()
        .into_iter()
        .zip(states.into_iter().zip(ages))
        .map(|(card, (state, age))| QueueRow {
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
            age,
            present: (state == ClockState::Early).then(|| ("Ratna Wulandari".into(), true)),
        })
        .collect();
    let last = rows[0].clone();
    rows.push(QueueRow {
        code: sample::code(9),
        title: sample::LONG.into(),
        agency: sample::LONG_AGENCY.into(),
        stage: StageKind::ClosedConfirmed,
        secret: false,
        clock: None,
        age: None,
        present: Some(("Hendra Saputra, Ratna Wulandari".into(), false)),
        ..last
    });
    rows
}
