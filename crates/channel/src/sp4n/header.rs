//! Finds the 26 columns in a header, whatever their order, case and spacing.

use super::COLUMNS;
use super::error::{Problem, RowError};

/// Where each of [`COLUMNS`] stands in the file.
#[derive(Debug)]
pub(super) struct Layout {
    places: [usize; 26],
    /// How many cells the header has.
    pub(super) width: usize,
}

impl Layout {
    /// Reads the header row; columns that are not ours are passed over.
    pub(super) fn find(row: usize, header: &[String]) -> Result<Layout, RowError> {
        let folded: Vec<String> = header.iter().map(|name| fold(name)).collect();
        let mut places = [0; 26];
        let mut missing = Vec::new();
        for (place, column) in places.iter_mut().zip(COLUMNS) {
            let wanted = fold(column);
            match folded.iter().position(|name| *name == wanted) {
                Some(found) => *place = found,
                None => missing.push(column),
            }
        }
        match missing.first() {
            Some(first) => {
                Err(RowError { row, column: first, problem: Problem::ColumnMissing, value: missing.join(", ") })
            }
            None => Ok(Layout { places, width: header.len() }),
        }
    }

    /// The cells of a row in the order of [`COLUMNS`]; cells that are not there are empty.
    pub(super) fn arrange(&self, mut cells: Vec<String>) -> [String; 26] {
        self.places.map(|place| cells.get_mut(place).map(std::mem::take).unwrap_or_default())
    }
}

pub(crate) fn fold(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
