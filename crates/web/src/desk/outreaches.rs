//! `/desk/sosialisasi`: outreach activities that a seat plans or looks after.

use crate::components::outreach::{self, OutreachCard};
use crate::components::{Frame, Page, Place, Tone, sample};
use crate::words::Words;
use askama::Template;
use domain::outreach::OutreachState;

/// The list, the newest first.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/outreaches.html")]
pub struct DeskOutreachesPage {
    pub w: Words,
    pub frame: Frame,
    pub rows: Vec<OutreachCard>,
    pub next: Option<String>,
    /// Whether the seat plans activities.
    pub plans: bool,
}

impl DeskOutreachesPage {
    fn tone(&self, row: &OutreachCard) -> Tone {
        state_tone(row.state)
    }
}

/// The colour of the sign of a state.
pub(super) fn state_tone(state: OutreachState) -> Tone {
    match state {
        OutreachState::Planned => Tone::Wait,
        OutreachState::CarriedOut => Tone::Good,
        OutreachState::Cancelled => Tone::Quiet,
    }
}

impl Page for DeskOutreachesPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let typical = DeskOutreachesPage {
            w: Words::default(),
            frame: Frame::at("/desk/sosialisasi", Place::Oversight).seated(sample::seat()),
            rows: OutreachState::ALL.map(outreach::sample).to_vec(),
            next: Some("/desk/sosialisasi?after=1".into()),
            plans: true,
        };
        let empty = DeskOutreachesPage { rows: vec![], next: None, plans: false, ..typical.clone() };
        vec![typical, empty]
    }
}
