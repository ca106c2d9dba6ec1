//! How far a transfer has come.

use channel::sp4n::SheetRows;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How far a transfer has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Rows so far.
    pub rows: u64,
    /// Of the total: bytes of a CSV file, rows of a sheet, reports of an export.
    pub done: u64,
    /// None where nobody can tell.
    pub total: Option<u64>,
}

/// What tells how far a file has been read.
pub(super) enum Gauge {
    Nothing,
    /// Bytes that were read, of all.
    Bytes(Arc<AtomicU64>, u64),
    /// Rows that a sheet announces; 0 where it does not.
    Rows(Arc<AtomicU64>),
}

impl Gauge {
    pub fn progress(&self, rows: u64) -> Progress {
        match self {
            Gauge::Nothing => Progress { rows, done: rows, total: None },
            Gauge::Bytes(read, total) => {
                Progress { rows, done: read.load(Ordering::Relaxed).min(*total), total: Some(*total) }
            }
            Gauge::Rows(announced) => {
                let total = announced.load(Ordering::Relaxed);
                Progress { rows, done: rows, total: (total >= rows && total > 0).then_some(total) }
            }
        }
    }

    pub fn of_sheet(rows: &SheetRows) -> Gauge {
        Gauge::Rows(rows.announced())
    }
}

/// A file that counts the bytes that were read of it.
pub(super) struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Counted {
    pub fn open(path: &Path) -> io::Result<(Counted, Gauge)> {
        let file = File::open(path)?;
        let total = file.metadata()?.len();
        let read = Arc::new(AtomicU64::new(0));
        let gauge = Gauge::Bytes(Arc::clone(&read), total);
        Ok((Counted { file, read }, gauge))
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
