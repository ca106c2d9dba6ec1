//! What a formula may be made of, read from the sums of an office.

use super::Candidate;
use crate::measure::{Item, Measure, Sums};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Something that a formula takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    FollowUp,
    Completion,
    Punctuality,
    Confirmed,
    Evidence,
    /// (Mean rating − 1) ÷ 4, drawn to the mean of all where there are few.
    Rating,
    /// ln(1 + reports) ÷ ln(1 + most reports of any candidate).
    Volume,
    /// Reports answered within three working days ÷ a target.
    Prompt,
}

/// The value of an input, with what it was made of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Value {
    pub numerator: u64,
    pub denominator: u64,
    /// 1 is whole; a count may be more than its target.
    pub share: Option<f64>,
}

/// Three working days, in hours.
const PROMPT: i64 = 72;
/// Ratings that count as much as all others together: fewer than these are drawn more to the mean than not.
const PRIOR: f64 = 10.0;

/// What all candidates have together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    most: u64,
    /// The mean rating of all, 1 to 5.
    rating: Option<f64>,
}

impl Field {
    pub(super) fn of(candidates: &[Candidate]) -> Field {
        let stars: u64 = candidates.iter().map(|one| one.sums.total(Item::Rating)).sum();
        let rated: u64 = candidates.iter().map(|one| one.sums.count(Item::Rating, |_| true)).sum();
        Field {
            most: candidates.iter().map(|one| one.sums.reports()).max().unwrap_or(0),
            rating: (rated > 0).then(|| stars as f64 / rated as f64),
        }
    }
}

impl Input {
    /// All inputs.
    pub const ALL: [Input; 8] = [
        Input::FollowUp,
        Input::Completion,
        Input::Punctuality,
        Input::Confirmed,
        Input::Evidence,
        Input::Rating,
        Input::Volume,
        Input::Prompt,
    ];

    /// The name in data, addresses and locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Input::FollowUp => "follow_up",
            Input::Completion => "completion",
            Input::Punctuality => "punctuality",
            Input::Confirmed => "confirmed",
            Input::Evidence => "evidence",
            Input::Rating => "rating",
            Input::Volume => "volume",
            Input::Prompt => "prompt",
        }
    }

    pub(super) fn read(self, sums: &Sums, field: &Field, target: Option<u64>, today: Date) -> Value {
        let share = |measure: Measure| {
            let reading = measure.read(sums, None, today);
            Value::of(u64::try_from(reading.numerator).unwrap_or(0), reading.denominator)
        };
        match self {
            Input::FollowUp => share(Measure::FollowUp),
            Input::Completion => share(Measure::Completion),
            Input::Punctuality => share(Measure::Punctuality),
            Input::Confirmed => share(Measure::Confirmed),
            Input::Evidence => share(Measure::Evidence),
            Input::Rating => rating(sums, field),
            Input::Volume => volume(sums.reports(), field.most),
            Input::Prompt => Value::of(sums.count(Item::Response, |hours| hours <= PROMPT), target.unwrap_or(0)),
        }
    }
}

impl Value {
    fn of(numerator: u64, denominator: u64) -> Value {
        let share = (denominator > 0).then(|| numerator as f64 / denominator as f64);
        Value { numerator, denominator, share }
    }
}

fn rating(sums: &Sums, field: &Field) -> Value {
    let (stars, rated) = (sums.total(Item::Rating), sums.count(Item::Rating, |_| true));
    let drawn = field.rating.map(|mean| (stars as f64 + PRIOR * mean) / (rated as f64 + PRIOR));
    Value { numerator: stars, denominator: rated, share: drawn.map(|mean| (mean - 1.0) / 4.0) }
}

fn volume(reports: u64, most: u64) -> Value {
    let share = (most > 0).then(|| (reports as f64).ln_1p() / (most as f64).ln_1p());
    Value { numerator: reports, denominator: most, share }
}
