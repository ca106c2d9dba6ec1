//! `/desk/pertukaran`: the scheduled exchange of files with SP4N-LAPOR!.

use crate::components::{Frame, Page, Place, Tone, sample};
use crate::words::{Moment, Words};
use askama::Template;

/// A file that came in.
#[derive(Debug, Clone)]
pub struct ExchangeFile {
    pub name: String,
    pub rows: i64,
    pub taken: i64,
    pub known: i64,
    pub refused: i64,
    /// Why nothing of it could be read, by its locale key or as it was told.
    pub failure: Option<String>,
}

/// A run.
#[derive(Debug, Clone)]
pub struct ExchangeRun {
    pub slot: Moment,
    /// `running`, `done` or `failed`.
    pub state: String,
    pub ended: Option<Moment>,
    /// The file that went out, and its rows.
    pub written: Option<(String, i64)>,
    pub failure: Option<String>,
    pub files: Vec<ExchangeFile>,
}

impl ExchangeRun {
    /// The colour of its state.
    pub fn tone(&self) -> Tone {
        match self.state.as_str() {
            "done" => Tone::Good,
            "failed" => Tone::Bad,
            _ => Tone::Wait,
        }
    }
}

/// The latest runs.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/exchange.html")]
pub struct ExchangePage {
    pub w: Words,
    pub frame: Frame,
    /// Whether files come and go at all.
    pub set_up: bool,
    pub runs: Vec<ExchangeRun>,
}

impl Page for ExchangePage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let file = |name: &str, refused, failure: Option<&str>| ExchangeFile {
            name: name.into(),
            rows: 1_200,
            taken: 1_100,
            known: 88,
            refused,
            failure: failure.map(str::to_owned),
        };
        let run = |state: &str, files| ExchangeRun {
            slot: sample::moment(18, 2, 0),
            state: state.into(),
            ended: (state != "running").then(|| sample::moment(18, 2, 4)),
            written: (state == "done").then(|| ("sp4n-20260518T0200.csv".into(), 48_211)),
            failure: (state == "failed").then(|| "the store says 403".into()),
            files,
        };
        let none = ExchangePage {
            w: Words::default(),
            frame: Frame::at("/desk/pertukaran", Place::Account).seated(sample::seat()),
            set_up: false,
            runs: vec![],
        };
        let some = ExchangePage {
            set_up: true,
            runs: vec![
                run("running", vec![]),
                run("done", vec![file("laporan-mei.csv", 12, None), file(&"panjang-".repeat(12), 0, None)]),
                run("failed", vec![file("rusak.xlsx", 0, Some("no sheet"))]),
            ],
            ..none.clone()
        };
        vec![none, some]
    }
}
