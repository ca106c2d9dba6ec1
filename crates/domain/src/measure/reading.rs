//! A measure read from sums, and the reports that it counts.

use super::sums::number;
use super::{Fact, Item, Measure, Side, Sums, Timely, Unit};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A measure of some reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub measure: Measure,
    /// What is divided, or the rank at which a median or percentile stands.
    pub numerator: i64,
    /// By what; the number of reports for medians and percentiles.
    pub denominator: u64,
    /// Hundredths of the unit: 9578 is 95.78 %. Nothing of nothing.
    pub hundredths: Option<i64>,
}

/// Which of the reports behind a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Numerator,
    Denominator,
}

/// The parts of a hundred at which a median and the ninth decile stand.
const MEDIAN: u64 = 50;
const P90: u64 = 90;

impl Measure {
    /// The figure of some reports; `before` is how many there were in the period before, for growth, and `today` is the
    /// day in Jakarta of the instant that the figure is of.
    pub fn read(self, sums: &Sums, before: Option<u64>, today: Date) -> Reading {
        if let Some(figure) = self.of_stages(|wanted| sums.stages(wanted)) {
            return match self {
                Measure::Received => self.counted(figure.numerator),
                _ => self.share(figure.numerator, figure.denominator),
            };
        }
        let today = number(today);
        let all = |item: Item| sums.count(item, |_| true);
        match self {
            Measure::Growth => self.growth(sums.reports(), before),
            Measure::VerificationMean => self.mean(sums, Item::Verification),
            Measure::VerificationMedian => self.ranked(sums, Item::Verification, MEDIAN),
            Measure::VerificationP90 => self.ranked(sums, Item::Verification, P90),
            Measure::ResponseMean => self.mean(sums, Item::Response),
            Measure::ResponseMedian => self.ranked(sums, Item::Response, MEDIAN),
            Measure::ResponseP90 => self.ranked(sums, Item::Response, P90),
            Measure::CompletionMean => self.mean(sums, Item::Completion),
            Measure::CompletionMedian => self.ranked(sums, Item::Completion, MEDIAN),
            Measure::CompletionP90 => self.ranked(sums, Item::Completion, P90),
            Measure::Punctuality => {
                let good = sums.count(Item::Done, |until| until >= today);
                self.share(good, all(Item::Done) + sums.count(Item::Waiting, |until| until < today))
            }
            Measure::BacklogLate => self.share(sums.count(Item::Due, |due| due < today), all(Item::Due)),
            Measure::Dispositions => self.mean(sums, Item::Dispositions),
            Measure::Returned => self.share(all(Item::Returned), sums.reports()),
            Measure::Rating => self.mean(sums, Item::Rating),
            Measure::Reopened => self.share(all(Item::Reopened), all(Item::Closed)),
            Measure::Evidence => self.share(all(Item::Evidence), sums.stages(|stage| stage.simple() == "done")),
            _ => self.counted(0),
        }
    }

    fn counted(self, n: u64) -> Reading {
        let n = signed(n);
        Reading { measure: self, numerator: n, denominator: n.unsigned_abs(), hundredths: Some(n * 100) }
    }

    fn share(self, numerator: u64, denominator: u64) -> Reading {
        Reading {
            measure: self,
            numerator: signed(numerator),
            denominator,
            hundredths: quotient(signed(numerator), denominator, 10_000),
        }
    }

    fn mean(self, sums: &Sums, item: Item) -> Reading {
        let (numerator, denominator) = (signed(sums.total(item)), sums.count(item, |_| true));
        Reading { measure: self, numerator, denominator, hundredths: quotient(numerator, denominator, 100) }
    }

    /// By the nearest rank: the smallest answer that at least so many of a hundred do not exceed.
    fn ranked(self, sums: &Sums, item: Item, of_hundred: u64) -> Reading {
        let n = sums.count(item, |_| true);
        let rank = (n * of_hundred).div_ceil(100);
        let hundredths = sums.at_rank(item, rank.max(1)).map(|value| signed(value) * 100);
        Reading { measure: self, numerator: signed(rank), denominator: n, hundredths }
    }

    fn growth(self, now: u64, before: Option<u64>) -> Reading {
        let Some(before) = before else {
            return Reading { measure: self, numerator: 0, denominator: 0, hundredths: None };
        };
        let more = signed(now) - signed(before);
        Reading { measure: self, numerator: more, denominator: before, hundredths: quotient(more, before, 10_000) }
    }

    /// With which office a report is counted.
    pub fn side(self) -> Side {
        match self {
            Measure::Punctuality => Side::Answerable,
            _ => Side::Held,
        }
    }

    /// Whether a report is among those that a figure counts, or that it divides by. What is no share counts the same
    /// reports in both.
    pub fn counts(self, fact: &Fact, part: Part, today: Date) -> bool {
        let is_numerator = part == Part::Numerator;
        if let Some((numerator, denominator)) = self.stages() {
            return if is_numerator { numerator(fact.stage) } else { denominator(fact.stage) };
        }
        let done = fact.stage.simple() == "done";
        let late = |until: Option<Date>| until.is_some_and(|until| until < today);
        match self {
            Measure::VerificationMean | Measure::VerificationMedian | Measure::VerificationP90 => {
                fact.verification.is_some()
            }
            Measure::ResponseMean | Measure::ResponseMedian | Measure::ResponseP90 => fact.response.is_some(),
            Measure::CompletionMean | Measure::CompletionMedian | Measure::CompletionP90 => fact.completion.is_some(),
            Measure::Punctuality => match fact.timely {
                Timely::No => false,
                Timely::Late => !is_numerator,
                Timely::Done { until } => !is_numerator || !late(until),
                Timely::Waiting { until } => !is_numerator && late(until),
            },
            Measure::BacklogLate => !fact.stage.is_ended() && (!is_numerator || late(fact.due)),
            Measure::Returned => !is_numerator || fact.returned,
            Measure::Rating => fact.rating.is_some(),
            Measure::Reopened => fact.closed_once && (!is_numerator || fact.reopened),
            Measure::Evidence => done && (!is_numerator || fact.evidence),
            _ => true,
        }
    }
}

impl Reading {
    /// Whether its share means something: a percentage of few reports is chance (domain notes, R20).
    pub fn is_of_few(&self) -> bool {
        self.measure.definition().unit == Unit::Percent && self.denominator < crate::oversight::LEAST_REPORTS
    }
}

/// Parts of a whole, rounded half up, away from zero.
fn quotient(numerator: i64, denominator: u64, whole: i64) -> Option<i64> {
    let denominator = i128::from(denominator);
    let twice = i128::from(numerator).abs() * i128::from(whole) * 2;
    let rounded = (denominator > 0).then(|| (twice / denominator.max(1) + 1) / 2)?;
    i64::try_from(rounded * i128::from(numerator.signum())).ok()
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
