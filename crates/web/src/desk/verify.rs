//! Verification in one screen: the words with what is personal in them on one side, the decision on the other.

use super::actions::Action;
use super::suggestion::{self, SuggestionView};
use crate::components::{Choice, Entry, Tone, sample};
use crate::words::Message;
use domain::personal::PersonalKind;
use domain::report::{Class, CommandKind};

/// A part of a text; personal where it has a mark.
#[derive(Debug, Clone)]
pub struct Piece {
    pub text: String,
    pub mark: Option<Mark>,
}

/// Something personal that may be masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub kind: PersonalKind,
    /// What the form sends to have it masked: `t0` for the first in the title, `b2` for the third in the text.
    pub value: String,
}

/// The decision about a report that nobody has decided yet.
#[derive(Debug, Clone)]
pub struct Verification {
    /// The form, as it came back or not yet sent. Fields: `to, note`, where it judges also `class, supervisory,
    /// category`, where it masks also `masking, title, text, mask…`, and `go` (`next` or `stay`).
    pub action: Action,
    pub title: Vec<Piece>,
    pub text: Vec<Piece>,
    /// Whether this officer may mask; a sealed report is not for the public anyway.
    pub masks: bool,
    /// Whether class and category are decided as well.
    pub judges: bool,
    /// The words as they are, which the form masks.
    pub whole_title: String,
    pub whole_text: String,
    pub suggestion: SuggestionView,
    pub offices: Vec<Choice>,
    pub categories: Vec<Choice>,
    /// How it came back before.
    pub returned: Vec<Entry>,
}

impl Verification {
    /// All that is personal, in its order.
    pub fn marks(&self) -> impl Iterator<Item = (&Mark, &str)> {
        let pieces = self.title.iter().chain(&self.text);
        pieces.filter_map(|piece| piece.mark.as_ref().map(|mark| (mark, piece.text.as_str())))
    }

    /// How many personal things there are.
    pub fn found(&self) -> usize {
        self.marks().count()
    }

    pub(super) fn told(&self) -> &SuggestionView {
        &self.suggestion
    }

    pub(super) fn classes(&self) -> &'static [Class] {
        Class::ALL
    }
}

/// A verification with marks, a suggestion and a former return.
pub(super) fn sample() -> Verification {
    let plain = |text: &str| Piece { text: text.into(), mark: None };
    let personal =
        |kind, value: &str, text: &str| Piece { text: text.into(), mark: Some(Mark { kind, value: value.into() }) };
    let offices = sample::agencies();
    Verification {
        action: Action::new(CommandKind::Dispose),
        title: vec![plain("Jalan berlubang di depan SDN Sungai Andai 3")],
        text: vec![
            plain("Mobil "),
            personal(PersonalKind::Plate, "b0", "DA 1234 XY"),
            plain(" menutup jalan; hubungi saya di "),
            personal(PersonalKind::Phone, "b1", "0812 0000 0000"),
            plain("."),
        ],
        masks: true,
        judges: true,
        whole_title: "Jalan berlubang di depan SDN Sungai Andai 3".into(),
        whole_text: "Mobil DA 1234 XY menutup jalan; hubungi saya di 0812 0000 0000.".into(),
        suggestion: suggestion::sample(),
        offices: offices.into_iter().take(3).map(Choice::chosen).take(1).chain(sample::agencies()).collect(),
        categories: sample::categories(),
        returned: vec![Entry {
            text: Some("Jalan itu jalan provinsi.".into()),
            ..sample::entry(Message::new("event-noted"), sample::moment(16, 9, 5), Tone::Wait)
        }],
    }
}
