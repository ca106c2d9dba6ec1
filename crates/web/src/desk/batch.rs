//! `/desk/massal`: one deed to many reports: chosen, looked at, sent, undone.

use crate::components::{Choice, Field, Frame, Page, Place, Tone, sample};
use crate::words::{Message, Words};
use askama::Template;
use domain::Code;
use domain::check::Finding;
use domain::report::AnswerKind;
use domain::template::{Name, Placeholder};
use domain::text::{Body, Remark};

/// A report of a batch.
#[derive(Debug, Clone)]
pub struct BatchRow {
    pub code: Code,
    pub title: String,
    /// The version that was looked at.
    pub seq: u32,
    /// What would become, or became, of it.
    pub outcome: Message,
    pub tone: Tone,
    /// What would be answered.
    pub text: Option<String>,
    /// What is weak in that answer.
    pub advice: Vec<Finding>,
}

impl BatchRow {
    /// Whether the deed can be done to it.
    pub fn can(&self) -> bool {
        matches!(self.outcome.key.as_str(), "outcome-ready" | "outcome-draft")
    }
}

/// The fields of a deed, as they were typed and chosen.
#[derive(Debug, Clone, Default)]
pub struct DeedFields {
    pub officer: Field,
    pub to: Field,
    pub note: Field,
    pub kind: Field,
    pub text: Field,
    pub planned_for: Field,
    pub legal_ground: Field,
    /// Why answers are sent against advice.
    pub despite: Field,
}

impl DeedFields {
    /// Names and values, to be sent again with the confirmation.
    pub fn pairs(&self) -> [(&'static str, &str); 8] {
        [
            ("officer", &self.officer.value),
            ("to", &self.to.value),
            ("note", &self.note.value),
            ("kind", &self.kind.value),
            ("text", &self.text.value),
            ("planned_for", &self.planned_for.value),
            ("legal_ground", &self.legal_ground.value),
            ("despite", &self.despite.value),
        ]
        .map(|(name, value)| (name, value.as_str()))
    }
}

/// What is to be done, and what it would come to.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/batch.html")]
pub struct BatchPage {
    pub w: Words,
    pub frame: Frame,
    /// `assign`, `dispose`, `answer` or `export`.
    pub deed: &'static str,
    pub fields: DeedFields,
    pub officers: Vec<Choice>,
    pub offices: Vec<Choice>,
    /// Templates of answers that the office may use.
    pub templates: Vec<Choice>,
    /// Why it cannot be looked at yet.
    pub slip: Option<Message>,
    pub rows: Vec<BatchRow>,
    /// Whether the outcomes are foreseen, so that it can be sent.
    pub foreseen: bool,
    /// The idempotency key of the batch.
    pub key: String,
    /// Minutes in which it can be undone.
    pub minutes: i64,
}

impl BatchPage {
    fn ready(&self) -> usize {
        self.rows.iter().filter(|row| row.can()).count()
    }

    /// Whether an answer is found weak.
    fn advised(&self) -> bool {
        self.rows.iter().any(|row| !row.advice.is_empty())
    }

    fn placeholders(&self) -> &'static [Placeholder] {
        Placeholder::ALL
    }

    fn answers(&self) -> &'static [AnswerKind] {
        AnswerKind::ALL
    }

    fn most(&self) -> usize {
        Body::MOST
    }

    fn most_remark(&self) -> usize {
        Remark::MOST
    }
}

impl Page for BatchPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let page = |deed, outcome: Option<&str>| BatchPage {
            w: Words::default(),
            frame: Frame::at("/desk/massal", Place::Inbox).seated(sample::seat()),
            deed,
            fields: DeedFields { text: Field::of("Laporan {nomor} sudah kami terima."), ..DeedFields::default() },
            officers: vec![Choice::new(1, "Hendra Saputra")],
            offices: sample::agencies(),
            templates: vec![Choice::new(4, "Lampu jalan: jadwal perbaikan")],
            slip: None,
            rows: rows(outcome.unwrap_or("outcome-none")),
            foreseen: outcome.is_some(),
            key: "0198f3b2".into(),
            minutes: 2,
        };
        let slip = Some(Message::new("slip-choice"));
        vec![
            BatchPage { slip, ..page("assign", None) },
            page("assign", Some("outcome-ready")),
            page("dispose", Some("refusal-already-there")),
            page("answer", None),
            page("answer", Some("outcome-ready")),
            page("export", Some("outcome-ready")),
            BatchPage { rows: vec![], slip: Some(Message::new("slip-none-picked")), ..page("export", None) },
        ]
    }
}

pub(super) fn rows(outcome: &str) -> Vec<BatchRow> {
    let row = |(nth, card): (usize, crate::components::Card)| BatchRow {
        code: card.code,
        title: card.title,
        seq: 2,
        outcome: Message::new(if nth == 1 { "outcome-denied" } else { outcome }),
        tone: if nth == 1 { Tone::Bad } else { Tone::Good },
        text: (nth == 0).then(|| format!("Laporan {} sudah kami terima.", card.code)),
        advice: if nth == 2 { vec![Finding::TemplateCopy, Finding::TooShort] } else { vec![] },
    };
    sample::cards().into_iter().enumerate().map(row).collect()
}
