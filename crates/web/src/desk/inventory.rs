//! What the page and the minutes of a hand-over tell: the two offices, their signatures, the open cases.

use super::handovers::{HandOverRow, sample_row};
use crate::components::sample;
use crate::words::{Moment, Words};
use domain::handover::{Inventory, InventoryRow};
use domain::report::StageKind;

/// Who signed for an office, and when.
#[derive(Debug, Clone)]
pub struct Signed {
    pub name: String,
    pub at: Moment,
}

/// What page and minutes tell about a hand-over.
#[derive(Debug, Clone)]
pub struct HandOverTold {
    pub row: HandOverRow,
    pub reason: String,
    pub decree: Option<String>,
    pub made: Signed,
    pub given: Option<Signed>,
    pub received: Option<Signed>,
    pub inventory: Inventory,
    /// How many cases have gone over.
    pub moved: i64,
}

impl HandOverTold {
    /// The lines of the inventory: the stage, then its cases by age, all of them and the overdue ones, in words.
    pub fn lines(&self, words: &Words) -> Vec<(&'static str, Vec<String>)> {
        let line = |row: &InventoryRow| (row.stage.name(), cells(words, row.ages, row.total(), row.overdue));
        self.inventory.rows.iter().map(line).collect()
    }

    /// The last line of the inventory: the sums.
    pub fn sums(&self, words: &Words) -> Vec<String> {
        cells(words, self.inventory.ages(), self.inventory.total(), self.inventory.overdue())
    }

    /// How many cases stay with the giving office.
    pub fn kept(&self) -> i64 {
        i64::try_from(self.inventory.kept).unwrap_or(i64::MAX)
    }

    /// Both sides: `giving` or `receiving`, the office, and its signature.
    pub fn sides(&self) -> [(&'static str, &str, Option<&Signed>); 2] {
        [
            ("giving", self.row.giving.as_str(), self.given.as_ref()),
            ("receiving", self.row.receiving.as_str(), self.received.as_ref()),
        ]
    }
}

fn cells(words: &Words, ages: [u64; 4], total: u64, overdue: u64) -> Vec<String> {
    let number = |n: u64| words.number(i64::try_from(n).unwrap_or(i64::MAX));
    ages.into_iter().chain([total, overdue]).map(number).collect()
}

/// The hand-over of Kutai Kartanegara, in a state.
pub fn sample_told(state: &'static str) -> HandOverTold {
    let row = |stage, ages, overdue| InventoryRow { stage, ages, overdue };
    let signed = |name: &str| Some(Signed { name: name.into(), at: sample::moment(16, 10, 0) });
    HandOverTold {
        row: sample_row(state),
        reason: "Pengelola SP4N-LAPOR! dialihkan sesuai susunan perangkat daerah yang baru.".into(),
        decree: Some("SK Bupati 480/12/2021".into()),
        made: Signed { name: "Hadi Peragaan".into(), at: sample::moment(16, 9, 0) },
        given: signed("Eni Contoh").filter(|_| state != "draft"),
        received: signed("Hadi Contoh").filter(|_| state == "done"),
        inventory: Inventory {
            rows: vec![row(StageKind::Disposed, [1, 4, 11, 1_204], 1_215), row(StageKind::Replied, [0, 0, 2, 0], 1)],
            kept: 3,
        },
        moved: if state == "done" { 1_222 } else { 0 },
    }
}
