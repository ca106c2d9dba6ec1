//! `/desk/loket/tabel`: many reports at once, out of a table.

use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;
use domain::Code;

/// What came of a row.
#[derive(Debug, Clone)]
pub struct RowTold {
    /// As a spreadsheet counts.
    pub row: usize,
    /// The report, and whether it was there before.
    pub taken: Option<(Code, bool)>,
    /// Columns with what is wrong in them; an empty one means the whole row.
    pub slips: Vec<(&'static str, Message)>,
}

/// What came of a table.
#[derive(Debug, Clone)]
pub struct TableTold {
    pub taken: usize,
    pub before: usize,
    pub wrong: usize,
    pub rows: Vec<RowTold>,
}

impl TableTold {
    fn to_mend(&self) -> impl Iterator<Item = &RowTold> {
        self.rows.iter().filter(|row| row.taken.is_none())
    }

    fn done(&self) -> impl Iterator<Item = (usize, Code, bool)> + '_ {
        self.rows.iter().filter_map(|row| row.taken.map(|(code, before)| (row.row, code, before)))
    }
}

/// The form, and what came of the table that was sent.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/counter_table.html")]
pub struct CounterTablePage {
    pub w: Words,
    pub frame: Frame,
    /// Never carries a value back: a browser does not refill files.
    pub file: Field,
    pub slips: Vec<Slip>,
    pub told: Option<TableTold>,
    pub most_rows: usize,
    /// Most bytes of a file.
    pub most: u64,
}

impl Page for CounterTablePage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let fresh = CounterTablePage {
            w: Words::default(),
            frame: Frame::at("/desk/loket/tabel", Place::Counter).seated(sample::seat()),
            file: Field::default(),
            slips: vec![],
            told: None,
            most_rows: 200,
            most: 2 * 1024 * 1024,
        };
        let wrong = Message::new("table-column-missing").with("column", "Isi <b>");
        let refused = CounterTablePage {
            file: Field::wrong("", wrong.clone()),
            slips: vec![Slip { field: "file", message: wrong }],
            ..fresh.clone()
        };
        let row = |row, taken, slips| RowTold { row, taken, slips };
        let rows = vec![
            row(2, Some((sample::code(0), false)), vec![]),
            row(3, Some((sample::code(1), true)), vec![]),
            row(4, None, vec![("Persetujuan", Message::new("taking-no-consent")), ("Isi", Message::new("slip-date"))]),
            row(7, None, vec![("", Message::new("import-encoding"))]),
        ];
        let told = CounterTablePage { told: Some(TableTold { taken: 1, before: 1, wrong: 2, rows }), ..fresh.clone() };
        vec![fresh, refused, told]
    }
}
