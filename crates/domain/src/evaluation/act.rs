//! What may be done to an evaluation, by whom it is waited for, and what becomes of it.

use super::form::{Form, Question};
use crate::deadline::{self, Calendar, Limit, LimitRow, Limits, Start, Unit};
use crate::ids::UserId;
use crate::time::Zone;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Most characters of a note, a reason or an objection, and fewest of a reason.
pub const MOST_TEXT: usize = 2_000;
const LEAST_REASON: usize = 3;

/// How an evaluation came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// The agency agreed to the verification.
    Accepted,
    /// The agency said nothing while it could object.
    Lapsed,
    /// The objection was decided; there is no second one.
    Decided,
}

impl Closing {
    /// The name in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Closing::Accepted => "accepted",
            Closing::Lapsed => "lapsed",
            Closing::Decided => "decided",
        }
    }
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The agency writes.
    Draft,
    /// A supervisor verifies.
    Submitted,
    /// The agency may agree or object, up to an instant.
    Verified { until: Timestamp },
    /// A supervisor decides about the objection.
    Objected,
    /// It stays as it is.
    Final { how: Closing, at: Timestamp },
}

impl Stage {
    /// The names of all stages.
    pub const NAMES: [&'static str; 5] = ["draft", "submitted", "verified", "objected", "final"];

    /// The name in storage and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Draft => "draft",
            Stage::Submitted => "submitted",
            Stage::Verified { .. } => "verified",
            Stage::Objected => "objected",
            Stage::Final { .. } => "final",
        }
    }

    /// Whether it stays as it is.
    pub fn is_final(self) -> bool {
        matches!(self, Stage::Final { .. })
    }
}

/// What a supervisor makes of an answer; the same choice accepts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    pub choice: String,
    /// Why, needed for another choice.
    pub reason: String,
}

/// An answer with all that was made of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Open in a draft only.
    pub choice: Option<String>,
    /// What the agency says about it.
    pub note: String,
    pub verdict: Option<Verdict>,
    /// Why the agency objects to the verdict.
    pub objection: Option<String>,
    pub decision: Option<Verdict>,
}

impl Answer {
    /// The choice that counts now.
    pub fn standing(&self) -> Option<&str> {
        let judged = self.decision.as_ref().or(self.verdict.as_ref()).map(|verdict| verdict.choice.as_str());
        judged.or(self.choice.as_deref())
    }
}

/// An answer as it is being written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    pub choice: Option<String>,
    pub note: String,
}

/// When something was done, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    pub at: Timestamp,
    /// Nobody where time did it.
    pub by: Option<UserId>,
}

/// The evaluation of one agency over one half year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    /// The version of the form.
    pub form: u16,
    pub stage: Stage,
    /// By the codes of the questions.
    pub answers: BTreeMap<String, Answer>,
    pub submitted: Option<Done>,
    pub verified: Option<Done>,
    pub objected: Option<Done>,
}

/// Something that is done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// The agency keeps its answers; what is not among them stays.
    Save(BTreeMap<String, Draft>),
    /// The agency hands them in.
    Submit,
    /// A supervisor gives it back to be completed, and says what is missing.
    SendBack(String),
    /// A supervisor gives a verdict on each answer.
    Verify(BTreeMap<String, Verdict>),
    /// The agency agrees, and need not wait.
    Accept,
    /// The agency objects to verdicts, once, with a reason for each.
    Object(BTreeMap<String, String>),
    /// A supervisor decides about each objection.
    Decide(BTreeMap<String, Verdict>),
    /// The time to object has passed.
    Lapse,
}

impl Act {
    /// The name in storage and in locale keys.
    pub fn name(&self) -> &'static str {
        match self {
            Act::Save(_) => "save",
            Act::Submit => "submit",
            Act::SendBack(_) => "send_back",
            Act::Verify(_) => "verify",
            Act::Accept => "accept",
            Act::Object(_) => "object",
            Act::Decide(_) => "decide",
            Act::Lapse => "lapse",
        }
    }
}

/// Why something may not be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// Not at this stage.
    Stage,
    /// The time to object has passed, or not yet.
    Time,
    /// Who handed it in does not judge it.
    OwnWork,
    Unanswered,
    UnknownChoice,
    NoEvidence,
    NoReason,
    TooLong,
    /// An objection to nothing.
    Nothing,
}

