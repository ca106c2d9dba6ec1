//! `/desk/bagian`: what other offices have asked of this seat's unit.

use crate::components::{Clock, ClockState, Frame, Page, Place, Tone, sample};
use crate::words::{Moment, Words};
use askama::Template;
use domain::Code;

/// A part that waits for the unit.
#[derive(Debug, Clone)]
pub struct DutyRow {
    pub code: Code,
    pub number: u8,
    pub title: String,
    pub task: Option<String>,
    /// The office that leads.
    pub lead: String,
    /// The unit that is asked.
    pub office: String,
    pub compulsory: bool,
    pub clock: Option<Clock>,
}

impl DutyRow {
    fn tone(&self) -> Tone {
        self.clock.as_ref().map_or(Tone::Quiet, |clock| clock.state.tone())
    }
}

/// A proposed answer that waits for this seat.
#[derive(Debug, Clone)]
pub struct WaitingDraft {
    pub code: Code,
    pub title: String,
    pub office: String,
    pub since: Moment,
}

/// One page of parts in the order of their deadlines.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/duties.html")]
pub struct DutiesPage {
    pub w: Words,
    pub frame: Frame,
    /// Answers that wait for this seat to send them.
    pub drafts: Vec<WaitingDraft>,
    pub rows: Vec<DutyRow>,
    pub next: Option<String>,
}

impl Page for DutiesPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = |state: Option<ClockState>| DutyRow {
            code: sample::code(0),
            number: 1,
            title: sample::LONG.into(),
            task: Some("Mohon pasang rambu sementara selama penambalan.".into()),
            lead: "Dinas PUPR Kota Banjarmasin".into(),
            office: sample::LONG_AGENCY.into(),
            compulsory: state.is_some(),
            clock: state.map(sample::clock),
        };
        let typical = DutiesPage {
            w: Words::default(),
            frame: Frame::at("/desk/bagian", Place::Duties).seated(sample::seat()),
            drafts: vec![WaitingDraft {
                code: sample::code(0),
                title: sample::LONG.into(),
                office: "Dinas PUPR Kota Banjarmasin".into(),
                since: sample::moment(17, 11, 20),
            }],
            rows: vec![row(Some(ClockState::Late)), row(Some(ClockState::Soon)), row(None)],
            next: Some("/desk/bagian?after=1.2.3".into()),
        };
        vec![DutiesPage { drafts: Vec::new(), rows: Vec::new(), next: None, ..typical.clone() }, typical]
    }
}
