//! A proposed answer on the page of a report.

use crate::components::FileLink;
use crate::words::Message;
use domain::Code;
use domain::report::AnswerKind;
use jiff::civil::Date;

/// A draft that waits, or was sent back.
#[derive(Debug, Clone)]
pub struct DraftCard {
    pub code: Code,
    pub key: String,
    pub seq: u32,
    /// The draft's own event.
    pub draft: u32,
    pub kind: AnswerKind,
    pub text: String,
    pub legal_ground: Option<String>,
    pub planned_for: Option<Date>,
    pub files: Vec<FileLink>,
    /// Who wrote it, where this officer may know.
    pub author: Option<String>,
    pub sent_back: bool,
    pub reason: Option<String>,
    pub can_approve: bool,
    pub can_withdraw: bool,
    /// Why a form about it came back.
    pub refused: Option<Message>,
    /// The reason that was typed.
    pub typed: String,
}

/// A sample draft.
pub(super) fn sample(can_approve: bool) -> DraftCard {
    DraftCard {
        code: crate::components::sample::code(0),
        key: "0198f3b2c4d7".into(),
        seq: 7,
        draft: 7,
        kind: AnswerKind::Planned,
        text: "Penambalan ruas itu dikerjakan regu kami.".into(),
        legal_ground: (!can_approve).then(|| "UU 22/2009 Pasal 24".into()),
        planned_for: Some(crate::components::sample::today()),
        files: Vec::new(),
        author: Some("Hendra Saputra".into()),
        sent_back: !can_approve,
        reason: (!can_approve).then(|| "Sebutkan ruasnya.".into()),
        can_approve,
        can_withdraw: !can_approve,
        refused: can_approve.then(|| Message::new("refusal-date-missing")),
        typed: String::new(),
    }
}
