//! `/laporan/feed`: the newest public reports of a list, for feed readers (Atom, RFC 4287).

use crate::components::{Card, Page, sample};
use crate::words::Words;
use askama::Template;

/// A feed of the same reports as a public list.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/feed.xml")]
pub struct FeedPage {
    pub w: Words,
    /// Where people reach the service, without a slash at the end.
    pub base_url: String,
    /// Path and query of the list.
    pub list: String,
    /// Path and query of this feed.
    pub path: String,
    pub reports: Vec<Card>,
    /// When the newest of them came in, or when there was none.
    pub updated: String,
}

impl Page for FeedPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let full = FeedPage {
            w: Words::default(),
            base_url: "https://lapor.example".into(),
            list: "/laporan?region=63&q=jalan".into(),
            path: "/laporan/feed?region=63&q=jalan".into(),
            reports: sample::cards(),
            updated: "2026-03-17T09:00:00+07:00".into(),
        };
        vec![full.clone(), FeedPage { reports: vec![], ..full }]
    }
}
