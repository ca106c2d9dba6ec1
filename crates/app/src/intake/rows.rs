//! Reports of a table that an officer filled in: one in each row, none of them twice.

use super::row::{self, NUMBER, TABLE, Wrong};
use crate::transfer::Lookup;
use crate::{App, Conflict, Error, Letter, Result};
use channel::table::{self, TableError};
use domain::taking::Taking;
use domain::{Actor, AgencyId, Code};

/// A cell that cannot be taken: its column and why. The column is empty where the whole row is meant.
pub type CellSlip = (&'static str, Wrong);

/// What came of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowOutcome {
    Taken(Code),
    /// It was taken before, out of this or another file.
    Before(Code),
    Wrong(Vec<CellSlip>),
}

/// Rows by their numbers as a spreadsheet counts, or why there are none.
pub type TableOutcome = std::result::Result<Vec<(usize, RowOutcome)>, TableError>;

impl App {
    /// Takes in a table row by row. What is wrong in one row keeps no other back. A row is known by its number in the
    /// office's own books, or else by all that stands in it: sent again, it is the same report.
    pub async fn take_table(&self, by: &Actor, bytes: Vec<u8>, language: &str) -> Result<TableOutcome> {
        let (_, office) = self.taker(by)?;
        let reading = tokio::task::spawn_blocking(move || table::read(&bytes, TABLE));
        let rows = match reading.await.map_err(|error| Error::Broken(error.to_string()))? {
            Ok(rows) => rows,
            Err(wrong) => return Ok(Err(wrong)),
        };
        let lookup = Lookup::new(self.reference());
        let mut outcomes = Vec::new();
        for (number, cells) in rows {
            let parsed = match cells {
                Ok(cells) => row::parse(&lookup, &cells, language, self.now()),
                Err(problem) => Err(vec![("", Wrong::Code(problem.code()))]),
            };
            let outcome = match parsed {
                Ok((letter, how)) => self.take_row(by, office, letter, &how).await?,
                Err(slips) => RowOutcome::Wrong(slips),
            };
            outcomes.push((number, outcome));
        }
        Ok(Ok(outcomes))
    }

    async fn take_row(&self, by: &Actor, office: AgencyId, letter: Letter, how: &Taking) -> Result<RowOutcome> {
        let key = format!("row:{office}:{}", letter.key);
        match self.take_under(by, letter, how, key).await {
            Ok(receipt) if receipt.repeated => Ok(RowOutcome::Before(receipt.code)),
            Ok(receipt) => Ok(RowOutcome::Taken(receipt.code)),
            Err(Error::Conflict(Conflict::KeyReused)) => {
                Ok(RowOutcome::Wrong(vec![(NUMBER, Wrong::Code("row-number-used"))]))
            }
            Err(error) => Err(error),
        }
    }
}

/// The empty table, as XLSX with a sheet of this name.
pub fn blank_xlsx(name: &str) -> Result<Vec<u8>> {
    table::blank_xlsx(TABLE, name).map_err(|error| Error::Broken(error.to_string()))
}

/// The empty table, as CSV.
pub fn blank_csv() -> Result<Vec<u8>> {
    table::blank_csv(TABLE).map_err(|error| Error::Broken(error.to_string()))
}
