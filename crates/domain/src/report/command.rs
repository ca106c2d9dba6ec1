//! What may be asked of a report. Texts come parsed; `app` stores them beside the event.

use super::stage::{AnswerKind, ArchiveReason, Class, HideReason, Missing, ReturnReason};
use crate::ids::{AgencyId, CategoryId, MatterId, ProblemId, UserId};
use crate::text::{Body, Remark, Title};
use jiff::civil::Date;

/// A wish to change a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Verify and dispose, route anew after a return, or forward down to a unit.
    Dispose {
        to: AgencyId,
        note: Option<Remark>,
    },
    /// "Not ours": always with a reason, never a closure.
    Return {
        reason: ReturnReason,
        text: Remark,
        suggestion: Option<AgencyId>,
    },
    /// Wait for the reporter.
    Hold {
        missing: Vec<Missing>,
        text: Remark,
    },
    /// The officer goes on without the missing things.
    Resume {
        text: Remark,
    },
    /// The reporter sends what was missing.
    Complete {
        text: Body,
    },
    Archive {
        reason: ArchiveReason,
        text: Remark,
    },
    /// The reporter contests the archiving.
    Contest {
        text: Body,
    },
    Answer {
        kind: AnswerKind,
        text: Body,
        planned_for: Option<Date>,
        legal_ground: Option<Remark>,
        evidence: u8,
        physical: bool,
    },
    /// The reporter has more to say.
    Reply {
        text: Body,
    },
    /// The reporter confirms that the matter is settled. A short message says so without a rating, which may follow.
    Confirm {
        rating: Option<u8>,
        text: Option<Remark>,
    },
    /// The reporter does not accept the answer or the closing (keberatan).
    Object {
        text: Body,
    },
    Close {
        text: Option<Remark>,
    },
    Reopen {
        text: Remark,
    },
    Rewrite {
        title: Title,
        body: Body,
    },
    Reclassify {
        class: Class,
        supervisory: bool,
        category: Option<CategoryId>,
    },
    Assign {
        officer: Option<UserId>,
    },
    Note {
        text: Remark,
    },
    Hide {
        reason: HideReason,
        text: Remark,
    },
    Unhide {
        text: Remark,
    },
    /// An officer needs the name of an anonymous reporter, and says why.
    AskName {
        text: Remark,
    },
    /// A second person opens it to the one who asked.
    OpenName {
        officer: UserId,
    },
    /// A second person keeps it closed.
    KeepName {
        officer: UserId,
        text: Remark,
    },
    /// It is about the same matter as other reports.
    Link {
        matter: MatterId,
    },
    /// It is about a matter of its own after all.
    Unlink,
    /// It has its cause in a problem (masalah induk).
    Attribute {
        problem: ProblemId,
    },
    /// It has another cause after all.
    Release,
    /// Asks somebody outside, who answers by a link.
    AskOutsider {
        text: Body,
    },
    /// The one who was asked answers; the question is named by its event.
    AnswerOutside {
        question: u32,
        text: Body,
    },
    /// An officer ends a question before it was answered.
    EndQuestion {
        question: u32,
    },
    /// An answer for somebody else to send, where the office wants that.
    ProposeAnswer {
        kind: AnswerKind,
        text: Body,
        planned_for: Option<Date>,
        legal_ground: Option<Remark>,
        evidence: u8,
        physical: bool,
    },
    /// Send a draft exactly as it was proposed; `draft` is its event.
    ApproveAnswer {
        draft: u32,
    },
    /// Not like this: back to its author.
    SendBackAnswer {
        draft: u32,
        text: Remark,
    },
    /// The author takes a draft back.
    WithdrawAnswer {
        draft: u32,
    },
    /// The lead asks another unit for a part of the work.
    AskPart {
        office: AgencyId,
        /// The lead waits for it before it answers.
        compulsory: bool,
        /// The unit may read the report also where it is sealed.
        opened: bool,
        /// The last day, where the limit of the policy is not meant.
        day: Option<Date>,
        text: Remark,
    },
    /// A supporting unit answers the lead.
    AnswerPart {
        part: u8,
        text: Body,
        evidence: u8,
    },
    /// A supporting unit gives its part back: "not ours".
    ReturnPart {
        part: u8,
        reason: ReturnReason,
        text: Remark,
    },
    /// The lead does without a part after all.
    WithdrawPart {
        part: u8,
        text: Remark,
    },
    /// Somebody else has the same trouble (dukung).
    Support,
    /// The reporter agrees that the Ombudsman takes over.
    AcceptOmbudsman,
    /// The scheduler reminds before a deadline.
    Remind,
    /// The scheduler reminds an office of its promise on the promised day.
    RemindPromise,
    /// The scheduler tells the next level that a deadline has passed.
    Escalate,
    /// The scheduler reminds a supporting unit before its deadline.
    RemindPart {
        part: u8,
    },
    /// The scheduler tells the next level that a part is late.
    EscalatePart {
        part: u8,
    },
    /// The scheduler warns the reporter on day 7 of the silence.
    Warn,
    /// The scheduler closes after the silence.
    CloseSilent,
    /// The scheduler archives a hold that nobody answered.
    Lapse,
    /// Goes to another office of the agency with all open cases of its office, as both have signed.
    HandOver {
        to: AgencyId,
    },
    /// The scheduler, or the national admin, offers the Ombudsman at the legal limit.
    OfferOmbudsman,
}

