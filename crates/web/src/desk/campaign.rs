//! `/desk/kampanye/{id}`: one campaign, its addressees and how far they are.

use super::campaign_form::LETTER;
use super::campaigns::{CampaignRow, sample_row};
use super::oversight::Share;
use crate::components::{Frame, Page, Place, Slip, sample};
use crate::words::{Moment, Words};
use askama::Template;
use jiff::civil::{Date, date};

/// An addressee and its progress.
#[derive(Debug, Clone)]
pub struct AddresseeRow {
    pub office: i64,
    pub name: String,
    pub chosen: bool,
    pub share: Share,
    /// Sealed reports: done and all, for those who may know.
    pub sealed: Option<(u64, u64)>,
}

/// How much was done on a day.
#[derive(Debug, Clone)]
pub struct DayRow {
    pub day: Date,
    pub share: Share,
}

/// One campaign.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/campaign.html")]
pub struct CampaignPage {
    pub w: Words,
    pub frame: Frame,
    pub row: CampaignRow,
    pub from: Date,
    pub to: Date,
    pub late_only: bool,
    pub letter: String,
    pub sent: Option<Moment>,
    pub counted: Option<Moment>,
    pub closed: Option<Moment>,
    pub addressees: Vec<AddresseeRow>,
    /// All chosen addressees together.
    pub sum: Share,
    pub days: Vec<DayRow>,
    pub may_send: bool,
    /// Nobody was chosen when it was to be sent.
    pub slips: Vec<Slip>,
}

impl DayRow {
    /// The finished part, in percent.
    pub fn width(&self) -> u64 {
        self.share.done.saturating_mul(100) / self.share.all.max(1)
    }
}

impl CampaignPage {
    /// Which reports it is about, and by when.
    pub fn about(&self) -> String {
        let key = if self.late_only { "campaign-about-late" } else { "campaign-about" };
        self.w.with(key, &[("from", self.from.into()), ("to", self.to.into()), ("deadline", self.row.deadline.into())])
    }

    /// Agencies that it was sent to.
    pub fn chosen(&self) -> u32 {
        u32::try_from(self.addressees.iter().filter(|one| one.chosen).count()).unwrap_or(u32::MAX)
    }

    /// Agencies that have finished everything they were reminded of.
    pub fn finished(&self) -> u32 {
        let done = self.addressees.iter().filter(|one| one.chosen && one.share.done >= one.share.all);
        u32::try_from(done.count()).unwrap_or(u32::MAX)
    }
}

/// A share for the samples.
pub(super) fn share(done: u64, all: u64) -> Share {
    Share { done, all, points: (all >= 10).then_some(done * 10_000 / all.max(1)) }
}

impl Page for CampaignPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let addressee = |office, name: &str, done, all| AddresseeRow {
            office,
            name: name.to_owned(),
            chosen: all > 4,
            share: share(done, all),
            sealed: Some((1, 2)),
        };
        let running = CampaignPage {
            w: Words::default(),
            frame: Frame::at("/desk/kampanye/1", Place::Oversight).seated(sample::seat()),
            row: sample_row("sent"),
            from: date(2020, 1, 1),
            to: date(2020, 12, 31),
            late_only: true,
            letter: LETTER.into(),
            sent: Some(sample::moment(1, 8, 0)),
            counted: Some(sample::moment(18, 8, 10)),
            closed: None,
            addressees: vec![
                addressee(640_200, "Pemerintah Kabupaten Kutai Kartanegara", 18, 21),
                addressee(637_100, sample::LONG_AGENCY, 9, 9),
                addressee(647_400, "Pemerintah Kota Bontang", 0, 3),
            ],
            sum: share(27, 30),
            days: (1..4).map(|n: i8| DayRow { day: date(2021, 3, n), share: share(9, 10) }).collect(),
            may_send: false,
            slips: vec![],
        };
        let ready = CampaignPage {
            row: sample_row("ready"),
            sent: None,
            counted: None,
            days: vec![],
            may_send: true,
            slips: vec![Slip { field: "office-637100", message: crate::words::Message::new("slip-campaign-nobody") }],
            ..running.clone()
        };
        let gathering = CampaignPage {
            row: sample_row("gathering"),
            addressees: vec![],
            may_send: false,
            slips: vec![],
            ..ready.clone()
        };
        let closed =
            CampaignPage { row: sample_row("closed"), closed: Some(sample::moment(19, 8, 0)), ..running.clone() };
        vec![running, ready, gathering, closed]
    }
}
