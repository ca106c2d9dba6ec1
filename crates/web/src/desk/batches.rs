//! `/desk/massal`: what an officer did to many reports at once.

use crate::components::{Frame, Page, Place, sample};
use crate::words::{Moment, Words};
use app::BatchState;
use askama::Template;

/// An officer's latest batches.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/batches.html")]
pub struct BatchesPage {
    pub w: Words,
    pub frame: Frame,
    /// Id, deed, state, and when it was made.
    pub batches: Vec<(i64, &'static str, BatchState, Moment)>,
}

impl Page for BatchesPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let page = BatchesPage {
            w: Words::default(),
            frame: Frame::at("/desk/massal", Place::Inbox).seated(sample::seat()),
            batches: vec![
                (8, "answer", BatchState::Waiting, sample::moment(18, 10, 0)),
                (7, "assign", BatchState::Done, sample::moment(17, 9, 30)),
            ],
        };
        vec![page.clone(), BatchesPage { batches: vec![], ..page }]
    }
}