macro_rules! kinds {
    ($($kind:ident = $name:literal),+ $(,)?) => {
        /// A command without its facts, for the permission table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum CommandKind { $($kind),+ }

        impl CommandKind {
            /// Every kind, in the order of the tables.
            pub const ALL: &'static [CommandKind] = &[$(CommandKind::$kind),+];

            /// The name in the API and in locale keys.
            pub fn name(self) -> &'static str {
                match self { $(CommandKind::$kind => $name),+ }
            }
        }

        impl Command {
            /// The kind of this command.
            pub fn kind(&self) -> CommandKind {
                match self { $(Command::$kind { .. } => CommandKind::$kind),+ }
            }
        }
    };
}

kinds! {
    Dispose = "dispose", Return = "return", Hold = "hold", Resume = "resume", Complete = "complete", Archive = "archive",
    Contest = "contest", Answer = "answer", Reply = "reply", Confirm = "confirm", Object = "object", Close = "close",
    Reopen = "reopen", Rewrite = "rewrite", Reclassify = "reclassify", Assign = "assign", Note = "note", Hide = "hide",
    Unhide = "unhide", AskName = "ask_name", OpenName = "open_name", KeepName = "keep_name",
    ProposeAnswer = "propose_answer", ApproveAnswer = "approve_answer", SendBackAnswer = "send_back_answer",
    WithdrawAnswer = "withdraw_answer", AskPart = "ask_part", AnswerPart = "answer_part",
    ReturnPart = "return_part", WithdrawPart = "withdraw_part", Link = "link",
    Unlink = "unlink", Attribute = "attribute", Release = "release", AskOutsider = "ask_outsider", AnswerOutside = "answer_outside",
    EndQuestion = "end_question", Support = "support", AcceptOmbudsman = "accept_ombudsman",
    Remind = "remind", RemindPromise = "remind_promise", Escalate = "escalate", RemindPart = "remind_part",
    EscalatePart = "escalate_part", Warn = "warn",
    CloseSilent = "close_silent", Lapse = "lapse", OfferOmbudsman = "offer_ombudsman", HandOver = "hand_over",
}

impl Command {
    /// The words that came with it, to be stored beside its event.
    pub fn text(&self) -> Option<&str> {
        match self {
            Command::Return { text, .. } | Command::Hold { text, .. } | Command::Resume { text } => Some(text.as_str()),
            Command::Archive { text, .. } | Command::Reopen { text } | Command::Note { text } => Some(text.as_str()),
            Command::Hide { text, .. } | Command::Unhide { text } => Some(text.as_str()),
            Command::AskName { text } | Command::KeepName { text, .. } => Some(text.as_str()),
            Command::AskPart { text, .. } | Command::ReturnPart { text, .. } => Some(text.as_str()),
            Command::WithdrawPart { text, .. } => Some(text.as_str()),
            Command::AnswerPart { text, .. } | Command::ProposeAnswer { text, .. } => Some(text.as_str()),
            Command::SendBackAnswer { text, .. } => Some(text.as_str()),
            Command::Complete { text } | Command::Contest { text } | Command::Answer { text, .. } => {
                Some(text.as_str())
            }
            Command::Reply { text } | Command::Object { text } => Some(text.as_str()),
            Command::AskOutsider { text } | Command::AnswerOutside { text, .. } => Some(text.as_str()),
            Command::Dispose { note: text, .. } | Command::Confirm { text, .. } | Command::Close { text } => {
                text.as_ref().map(Remark::as_str)
            }
            Command::Rewrite { body, .. } => Some(body.as_str()),
            _ => None,
        }
    }
}
