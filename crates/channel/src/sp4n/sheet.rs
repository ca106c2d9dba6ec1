//! The export as XLSX.

use super::error::{Problem, RowError, WriteError};
use super::header::Layout;
use super::{COLUMNS, Row, tidy};
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use rust_xlsxwriter::{Color, Format, Workbook, Worksheet};
use std::borrow::Borrow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

const ROWS_AHEAD: usize = 64;
const MOST_COLUMNS: u32 = 256;
const LONG_TEXTS: [usize; 3] = [7, 8, 9];
const NUMBERS: [usize; 3] = [5, 13, 25];
const EXACT_IN_FLOAT: i64 = 1 << 53;

type Read = Result<(usize, Row), RowError>;

/// Reads the rows of the first sheet, each with its number as a spreadsheet counts.
///
/// The sheet is read in a thread of its own, a few rows ahead, so that its size does not matter.
/// After an error of the whole file nothing more comes.
pub fn read_xlsx(path: &Path) -> SheetRows {
    let (sender, receiver) = sync_channel(ROWS_AHEAD);
    let path = path.to_owned();
    let announced = Arc::new(AtomicU64::new(0));
    let length = Arc::clone(&announced);
    let reader = thread::spawn(move || {
        if let Err(error) = send_rows(path, &length, &sender) {
            let _ = sender.send(Err(error));
        }
    });
    SheetRows { receiver, announced, reader: Some(reader) }
}

/// The rows of a sheet; see [`read_xlsx`].
pub struct SheetRows {
    receiver: Receiver<Read>,
    announced: Arc<AtomicU64>,
    reader: Option<thread::JoinHandle<()>>,
}

impl SheetRows {
    /// How many rows the sheet says that it has below its header; 0 until that is known, or when it does not say.
    pub fn announced(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.announced)
    }
}

impl Iterator for SheetRows {
    type Item = Read;

    fn next(&mut self) -> Option<Read> {
        if let Ok(row) = self.receiver.recv() {
            return Some(row);
        }
        let broken = self.reader.take()?.join().is_err();
        broken.then(|| Err(RowError::of_file(Problem::Unreadable, "XLSX")))
    }
}

fn send_rows(path: PathBuf, announced: &AtomicU64, to: &SyncSender<Read>) -> Result<(), RowError> {
    let unreadable = |error: calamine::XlsxError| RowError::of_file(Problem::Unreadable, error);
    let mut book: Xlsx<_> = calamine::open_workbook(path).map_err(unreadable)?;
    let names = book.sheet_names();
    let first = names.first().ok_or_else(|| RowError::of_file(Problem::Unreadable, "0"))?;
    let mut cells = book.worksheet_cells_reader(first).map_err(unreadable)?;
    announced.store(u64::from(cells.dimensions().end.0), Ordering::Relaxed);
    let mut rows = Rows { to, layout: None, row: 0, cells: Vec::new() };
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        if row as usize + 1 != rows.row && !rows.turn_to(row as usize + 1)? {
            return Ok(());
        }
        rows.put(column, cell.get_value());
    }
    rows.turn_to(0).map(|_| ())
}

struct Rows<'a> {
    to: &'a SyncSender<Read>,
    layout: Option<Layout>,
    row: usize,
    cells: Vec<String>,
}

impl Rows<'_> {
    fn put(&mut self, column: u32, value: &DataRef<'_>) {
        let text = text_of(value);
        if column < MOST_COLUMNS && !text.is_empty() {
            let column = column as usize;
            self.cells.resize(self.cells.len().max(column + 1), String::new());
            self.cells[column] = text;
        }
    }

    /// Sends the row that is complete and begins the next; false when nobody listens any more.
    fn turn_to(&mut self, next: usize) -> Result<bool, RowError> {
        let row = std::mem::replace(&mut self.row, next);
        let cells = std::mem::take(&mut self.cells);
        if cells.is_empty() {
            return match (&self.layout, next) {
                (None, 0) => Err(RowError::new(1, COLUMNS[0], Problem::ColumnMissing, &COLUMNS.join(", "))),
                _ => Ok(true),
            };
        }
        let Some(layout) = &self.layout else {
            self.layout = Some(Layout::find(row, &cells)?);
            return Ok(true);
        };
        let read = Row::from_cells(row, &layout.arrange(cells)).map(|read| (row, read));
        Ok(self.to.send(read).is_ok())
    }
}

