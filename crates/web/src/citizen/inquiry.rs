//! `/tanya/{token}`: a question to somebody who has nothing but a link.

use crate::components::{Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;
use domain::Code;
use domain::report::Missing;
use domain::text::Body;

/// How the question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InquiryState {
    Open,
    /// `answered`, `ended` or `expired`.
    Over(&'static str),
}

/// The page behind a question's link. It shows nothing of the report but what the office chose to share.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/inquiry.html")]
pub struct InquiryPage {
    pub w: Words,
    pub frame: Frame,
    pub outsider: bool,
    /// The tracking number, for its reporter only.
    pub code: Option<Code>,
    /// Which office asks.
    pub office: String,
    pub question: String,
    pub missing: Vec<Missing>,
    pub state: InquiryState,
    pub until: Moment,
    /// Title and text as the public reads them.
    pub shared: Option<(String, String)>,
    /// The path that the answer is posted to.
    pub path: String,
    /// Client key of the form.
    pub key: String,
    pub answer: Field,
    pub files: Field,
    pub slips: Vec<Slip>,
}

impl InquiryPage {
    fn most(&self) -> usize {
        Body::MOST
    }

    /// Why it cannot be answered, where it cannot.
    fn over(&self) -> Option<&'static str> {
        match self.state {
            InquiryState::Open => None,
            InquiryState::Over(why) => Some(why),
        }
    }
}

impl Page for InquiryPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let path = "/tanya/1a2b-7-0011223344556677";
        let outsider = InquiryPage {
            w: Words::default(),
            frame: Frame::at(path, Place::Elsewhere),
            outsider: true,
            code: None,
            office: "Dinas PUPR Kota Banjarmasin".into(),
            question: "Kapan pipa di simpang empat itu selesai diperbaiki?".into(),
            missing: vec![],
            state: InquiryState::Open,
            until: sample::moment(19, 23, 59),
            shared: Some(("Jalan berlubang di depan SDN Sungai Andai 3".into(), sample::STORY.into())),
            path: path.into(),
            key: "0198f3b2c4d8".into(),
            answer: Field::default(),
            files: Field::default(),
            slips: vec![],
        };
        let reporter = InquiryPage {
            outsider: false,
            code: Some(sample::code(0)),
            question: "Di ruas mana tepatnya?".into(),
            missing: vec![Missing::Location, Missing::Evidence],
            shared: None,
            ..outsider.clone()
        };
        let short = Message::new("text-too-short").with("least", 10);
        let refused = InquiryPage {
            answer: Field::wrong("Ya.", short.clone()),
            slips: vec![Slip { field: "inquiry-text", message: short }],
            ..reporter.clone()
        };
        let over = ["answered", "ended", "expired"].map(|why| InquiryPage {
            state: InquiryState::Over(why),
            outsider: why != "ended",
            ..outsider.clone()
        });
        [vec![outsider, reporter, refused], over.to_vec()].concat()
    }
}
