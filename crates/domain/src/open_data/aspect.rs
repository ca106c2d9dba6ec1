//! What tells reports apart, and how finely each of it can be told.

use super::{Entry, Month, Rules};
use crate::category::CategoryTree;
use crate::ids::CategoryId;
use crate::similar::Point;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What tells reports apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// Province, then regency or city.
    Region,
    /// Top category, then each one below, as far as it was there all month.
    Category,
    /// Belum, proses, selesai, arsip: as known when the release was made.
    Stage,
    Class,
    Channel,
    /// The kind of the parent agency that holds it.
    Office,
    /// Month, week of the month, day.
    Day,
    /// Squares of the map, each inside a wider one.
    Square,
}

impl Aspect {
    /// What the monthly table can tell beside the region.
    pub const MONTHLY: [Aspect; 6] =
        [Aspect::Category, Aspect::Stage, Aspect::Class, Aspect::Square, Aspect::Channel, Aspect::Office];
}

/// What a report without a category is told to have.
const NO_CATEGORY: &str = "none";
/// First days of the weeks of a month; the last one ends with it.
const WEEKS: [i8; 4] = [1, 8, 15, 22];

/// How finely a month is told.
#[derive(Debug, Clone, Copy)]
pub struct Scale<'a> {
    pub rules: &'a Rules,
    pub categories: &'a CategoryTree,
    pub month: Month,
}

impl Scale<'_> {
    /// What can be told of an aspect of a report, the widest first.
    pub fn steps(&self, aspect: Aspect, entry: &Entry) -> Vec<String> {
        match aspect {
            Aspect::Region => {
                let regency = entry.region.regency().map(|code| code.to_string());
                [entry.region.province().to_string()].into_iter().chain(regency).collect()
            }
            Aspect::Category => match entry.category {
                Some(id) => {
                    let mut line: Vec<CategoryId> = self.categories.line(id).collect();
                    line.reverse();
                    line.into_iter().take_while(|id| self.is_of_all_month(*id)).map(|id| id.to_string()).collect()
                }
                None => vec![NO_CATEGORY.to_owned()],
            },
            Aspect::Stage => vec![entry.stage.simple().to_owned()],
            Aspect::Class => vec![entry.class.name().to_owned()],
            Aspect::Channel => vec![entry.channel.name().to_owned()],
            Aspect::Office => vec![entry.office.name().to_owned()],
            Aspect::Day => {
                let week = self.week(entry.day);
                vec![self.whole(), span(week.0, week.1), span(entry.day, entry.day)]
            }
            Aspect::Square => {
                let squares = |point| self.rules.squares.iter().map(move |width| square(point, *width)).collect();
                entry.point.map_or_else(Vec::new, squares)
            }
        }
    }

    /// The whole month as days.
    pub fn whole(&self) -> String {
        span(self.month.first(), self.month.last())
    }

    /// Who sees a category that began in the middle of a month knows days on which nobody wrote about it.
    fn is_of_all_month(&self, id: CategoryId) -> bool {
        self.categories.get(id).is_none_or(|category| {
            let during = |day: Option<Date>| day.is_some_and(|day| Month::of(day) == self.month);
            let began = during(category.valid_from) && category.valid_from != Some(self.month.first());
            !began && (!during(category.valid_to) || category.valid_to == Some(self.month.last()))
        })
    }

    fn week(&self, day: Date) -> (Date, Date) {
        let first = WEEKS.into_iter().rfind(|first| *first <= day.day()).unwrap_or(1);
        let last = WEEKS.into_iter().find(|next| *next > day.day()).map_or(self.month.last().day(), |next| next - 1);
        let of = |number: i8| self.month.first().with().day(number).build().unwrap_or(day);
        (of(first), of(last))
    }
}

/// Days as they are told, the first and the last one.
pub(super) fn span(first: Date, last: Date) -> String {
    format!("{first}/{last}")
}

/// A square as it is told: its centre and its width in thousandths of a degree.
fn square(point: Point, width: i64) -> String {
    let centre = |degrees: f64| ((degrees * 1_000.0).floor() as i64).div_euclid(width) * width + width / 2;
    format!("{} {} {width}", centre(point.north), centre(point.east))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_as_the_centre_of_a_square_and_each_square_lies_in_the_wider_one() {
        let point = Point { north: -3.4432, east: 114.8317 };
        assert_eq!(square(point, 800), "-3600 114800 800");
        assert_eq!(square(point, 400), "-3400 115000 400");
        assert_eq!(square(point, 50), "-3425 114825 50");
        assert_eq!(square(Point { north: 0.0, east: -0.0001 }, 50), "25 -25 50");
    }
}
