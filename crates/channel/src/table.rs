//! Small tables that people fill in: a header with names, and one thing in each row; as CSV and as XLSX.
//!
//! The readers are those of the export of SP4N-LAPOR!, without its columns.

use crate::sp4n::{Problem, WriteError, fold, guard, read_date as read_day, sniff_separator, text_of, tidy, unguard};
use calamine::{Reader, Xlsx};
use jiff::civil::Date;
use rust_xlsxwriter::{Color, Format, Workbook};
use std::borrow::Cow;
use std::io::{self, Cursor, Read};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// What an XLSX begins with.
const PACKED: &[u8] = b"PK\x03\x04";
/// Most bytes of a packed file once it is unpacked.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;
const MOST_COLUMNS: usize = 256;

/// What a table has to look like.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// The names in the header, in any order; others are passed over.
    pub columns: &'static [&'static str],
    /// Those without which there is nothing to read.
    pub needed: &'static [&'static str],
    pub most_rows: usize,
}

/// Why a whole table cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    #[error("neither CSV nor XLSX")]
    Unreadable,
    #[error("no column {0}")]
    ColumnMissing(String),
    #[error("more than {0} rows")]
    TooManyRows(usize),
    #[error("too large once it is unpacked")]
    TooLarge,
    #[error("no rows")]
    Empty,
}

impl TableError {
    /// The message key in the locale files.
    pub fn code(&self) -> &'static str {
        match self {
            TableError::Unreadable => "table-unreadable",
            TableError::ColumnMissing(_) => "table-column-missing",
            TableError::TooManyRows(_) => "table-too-many-rows",
            TableError::TooLarge => "table-too-large",
            TableError::Empty => "table-empty",
        }
    }
}

/// A row with its number as a spreadsheet counts, and its cells in the order of [`Shape::columns`].
pub type Cells = (usize, Result<Vec<String>, Problem>);

/// Reads a whole table; rows without anything in them are passed over.
pub fn read(bytes: &[u8], shape: Shape) -> Result<Vec<Cells>, TableError> {
    let raw = if bytes.starts_with(PACKED) { sheet(bytes)? } else { delimited(bytes)? };
    let mut rows = raw.into_iter().filter(|(_, cells)| cells.as_ref().map_or(true, |cells| !is_blank(cells)));
    let (_, header) = rows.next().ok_or(TableError::Empty)?;
    let header = header.map_err(|_| TableError::Unreadable)?;
    let folded: Vec<String> = header.iter().map(|name| fold(name)).collect();
    let place = |column: &str| folded.iter().position(|name| *name == fold(column));
    if let Some(missing) = shape.needed.iter().find(|column| place(column).is_none()) {
        return Err(TableError::ColumnMissing((*missing).to_owned()));
    }
    let places: Vec<Option<usize>> = shape.columns.iter().map(|column| place(column)).collect();
    let arranged = |cells: Vec<String>| -> Vec<String> {
        places.iter().map(|place| place.and_then(|at| cells.get(at)).cloned().unwrap_or_default()).collect()
    };
    let rows: Vec<Cells> = rows.map(|(row, cells)| (row, cells.map(arranged))).collect();
    match rows.len() {
        0 => Err(TableError::Empty),
        many if many > shape.most_rows => Err(TableError::TooManyRows(shape.most_rows)),
        _ => Ok(rows),
    }
}

/// A day as Indonesian offices and spreadsheets write it.
pub fn read_date(text: &str) -> Option<Date> {
    read_day(text)
}

fn is_blank(cells: &[String]) -> bool {
    cells.iter().all(String::is_empty)
}

fn delimited(bytes: &[u8]) -> Result<Vec<Cells>, TableError> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(sniff_separator(bytes))
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let mut rows = Vec::new();
    for (nth, record) in reader.byte_records().enumerate() {
        let record = record.map_err(|_| TableError::Unreadable)?;
        if record.len() > MOST_COLUMNS || record.iter().any(|cell| cell.contains(&0)) {
            return Err(TableError::Unreadable);
        }
        let text =
            |cell: &[u8]| std::str::from_utf8(cell).map(|cell| tidy(unguard(cell))).map_err(|_| Problem::Encoding);
        rows.push((nth + 1, record.iter().map(text).collect()));
    }
    Ok(rows)
}

fn sheet(bytes: &[u8]) -> Result<Vec<Cells>, TableError> {
    let unreadable = |_| TableError::Unreadable;
    if swells(bytes).map_err(|_| TableError::Unreadable)? {
        return Err(TableError::TooLarge);
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let name = book.sheet_names().into_iter().next().ok_or(TableError::Unreadable)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(unreadable)?;
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let (row, column, text) = (row as usize + 1, column as usize, text_of(cell.get_value()));
        if text.is_empty() || column >= MOST_COLUMNS {
            continue;
        }
        if rows.last().is_none_or(|(last, _)| *last != row) {
            rows.push((row, Vec::new()));
        }
        if let Some((_, cells)) = rows.last_mut() {
            cells.resize(cells.len().max(column + 1), String::new());
            cells[column] = text;
        }
    }
    Ok(rows.into_iter().map(|(row, cells)| (row, Ok(cells))).collect())
}

