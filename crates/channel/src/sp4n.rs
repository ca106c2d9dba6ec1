//! The 26-column admin export of SP4N-LAPOR!, read and written as CSV and as XLSX.
//!
//! The codec knows cells, not reports: names of agencies and regions, statuses and classes stay text.

mod delimited;
mod error;
mod header;
mod moment;
mod sheet;

pub use delimited::{CsvWriter, read_csv, write_csv};
pub use error::{Problem, RowError, WriteError};
pub use sheet::{Explained, SheetRows, SheetWriter, read_xlsx, write_xlsx};

pub(crate) use delimited::{guard, sniff_separator, unguard};
pub(crate) use header::fold;
pub(crate) use moment::read_date;
pub(crate) use sheet::text_of;

use jiff::civil::{Date, Time};
use std::borrow::Cow;

/// The header names, in the order in which SP4N-LAPOR! writes them.
pub const COLUMNS: [&str; 26] = [
    "Tracking ID",
    "Tanggal Laporan Masuk",
    "Waktu Laporan Masuk",
    "Nama Pelapor",
    "Klasifikasi Laporan",
    "ID Kategori",
    "Kategori",
    "Judul Laporan",
    "Isi Laporan Awal",
    "Isi Laporan Akhir",
    "Tipe Laporan",
    "Sumber Laporan",
    "Instansi Induk",
    "ID Instansi Terdisposisi",
    "Instansi Terdisposisi",
    "Status Laporan",
    "Alasan Tunda/Arsip",
    "Provinsi",
    "Kota/Kabupaten",
    "Kecamatan",
    "Kelurahan",
    "Nomor SK",
    "Url SK",
    "Url Dokumen Laporan Tahunan",
    "Laporan yang Masuk melalui Kanal Aduan Setwapres",
    "Rating",
];

/// One line of the export. An empty text means that the cell was empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The number of the report in SP4N-LAPOR!, without `#`.
    pub tracking_id: String,
    /// The local day on which the report came in.
    pub received_on: Option<Date>,
    /// The local time of that day.
    pub received_at: Option<Time>,
    pub reporter_name: String,
    pub class: String,
    pub category_id: Option<i64>,
    pub category: String,
    pub title: String,
    /// *Isi Laporan Awal*: as the reporter wrote it.
    pub original_body: String,
    /// *Isi Laporan Akhir*: after editing by an admin.
    pub edited_body: String,
    /// *Tipe Laporan*: Anonim, Rahasia, …
    pub privacy: String,
    /// *Sumber Laporan*: the channel.
    pub source: String,
    pub parent_agency: String,
    pub agency_id: Option<i64>,
    /// *Instansi Terdisposisi*.
    pub agency: String,
    pub status: String,
    /// *Alasan Tunda/Arsip*.
    pub reason: String,
    pub province: String,
    /// *Kota/Kabupaten*.
    pub regency: String,
    /// *Kecamatan*.
    pub district: String,
    /// *Kelurahan*.
    pub village: String,
    /// *Nomor SK*: the agency's decree that names its complaint managers.
    pub decree_number: String,
    pub decree_url: String,
    pub annual_report_url: String,
    /// Came through the Vice President's secretariat.
    pub via_setwapres: Option<bool>,
    /// 1 to 5.
    pub rating: Option<u8>,
    /// Cells that hold something else than their column does.
    pub unread: Vec<Unread>,
}

/// A cell of which the text is no time, number, flag or rating. It is written out as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Its place in [`COLUMNS`].
    pub column: usize,
    pub problem: Problem,
    pub value: String,
}

impl Row {
    /// Reads the cells, given in the order of [`COLUMNS`]. `row` is only for the error.
    pub(crate) fn from_cells(row: usize, cell: &[String; 26]) -> Result<Row, RowError> {
        let mut typed = Typed { cell, unread: Vec::new() };
        let text = |column: usize| cell[column].clone();
        let no_date = |unread: Unread| RowError::new(row, COLUMNS[unread.column], unread.problem, &unread.value);
        Ok(Row {
            tracking_id: cell[0].trim_start_matches('#').trim_start().to_owned(),
            received_on: typed.read(1, Problem::Date, read_date).map_err(no_date)?,
            received_at: typed.read_or_keep(2, Problem::Time, moment::read_time),
            reporter_name: text(3),
            class: text(4),
            category_id: typed.read_or_keep(5, Problem::Number, read_number),
            category: text(6),
            title: text(7),
            original_body: text(8),
            edited_body: text(9),
            privacy: text(10),
            source: text(11),
            parent_agency: text(12),
            agency_id: typed.read_or_keep(13, Problem::Number, read_number),
            agency: text(14),
            status: text(15),
            reason: text(16),
            province: text(17),
            regency: text(18),
            district: text(19),
            village: text(20),
            decree_number: text(21),
            decree_url: text(22),
            annual_report_url: text(23),
            via_setwapres: typed.read_or_keep(24, Problem::Flag, read_flag),
            rating: typed.read_or_keep(25, Problem::Rating, read_rating),
            unread: typed.unread,
        })
    }

