//! The forms of an evaluation: how they are read, and how they come back with what was typed.

use crate::components::{Field, Slip};
use crate::desk::{EvaluationPage, QUESTION_IDS};
use crate::serve::form::Form;
use crate::words::Message;
use app::Upload;
use domain::evaluation::{self, Draft, Fault, FaultKind, Verdict};
use std::collections::BTreeMap;

/// The form itself, for what is wrong with no question.
const WHOLE: &str = "evaluation";

/// The answers of a draft, for each question that is asked.
pub(super) fn drafts(about: &evaluation::Form, form: &Form) -> BTreeMap<String, Draft> {
    let draft = |code: &str| Draft {
        choice: form.some(&format!("choice-{code}")).map(str::to_owned),
        note: form.get(&format!("text-{code}")).to_owned(),
    };
    about.asked().map(|question| (question.code.clone(), draft(&question.code))).collect()
}

/// The verdicts or decisions that were sent.
pub(super) fn verdicts(about: &evaluation::Form, form: &Form) -> BTreeMap<String, Verdict> {
    let verdict = |code: &str| {
        let choice = form.some(&format!("choice-{code}"))?.to_owned();
        Some(Verdict { choice, reason: form.get(&format!("text-{code}")).to_owned() })
    };
    about.asked().filter_map(|question| Some((question.code.clone(), verdict(&question.code)?))).collect()
}

/// The objections that were written.
pub(super) fn reasons(about: &evaluation::Form, form: &Form) -> BTreeMap<String, String> {
    let reason = |code: &str| form.some(&format!("text-{code}")).map(str::to_owned);
    about.asked().filter_map(|question| Some((question.code.clone(), reason(&question.code)?))).collect()
}

/// The files by their questions.
pub(super) fn uploads(form: &Form) -> Vec<(String, Upload)> {
    let question = |field: &String| field.strip_prefix("file-").map(str::to_owned);
    let pairs = form.file_fields.iter().zip(&form.files);
    pairs.filter_map(|(field, upload)| Some((question(field)?, upload.clone()))).collect()
}

/// The page with what was typed, and what is wrong with it.
pub(super) fn come_back(mut page: EvaluationPage, form: &Form, faults: &[Fault]) -> EvaluationPage {
    for (n, question) in page.questions.iter_mut().enumerate().filter(|(_, question)| question.is_asked) {
        let code = question.line.code.clone();
        if let Some(pick) = form.some(&format!("choice-{code}")) {
            question.pick = pick.to_owned();
        }
        question.text = Field::of(form.get(&format!("text-{code}")));
        let wrong = faults.iter().find(|fault| fault.question.as_ref() == Some(&code));
        question.text.slip = wrong.map(|fault| told(fault, n));
    }
    let slip = |fault: &Fault| {
        let place = |question: &String| page.questions.iter().position(|one| &one.line.code == question);
        match fault.question.as_ref().and_then(place) {
            Some(n) => Slip { field: QUESTION_IDS[n % QUESTION_IDS.len()], message: told(fault, n) },
            None if is_of_return(fault) => Slip { field: "back", message: Message::new("evaluation-back-missing") },
            None => Slip { field: WHOLE, message: told(fault, 0) },
        }
    };
    page.slips = faults.iter().map(slip).collect();
    let unsaid = faults.iter().any(is_of_return).then(|| Message::new("evaluation-back-missing"));
    page.back = Field { slip: unsaid, ..Field::of(form.get("back")) };
    with_file_slip(page, form.file_slip.clone())
}

/// The page with what was wrong with a file.
pub(super) fn with_file_slip(mut page: EvaluationPage, slip: Option<Message>) -> EvaluationPage {
    page.slips.extend(slip.clone().map(|message| Slip { field: "evidence", message }));
    EvaluationPage { file_slip: slip, ..page }
}

/// Whether it is about what is said when an evaluation is given back.
fn is_of_return(fault: &Fault) -> bool {
    fault.question.is_none() && matches!(fault.kind, FaultKind::NoReason | FaultKind::TooLong)
}

fn told(fault: &Fault, n: usize) -> Message {
    Message::new(format!("evaluation-fault-{}", fault.kind.name())).with("n", n + 1)
}
