//! Points out what is weak in an answer before it is sent. It advises and never forbids: who sends the answer
//! all the same says why, and that is recorded.
//!
//! The lists it looks into are data with their reasons (`phrase`). A false alarm costs more than a miss: an
//! officer who is warned without cause stops reading warnings.

mod phrase;
mod text;

use crate::personal::{self, PersonalKind};
use crate::report::{AnswerKind, Event, Refusal};
use crate::template;
use crate::text::Phone;
use serde::{Deserialize, Serialize};
use text::{Plain, sentences};

/// Fewest words of an answer besides greeting and thanks.
const LEAST_WORDS: usize = 5;
/// Most words that stand for one placeholder of a template.
const WIDEST_GAP: usize = 12;

/// What may be weak in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// It says who was told, or thanks, and nothing of the matter itself.
    NonAnswer,
    /// A template of the office, word for word.
    TemplateCopy,
    /// A blank of a template was not filled in.
    BlankLeft,
    /// Work is promised without a day, and not as a plan.
    DateMissing,
    /// The ground of a refusal names no rule.
    GroundVague,
    /// Work is said to be done, and nothing shows it.
    EvidenceMissing,
    /// Everybody would read something about the reporter.
    PersonalData,
    TooShort,
    /// Word for word what the reporter was told before.
    Repeated,
}

impl Finding {
    /// Every finding.
    pub const ALL: &'static [Finding] = &[
        Finding::NonAnswer,
        Finding::TemplateCopy,
        Finding::BlankLeft,
        Finding::DateMissing,
        Finding::GroundVague,
        Finding::EvidenceMissing,
        Finding::PersonalData,
        Finding::TooShort,
        Finding::Repeated,
    ];

    /// The name in events, in the API and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Finding::NonAnswer => "non_answer",
            Finding::TemplateCopy => "template_copy",
            Finding::BlankLeft => "blank_left",
            Finding::DateMissing => "date_missing",
            Finding::GroundVague => "ground_vague",
            Finding::EvidenceMissing => "evidence_missing",
            Finding::PersonalData => "personal_data",
            Finding::TooShort => "too_short",
            Finding::Repeated => "repeated",
        }
    }
}

/// A finding, and the words of the answer that led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    pub finding: Finding,
    pub said: Option<String>,
}

/// An answer as somebody means to send it.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    pub kind: AnswerKind,
    pub text: &'a str,
    pub legal_ground: Option<&'a str>,
    /// How many files show it.
    pub evidence: u8,
}

/// What is known of the report that it answers.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Whether everybody reads the answer.
    pub public: bool,
    /// What was answered before.
    pub earlier: Vec<String>,
    /// The texts of the office's templates, with their `{placeholders}`.
    pub templates: Vec<String>,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
}

/// What is weak in an answer, the gravest first; nothing where it is good.
pub fn advise(written: &Written<'_>, known: &Known) -> Vec<Advice> {
    let plain = Plain::of(written.text);
    let found = |finding| move |said| Advice { finding, said };
    let empty = non_answer(written.text);
    let hollow = empty.is_some();
    let mut advice: Vec<Advice> = empty.map(found(Finding::NonAnswer)).into_iter().collect();
    let copied = known.templates.iter().any(|template| is_copy(&plain, template));
    advice.extend(copied.then_some(None).map(found(Finding::TemplateCopy)));
    advice.extend(text::blank(written.text).map(Some).map(found(Finding::BlankLeft)));
    let promised = (written.kind != AnswerKind::Planned && !hollow).then(|| undated_promise(written.text)).flatten();
    advice.extend(promised.map(Some).map(found(Finding::DateMissing)));
    let ground = written.legal_ground.filter(|ground| written.kind == AnswerKind::Refused && is_vague(ground));
    advice.extend(ground.map(|ground| Some(ground.to_owned())).map(found(Finding::GroundVague)));
    let claims = (written.evidence == 0 && matches!(written.kind, AnswerKind::Done | AnswerKind::Explained))
        .then(|| phrase::claimed_work(&plain))
        .flatten();
    advice.extend(claims.map(Some).map(found(Finding::EvidenceMissing)));
    let told = known.public.then(|| personal_data(written.text, known)).flatten();
    advice.extend(told.map(Some).map(found(Finding::PersonalData)));
    let short = !hollow && text::substance(written.text) < LEAST_WORDS;
    advice.extend(short.then_some(None).map(found(Finding::TooShort)));
    let again = known.earlier.iter().any(|earlier| Plain::of(earlier) == plain);
    advice.extend(again.then_some(None).map(found(Finding::Repeated)));
    advice
}

