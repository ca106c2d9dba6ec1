//! Workbooks for people who go on counting: typed cells, formats, filters, and a sheet that explains each column.

pub use crate::sp4n::WriteError;

use crate::sp4n::guard;
use rust_xlsxwriter::{Color, Format, Workbook, Worksheet};
use std::borrow::Cow;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    Count(i64),
    /// Hundredths, shown with two places: 214 is 2.14.
    Hundredths(i64),
    /// Hundredths of a percent, kept as a share and shown as a percentage: 9578 is 95.78 %.
    Points(i64),
    /// Shown with four places.
    Number(f64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

/// A column and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    pub about: String,
}

/// A sheet of rows; each row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// 31 characters at most, without `[]:*?/\`.
    pub name: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

const INK: Color = Color::RGB(0x00DC_E6F1);
const NARROW: f64 = 14.0;
const WIDE: f64 = 44.0;
const EXPLAINED: f64 = 90.0;

/// Writes a workbook: first a sheet named `about` with lines of text and what each column of the others says, then those.
pub fn write(about: &str, lines: &[String], sheets: &[Sheet]) -> Result<Vec<u8>, WriteError> {
    let mut book = Workbook::new();
    explain(book.add_worksheet(), about, lines, sheets)?;
    for sheet in sheets {
        fill(book.add_worksheet(), sheet)?;
    }
    Ok(book.save_to_buffer()?)
}

/// Writes one sheet as CSV (RFC 4180, UTF-8 with a mark): numbers with a point, texts that no spreadsheet reckons with.
pub fn csv(sheet: &Sheet) -> Result<Vec<u8>, WriteError> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(sheet.columns.iter().map(|column| guard(Cow::Borrowed(&*column.title)).into_owned()))?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(Cell::spelt))?;
    }
    writer.into_inner().map_err(|error| WriteError::File(error.into_error()))
}

impl Cell {
    fn spelt(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => guard(Cow::Borrowed(&**text)).into_owned(),
            Cell::Count(n) => n.to_string(),
            Cell::Number(n) => n.to_string(),
            Cell::Hundredths(n) | Cell::Points(n) => format!("{:.2}", *n as f64 / 100.0),
        }
    }
}

fn explain(page: &mut Worksheet, name: &str, lines: &[String], sheets: &[Sheet]) -> Result<(), WriteError> {
    let (bold, wrapped) = (Format::new().set_bold(), Format::new().set_text_wrap());
    page.set_name(name)?.set_column_width(0, WIDE)?.set_column_width(1, EXPLAINED)?;
    let mut row = 0;
    for line in lines {
        page.merge_range(row, 0, row, 1, line, &wrapped)?;
        row += 1;
    }
    for sheet in sheets {
        row += 1;
        page.write_string_with_format(row, 0, &sheet.name, &bold)?;
        for column in &sheet.columns {
            row += 1;
            page.write_string(row, 0, &column.title)?;
            page.write_string_with_format(row, 1, &column.about, &wrapped)?;
        }
        row += 1;
    }
    Ok(())
}

fn fill(page: &mut Worksheet, sheet: &Sheet) -> Result<(), WriteError> {
    let header = Format::new().set_bold().set_background_color(INK).set_text_wrap();
    let count = Format::new().set_num_format("#,##0");
    let number = Format::new().set_num_format("#,##0.00");
    let percent = Format::new().set_num_format("0.00%");
    let exact = Format::new().set_num_format("0.0000");
    page.set_name(&sheet.name)?.set_freeze_panes(1, 1)?;
    for (at, column) in (0u16..).zip(&sheet.columns) {
        page.set_column_width(at, if at == 0 { WIDE } else { NARROW })?;
        page.write_string_with_format(0, at, &column.title, &header)?;
    }
    for (row, cells) in (1u32..).zip(&sheet.rows) {
        for (at, cell) in (0u16..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => {
                    page.write_string(row, at, text)?;
                }
                Cell::Count(n) => {
                    page.write_number_with_format(row, at, *n as f64, &count)?;
                }
                Cell::Hundredths(n) => {
                    page.write_number_with_format(row, at, *n as f64 / 100.0, &number)?;
                }
                Cell::Number(n) => {
                    page.write_number_with_format(row, at, *n, &exact)?;
                }
                Cell::Points(n) => {
                    page.write_number_with_format(row, at, *n as f64 / 10_000.0, &percent)?;
                }
            }
        }
    }
    if let (Some(last_row), Some(last_column)) = (last(sheet.rows.len()), last(sheet.columns.len().saturating_sub(1))) {
        page.autofilter(0, 0, last_row, u16::try_from(last_column).unwrap_or(u16::MAX))?;
    }
    Ok(())
}

fn last(n: usize) -> Option<u32> {
    u32::try_from(n).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    fn column(title: &str, about: &str) -> Column {
        Column { title: title.into(), about: about.into() }
    }

    #[test]
    fn what_is_written_is_read_again_as_numbers() {
        let sheet = Sheet {
            name: "Provinsi".into(),
            columns: vec![
                column("Provinsi", "Nama"),
                column("Selesai", "Selesai ÷ semua"),
                column("Semua", "Laporan masuk"),
            ],
            rows: vec![
                vec!["Kalimantan Selatan".into(), Cell::Points(9_578), Cell::Count(545)],
                vec!["=1+1".into(), Cell::Empty, Cell::Hundredths(214)],
            ],
        };
        let bytes = write("Penjelasan", &["Semester 1 2021".to_owned()], std::slice::from_ref(&sheet)).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), ["Penjelasan", "Provinsi"]);
        let page = book.worksheet_range("Provinsi").unwrap();
        assert_eq!(page.get_value((1, 1)), Some(&Data::Float(0.9578)));
        assert_eq!(page.get_value((1, 2)), Some(&Data::Float(545.0)));
        assert_eq!(page.get_value((2, 0)), Some(&Data::String("=1+1".into())), "a name is no formula");
        let text = String::from_utf8(csv(&sheet).unwrap()).unwrap();
        assert_eq!(text, "\u{feff}Provinsi,Selesai,Semua\nKalimantan Selatan,95.78,545\n'=1+1,,2.14\n");
        let about = book.worksheet_range("Penjelasan").unwrap();
        assert!(about.rows().any(|row| row[1] == Data::String("Selesai ÷ semua".into())));
    }
}
