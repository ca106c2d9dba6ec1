//! What went wrong, and what one can do about it.

use crate::components::{Frame, Page, Place, sample};
use crate::words::{Message, Words};
use askama::Template;

/// An error page. Every status shown has the sentences `problem-{status}` and `problem-{status}-text`.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/problem.html")]
pub struct ProblemPage {
    pub w: Words,
    pub frame: Frame,
    /// One of [`ProblemPage::STATUSES`].
    pub status: u16,
    /// The refusal in words, where the rules refused: `refusal-…`.
    pub detail: Option<Message>,
    /// Where to go on, e.g. the report as it is now after a conflict.
    pub back: Option<String>,
    /// What the reader may quote when asking for help.
    pub trace: Option<String>,
    /// What was written and could not be taken, to be copied.
    pub kept: Option<String>,
}

impl ProblemPage {
    /// The statuses that have words of their own; any other is told as 500.
    pub const STATUSES: [u16; 10] = [400, 401, 403, 404, 409, 413, 422, 429, 500, 503];

    /// The page for a status.
    pub fn new(w: Words, frame: Frame, status: u16) -> ProblemPage {
        let known = ProblemPage::STATUSES.contains(&status);
        let status = if known { status } else { 500 };
        ProblemPage { w, frame, status, detail: None, back: None, trace: None, kept: None }
    }

    fn heading(&self) -> String {
        self.w.t(&format!("problem-{}", self.status))
    }

    fn text(&self) -> String {
        self.w.t(&format!("problem-{}-text", self.status))
    }
}

impl Page for ProblemPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let page = |status| ProblemPage::new(Words::default(), Frame::at("/laporan/1", Place::Elsewhere), status);
        let mut pages: Vec<ProblemPage> = ProblemPage::STATUSES.into_iter().map(page).collect();
        pages.push(ProblemPage { trace: Some("7f3a-19c2".into()), ..page(599) });
        pages.push(ProblemPage { kept: Some(sample::STORY.into()), ..page(409) });
        let desk = Frame::at("/desk/laporan/1", Place::Inbox).seated(sample::seat());
        for refusal in domain::report::Refusal::ALL {
            pages.push(ProblemPage {
                detail: Some(Message::refusal(*refusal)),
                back: Some("/desk".into()),
                ..ProblemPage::new(Words::default(), desk.clone(), 422)
            });
        }
        pages
    }
}
