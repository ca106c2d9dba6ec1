//! Inhabitants, as somebody counted them and told; never estimated here.

use crate::region::RegionCode;

/// How many people live in a region, who says so, and of which year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population {
    pub region: RegionCode,
    pub people: u64,
    pub year: i16,
    /// Where the number was published.
    pub source: String,
}

impl Population {
    /// Most people that a region is believed to have.
    pub const MOST: u64 = 2_000_000_000;
}

/// What is known of the inhabitants of a region, or of several together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub people: u64,
    /// The first and the last year of which the numbers are; the same where they are of one.
    pub years: (i16, i16),
    /// Where they were published, each once.
    pub sources: Vec<String>,
}

/// What is known of the inhabitants of these regions together, in a year: of each the latest number that is not of a
/// later year, or the earliest there is. Nothing where the number of one of them is not known: half of a group's people
/// would make its rate twice as high.
pub fn known_in(rows: &[Population], regions: &[RegionCode], year: i16) -> Option<Known> {
    let of = |region: &RegionCode| {
        let mut own: Vec<&Population> = rows.iter().filter(|row| row.region == *region).collect();
        own.sort_by_key(|row| row.year);
        own.iter().rfind(|row| row.year <= year).or_else(|| own.first()).copied()
    };
    let found: Vec<&Population> = regions.iter().map(of).collect::<Option<_>>()?;
    let years = found.iter().map(|row| row.year);
    let mut known = Known {
        people: found.iter().map(|row| row.people).sum(),
        years: (years.clone().min()?, years.max()?),
        sources: Vec::new(),
    };
    for row in found {
        if !known.sources.contains(&row.source) {
            known.sources.push(row.source.clone());
        }
    }
    Some(known)
}

/// Reports of a period for so many inhabitants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    pub reports: u64,
    pub people: u64,
}

impl Rate {
    /// The people for whom it is told.
    pub const PER: u64 = 100_000;

    /// Reports for each 100,000 inhabitants in hundredths, rounded half up: 667 is 6.67. Nothing where nobody lives.
    pub fn hundredths(self) -> Option<u64> {
        let twice = u128::from(self.reports) * u128::from(Rate::PER) * 200;
        let rounded = (self.people > 0).then(|| (twice / u128::from(self.people.max(1))).div_ceil(2))?;
        u64::try_from(rounded).ok()
    }
}
