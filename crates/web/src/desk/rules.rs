//! `/desk/aturan`: the sets of routing rules of an office, and how often its decisions followed them.

use crate::components::{Frame, Page, Place, sample};
use crate::words::{Moment, Words};
use askama::Template;
use domain::routing::SetState;

/// One set.
#[derive(Debug, Clone)]
pub struct SetLine {
    pub id: i64,
    pub version: u32,
    pub state: SetState,
    pub seq: u32,
    pub made: Moment,
    pub active: Option<Moment>,
}

/// Of the latest decisions, how many followed the suggestion.
#[derive(Debug, Clone, Copy, Default)]
pub struct Followed {
    pub decisions: u32,
    pub class: u32,
    pub category: u32,
    pub office: u32,
}

/// The sets of the seat's office.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/rules.html")]
pub struct RulesPage {
    pub w: Words,
    pub frame: Frame,
    pub owner: String,
    pub sets: Vec<SetLine>,
    pub followed: Followed,
}

impl RulesPage {
    fn draft(&self) -> Option<&SetLine> {
        self.sets.iter().find(|set| set.state == SetState::Draft)
    }

    fn rates(&self) -> [(&'static str, u32); 3] {
        [("class", self.followed.class), ("category", self.followed.category), ("office", self.followed.office)]
    }
}

impl Page for RulesPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let set =
            |id, version, state, active| SetLine { id, version, state, seq: 2, made: sample::moment(2, 9, 0), active };
        let empty = RulesPage {
            w: Words::default(),
            frame: Frame::at("/desk/aturan", Place::Rules).seated(sample::seat()),
            owner: "Pemerintah Provinsi Kalimantan Selatan".into(),
            sets: vec![],
            followed: Followed::default(),
        };
        let mut full = empty.clone();
        full.sets = vec![
            set(3, 3, SetState::Draft, None),
            set(2, 2, SetState::Active, Some(sample::moment(9, 10, 0))),
            set(1, 1, SetState::Retired, Some(sample::moment(2, 10, 0))),
        ];
        full.followed = Followed { decisions: 412, class: 398, category: 301, office: 287 };
        vec![empty, full]
    }
}
