//! The export as CSV.

use super::error::{Problem, RowError, WriteError};
use super::header::Layout;
use super::{COLUMNS, Row, tidy};
use std::borrow::{Borrow, Cow};
use std::io::{self, Cursor, Read, Write};

const SNIFFED_BYTES: u64 = 16 * 1024;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads rows one at a time, each with its number as a spreadsheet counts (the header is row 1).
///
/// `,`, `;` and tabs separate, a byte-order mark is tolerated, columns may stand in any order, empty
/// rows are passed over. After an error of the whole file nothing more comes.
pub fn read_csv(source: impl Read) -> impl Iterator<Item = Result<(usize, Row), RowError>> {
    let mut rows = match CsvRows::open(source) {
        Ok(rows) => Ok(rows),
        Err(error) => Err(Some(error)),
    };
    std::iter::from_fn(move || match &mut rows {
        Ok(rows) => rows.next_row(),
        Err(error) => error.take().map(Err),
    })
}

struct CsvRows<R> {
    reader: csv::Reader<R>,
    record: csv::ByteRecord,
    layout: Layout,
    row: usize,
    ended: bool,
}

impl<R: Read> CsvRows<io::Chain<Cursor<Vec<u8>>, R>> {
    fn open(mut source: R) -> Result<Self, RowError> {
        let mut head = Vec::new();
        source
            .by_ref()
            .take(SNIFFED_BYTES)
            .read_to_end(&mut head)
            .map_err(|error| RowError::of_file(Problem::Unreadable, error))?;
        if head.starts_with(BYTE_ORDER_MARK) {
            head.drain(..BYTE_ORDER_MARK.len());
        }
        let separator = sniff_separator(&head);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(Cursor::new(head).chain(source));
        let mut record = csv::ByteRecord::new();
        reader.read_byte_record(&mut record).map_err(|error| RowError::of_file(Problem::Unreadable, error))?;
        let layout = Layout::find(1, &texts(1, &record)?)?;
        Ok(CsvRows { reader, record, layout, row: 1, ended: false })
    }
}

impl<R: Read> CsvRows<R> {
    fn next_row(&mut self) -> Option<Result<(usize, Row), RowError>> {
        while !self.ended {
            match self.reader.read_byte_record(&mut self.record) {
                Ok(true) => self.row += 1,
                Ok(false) => return None,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(RowError::new(self.row + 1, "", Problem::Unreadable, &error.to_string())));
                }
            }
            if self.record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                return Some(self.read_row());
            }
        }
        None
    }

    fn read_row(&self) -> Result<(usize, Row), RowError> {
        let cells = texts(self.row, &self.record)?;
        let surplus = cells.iter().skip(self.layout.width).any(|cell| !cell.is_empty());
        if surplus || cells.len() < self.layout.width {
            let found = format!("{} ≠ {}", cells.len(), self.layout.width);
            return Err(RowError::new(self.row, "", Problem::CellCount, &found));
        }
        Ok((self.row, Row::from_cells(self.row, &self.layout.arrange(cells))?))
    }
}

/// The separator that stands most often in the first line.
pub(crate) fn sniff_separator(head: &[u8]) -> u8 {
    let line = head.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let count = |separator: u8| line.iter().filter(|byte| **byte == separator).count();
    [b'\t', b';', b','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

fn texts(row: usize, record: &csv::ByteRecord) -> Result<Vec<String>, RowError> {
    let text = |cell: &[u8]| match std::str::from_utf8(cell) {
        Ok(cell) => Ok(tidy(unguard(cell))),
        Err(_) => Err(RowError::new(row, "", Problem::Encoding, &String::from_utf8_lossy(cell))),
    };
    record.iter().map(text).collect()
}

/// A spreadsheet takes such a text for a formula and would run it.
fn looks_like_formula(text: &str) -> bool {
    text.len() > 1 && text.trim_start_matches('\'').starts_with(['=', '+', '-', '@'])
}

pub(crate) fn guard(text: Cow<'_, str>) -> Cow<'_, str> {
    if looks_like_formula(&text) { Cow::Owned(format!("'{text}")) } else { text }
}

pub(crate) fn unguard(text: &str) -> &str {
    text.strip_prefix('\'').filter(|bare| looks_like_formula(bare)).unwrap_or(text)
}

/// Writes the export row by row, with commas, in UTF-8.
///
/// Texts that a spreadsheet would run as a formula get a leading `'`, which [`read_csv`] takes off.
pub struct CsvWriter<W: Write>(csv::Writer<W>);

impl<W: Write> CsvWriter<W> {
    /// Writes the header.
    pub fn new(target: W) -> Result<Self, WriteError> {
        let mut writer = csv::Writer::from_writer(target);
        writer.write_record(COLUMNS)?;
        Ok(CsvWriter(writer))
    }

    /// Appends one row.
    pub fn push(&mut self, row: &Row) -> Result<(), WriteError> {
        Ok(self.0.write_record(row.cells().map(guard).iter().map(|cell| cell.as_bytes()))?)
    }

    /// Writes what is still buffered.
    pub fn finish(mut self) -> Result<(), WriteError> {
        Ok(self.0.flush()?)
    }
}

/// Writes all rows; see [`CsvWriter`].
pub fn write_csv<R: Borrow<Row>>(target: impl Write, rows: impl IntoIterator<Item = R>) -> Result<(), WriteError> {
    let mut writer = CsvWriter::new(target)?;
    for row in rows {
        writer.push(row.borrow())?;
    }
    writer.finish()
}
