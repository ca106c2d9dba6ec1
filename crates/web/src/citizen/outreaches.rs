//! `/sosialisasi`: what agencies did so that people know and use the system.

use crate::components::outreach::{self, OutreachCard};
use crate::components::{Frame, Page, Place, sample};
use crate::words::Words;
use askama::Template;
use domain::outreach::OutreachState;

/// Activities that were carried out, the latest first.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/outreaches.html")]
pub struct OutreachesPage {
    pub w: Words,
    pub frame: Frame,
    pub rows: Vec<OutreachCard>,
    pub next: Option<String>,
}

impl Page for OutreachesPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let one = outreach::sample(OutreachState::CarriedOut);
        let long = OutreachCard {
            office: sample::LONG_AGENCY.into(),
            title: sample::LONG.into(),
            region: None,
            ..one.clone()
        };
        let typical = OutreachesPage {
            w: Words::default(),
            frame: Frame::at("/sosialisasi", Place::Statistics),
            rows: vec![one, long],
            next: Some("/sosialisasi?after=2021-05-24.1".into()),
        };
        let empty = OutreachesPage { rows: vec![], next: None, ..typical.clone() };
        vec![typical, empty]
    }
}
