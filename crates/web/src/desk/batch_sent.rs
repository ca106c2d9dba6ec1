//! `/desk/massal/{id}`: a batch, what became of it, and the way back while there is one.

use super::batch::{BatchRow, rows};
use crate::components::{Frame, Page, Place, sample};
use crate::words::{Moment, Words};
use app::BatchState;
use askama::Template;

/// A batch that was sent, or waits for it.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/batch_sent.html")]
pub struct BatchSentPage {
    pub w: Words,
    pub frame: Frame,
    pub id: i64,
    pub deed: &'static str,
    pub state: BatchState,
    /// When it is, or was, sent.
    pub run_at: Moment,
    pub rows: Vec<BatchRow>,
}

impl BatchSentPage {
    fn is_waiting(&self) -> bool {
        self.state == BatchState::Waiting
    }

    fn done(&self) -> usize {
        self.rows.iter().filter(|row| row.outcome.key == "outcome-done").count()
    }
}

impl Page for BatchSentPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let page = |state, outcome| BatchSentPage {
            w: Words::default(),
            frame: Frame::at("/desk/massal/7", Place::Inbox).seated(sample::seat()),
            id: 7,
            deed: "answer",
            state,
            run_at: sample::moment(18, 10, 2),
            rows: rows(outcome),
        };
        vec![
            page(BatchState::Waiting, "outcome-waiting"),
            page(BatchState::Running, "outcome-waiting"),
            page(BatchState::Done, "outcome-done"),
            page(BatchState::Done, "outcome-conflict"),
            page(BatchState::Undone, "outcome-waiting"),
        ]
    }
}
