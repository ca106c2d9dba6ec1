//! `/laporan/{code}/tanda-terima`: the number and the PIN, to be printed and kept.

use crate::components::{Frame, Page, Place, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;
use domain::Code;
use domain::report::Class;
use jiff::civil::date;

/// Something that will happen, and by when.
#[derive(Debug, Clone)]
pub struct Step {
    /// What: `next-verify`, `next-answer`, `next-finish`, `next-judge`.
    pub what: Message,
    /// By when, where a date is known already.
    pub by: Option<jiff::civil::Date>,
}

/// The receipt. The handler sets `frame.sent` to `home`, so that the browser forgets the draft.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/receipt.html")]
pub struct ReceiptPage {
    pub w: Words,
    pub frame: Frame,
    pub code: Code,
    /// Six digits.
    pub pin: String,
    pub class: Class,
    pub title: String,
    pub place: String,
    pub agency: Option<String>,
    pub sent: Moment,
    pub anonymous: bool,
    pub secret: bool,
    /// Where notices go to, masked (`0812••••890`); none where the reporter left nothing.
    pub contact: Option<String>,
    /// Where letters go to, masked; none where no address was left or none is sent.
    pub letters: Option<String>,
    pub files: u32,
    pub steps: Vec<Step>,
    /// It was sent while very many sent, without the proof that was asked for.
    pub held: bool,
}

impl Page for ReceiptPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let code = sample::code(0);
        let step = |key: &str, by| Step { what: Message::new(key), by };
        let finish = Message::new("next-finish").with("short", 5).with("middle", 14).with("long", 60);
        let frame =
            Frame { sent: Some("home"), ..Frame::at(&format!("/laporan/{code}/tanda-terima"), Place::Elsewhere) };
        let typical = ReceiptPage {
            w: Words::default(),
            frame,
            code,
            pin: "407 913".into(),
            class: Class::Complaint,
            title: "Jalan berlubang di depan SDN Sungai Andai 3".into(),
            place: "Kota Banjarmasin, Kalimantan Selatan".into(),
            agency: Some("Dinas PUPR Kota Banjarmasin".into()),
            sent: sample::moment(13, 7, 42),
            anonymous: false,
            secret: false,
            contact: Some("0812••••890".into()),
            letters: Some("siti••••.id".into()),
            files: 2,
            steps: vec![
                step("next-verify", Some(date(2026, 3, 18))),
                Step { what: Message::new("next-answer").with("days", 5), by: None },
                Step { what: finish, by: None },
                step("next-judge", None),
            ],
            held: false,
        };
        let hidden = ReceiptPage {
            title: sample::LONG.into(),
            agency: None,
            anonymous: true,
            secret: true,
            contact: None,
            letters: None,
            files: 0,
            held: true,
            ..typical.clone()
        };
        vec![typical, hidden]
    }
}
