//! Why a row, or a whole file, could not be read or written.

use std::fmt;
use thiserror::Error;

/// What is wrong with a cell, a row or the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Problem {
    /// The file cannot be opened or is not what it says it is.
    Unreadable,
    /// The header lacks columns; the value names them.
    ColumnMissing,
    /// The row has more or fewer cells than the header: a separator inside a text, probably.
    CellCount,
    /// The row is not UTF-8.
    Encoding,
    /// Not a date.
    Date,
    /// Not a time of day.
    Time,
    /// Not a whole number.
    Number,
    /// Neither yes nor no.
    Flag,
    /// Not a rating from 1 to 5.
    Rating,
}

impl Problem {
    /// The message key in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            Problem::Unreadable => "import-unreadable",
            Problem::ColumnMissing => "import-column-missing",
            Problem::CellCount => "import-cell-count",
            Problem::Encoding => "import-encoding",
            Problem::Date => "import-date",
            Problem::Time => "import-time",
            Problem::Number => "import-number",
            Problem::Flag => "import-flag",
            Problem::Rating => "import-rating",
        }
    }
}

/// A row that did not fit, and why.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub struct RowError {
    /// As a spreadsheet counts: the header is row 1. 0 when the file as a whole is meant.
    pub row: usize,
    /// One of [`super::COLUMNS`], or empty when the whole row is meant.
    pub column: &'static str,
    pub problem: Problem,
    /// The offending value, cut to 120 characters.
    pub value: String,
}

impl RowError {
    pub(crate) fn new(row: usize, column: &'static str, problem: Problem, value: &str) -> RowError {
        let value = value.chars().take(120).collect();
        RowError { row, column, problem, value }
    }

    pub(crate) fn of_file(problem: Problem, value: impl fmt::Display) -> RowError {
        RowError::new(0, "", problem, &value.to_string())
    }

    /// The message key in the locale files.
    pub fn code(&self) -> &'static str {
        self.problem.code()
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RowError { row, column, value, .. } = self;
        write!(f, "row {row}, column \"{column}\": {} ({value:?})", self.code())
    }
}

/// The export could not be written.
#[derive(Debug, Error)]
pub enum WriteError {
    #[error("CSV: {0}")]
    Csv(#[from] csv::Error),
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    #[error("XLSX: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}
