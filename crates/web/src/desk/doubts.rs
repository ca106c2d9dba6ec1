//! `/desk/ditandai`: reports that are worth a second look before they are verified.

use crate::components::{Frame, Page, Place, sample};
use crate::words::{Moment, Words};
use askama::Template;
use domain::Code;
use domain::doubt::Doubt;
use domain::report::Channel;

/// A report that is flagged.
#[derive(Debug, Clone)]
pub struct DoubtRow {
    pub code: Code,
    pub title: String,
    pub reasons: Vec<Doubt>,
    pub channel: Channel,
    pub sent: Moment,
}

/// The list of them, the longest waiting first.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/doubts.html")]
pub struct DoubtsPage {
    pub w: Words,
    pub frame: Frame,
    pub rows: Vec<DoubtRow>,
    /// Whether the seat also tends messages, of which some are flagged too.
    pub messages: bool,
    pub next: Option<i64>,
}

impl Page for DoubtsPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = |n, title: &str, reasons: &[Doubt]| DoubtRow {
            code: sample::code(n),
            title: title.into(),
            reasons: reasons.to_vec(),
            channel: Channel::Web,
            sent: sample::moment(3, 9, 30),
        };
        let list = DoubtsPage {
            w: Words::default(),
            frame: Frame::at("/desk/ditandai", Place::Inbox).seated(sample::seat()),
            rows: vec![row(0, "asdfghjkl", &[Doubt::Nonsense]), row(1, sample::LONG, &Doubt::ALL)],
            messages: true,
            next: Some(50),
        };
        let empty = DoubtsPage { rows: vec![], messages: false, next: None, ..list.clone() };
        vec![list, empty]
    }
}
