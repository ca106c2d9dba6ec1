//! `/desk/loket/{code}`: the number and the PIN, to be given to the person.

use crate::components::{Frame, Page, Place, sample};
use crate::print::Document;
use crate::words::{Moment, Words};
use app::Qr;
use askama::Template;
use domain::Code;
use domain::report::{Channel, Class};

/// How wide the code is on paper, in points.
const WIDE: u16 = 120;

/// The receipt, for the officer who took the report in.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/counter_receipt.html")]
pub struct CounterReceiptPage {
    pub w: Words,
    pub frame: Frame,
    /// The officer whose drafts the browser keeps.
    pub owner: i64,
    pub code: Code,
    /// Six digits.
    pub pin: String,
    pub channel: Channel,
    pub class: Class,
    pub title: String,
    pub place: String,
    pub agency: Option<String>,
    pub sent: Moment,
    /// Until when this page is shown.
    pub until: Moment,
    /// The office that took it in.
    pub office: String,
    /// The address of the report's page, and the same for cameras.
    pub address: String,
    pub qr: Qr,
}

impl CounterReceiptPage {
    fn picture(&self) -> String {
        self.qr.svg()
    }

    /// The address as people type it.
    fn short(&self) -> &str {
        self.address.split_once("://").map_or(&*self.address, |(_, short)| short)
    }

    /// The same on paper.
    pub fn document(&self) -> Document {
        let w = self.w;
        let agency = self.agency.clone().unwrap_or_else(|| w.t("agency-unknown"));
        let facts = [
            (w.t("fact-channel"), w.of("channel", self.channel.name())),
            (w.t("fact-class"), w.of("class", self.class.name())),
            (w.t("fact-title"), self.title.clone()),
            (w.t("fact-place"), self.place.clone()),
            (w.t("fact-agency"), agency),
            (w.t("fact-sent"), w.moment(self.sent)),
        ];
        let told = w.with("counter-receipt-follow", &[("address", self.short().into())]);
        Document::new(w, w.t("counter-receipt-title"))
            .about(&*self.office)
            .foot(format!("{} · {}", self.code.spaced(), self.short()))
            .large(format!("{}: {}", w.t("field-number"), self.code.spaced()))
            .large(format!("{}: {}", w.t("field-pin"), self.pin))
            .paragraph(&*told)
            .code(self.qr.clone(), WIDE, w.with("counter-receipt-code", &[("address", self.short().into())]))
            .facts(facts)
            .paragraph(w.t("counter-receipt-keep"))
    }
}

impl Page for CounterReceiptPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let code = sample::code(0);
        let address = format!("https://lapor.example/laporan/{code}");
        let typical = CounterReceiptPage {
            w: Words::default(),
            frame: Frame::at(&format!("/desk/loket/{code}"), Place::Counter).seated(sample::seat()),
            owner: 7,
            code,
            pin: "407 913".into(),
            channel: Channel::Counter,
            class: Class::Complaint,
            title: "Jalan berlubang di depan SDN Sungai Andai 3".into(),
            place: "Kota Banjarmasin, Kalimantan Selatan".into(),
            agency: Some("Dinas PUPR Kota Banjarmasin".into()),
            sent: sample::moment(18, 9, 12),
            until: sample::moment(18, 9, 27),
            office: "Pemerintah Kota Banjarmasin".into(),
            qr: sample::qr(&address),
            address,
        };
        let long = CounterReceiptPage {
            channel: Channel::Press,
            title: sample::LONG.into(),
            agency: None,
            office: sample::LONG_AGENCY.into(),
            ..typical.clone()
        };
        vec![typical, long]
    }
}