/// Whether a packed file becomes too large. It is unpacked to find out: what it says of itself may be untrue.
fn swells(bytes: &[u8]) -> io::Result<bool> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        let unpacked = io::copy(&mut archive.by_index(at)?.take(left + 1), &mut io::sink())?;
        match left.checked_sub(unpacked) {
            Some(rest) => left = rest,
            None => return Ok(true),
        }
    }
    Ok(false)
}

/// An empty table to be filled in, as XLSX; its needed columns are marked.
pub fn blank_xlsx(shape: Shape, name: &str) -> Result<Vec<u8>, WriteError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    let plain = Format::new().set_bold().set_background_color(Color::RGB(0xDCE6F1));
    let needed = Format::new().set_bold().set_background_color(Color::RGB(0xF9D9A8));
    let text = Format::new().set_num_format("@");
    for (at, column) in (0u16..).zip(shape.columns) {
        sheet.set_column_width(at, 20.0)?;
        // Telephone numbers and days stay as they are typed.
        sheet.set_column_format(at, &text)?;
        let format = if shape.needed.contains(column) { &needed } else { &plain };
        sheet.write_string_with_format(0, at, *column, format)?;
    }
    Ok(book.save_to_buffer()?)
}

/// An empty table to be filled in, as CSV.
pub fn blank_csv(shape: Shape) -> Result<Vec<u8>, WriteError> {
    let mut writer = csv::Writer::from_writer(BYTE_ORDER_MARK.to_vec());
    writer.write_record(shape.columns.iter().map(|column| guard(Cow::Borrowed(*column)).into_owned()))?;
    writer.into_inner().map_err(|error| WriteError::File(error.into_error()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape { columns: &["Isi", "Telepon", "Tanggal kejadian"], needed: &["Isi"], most_rows: 3 };

    fn rows(bytes: &[u8]) -> Vec<(usize, Vec<String>)> {
        read(bytes, SHAPE).unwrap().into_iter().map(|(row, cells)| (row, cells.unwrap())).collect()
    }

    #[test]
    fn columns_stand_in_any_order_and_others_are_passed_over() {
        let csv = "\u{feff}No;tanggal  kejadian;ISI\n1;3/11/2026;\"Jalan; rusak\"\n;;\n2;;'=1+1\n";
        assert_eq!(
            rows(csv.as_bytes()),
            [
                (2, vec!["Jalan; rusak".to_owned(), String::new(), "3/11/2026".to_owned()]),
                (4, vec!["=1+1".to_owned(), String::new(), String::new()]),
            ]
        );
    }

    #[test]
    fn a_blank_table_that_was_filled_in_is_read() {
        let blank = blank_xlsx(SHAPE, "Laporan").unwrap();
        assert_eq!(read(&blank, SHAPE), Err(TableError::Empty));
        assert_eq!(read(&blank_csv(SHAPE).unwrap(), SHAPE), Err(TableError::Empty));
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (at, column) in (0u16..).zip(SHAPE.columns) {
            sheet.write_string(0, at, *column).unwrap();
        }
        sheet.write_string(3, 0, "Lampu mati").unwrap();
        sheet.write_number(3, 1, 81_200_000_000.0).unwrap();
        let filled = book.save_to_buffer().unwrap();
        assert_eq!(rows(&filled), [(4, vec!["Lampu mati".to_owned(), "81200000000".to_owned(), String::new()])]);
    }

    #[test]
    fn what_is_no_such_table_is_told() {
        let wrong = |bytes: &[u8]| read(bytes, SHAPE).unwrap_err();
        assert_eq!(wrong(b"Nama,Alamat\na,b\n"), TableError::ColumnMissing("Isi".into()));
        assert_eq!(wrong(b"Isi\na\nb\nc\nd\n"), TableError::TooManyRows(3));
        assert_eq!(wrong(b""), TableError::Empty);
        for bytes in [&b"PK\x03\x04 and nothing else"[..], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"%PDF-1.4\n\0"] {
            assert!(read(bytes, SHAPE).is_err(), "{bytes:?}");
        }
        let latin = read(b"Isi\nJalan rus\xe9k\n", SHAPE).unwrap();
        assert_eq!(latin, [(2, Err(Problem::Encoding))]);
    }

    /// A few kilobytes that become a gigabyte are not unpacked.
    #[test]
    fn what_swells_is_refused() {
        use std::io::Write;
        let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        packed.start_file("xl/worksheets/sheet1.xml", options).unwrap();
        let block = vec![b' '; 1024 * 1024];
        for _ in 0..70 {
            packed.write_all(&block).unwrap();
        }
        let bytes = packed.finish().unwrap().into_inner();
        assert!(bytes.len() < 1024 * 1024);
        assert_eq!(read(&bytes, SHAPE), Err(TableError::TooLarge));
    }
}
