//! Charts as numbers that a template draws: each axis begins at nothing, each chart has its table beside it.

use domain::RegionCode;

/// A thing with a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    pub label: String,
    pub value: u64,
    /// The list that it counts.
    pub list: Option<String>,
}

/// A bar and where it stands, in the units of its drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub bar: Bar,
    pub x: u64,
    pub y: u64,
    pub width: u64,
    pub height: u64,
}

/// Bars side by side, in the order of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns(pub Vec<Bar>);

/// Bars below each other, the longest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bars(pub Vec<Bar>);

/// Width and height of the drawn field, and what stands around it.
const WIDE: u64 = 600;
const HIGH: u64 = 160;
const LEFT: u64 = 60;
const ABOVE: u64 = 12;
/// Height of a row of bars.
const ROW: u64 = 14;

/// A round number that no value exceeds.
fn top(bars: &[Bar]) -> u64 {
    let most = bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(4);
    let mut step = 1;
    loop {
        for round in [4, 8, 12, 20, 40] {
            if round * step >= most {
                return round * step;
            }
        }
        step *= 10;
    }
}

impl Columns {
    /// The columns in their places.
    pub fn placed(&self) -> Vec<Placed> {
        let (top, share) = (top(&self.0), WIDE / (self.0.len() as u64).max(1));
        let place = |(n, bar): (u64, &Bar)| {
            let height = bar.value * HIGH / top;
            let (x, y) = (LEFT + n * share + share / 8, ABOVE + HIGH - height);
            Placed { bar: bar.clone(), x, y, width: (share * 3 / 4).max(1), height }
        };
        (0..).zip(&self.0).map(place).collect()
    }

    /// Lines across with their numbers: nothing, and the four quarters of the top.
    pub fn lines(&self) -> Vec<(u64, u64)> {
        let top = top(&self.0);
        (0..=4).map(|quarter| (ABOVE + HIGH - HIGH * quarter / 4, top * quarter / 4)).collect()
    }

    /// Whether there is anything to draw.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|bar| bar.value == 0)
    }
}

impl Bars {
    /// The bars in their places, within a hundred units of width.
    pub fn placed(&self) -> Vec<Placed> {
        let most = self.0.iter().map(|bar| bar.value).max().unwrap_or(0).max(1);
        let place = |bar: &Bar| Placed { bar: bar.clone(), x: 0, y: 0, width: bar.value * 100 / most, height: ROW };
        self.0.iter().map(place).collect()
    }

    /// Whether there is anything to draw.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A province on the grid of tiles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    pub code: RegionCode,
    pub name: String,
    /// Its share in whole percent; nothing where there are too few reports.
    pub percent: Option<u64>,
    pub numerator: i64,
    pub denominator: u64,
    /// Where its own figures are.
    pub page: String,
}

/// Where each province lies on the grid, and its letters there.
const GRID: [(&str, u64, u64, &str); 38] = [
    ("11", 0, 0, "AC"),
    ("12", 0, 1, "SU"),
    ("13", 0, 2, "SB"),
    ("14", 1, 1, "RI"),
    ("15", 1, 2, "JA"),
    ("16", 2, 2, "SS"),
    ("17", 1, 3, "BE"),
    ("18", 2, 3, "LA"),
    ("19", 3, 2, "BB"),
    ("21", 2, 1, "KR"),
    ("31", 4, 4, "JK"),
    ("32", 4, 5, "JB"),
    ("33", 5, 5, "JT"),
    ("34", 5, 6, "YO"),
    ("35", 6, 5, "JI"),
    ("36", 3, 4, "BT"),
    ("51", 7, 5, "BA"),
    ("52", 8, 5, "NB"),
    ("53", 9, 5, "NT"),
    ("61", 5, 2, "KB"),
    ("62", 6, 2, "KT"),
    ("63", 7, 2, "KS"),
    ("64", 7, 1, "KI"),
    ("65", 7, 0, "KU"),
    ("71", 10, 1, "SA"),
    ("72", 9, 2, "ST"),
    ("73", 9, 3, "SN"),
    ("74", 10, 3, "SG"),
    ("75", 9, 1, "GO"),
    ("76", 8, 3, "SR"),
    ("81", 11, 3, "MA"),
    ("82", 11, 1, "MU"),
    ("91", 15, 2, "PA"),
    ("92", 13, 2, "PB"),
    ("93", 15, 4, "PS"),
    ("94", 14, 3, "PT"),
    ("95", 15, 3, "PE"),
    ("96", 12, 2, "PD"),
];
/// Side of a tile and the way to the next.
const STEP: u64 = 44;

impl Tile {
    fn cell(&self) -> Option<&'static (&'static str, u64, u64, &'static str)> {
        GRID.iter().find(|(code, ..)| *code == self.code.as_str())
    }

    /// Left edge.
    pub fn x(&self) -> u64 {
        self.cell().map_or(0, |cell| cell.1 * STEP)
    }

    /// Upper edge.
    pub fn y(&self) -> u64 {
        self.cell().map_or(0, |cell| cell.2 * STEP)
    }

    /// The letters on it.
    pub fn letters(&self) -> &'static str {
        self.cell().map_or("", |cell| cell.3)
    }

    /// Its shade: one colour that grows darker, which all eyes tell apart.
    pub fn shade(&self) -> &'static str {
        match self.percent {
            None => "tile-none",
            Some(0..50) => "tile-1",
            Some(50..75) => "tile-2",
            Some(75..90) => "tile-3",
            Some(_) => "tile-4",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn bar(value: u64) -> Bar {
        Bar { label: value.to_string(), value, list: None }
    }

    #[test]
    fn every_province_has_a_place_of_its_own() {
        let places: BTreeSet<(u64, u64)> = GRID.iter().map(|(_, x, y, _)| (*x, *y)).collect();
        let letters: BTreeSet<&str> = GRID.iter().map(|(.., letters)| *letters).collect();
        assert_eq!((places.len(), letters.len()), (38, 38));
    }

    #[test]
    fn an_axis_begins_at_nothing_and_a_column_is_as_high_as_its_number() {
        let columns = Columns(vec![bar(0), bar(50), bar(100)]);
        let lines = columns.lines();
        assert_eq!((lines[0].1, lines[4].1), (0, 120));
        let heights: Vec<u64> = columns.placed().iter().map(|placed| placed.height).collect();
        assert_eq!((heights[0], heights[2] - 2 * heights[1]), (0, 1), "whole units of the drawing");
        assert_eq!(Bars(vec![bar(8), bar(2)]).placed()[1].width, 25);
    }
}
