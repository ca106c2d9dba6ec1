//! The forms by which an officer changes a report: only those that this person may send now.

use super::suggestion::{self, SuggestionView};
use crate::components::{Choice, sample};
use crate::words::Message;
use domain::check::Advice;
use domain::report::{AnswerKind, ArchiveReason, Class, CommandKind, HideReason, Missing, ReturnReason};
use domain::text::{Body, Remark, Title};
use domain::{Code, UserId};
use std::borrow::Borrow;
use std::collections::HashMap;

/// One form: the command it sends, where to, and how it came back.
#[derive(Debug, Clone)]
pub struct Action {
    pub kind: CommandKind,
    /// Why the rules refused it, where it came back.
    pub refused: Option<Message>,
    /// What was typed and chosen when it came back, by field.
    pub typed: HashMap<String, Vec<String>>,
    /// What the check found in an answer that came back.
    pub advice: Vec<Advice>,
    /// Files that came with it: what the form sends them back as, and their names.
    pub kept: Vec<(String, String)>,
}

impl Action {
    /// A form not yet sent.
    pub fn new(kind: CommandKind) -> Action {
        Action { kind, refused: None, typed: HashMap::new(), advice: Vec::new(), kept: Vec::new() }
    }

    /// The last part of the address it is posted to, below `/desk/laporan/{code}/`; none for what has no form.
    pub fn path(&self) -> Option<&'static str> {
        let path = match self.kind {
            CommandKind::Dispose => "disposisi",
            CommandKind::Return => "pengembalian",
            CommandKind::Hold => "penundaan",
            CommandKind::Resume => "pelanjutan",
            CommandKind::Archive => "arsip",
            CommandKind::Answer => "jawaban",
            CommandKind::ProposeAnswer => "usulan-jawaban",
            CommandKind::Close => "penutupan",
            CommandKind::Reopen => "pembukaan",
            CommandKind::Assign => "penugasan",
            CommandKind::Note => "catatan",
            CommandKind::Rewrite => "penyuntingan",
            CommandKind::Reclassify => "klasifikasi",
            CommandKind::Hide | CommandKind::Unhide => "keterlihatan",
            CommandKind::AskName => "permintaan-nama",
            CommandKind::OpenName => "pembukaan-nama",
            CommandKind::KeepName => "penolakan-nama",
            CommandKind::OfferOmbudsman => "ombudsman",
            _ => return None,
        };
        Some(path)
    }

    /// Whether it carries files.
    pub fn has_files(&self) -> bool {
        matches!(self.kind, CommandKind::Answer | CommandKind::ProposeAnswer)
    }

    /// What stands in a field: what was typed before, or what usually stands there.
    pub fn text<'a>(&'a self, field: &str, usual: &'a str) -> &'a str {
        let typed = self.typed.get(field).and_then(|values| values.first());
        typed.filter(|_| self.refused.is_some()).map_or(usual, String::as_str)
    }

    /// Whether a value is chosen: as it was before, or as it usually is.
    pub fn picks(&self, field: &str, value: impl AsRef<str>, usual: impl Borrow<bool>) -> bool {
        match self.refused {
            Some(_) => self.typed.get(field).is_some_and(|values| values.iter().any(|chosen| chosen == value.as_ref())),
            None => *usual.borrow(),
        }
    }

    /// Whether it is of this kind, by its name; a proposed answer has the form of an answer.
    pub fn is(&self, name: &str) -> bool {
        self.kind.name() == name || (name == "answer" && self.has_files())
    }
}

/// All forms of one report for one officer, in the order in which they are offered.
///
/// Every form carries `key` (idempotency) and `seq` (the version that the officer saw). Field names:
/// `to, note, class, supervisory, category` (disposisi; the last three while verifying),
/// `reason, text, suggestion` (pengembalian), `missing…, text` (penundaan), `reason, text` (arsip),
/// `kind, text, planned_for, legal_ground, physical, files, kept…, despite` (jawaban), `officer` (penugasan),
/// `title, text` (penyuntingan), `class, supervisory, category` (klasifikasi),
/// `visible, reason, text` (keterlihatan), `text` (all others).
#[derive(Debug, Clone)]
pub struct ActionForms {
    pub code: Code,
    pub key: String,
    pub seq: u32,
    pub actions: Vec<Action>,
    /// Whether a disposition is also the verification, which judges class and category.
    pub verifying: bool,
    /// Offices to which this officer may dispose.
    pub offices: Vec<Choice>,
    /// Offices that may be suggested when returning.
    pub suggestions: Vec<Choice>,
    pub categories: Vec<Choice>,
    /// Officers of the office to whom it may be assigned.
    pub officers: Vec<Choice>,
    /// Who asked for the anonymous name and waits for a second person.
    pub asker: Option<UserId>,
    pub class: Class,
    pub supervisory: bool,
    /// The public title and text as they are now.
    pub title: String,
    pub text: String,
    /// Words that were sent with a form which is no longer offered.
    pub kept: Option<String>,
    /// What the answer begins with: the answers of the units, put together.
    pub filled: Option<String>,
    /// Templates that may stand in the answer, by id.
    pub templates: Vec<Choice>,
    /// What the rules suggest to whoever forwards it.
    pub suggestion: Option<SuggestionView>,
    /// None stands open by itself: the decision has a screen of its own.
    pub closed: bool,
}

