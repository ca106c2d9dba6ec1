//! `/desk/pengawasan/{office}/laporan`: the reports behind a figure, as far as the seat may read them.

use super::QueueRow;
use crate::components::{Frame, Page, Place, sample};
use crate::words::Words;
use askama::Template;

/// A figure to change to.
#[derive(Debug, Clone)]
pub struct Part {
    /// `open`, `late` …; the key `oversight-col-…`.
    pub name: &'static str,
    pub link: String,
    pub chosen: bool,
}

/// A page of the list.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/office_queue.html")]
pub struct OfficeQueuePage {
    pub w: Words,
    pub frame: Frame,
    pub office: String,
    /// The overview that it belongs to.
    pub above: String,
    pub parts: Vec<Part>,
    pub rows: Vec<QueueRow>,
    pub next: Option<String>,
}

impl Page for OfficeQueuePage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let part = |name: &'static str| Part {
            name,
            link: format!("/desk/pengawasan/637100/laporan?hal={name}"),
            chosen: name == "late",
        };
        let typical = OfficeQueuePage {
            w: Words::default(),
            frame: Frame::at("/desk/pengawasan/637100/laporan", Place::Oversight).seated(sample::seat()),
            office: "Pemerintah Kota Banjarmasin".into(),
            above: "/desk/pengawasan".into(),
            parts: ["open", "late", "unverified", "silent", "returned"].map(part).to_vec(),
            rows: super::inbox::rows(),
            next: Some("/desk/pengawasan/637100/laporan?after=1.2".into()),
        };
        let empty = OfficeQueuePage { rows: vec![], next: None, ..typical.clone() };
        vec![typical, empty]
    }
}