/// An answer without what differs between two that were not written for a report: marks, capitals, and words with a
/// digit, such as numbers of reports, days and amounts. Two answers that read the same have the same likeness.
pub fn likeness(answer: &str) -> String {
    let plain = Plain::of(answer);
    let words: Vec<&str> = plain.words().filter(|word| !word.contains(|c: char| c.is_ascii_digit())).collect();
    words.join(" ")
}

/// What follows from the findings: nothing where there are none, a record where somebody sends the answer
/// all the same and says why.
pub fn heed(findings: Vec<Finding>, has_reason: bool) -> Result<Option<Event>, Refusal> {
    match (findings.is_empty(), has_reason) {
        (true, _) => Ok(None),
        (false, true) => Ok(Some(Event::AdviceOverridden { findings })),
        (false, false) => Err(Refusal::Advised),
    }
}

/// The words by which an answer says nothing of the matter, where all of it is such words or courtesy.
fn non_answer(answer: &str) -> Option<Option<String>> {
    let mut hollow = None;
    for sentence in sentences(answer) {
        let plain = Plain::of(sentence);
        if text::is_courtesy(&plain) {
            continue;
        }
        if phrase::is_concrete(&plain) {
            return None;
        }
        hollow = Some(phrase::hollow(&plain)?);
    }
    Some(hollow.map(str::to_owned))
}

/// The first promise of work in a sentence that names no time.
fn undated_promise(answer: &str) -> Option<String> {
    let mut undated = sentences(answer).into_iter().map(Plain::of).filter(|plain| !phrase::tells_time(plain));
    undated.find_map(|plain| phrase::promised_work(&plain))
}

fn is_vague(ground: &str) -> bool {
    let plain = Plain::of(ground);
    !plain.words().any(|word| phrase::RULES.contains(&word))
        || !plain.words().any(|word| word.contains(|c: char| c.is_ascii_digit()))
}

/// Personal data of the reporter, or of a form that nobody means to publish.
fn personal_data(answer: &str, known: &Known) -> Option<String> {
    let own = |kind: PersonalKind, said: &str| match kind {
        PersonalKind::Nik | PersonalKind::Account => true,
        PersonalKind::Phone => match (Phone::parse(said), known.phone.as_deref()) {
            (Ok(phone), Some(own)) => phone.as_str() == own,
            _ => false,
        },
        PersonalKind::Email => known.email.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(said)),
        PersonalKind::Plate => false,
    };
    let formed = personal::find(answer).into_iter().find(|found| own(found.kind, &answer[found.at.clone()]));
    formed.map(|found| answer[found.at].to_owned()).or_else(|| {
        let name = known.name.as_deref()?;
        let plain = Plain::of(name);
        let telling = plain.words().count() > 1 || plain.length() >= 5;
        (telling && Plain::of(answer).has(&plain)).then(|| name.to_owned())
    })
}

/// Whether an answer is a template with nothing but its placeholders filled.
fn is_copy(answer: &Plain, template: &str) -> bool {
    let parts: Vec<Plain> = template::literals(template).iter().map(|part| Plain::of(part)).collect();
    let literal: usize = parts.iter().map(|part| part.words().count()).sum();
    let words: Vec<&str> = answer.words().collect();
    literal >= LEAST_WORDS && follows(&words, &parts, 0)
}

/// Whether the words are the parts in their order, with a few words between one and the next.
fn follows(words: &[&str], parts: &[Plain], widest: usize) -> bool {
    let Some((part, later)) = parts.split_first() else { return words.is_empty() };
    let part: Vec<&str> = part.words().collect();
    let fits = |gap: &usize| {
        let rest = words.get(*gap..).and_then(|rest| rest.strip_prefix(part.as_slice()));
        rest.is_some_and(|rest| follows(rest, later, WIDEST_GAP))
    };
    (0..=widest.min(words.len())).any(|gap| fits(&gap))
}