impl FaultKind {
    /// All of them.
    pub const ALL: [FaultKind; 9] = [
        FaultKind::Stage,
        FaultKind::Time,
        FaultKind::OwnWork,
        FaultKind::Unanswered,
        FaultKind::UnknownChoice,
        FaultKind::NoEvidence,
        FaultKind::NoReason,
        FaultKind::TooLong,
        FaultKind::Nothing,
    ];

    /// The name in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            FaultKind::Stage => "stage",
            FaultKind::Time => "time",
            FaultKind::OwnWork => "own_work",
            FaultKind::Unanswered => "unanswered",
            FaultKind::UnknownChoice => "unknown_choice",
            FaultKind::NoEvidence => "no_evidence",
            FaultKind::NoReason => "no_reason",
            FaultKind::TooLong => "too_long",
            FaultKind::Nothing => "nothing",
        }
    }
}

/// What is wrong, and with which question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub question: Option<String>,
    pub kind: FaultKind,
}

/// In which surroundings something is done.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    pub form: &'a Form,
    pub calendar: &'a Calendar,
    /// Where the agency is.
    pub zone: Zone,
    pub now: Timestamp,
    pub by: Option<UserId>,
    /// Questions for which there is a file.
    pub shown: &'a BTreeSet<String>,
}

/// The last second in which an agency may object to a verification: the end of so many working days after it, as the calendar
/// was known then. A later decree moves nothing that an agency was told.
pub fn objection_deadline(form: &Form, calendar: &Calendar, zone: Zone, verified: Timestamp) -> Timestamp {
    let day = zone.day(verified);
    let row = LimitRow {
        limit: Limit::Objection,
        days: form.objection_days,
        unit: Unit::WorkingDay,
        valid_from: day,
        valid_to: None,
        legal_basis: String::new(),
        source: None,
        note: None,
    };
    let start = Start { at: verified, zone, holds: &[], known: day };
    deadline::due(calendar, &Limits::new([row]), Limit::Objection, start).unwrap_or(verified)
}

impl Evaluation {
    /// One that nothing was written into yet.
    pub fn new(form: &Form) -> Evaluation {
        Evaluation {
            form: form.version,
            stage: Stage::Draft,
            answers: BTreeMap::new(),
            submitted: None,
            verified: None,
            objected: None,
        }
    }

    /// What becomes of it, or all that stands against it.
    pub fn after(&self, setting: &Setting, act: &Act) -> Result<Evaluation, Vec<Fault>> {
        let mut next = self.clone();
        let done = Some(Done { at: setting.now, by: setting.by });
        let faults = match (act, self.stage) {
            (Act::Save(drafts), Stage::Draft) => next.save(setting.form, drafts),
            (Act::Submit, Stage::Draft) => {
                (next.stage, next.submitted) = (Stage::Submitted, done);
                self.missing(setting)
            }
            (Act::SendBack(reason), Stage::Submitted) => {
                (next.stage, next.submitted) = (Stage::Draft, None);
                let unsaid = (!is_reason(reason)).then(|| fault(None, FaultKind::NoReason));
                let long = (reason.trim().chars().count() > MOST_TEXT).then(|| fault(None, FaultKind::TooLong));
                self.own_work(setting).into_iter().chain(unsaid).chain(long).collect()
            }
            (Act::Verify(verdicts), Stage::Submitted) => {
                let until = objection_deadline(setting.form, setting.calendar, setting.zone, setting.now);
                (next.stage, next.verified) = (Stage::Verified { until }, done);
                [self.own_work(setting), next.judge(setting.form, verdicts, false)].concat()
            }
            (Act::Accept, Stage::Verified { .. }) => next.close(setting, Closing::Accepted),
            (Act::Lapse, Stage::Verified { until }) if setting.now > until => next.close(setting, Closing::Lapsed),
            (Act::Object(reasons), Stage::Verified { until }) if setting.now <= until => {
                (next.stage, next.objected) = (Stage::Objected, done);
                next.object(reasons)
            }
            (Act::Object(_) | Act::Lapse, Stage::Verified { .. }) => vec![fault(None, FaultKind::Time)],
            (Act::Decide(verdicts), Stage::Objected) => {
                let faults = [self.own_work(setting), next.judge(setting.form, verdicts, true)].concat();
                [faults, next.close(setting, Closing::Decided)].concat()
            }
            _ => vec![fault(None, FaultKind::Stage)],
        };
        if faults.is_empty() { Ok(next) } else { Err(faults) }
    }