    /// The row with other texts in some of its columns.
    pub fn with<'a>(self, texts: impl IntoIterator<Item = (usize, &'a str)>) -> Row {
        let mut cells = self.cells().map(Cow::into_owned);
        for (column, text) in texts {
            cells[column] = text.to_owned();
        }
        Row::from_cells(0, &cells).unwrap_or(self)
    }

    /// The cells in the order of [`COLUMNS`].
    pub fn cells(&self) -> [Cow<'_, str>; 26] {
        let text = |value| Cow::Borrowed(value);
        let number = |value: Option<i64>| Cow::Owned(value.map(|n| n.to_string()).unwrap_or_default());
        let flag = |value| match value {
            Some(true) => "Ya",
            Some(false) => "Tidak",
            None => "",
        };
        let mut cells = [
            text(self.tracking_id.as_str()),
            Cow::Owned(self.received_on.map(moment::write_date).unwrap_or_default()),
            Cow::Owned(self.received_at.map(moment::write_time).unwrap_or_default()),
            text(&self.reporter_name),
            text(&self.class),
            number(self.category_id),
            text(&self.category),
            text(&self.title),
            text(&self.original_body),
            text(&self.edited_body),
            text(&self.privacy),
            text(&self.source),
            text(&self.parent_agency),
            number(self.agency_id),
            text(&self.agency),
            text(&self.status),
            text(&self.reason),
            text(&self.province),
            text(&self.regency),
            text(&self.district),
            text(&self.village),
            text(&self.decree_number),
            text(&self.decree_url),
            text(&self.annual_report_url),
            text(flag(self.via_setwapres)),
            number(self.rating.map(i64::from)),
        ];
        for Unread { column, value, .. } in &self.unread {
            cells[*column] = text(value);
        }
        cells
    }
}

struct Typed<'a> {
    cell: &'a [String; 26],
    unread: Vec<Unread>,
}

impl Typed<'_> {
    fn read<T>(&self, column: usize, problem: Problem, reader: fn(&str) -> Option<T>) -> Result<Option<T>, Unread> {
        let value = self.cell[column].as_str();
        if matches!(value, "" | "-") {
            return Ok(None);
        }
        reader(value).map(Some).ok_or_else(|| Unread { column, problem, value: value.to_owned() })
    }

    fn read_or_keep<T>(&mut self, column: usize, problem: Problem, reader: fn(&str) -> Option<T>) -> Option<T> {
        self.read(column, problem, reader).unwrap_or_else(|unread| {
            self.unread.push(unread);
            None
        })
    }
}

/// Takes `13` and a spreadsheet's `13.0`.
fn read_number(text: &str) -> Option<i64> {
    text.strip_suffix(".0").unwrap_or(text).parse().ok()
}

fn read_flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "ya" | "y" | "1" | "true" | "yes" => Some(true),
        "tidak" | "t" | "0" | "false" | "no" | "bukan" => Some(false),
        _ => None,
    }
}

/// Takes `4`, `4,0` and `4/5`.
fn read_rating(text: &str) -> Option<u8> {
    let text = text.strip_suffix("/5").unwrap_or(text).trim();
    let whole = text.strip_suffix(",0").or_else(|| text.strip_suffix(".0")).unwrap_or(text);
    whole.parse().ok().filter(|rating| (1..=5).contains(rating))
}

/// Makes a cell plain: outer space and control characters go, line ends become `\n`.
pub(crate) fn tidy(cell: &str) -> String {
    let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    cell.replace("\r\n", "\n").replace('\r', "\n").chars().filter(kept).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests;
