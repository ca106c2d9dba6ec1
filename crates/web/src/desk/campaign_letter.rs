//! `/desk/kampanye/{id}/surat/{office}`: a letter, to read and to print.

use super::campaign::share;
use super::oversight::Share;
use crate::components::{Frame, Page, Place, sample};
use crate::print::Document;
use crate::words::Words;
use askama::Template;
use jiff::civil::{Date, date};

/// A letter, to read and to print.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/campaign_letter.html")]
pub struct CampaignLetterPage {
    pub w: Words,
    pub frame: Frame,
    pub campaign: i64,
    pub title: String,
    pub sender: String,
    pub agency: String,
    pub day: Date,
    pub deadline: Date,
    pub text: String,
    pub share: Share,
}

impl CampaignLetterPage {
    /// The letter on paper.
    pub fn document(&self) -> Document {
        Document::new(self.w, &*self.title)
            .about(&*self.sender)
            .foot(format!("{} · {}", self.title, self.agency))
            .small(self.w.long_day(self.day))
            .paragraph(&*self.text)
    }
}

impl Page for CampaignLetterPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        vec![CampaignLetterPage {
            w: Words::default(),
            frame: Frame::at("/desk/kampanye/1/surat/637100", Place::Oversight).seated(sample::seat()),
            campaign: 1,
            title: "Penyelesaian laporan tahun 2020".into(),
            sender: "Admin Nasional SP4N-LAPOR! (Kementerian PANRB)".into(),
            agency: "Pemerintah Kabupaten Kutai Kartanegara".into(),
            day: date(2021, 2, 22),
            deadline: date(2021, 3, 31),
            text: "Yth. Pimpinan Pemerintah Kabupaten Kutai Kartanegara\n\nMasih ada 21 laporan.".into(),
            share: share(18, 21),
        }]
    }
}