    fn close(&mut self, setting: &Setting, how: Closing) -> Vec<Fault> {
        self.stage = Stage::Final { how, at: setting.now };
        Vec::new()
    }

    fn save(&mut self, form: &Form, drafts: &BTreeMap<String, Draft>) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (code, draft) in drafts {
            let known = form.asked().find(|question| &question.code == code);
            let fits = |choice: &String| known.is_some_and(|question| question.choice(choice).is_some());
            if known.is_none() || !draft.choice.as_ref().is_none_or(fits) {
                faults.push(fault(Some(code.as_str()), FaultKind::UnknownChoice));
            }
            faults.extend(too_long(code, &draft.note));
            let note = draft.note.trim().to_owned();
            self.answers.insert(code.clone(), Answer { choice: draft.choice.clone(), note, ..Answer::default() });
        }
        faults
    }

    /// What a draft lacks to be handed in.
    fn missing(&self, setting: &Setting) -> Vec<Fault> {
        let missing = |question: &Question| {
            let choice = self.answers.get(&question.code).and_then(|answer| answer.choice.as_deref());
            match choice {
                None => Some(fault(Some(question.code.as_str()), FaultKind::Unanswered)),
                Some(choice) if question.needs_evidence(choice) && !setting.shown.contains(&question.code) => {
                    Some(fault(Some(question.code.as_str()), FaultKind::NoEvidence))
                }
                Some(_) => None,
            }
        };
        setting.form.asked().filter_map(missing).collect()
    }

    fn own_work(&self, setting: &Setting) -> Vec<Fault> {
        let handed_in = self.submitted.and_then(|done| done.by);
        let own = setting.by.is_some() && setting.by == handed_in;
        own.then(|| fault(None, FaultKind::OwnWork)).into_iter().collect()
    }

    /// Takes a verdict on each answer, or a decision on each objection.
    fn judge(&mut self, form: &Form, verdicts: &BTreeMap<String, Verdict>, decides: bool) -> Vec<Fault> {
        let mut faults = Vec::new();
        for question in form.asked() {
            let answer = self.answers.entry(question.code.clone()).or_default();
            if decides && answer.objection.is_none() {
                continue;
            }
            let code = Some(question.code.as_str());
            let Some(verdict) = verdicts.get(&question.code) else {
                faults.push(fault(code, FaultKind::Unanswered));
                continue;
            };
            if question.choice(&verdict.choice).is_none() {
                faults.push(fault(code, FaultKind::UnknownChoice));
            }
            // An objection is answered in words, whatever comes of it.
            let corrects = answer.choice.as_deref() != Some(&verdict.choice);
            if (corrects || decides) && !is_reason(&verdict.reason) {
                faults.push(fault(code, FaultKind::NoReason));
            }
            faults.extend(too_long(&question.code, &verdict.reason));
            let verdict = Verdict { reason: verdict.reason.trim().to_owned(), ..verdict.clone() };
            *(if decides { &mut answer.decision } else { &mut answer.verdict }) = Some(verdict);
        }
        faults
    }

    fn object(&mut self, reasons: &BTreeMap<String, String>) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (code, reason) in reasons {
            match self.answers.get_mut(code) {
                Some(answer) => answer.objection = Some(reason.trim().to_owned()),
                None => faults.push(fault(Some(code.as_str()), FaultKind::UnknownChoice)),
            }
            if !is_reason(reason) {
                faults.push(fault(Some(code.as_str()), FaultKind::NoReason));
            }
            faults.extend(too_long(code, reason));
        }
        if reasons.is_empty() {
            faults.push(fault(None, FaultKind::Nothing));
        }
        faults
    }
}

fn fault(question: Option<&str>, kind: FaultKind) -> Fault {
    Fault { question: question.map(str::to_owned), kind }
}

fn too_long(code: &str, text: &str) -> Option<Fault> {
    (text.trim().chars().count() > MOST_TEXT).then(|| fault(Some(code), FaultKind::TooLong))
}

fn is_reason(text: &str) -> bool {
    text.trim().chars().count() >= LEAST_REASON
}
