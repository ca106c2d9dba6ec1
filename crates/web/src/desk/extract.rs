//! `/desk/unduhan/{id}`: the reports behind a figure on their way to become a file.

use crate::components::{Frame, Page, Place, sample};
use crate::words::{Moment, Words};
use app::{ExtractRow, ExtractState};
use askama::Template;
use domain::UserId;
use domain::measure::Measure;
use jiff::Timestamp;
use jiff::civil::{Date, date};

/// What an extract was asked for.
#[derive(Debug, Clone)]
pub struct ExtractSubject {
    pub measure: Measure,
    pub from: Date,
    pub to: Date,
    /// What else the reports have in common.
    pub narrow: Vec<String>,
    pub as_of: Option<Moment>,
    /// The list that it was asked on.
    pub list: String,
}

/// An extract and how far it is.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/extract.html")]
pub struct ExtractPage {
    pub w: Words,
    pub frame: Frame,
    /// `None` for one that an older version was asked for.
    pub subject: Option<ExtractSubject>,
    pub row: ExtractRow,
    pub asked_at: Moment,
    /// When it is taken away.
    pub until: Moment,
    /// Most reports of one extract.
    pub most: usize,
}

impl ExtractPage {
    fn title(&self) -> String {
        self.subject.as_ref().map_or_else(|| self.w.t("extracts-title"), |one| self.w.of("measure", one.measure.code()))
    }

    fn period(&self, subject: &ExtractSubject) -> String {
        let args = [("from", self.w.day(subject.from).into()), ("to", self.w.day(subject.to).into())];
        self.w.with("counted-period", &args)
    }

    fn is_on_its_way(&self) -> bool {
        self.row.ended_at.is_none()
    }

    fn is_done(&self) -> bool {
        self.row.state == ExtractState::Done
    }

    /// Reports that count and are not for whoever asked.
    fn unwritten(&self) -> u64 {
        self.row.looked_at.saturating_sub(self.row.written)
    }
}

pub(super) fn sample_row(state: ExtractState, looked_at: u64) -> ExtractRow {
    let running = matches!(state, ExtractState::Waiting | ExtractState::Running);
    let asked_at = Timestamp::UNIX_EPOCH;
    ExtractRow {
        id: 7,
        officer: UserId(1),
        asked: String::new(),
        state,
        total: 545,
        looked_at,
        written: looked_at.saturating_sub(5),
        created_at: asked_at,
        ended_at: (!running).then_some(asked_at),
    }
}

impl Page for ExtractPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let page = |state, looked_at| ExtractPage {
            w: Words::default(),
            frame: Frame::at("/desk/unduhan/7", Place::Oversight).seated(sample::seat()),
            subject: Some(ExtractSubject {
                measure: Measure::Completion,
                from: date(2021, 1, 1),
                to: date(2021, 6, 30),
                narrow: vec!["Pemerintah Provinsi Kalimantan Selatan".into()],
                as_of: Some(sample::moment(18, 9, 0)),
                list: "/desk/daftar?measure=completion".into(),
            }),
            row: sample_row(state, looked_at),
            asked_at: sample::moment(18, 10, 0),
            until: sample::moment(25, 10, 0),
            most: 20_000,
        };
        let unknown = ExtractPage { subject: None, ..page(ExtractState::Denied, 0) };
        vec![
            page(ExtractState::Waiting, 0),
            page(ExtractState::Running, 200),
            page(ExtractState::Done, 545),
            page(ExtractState::TooMany, 0),
            unknown,
        ]
    }
}