impl ActionForms {
    /// What stands in the answer before anything is typed.
    pub(super) fn answer_text(&self) -> &str {
        self.filled.as_deref().unwrap_or("")
    }

    /// Whether nothing can be done.
    pub fn is_empty(&self) -> bool {
        self.actions.iter().all(|action| action.path().is_none())
    }

    /// The first form stands open, and the one that came back.
    pub fn open(&self, action: &Action) -> &'static str {
        let first = !self.closed && self.actions.first().is_some_and(|first| first.kind == action.kind);
        let came_back = self.actions.iter().any(|action| action.refused.is_some());
        let filled = self.filled.is_some() && action.has_files();
        match (came_back, action.refused.is_some() || filled, first) {
            (_, true, _) | (false, _, true) => " open",
            _ => "",
        }
    }

    pub(super) fn classes(&self) -> &'static [Class] {
        Class::ALL
    }

    pub(super) fn missing(&self) -> &'static [Missing] {
        Missing::ALL
    }

    pub(super) fn return_reasons(&self) -> &'static [ReturnReason] {
        ReturnReason::ALL
    }

    /// Reasons an officer may give; one is the system's own.
    pub(super) fn archive_reasons(&self) -> impl Iterator<Item = &'static ArchiveReason> {
        ArchiveReason::ALL.iter().filter(|reason| **reason != ArchiveReason::NotCompleted)
    }

    pub(super) fn hide_reasons(&self) -> &'static [HideReason] {
        HideReason::ALL
    }

    pub(super) fn answers(&self) -> &'static [AnswerKind] {
        AnswerKind::ALL
    }

    pub(super) fn most(&self) -> usize {
        Body::MOST
    }

    pub(super) fn most_remark(&self) -> usize {
        Remark::MOST
    }

    pub(super) fn most_title(&self) -> usize {
        Title::MOST
    }
}

/// The forms of a sample report.
pub(super) fn sample(kinds: &[CommandKind]) -> ActionForms {
    ActionForms {
        code: sample::code(0),
        key: "0198f3b2c4d7".into(),
        seq: 7,
        actions: kinds.iter().copied().map(Action::new).collect(),
        verifying: kinds.first() == Some(&CommandKind::Dispose),
        offices: sample::agencies(),
        suggestions: sample::agencies(),
        categories: sample::categories(),
        officers: vec![Choice::new(71, "Hendra Saputra"), Choice::new(72, "Sri Lestari").chosen()],
        asker: Some(UserId(71)),
        class: Class::Complaint,
        supervisory: false,
        title: "Jalan berlubang di depan SDN Sungai Andai 3".into(),
        text: sample::STORY.into(),
        kept: None,
        suggestion: kinds.contains(&CommandKind::Dispose).then(suggestion::sample),
        closed: false,
        filled: None,
        templates: vec![Choice::new(3, "Jadwal penambalan"), Choice::new(4, "Syarat KTP").chosen()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_stands_open_and_it_is_the_one_that_came_back() {
        let mut forms = sample(&[CommandKind::Answer, CommandKind::Return, CommandKind::Note]);
        let open = |forms: &ActionForms| -> Vec<CommandKind> {
            let open = forms.actions.iter().filter(|action| !forms.open(action).is_empty());
            open.map(|action| action.kind).collect()
        };
        assert_eq!(open(&forms), [CommandKind::Answer]);
        forms.actions[1].refused = Some(Message::new("refusal-settled"));
        assert_eq!(open(&forms), [CommandKind::Return]);
    }

    #[test]
    fn a_form_that_came_back_holds_what_was_typed_and_chosen() {
        let mut action = Action::new(CommandKind::Answer);
        assert!(action.picks("kind", "done", true) && action.text("text", "usual") == "usual");
        action.refused = Some(Message::new("refusal-date-missing"));
        action.typed.insert("kind".into(), vec!["planned".into()]);
        action.typed.insert("text".into(), vec!["Akan ditambal.".into()]);
        assert!(action.picks("kind", "planned", false) && !action.picks("kind", "done", true));
        assert_eq!((action.text("text", ""), action.text("legal_ground", "")), ("Akan ditambal.", ""));
    }

    #[test]
    fn what_only_the_system_or_the_reporter_does_has_no_form() {
        for kind in [CommandKind::Lapse, CommandKind::Remind, CommandKind::Confirm, CommandKind::Support] {
            assert_eq!(Action::new(kind).path(), None, "{}", kind.name());
        }
        assert!(sample(&[CommandKind::Confirm]).is_empty());
    }
}
