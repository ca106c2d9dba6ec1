//! The score with its whole working.

use super::act::{Answer, Evaluation, Verdict};
use super::form::{By, Form, Predicate, Question, points_of};
use crate::measure::Reading;
use crate::snapshot::Frozen;
use serde::{Deserialize, Serialize};

/// Of the way of reckoning; a change of it is a new version.
///
/// score = Σ weight × points ÷ Σ weight, over the questions that count, in hundredths of a point, rounded half up.
pub const FORMULA: u16 = 1;

/// Where the points of a question come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// As the agency answered; nobody has looked yet.
    Claimed,
    /// A supervisor accepted the answer.
    Accepted,
    /// A supervisor corrected it.
    Corrected,
    /// The objection changed nothing.
    Upheld,
    /// The objection changed the verdict.
    Revised,
    /// A figure of the frozen half year.
    Figure,
    /// A figure of too few reports, which does not count.
    TooFew,
}

impl Reason {
    /// All of them.
    pub const ALL: [Reason; 7] = [
        Reason::Claimed,
        Reason::Accepted,
        Reason::Corrected,
        Reason::Upheld,
        Reason::Revised,
        Reason::Figure,
        Reason::TooFew,
    ];

    /// The name in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Claimed => "claimed",
            Reason::Accepted => "accepted",
            Reason::Corrected => "corrected",
            Reason::Upheld => "upheld",
            Reason::Revised => "revised",
            Reason::Figure => "figure",
            Reason::TooFew => "too_few",
        }
    }
}

/// A question with its points and how they came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub section: String,
    pub question: String,
    /// Of 100; it counts where there are points.
    pub weight: u32,
    /// Of 100.
    pub points: Option<u32>,
    pub reason: Reason,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<Reading>,
}

/// A score with all that it was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Working {
    pub lines: Vec<Line>,
    /// The weights that count, together.
    pub counted: u32,
    /// Hundredths of a point: 8525 is 85.25 of 100.
    pub score: u32,
    pub predicate: Predicate,
}

/// Works out the score of an evaluation as it stands. `frozen` holds the agency's figures of the half year; nothing where it
/// had no report.
///
/// A figure of fewer reports than its question asks for counts neither for nor against the agency: its weight is left out of
/// the division, and the other questions decide alone.
pub fn work_out(form: &Form, evaluation: &Evaluation, frozen: Option<&Frozen>) -> Working {
    let lines: Vec<Line> = form
        .questions()
        .map(|(section, question)| {
            let line = Line {
                section: section.code.clone(),
                question: question.code.clone(),
                weight: question.weight,
                points: None,
                reason: Reason::Claimed,
                answer: None,
                figure: None,
            };
            match &question.by {
                By::Office { .. } => answered(line, question, evaluation.answers.get(&question.code)),
                By::Figure { measure, least, bands } => {
                    let figure = frozen.and_then(|frozen| frozen.figure(*measure));
                    let enough = figure.filter(|reading| reading.denominator >= *least);
                    let points = enough.and_then(|reading| points_of(&reading, bands));
                    let reason = if points.is_some() { Reason::Figure } else { Reason::TooFew };
                    Line { points, reason, figure, ..line }
                }
            }
        })
        .collect();
    let counting = || lines.iter().filter_map(|line| Some((line.weight, line.points?)));
    let counted: u32 = counting().map(|(weight, _)| weight).sum();
    let reached: u32 = counting().map(|(weight, points)| weight * points).sum();
    let score = (reached * 200).checked_div(counted).map_or(0, |twice| twice.div_ceil(2));
    Working { counted, score, predicate: form.predicate(score), lines }
}

fn answered(line: Line, question: &Question, answer: Option<&Answer>) -> Line {
    let answer = answer.cloned().unwrap_or_default();
    let choice = answer.standing().and_then(|code| question.choice(code));
    let points = Some(choice.map_or(0, |choice| choice.points));
    let changed = |was: Option<&str>, verdict: &Verdict| was != Some(verdict.choice.as_str());
    let reason = match (&answer.verdict, &answer.decision) {
        (None, _) => Reason::Claimed,
        (Some(verdict), Some(decision)) if changed(Some(&verdict.choice), decision) => Reason::Revised,
        (Some(_), Some(_)) => Reason::Upheld,
        (Some(verdict), None) if changed(answer.choice.as_deref(), verdict) => Reason::Corrected,
        (Some(_), None) => Reason::Accepted,
    };
    Line { points, reason, answer: Some(answer), ..line }
}
