//! `/desk/pemberitahuan`: reminders, escalations and news for this officer.

use crate::components::{Frame, Page, Place, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;
use domain::Code;

/// One notice.
#[derive(Debug, Clone)]
pub struct NoticeRow {
    /// The report it is about.
    pub code: Option<Code>,
    /// Where it leads.
    pub link: String,
    pub title: String,
    /// `notice-…`: what is new.
    pub message: Message,
    pub at: Moment,
    pub unread: bool,
}

/// The notices of one officer, newest first. Posting to the page's own path marks all as read.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/notices.html")]
pub struct NoticesPage {
    pub w: Words,
    pub frame: Frame,
    pub rows: Vec<NoticeRow>,
    pub next: Option<String>,
}

impl Page for NoticesPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row = |n: u64, key: &str, unread| NoticeRow {
            code: Some(sample::code(n)),
            link: format!("/desk/laporan/{}", sample::code(n)),
            title: sample::cards()[0].title.clone(),
            message: Message::new(key).with("date", sample::today()).with("agency", "Dinas PUPR Kota Banjarmasin"),
            at: sample::moment(18, 8, 0),
            unread,
        };
        let keys = [
            "disposed",
            "returned",
            "replied",
            "objected",
            "completed",
            "contested",
            "confirmed",
            "reminded",
            "escalated",
            "reopened",
            "assigned",
            "closed",
        ];
        let rows = keys.iter().zip(0..).map(|(key, n)| row(n, &format!("notice-{key}"), n < 3)).collect();
        let typical = NoticesPage {
            w: Words::default(),
            frame: Frame::at("/desk/pemberitahuan", Place::Notices).seated(sample::seat()),
            rows,
            next: None,
        };
        let empty = NoticesPage { rows: vec![], ..typical.clone() };
        vec![typical, empty]
    }
}
