//! Who stands where among offices of a similar size, by a share that neither few reports nor easy ones flatter.
//!
//! Raw percentages punish large offices and flatter tiny ones (domain notes, §6.7). So offices are compared within a
//! [`Band`] of volume; what they had to do is made comparable by the categories of their reports; what was late before it
//! came to them is left out; and they are ordered by the lower bound of what their share may be ([`wilson`]).

mod band;
mod coaching;
mod league;
mod suspicion;
mod wilson;

pub use band::Band;
pub use coaching::Coaching;
pub use league::League;
pub use suspicion::{Suspicion, suspicions};
pub use wilson::wilson;

use crate::ids::AgencyId;
use crate::measure::{Figure, Measure, Sums};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Of this way of ranking; a change of it is a new version.
pub const VERSION: u16 = 2;
/// Everything, in hundredths of a percent.
const WHOLE: u64 = 10_000;
/// Fewer reports of a category than this, over all offices, say nothing about how hard it is.
const LEAST_OF_CATEGORY: u64 = 30;

/// The shares by which offices are ranked: those that stages tell, so that categories can be told apart.
pub const SHARES: [Measure; 2] = [Measure::FollowUp, Measure::Completion];

/// An office that is compared, with what it did and how many reports it had in the period before.
#[derive(Debug, Clone, Copy)]
pub struct Contender<'a> {
    pub office: AgencyId,
    pub sums: &'a Sums,
    pub before: Option<u64>,
}

/// Where an office stands, with all that the place was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub office: AgencyId,
    pub band: Band,
    /// Within its band; the same for those of the same score, and none in the smallest band.
    pub rank: Option<u32>,
    pub is_tied: bool,
    /// The share that the public figures show.
    pub raw: Figure,
    /// Open reports that were late before they came, and are left out.
    pub inherited: u64,
    /// The share without those.
    pub own: Figure,
    /// The share that all compared offices together would have with its categories, in hundredths of a percent.
    pub expected: u64,
    /// Its share as if it had the categories of all, in hundredths of a percent.
    pub adjusted: u64,
    /// The lower bound of that, by which it is ordered, in hundredths of a percent.
    pub score: u64,
    pub suspicions: Vec<Suspicion>,
    /// In place of a rank, in the smallest band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coaching: Option<Coaching>,
}

/// Ranks offices by a share of [`SHARES`]: by band, from the best score on, those that are not ranked by their volume.
pub fn rank(share: Measure, contenders: &[Contender]) -> Vec<Standing> {
    let mut all = Mix::default();
    let mixes: Vec<Mix> = contenders.iter().map(|one| Mix::of(share, one.sums)).collect();
    mixes.iter().for_each(|mix| all.merge(mix));
    let mut found: Vec<Standing> =
        contenders.iter().zip(&mixes).map(|(one, mix)| standing(share, one, mix, &all)).collect();
    found.retain(|one| one.raw.denominator > 0);
    found.sort_by(|one, other| {
        let by_volume = other.raw.denominator.cmp(&one.raw.denominator);
        let order = if one.band.is_ranked() { other.score.cmp(&one.score) } else { by_volume };
        one.band.cmp(&other.band).then(order).then(one.office.cmp(&other.office))
    });
    number(&mut found);
    found
}

/// Gives places: the same to the same score, and after two first ones comes a third.
fn number(found: &mut [Standing]) {
    let places: Vec<(Option<u32>, bool)> = found
        .iter()
        .map(|one| {
            let peers = || found.iter().filter(|other| other.band == one.band);
            let better = peers().filter(|other| other.score > one.score).count();
            let same = peers().filter(|other| other.score == one.score).count();
            let place = u32::try_from(better + 1).ok().filter(|_| one.band.is_ranked());
            (place, place.is_some() && same > 1)
        })
        .collect();
    for (one, (rank, is_tied)) in found.iter_mut().zip(places) {
        (one.rank, one.is_tied) = (rank, is_tied);
    }
}

fn standing(share: Measure, one: &Contender, mix: &Mix, all: &Mix) -> Standing {
    let whole = Figure { numerator: 0, denominator: one.sums.reports() };
    let (numerator, _) = share.stages().unwrap_or((|_| false, |_| false));
    let raw = Figure { numerator: one.sums.stages(numerator), ..whole };
    let own = mix.whole();
    let expected = mix.expected(all);
    let adjusted = match (own.basis_points(), all.whole().basis_points()) {
        (Some(own), Some(of_all)) if expected > 0 => ((own * of_all * 2 / expected).div_ceil(2)).min(WHOLE),
        (own, _) => own.unwrap_or(0),
    };
    let band = Band::of(raw.denominator);
    Standing {
        office: one.office,
        band,
        rank: None,
        is_tied: false,
        raw,
        inherited: raw.denominator - own.denominator,
        own,
        expected,
        adjusted,
        score: wilson(adjusted, own.denominator),
        suspicions: suspicions(one.sums, one.before),
        coaching: (!band.is_ranked()).then(|| Coaching::of(one.sums)),
    }
}

/// A share told apart by category, without what was inherited.
#[derive(Debug, Clone, Default)]
struct Mix(BTreeMap<String, Figure>);

impl Mix {
    fn of(share: Measure, sums: &Sums) -> Mix {
        let Some((numerator, denominator)) = share.stages() else { return Mix::default() };
        let mut mix = Mix::default();
        for (category, stages) in sums.apart("category") {
            let figure = mix.0.entry(category.to_owned()).or_insert(NOTHING);
            figure.numerator += stages.stages(numerator);
            figure.denominator += stages.stages(denominator);
        }
        for (category, stages) in sums.apart("inherited") {
            let figure = mix.0.entry(category.to_owned()).or_insert(NOTHING);
            figure.numerator = figure.numerator.saturating_sub(stages.stages(numerator));
            figure.denominator = figure.denominator.saturating_sub(stages.stages(denominator));
        }
        mix
    }

    fn merge(&mut self, other: &Mix) {
        for (category, figure) in &other.0 {
            let sum = self.0.entry(category.clone()).or_insert(NOTHING);
            sum.numerator += figure.numerator;
            sum.denominator += figure.denominator;
        }
    }

    fn whole(&self) -> Figure {
        let add = |sum: Figure, one: &Figure| Figure {
            numerator: sum.numerator + one.numerator,
            denominator: sum.denominator + one.denominator,
        };
        self.0.values().fold(NOTHING, add)
    }

    /// What all together reach with these categories; a rare category is as hard as the average.
    fn expected(&self, all: &Mix) -> u64 {
        let average = all.whole().basis_points().unwrap_or(0);
        let of = |category: &str| {
            let known = all.0.get(category).filter(|figure| figure.denominator >= LEAST_OF_CATEGORY);
            known.and_then(|figure| figure.basis_points()).unwrap_or(average)
        };
        let reached: u64 = self.0.iter().map(|(category, figure)| of(category) * figure.denominator).sum();
        match self.whole().denominator {
            0 => 0,
            reports => (reached * 2 / reports).div_ceil(2),
        }
    }
}

const NOTHING: Figure = Figure { numerator: 0, denominator: 0 };
