//! How alike two reports are, so that a verifier sees at once what was sent twice.
//!
//! A number to sort by and the reasons to show; whether two reports are the same matter, an officer decides.

use crate::ids::CategoryId;
use crate::region::{RegionCode, RegionLevel};
use jiff::Timestamp;
use std::cmp::Ordering;

/// Reports further apart in time than this are not compared (R9 of the domain notes).
pub const MOST_DAYS: i64 = 30;
/// The least score that is worth showing.
pub const LEAST_SCORE: u32 = 40;
/// So many words must be shared where nothing but words speaks for it.
const LEAST_WORDS: usize = 2;

/// A place on the map, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub north: f64,
    pub east: f64,
}

impl Point {
    /// Reads two numbers as they are stored.
    pub fn parse(north: &str, east: &str) -> Option<Point> {
        let point = Point { north: north.trim().parse().ok()?, east: east.trim().parse().ok()? };
        let on_earth = (-90.0..=90.0).contains(&point.north) && (-180.0..=180.0).contains(&point.east);
        on_earth.then_some(point)
    }

    /// Metres to another point; near enough for some kilometres.
    pub fn metres(self, other: Point) -> u32 {
        const PER_DEGREE: f64 = 111_195.0;
        let north = (self.north - other.north) * PER_DEGREE;
        let middle = f64::midpoint(self.north, other.north).to_radians();
        let east = (self.east - other.east) * PER_DEGREE * middle.cos();
        north.hypot(east).round().min(f64::from(u32::MAX)) as u32
    }

    /// The square of a hundredth of a degree, some 1.1 km wide, in which it lies.
    pub fn cell(self) -> i64 {
        let (row, column) = self.square();
        row * ROW + column
    }

    /// Its own square and the eight around it: everything within 1.1 km lies in them.
    pub fn cells_around(self) -> [i64; 9] {
        let (row, column) = self.square();
        std::array::from_fn(|n| {
            let n = n as i64;
            (row + n / 3 - 1) * ROW + column + n % 3 - 1
        })
    }

    fn square(self) -> (i64, i64) {
        (((self.north + 90.0) * 100.0).floor() as i64, ((self.east + 180.0) * 100.0).floor() as i64)
    }
}

const ROW: i64 = 100_000;

/// What is compared of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Sight {
    pub region: RegionCode,
    pub category: Option<CategoryId>,
    pub received: Timestamp,
    pub point: Option<Point>,
    /// The distinct analysed words of title and text, sorted.
    pub terms: Vec<String>,
}

/// What speaks for it that two reports are about the same matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// 0 to 130; the higher the more alike.
    pub score: u32,
    /// Between the two marked places.
    pub metres: Option<u32>,
    /// The deepest level at which their regions are one.
    pub level: Option<RegionLevel>,
    pub same_category: bool,
    /// Words that both use, sorted.
    pub shared: Vec<String>,
    /// Whole days between the two.
    pub days: u16,
}

/// How alike two reports are; `None` where it is not worth showing.
pub fn likeness(one: &Sight, other: &Sight) -> Option<Likeness> {
    let apart = one.received.duration_since(other.received).as_hours().abs() / 24;
    let days = u16::try_from(apart).ok().filter(|_| apart <= MOST_DAYS)?;
    let metres = one.point.zip(other.point).map(|(here, there)| here.metres(there));
    let level = common_level(&one.region, &other.region);
    let shared = common(&one.terms, &other.terms);
    let same_category = one.category.is_some() && one.category == other.category;
    if !same_category && shared.len() < LEAST_WORDS {
        return None;
    }
    let place = place_score(metres, level);
    let score =
        place + words_score(shared.len(), one.terms.len() + other.terms.len()) + 15 * u32::from(same_category) + 15
            - u32::from(days) / 2;
    (place > 0 && score >= LEAST_SCORE).then_some(Likeness { score, metres, level, same_category, shared, days })
}

/// Up to 40: where both places are marked only their distance counts, else the deepest common region.
fn place_score(metres: Option<u32>, level: Option<RegionLevel>) -> u32 {
    match (metres, level) {
        (Some(0..=200), _) => 40,
        (Some(201..=500), _) => 30,
        (Some(501..=1_500), _) => 20,
        (Some(1_501..=5_000), _) => 8,
        (Some(_), _) | (None, None | Some(RegionLevel::Province)) => 0,
        (None, Some(RegionLevel::Village)) => 30,
        (None, Some(RegionLevel::District)) => 20,
        (None, Some(RegionLevel::Regency)) => 10,
    }
}

/// Up to 60: the share of the words of both that both use.
fn words_score(shared: usize, all: usize) -> u32 {
    let share = shared.saturating_mul(2 * 60).checked_div(all).unwrap_or(0);
    u32::try_from(share).unwrap_or(60).min(60)
}

fn common_level(one: &RegionCode, other: &RegionCode) -> Option<RegionLevel> {
    let ways = |code: &RegionCode| std::iter::successors(Some(code.clone()), RegionCode::parent).collect::<Vec<_>>();
    let others = ways(other);
    ways(one).into_iter().find(|code| others.contains(code)).map(|code| code.level())
}

/// What two sorted lists have in common.
fn common(one: &[String], other: &[String]) -> Vec<String> {
    let (mut left, mut right, mut both) = (one, other, Vec::new());
    while let ([first, rest @ ..], [second, others @ ..]) = (left, right) {
        match first.cmp(second) {
            Ordering::Less => left = rest,
            Ordering::Greater => right = others,
            Ordering::Equal => {
                both.push(first.clone());
                (left, right) = (rest, others);
            }
        }
    }
    both
}

#[cfg(test)]
mod tests;