pub(crate) fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => tidy(text),
        DataRef::SharedString(text) => tidy(text),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(moment) => written_moment(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => tidy(text),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn written_moment(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if moment.as_f64() < 1.0 {
        return format!("{hour:02}:{minute:02}:{second:02}");
    }
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

/// What the columns hold, in the words of the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The name of the sheet: 31 characters at most, without `[]:*?/\`.
    pub name: String,
    /// In the order of [`COLUMNS`].
    pub columns: Vec<String>,
}

/// Writes the export row by row in constant memory; the header is frozen and carries a filter.
///
/// A cell takes 32,767 characters and a sheet 1,048,575 rows; more is an error.
pub struct SheetWriter {
    book: Workbook,
    rows: u32,
}

impl SheetWriter {
    /// Lays out the sheet and writes the header.
    pub fn new() -> Result<Self, WriteError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name("Laporan")?;
        sheet.set_freeze_panes(1, 0)?;
        let header = Format::new().set_bold().set_background_color(Color::RGB(0xDCE6F1));
        for (column, name) in (0u16..).zip(COLUMNS) {
            let long = LONG_TEXTS.contains(&usize::from(column));
            sheet.set_column_width(column, if long { 50.0 } else { 18.0 })?;
            sheet.write_string_with_format(0, column, name, &header)?;
        }
        Ok(SheetWriter { book, rows: 0 })
    }

    /// Appends one row.
    pub fn push(&mut self, row: &Row) -> Result<(), WriteError> {
        let sheet = self.book.worksheet_from_index(0)?;
        self.rows += 1;
        for (column, text) in (0u16..).zip(row.cells()) {
            write_cell(sheet, self.rows, column, &text)?;
        }
        Ok(())
    }

    /// Adds a sheet behind the rows that says what each column holds, in the order of [`COLUMNS`].
    pub fn explain(&mut self, explained: &Explained) -> Result<(), WriteError> {
        let (bold, wrapped) = (Format::new().set_bold(), Format::new().set_text_wrap());
        let sheet = self.book.add_worksheet();
        sheet.set_name(&explained.name)?.set_column_width(0, 40.0)?.set_column_width(1, 90.0)?;
        for (row, (column, about)) in (0u32..).zip(COLUMNS.iter().zip(&explained.columns)) {
            sheet.write_string_with_format(row, 0, *column, &bold)?;
            sheet.write_string_with_format(row, 1, about, &wrapped)?;
        }
        Ok(())
    }

    /// Writes the file.
    pub fn save(mut self, path: &Path) -> Result<(), WriteError> {
        let last_column = COLUMNS.len() as u16 - 1;
        self.book.worksheet_from_index(0)?.autofilter(0, 0, self.rows, last_column)?;
        Ok(self.book.save(path)?)
    }
}

fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), WriteError> {
    let exact = |number: &i64| number.abs() < EXACT_IN_FLOAT;
    let number = text.parse::<i64>().ok().filter(exact).filter(|_| NUMBERS.contains(&usize::from(column)));
    match number {
        Some(number) => sheet.write_number(row, column, number as f64)?,
        None if text.is_empty() => return Ok(()),
        None => sheet.write_string(row, column, text)?,
    };
    Ok(())
}

/// Writes all rows; see [`SheetWriter`].
pub fn write_xlsx<R: Borrow<Row>>(path: &Path, rows: impl IntoIterator<Item = R>) -> Result<(), WriteError> {
    let mut writer = SheetWriter::new()?;
    for row in rows {
        writer.push(row.borrow())?;
    }
    writer.save(path)
}
