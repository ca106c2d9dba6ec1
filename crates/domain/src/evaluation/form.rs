//! A form as data: sections of questions, each with a weight and with choices or bands that are worth points.

use crate::measure::{Measure, Reading};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What people are told, in both languages. It belongs to the version of the form: what was asked stays what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    pub id: String,
    pub en: String,
}

/// How well an agency handles complaints (predikat of the ministry of home affairs).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Predicate {
    /// Kurang.
    Poor,
    /// Sedang.
    Fair,
    /// Baik.
    Good,
    /// Sangat Baik.
    VeryGood,
}

impl Predicate {
    /// All of them, the best first.
    pub const ALL: [Predicate; 4] = [Predicate::VeryGood, Predicate::Good, Predicate::Fair, Predicate::Poor];

    /// The name in storage, data and locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Predicate::VeryGood => "very_good",
            Predicate::Good => "good",
            Predicate::Fair => "fair",
            Predicate::Poor => "poor",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Predicate> {
        Predicate::ALL.into_iter().find(|predicate| predicate.name() == name)
    }
}

/// An answer that may be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub code: String,
    pub told: Told,
    /// Of 100.
    pub points: u32,
}

/// From which value of a figure on there are how many points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Hundredths of the unit of the figure.
    pub from: i64,
    /// Of 100.
    pub points: u32,
}

/// Who answers a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum By {
    /// The agency, by one of these choices. `evidence`: a choice that is worth points needs a file that shows it.
    Office { evidence: bool, choices: Vec<Choice> },
    /// Nobody: a figure of the frozen half year. Below the last band there are no points; of fewer than `least` reports the
    /// question does not count.
    Figure { measure: Measure, least: u64, bands: Vec<Band> },
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub code: String,
    pub ask: Told,
    /// Of the 100 of all questions together.
    pub weight: u32,
    pub by: By,
}

/// Questions about one matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub code: String,
    pub told: Told,
    pub questions: Vec<Question>,
}

/// The least score of a predicate, in hundredths of a point: 8500 is 85 of 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    pub predicate: Predicate,
    pub from: u32,
}

/// A version of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    pub version: u16,
    /// Working days in which the agency may object, the first one after the verification being day 1.
    pub objection_days: u16,
    /// From the best on; the last one begins at 0.
    pub predicates: Vec<Threshold>,
    pub sections: Vec<Section>,
}

/// Why something is no form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormFault {
    /// The weights are not 100 together.
    Weights(u32),
    /// Two questions, or two choices of one, have the same code.
    Twice(String),
    /// A question has no choices or bands, more than 100 points, or bands that do not fall.
    Question(String),
    /// The predicates do not fall to 0.
    Predicates,
}

/// All weights together, and the most points.
pub(super) const WHOLE: u32 = 100;

impl Form {
    /// Whether it can be answered and reckoned with.
    pub fn check(&self) -> Result<(), FormFault> {
        let weights: u32 = self.questions().map(|(_, question)| question.weight).sum();
        if weights != WHOLE {
            return Err(FormFault::Weights(weights));
        }
        let mut codes = BTreeSet::new();
        for (_, question) in self.questions() {
            if !codes.insert(&question.code) {
                return Err(FormFault::Twice(question.code.clone()));
            }
            question.check()?;
        }
        let falls = self.predicates.windows(2).all(|pair| pair[0].from > pair[1].from);
        let reaches = self.predicates.last().is_some_and(|last| last.from == 0);
        if falls && reaches { Ok(()) } else { Err(FormFault::Predicates) }
    }

    /// All questions with their sections.
    pub fn questions(&self) -> impl Iterator<Item = (&Section, &Question)> {
        self.sections.iter().flat_map(|section| section.questions.iter().map(move |question| (section, question)))
    }

    /// One question.
    pub fn question(&self, code: &str) -> Option<&Question> {
        self.questions().map(|(_, question)| question).find(|question| question.code == code)
    }

    /// Questions that the agency answers.
    pub fn asked(&self) -> impl Iterator<Item = &Question> {
        self.questions().map(|(_, question)| question).filter(|question| matches!(question.by, By::Office { .. }))
    }

    /// The predicate of a score in hundredths of a point.
    pub fn predicate(&self, score: u32) -> Predicate {
        self.predicates.iter().find(|one| score >= one.from).map_or(Predicate::Poor, |one| one.predicate)
    }
}

impl Question {
    fn check(&self) -> Result<(), FormFault> {
        let wrong = || Err(FormFault::Question(self.code.clone()));
        match &self.by {
            By::Office { choices, .. } => {
                let codes: BTreeSet<&str> = choices.iter().map(|choice| choice.code.as_str()).collect();
                if codes.len() != choices.len() {
                    return Err(FormFault::Twice(self.code.clone()));
                }
                if choices.len() < 2 || choices.iter().any(|choice| choice.points > WHOLE) { wrong() } else { Ok(()) }
            }
            By::Figure { bands, .. } => {
                let falls = bands.windows(2).all(|pair| pair[0].from > pair[1].from && pair[0].points > pair[1].points);
                if bands.is_empty() || !falls || bands.iter().any(|band| band.points > WHOLE) {
                    wrong()
                } else {
                    Ok(())
                }
            }
        }
    }

    /// The answers that may be chosen; none of a question that nobody answers.
    pub fn choices(&self) -> &[Choice] {
        match &self.by {
            By::Office { choices, .. } => choices,
            By::Figure { .. } => &[],
        }
    }

    /// One of them.
    pub fn choice(&self, code: &str) -> Option<&Choice> {
        self.choices().iter().find(|choice| choice.code == code)
    }

    /// Whether a choice needs a file that shows it.
    pub fn needs_evidence(&self, code: &str) -> bool {
        let evidence = matches!(self.by, By::Office { evidence: true, .. });
        evidence && self.choice(code).is_some_and(|choice| choice.points > 0)
    }
}

/// The points of a figure by bands; nothing of nothing.
pub(super) fn points_of(reading: &Reading, bands: &[Band]) -> Option<u32> {
    let value = reading.hundredths?;
    Some(bands.iter().find(|band| value >= band.from).map_or(0, |band| band.points))
}
