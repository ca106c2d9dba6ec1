//! `/desk/kampanye`: the reminder campaigns that a seat made or that reached it.

use crate::components::{Frame, Page, Place, sample};
use crate::words::Words;
use askama::Template;
use jiff::civil::{Date, date};

/// A campaign as a line of the list.
#[derive(Debug, Clone)]
pub struct CampaignRow {
    pub id: i64,
    pub title: String,
    pub sender: String,
    /// `gathering`, `ready`, `sent` or `closed`; the key `campaign-state-…`.
    pub state: &'static str,
    pub deadline: Date,
}

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/campaigns.html")]
pub struct CampaignsPage {
    pub w: Words,
    pub frame: Frame,
    pub rows: Vec<CampaignRow>,
    /// Whether the seat may make one.
    pub makes: bool,
    pub next: Option<String>,
}

/// A campaign for the samples.
pub(super) fn sample_row(state: &'static str) -> CampaignRow {
    CampaignRow {
        id: 1_234_567_890_123_456_789,
        title: "Penyelesaian laporan tahun 2020".into(),
        sender: "Admin Nasional SP4N-LAPOR! (Kementerian PANRB)".into(),
        state,
        deadline: date(2021, 3, 31),
    }
}

impl Page for CampaignsPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let typical = CampaignsPage {
            w: Words::default(),
            frame: Frame::at("/desk/kampanye", Place::Oversight).seated(sample::seat()),
            rows: ["gathering", "ready", "sent", "closed"].map(sample_row).to_vec(),
            makes: true,
            next: Some("/desk/kampanye?after=1".into()),
        };
        let empty = CampaignsPage { rows: vec![], makes: false, next: None, ..typical.clone() };
        vec![typical, empty]
    }
}
