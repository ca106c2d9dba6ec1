//! `/data-terbuka/{month}`: the files of a release, and how anyone checks them.

use super::ReleaseRow;
use super::open_releases::sample_release;
use crate::components::{Frame, Page, Place};
use crate::words::Words;
use askama::Template;

/// A file of the release.
#[derive(Debug, Clone)]
pub struct OpenFileRow {
    pub name: String,
    pub rows: u64,
    pub bytes: u64,
    /// In hexadecimal.
    pub sha256: String,
}

/// A release with its files.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/open_release.html")]
pub struct OpenReleasePage {
    pub w: Words,
    pub frame: Frame,
    pub release: ReleaseRow,
    pub files: Vec<OpenFileRow>,
    /// What each kind of matter is promised, and how many of its reports are told of.
    pub promises: Vec<(&'static str, u32, u64)>,
    /// Of the rules.
    pub version: u16,
    /// Of the guarantee, in hexadecimal, as the two after it.
    pub digest: String,
    pub signature: String,
    pub signer: String,
}

impl OpenReleasePage {
    fn lead(&self) -> String {
        let at = self.w.moment(self.release.made);
        self.w.with("open-release-lead", &[("at", at.into()), ("version", i64::from(self.version).into())])
    }

    fn told(&self, protection: &str, people: &u32, reports: &u64) -> String {
        let key = if *reports == 0 { "open-promise-none" } else { "open-promise" };
        let name = self.w.of("open-protection", protection);
        self.w.with(key, &[("what", name.into()), ("people", (*people).into()), ("reports", (*reports).into())])
    }
}

impl Page for OpenReleasePage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let file = |name: &str, rows, bytes| OpenFileRow {
            name: name.into(),
            rows,
            bytes,
            sha256: "0123456789abcdef".repeat(4),
        };
        let typical = OpenReleasePage {
            w: Words::default(),
            frame: Frame::at("/data-terbuka/2026-02", Place::Statistics),
            release: sample_release(),
            files: vec![
                file("bulanan.csv", 3_120, 402_113),
                file("bulanan.json", 3_120, 1_204_551),
                file("harian.parquet", 912, 41_007),
            ],
            promises: vec![("ordinary", 5, 13_911), ("sensitive", 10, 296)],
            version: 1,
            digest: "0123456789abcdef".repeat(4),
            signature: "0123456789abcdef".repeat(8),
            signer: "0123456789abcdef".repeat(4),
        };
        let few = OpenReleasePage { promises: vec![("ordinary", 5, 5), ("sensitive", 10, 0)], ..typical.clone() };
        vec![typical, few]
    }
}
