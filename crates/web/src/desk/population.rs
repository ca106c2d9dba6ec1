//! `/desk/penduduk`: how many people live where, entered as a table.

use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;

/// What is known of a province, or of the country.
#[derive(Debug, Clone)]
pub struct PopulationRow {
    pub name: String,
    /// People, year and source of each year.
    pub known: Vec<(u64, i16, String)>,
    /// Of how many regions inside something is known, and of how many there are.
    pub inside: (usize, usize),
}

impl PopulationRow {
    /// `13 dari 13`.
    pub fn inside_told(&self, w: &Words) -> String {
        w.with("ranking-counted", &[("done", self.inside.0.into()), ("all", self.inside.1.into())])
    }
}

/// The table to fill in, and what is known.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/population.html")]
pub struct PopulationPage {
    pub w: Words,
    pub frame: Frame,
    /// The table as it was typed.
    pub table: String,
    pub slips: Vec<Slip>,
    pub rows: Vec<PopulationRow>,
}

impl PopulationPage {
    fn field(&self) -> Field {
        Field { value: self.table.clone(), slip: self.slips.first().map(|slip| slip.message.clone()) }
    }
}

impl Page for PopulationPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = |name: &str, known: &[(u64, i16)], inside| PopulationRow {
            name: name.into(),
            known: known.iter().map(|(people, year)| (*people, *year, "Angka <karangan>".to_owned())).collect(),
            inside,
        };
        let typical = PopulationPage {
            w: Words::default(),
            frame: Frame::at("/desk/penduduk", Place::Oversight).seated(sample::seat()),
            table: String::new(),
            slips: vec![],
            rows: vec![
                row("Indonesia", &[], (1, 38)),
                row("Kalimantan Selatan", &[(4_000_000, 2020), (4_200_000, 2023)], (4, 13)),
            ],
        };
        let fault = |line: i64, column: &str| Slip {
            field: "text",
            message: Message::new(format!("population-fault-{column}")).with("line", line),
        };
        let refused = PopulationPage {
            table: "code,people,year,source\n99,x,2020,\"<b>\"".into(),
            slips: vec![fault(2, "code"), fault(3, "people")],
            ..typical.clone()
        };
        vec![typical, refused]
    }
}
