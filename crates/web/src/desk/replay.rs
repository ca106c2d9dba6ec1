//! `/desk/uji-aturan/{id}`: what a set of rules would have moved.

use crate::components::{Frame, Page, Place, sample};
use crate::words::Words;
use askama::Template;
use domain::Code;
use jiff::civil::Date;

/// How often a set agrees with what officers decided.
#[derive(Debug, Clone, Copy, Default)]
pub struct AgreementLine {
    pub first: u32,
    pub last: u32,
    pub last_root: u32,
}

/// A move from office to office; no office where nothing is suggested.
#[derive(Debug, Clone)]
pub struct MoveLine {
    pub from: Option<String>,
    pub to: Option<String>,
    pub cases: u32,
}

/// A case that would have gone elsewhere.
#[derive(Debug, Clone)]
pub struct MovedLine {
    pub code: Code,
    pub place: String,
    pub present: Option<String>,
    pub draft: Option<String>,
    pub first: String,
    pub last: String,
}

/// The outcome of a replay.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/replay.html")]
pub struct ReplayPage {
    pub w: Words,
    pub frame: Frame,
    /// The set that was tried.
    pub set: i64,
    pub first_day: Date,
    pub last_day: Date,
    pub running: bool,
    /// It ended because there were more cases than one replay takes.
    pub cut: bool,
    pub most: u32,
    pub cases: u32,
    pub moved: u32,
    pub present: AgreementLine,
    pub draft: AgreementLine,
    pub moves: Vec<MoveLine>,
    pub list: Vec<MovedLine>,
    pub next: Option<String>,
}

impl ReplayPage {
    fn rows(&self) -> [(&'static str, u32, u32); 3] {
        [
            ("first", self.present.first, self.draft.first),
            ("last", self.present.last, self.draft.last),
            ("root", self.present.last_root, self.draft.last_root),
        ]
    }

    fn percent(&self, n: &u32) -> u32 {
        (u64::from(*n) * 100)
            .checked_div(u64::from(self.cases))
            .and_then(|share| u32::try_from(share).ok())
            .unwrap_or(0)
    }

    /// A share of few cases says nothing.
    fn has_shares(&self) -> bool {
        self.cases >= 10
    }
}

impl Page for ReplayPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let office = |name: &str| Some(name.to_owned());
        let ended = ReplayPage {
            w: Words::default(),
            frame: Frame::at("/desk/uji-aturan/9", Place::Rules).seated(sample::seat()),
            set: 3,
            first_day: sample::today(),
            last_day: sample::today(),
            running: false,
            cut: true,
            most: 20_000,
            cases: 1_204,
            moved: 88,
            present: AgreementLine { first: 610, last: 702, last_root: 980 },
            draft: AgreementLine { first: 640, last: 760, last_root: 1_010 },
            moves: vec![
                MoveLine { from: office("Dinas PUPR Kalsel"), to: office(sample::LONG_AGENCY), cases: 61 },
                MoveLine { from: None, to: office("Dishub Kalsel"), cases: 27 },
            ],
            list: vec![MovedLine {
                code: sample::code(1),
                place: "Kota Banjarmasin, Kalimantan Selatan".into(),
                present: office("Dinas PUPR Kalsel"),
                draft: None,
                first: "Dishub Kalsel".into(),
                last: "Dishub Banjarmasin".into(),
            }],
            next: Some("/desk/uji-aturan/9?after=5".into()),
        };
        let running = ReplayPage {
            running: true,
            cut: false,
            cases: 3,
            moved: 0,
            moves: vec![],
            list: vec![],
            next: None,
            ..ended.clone()
        };
        vec![ended, running]
    }
}
