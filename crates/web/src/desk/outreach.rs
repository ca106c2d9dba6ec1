//! `/desk/sosialisasi/{id}`: an outreach activity, its photos, what came of it, and what its office may do to it.

use super::outreach_form::{OutreachForm, sample_form};
use super::outreaches::state_tone;
use crate::components::outreach::{self, EffectView, OutreachCard, OutreachPhotoView};
use crate::components::{Field, Frame, Notice, Page, Place, Slip, Tone, sample};
use crate::words::{Message, Words};
use askama::Template;
use domain::outreach::{MOST_ALT, MOST_PEOPLE, OutreachState};
use domain::text::Remark;

/// The form of what came of it.
#[derive(Debug, Clone, Default)]
pub struct ResultForm {
    pub key: String,
    pub people: Field,
    pub notes: Field,
    pub slips: Vec<Slip>,
}

/// The form of a photo, posted as `multipart/form-data`.
#[derive(Debug, Clone, Default)]
pub struct PhotoForm {
    pub key: String,
    pub alt: Field,
    /// Never carries a value back: a browser does not refill files.
    pub file: Field,
    pub slips: Vec<Slip>,
}

/// The activity.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/outreach.html")]
pub struct DeskOutreachPage {
    pub w: Words,
    pub frame: Frame,
    pub card: OutreachCard,
    pub seq: u32,
    pub photos: Vec<OutreachPhotoView>,
    pub effect: Option<EffectView>,
    /// The forms that the seat has a use for.
    pub plan: Option<OutreachForm>,
    pub result: Option<ResultForm>,
    pub photo: Option<PhotoForm>,
    /// The key under which it is cancelled, where it may be.
    pub cancel: Option<String>,
}

impl DeskOutreachPage {
    fn tone(&self) -> Tone {
        state_tone(self.card.state)
    }

    fn form(&self) -> Option<&OutreachForm> {
        self.plan.as_ref()
    }

    fn people_limits(&self) -> String {
        format!("required min=\"0\" max=\"{MOST_PEOPLE}\" inputmode=\"numeric\"")
    }

    fn alt_limits(&self) -> String {
        format!("required maxlength=\"{MOST_ALT}\" autocomplete=\"off\"")
    }

    fn most_notes(&self) -> usize {
        Remark::MOST
    }
}

impl Page for DeskOutreachPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let path = "/desk/sosialisasi/1234567890123456789";
        let result = ResultForm { key: "k".into(), people: Field::of("120"), ..ResultForm::default() };
        let planned = DeskOutreachPage {
            w: Words::default(),
            frame: Frame::at(path, Place::Oversight).seated(sample::seat()),
            card: outreach::sample(OutreachState::Planned),
            seq: 1,
            photos: vec![],
            effect: None,
            plan: Some(sample_form(path, 1)),
            result: Some(result.clone()),
            photo: None,
            cancel: Some("k".into()),
        };
        let wrong = Message::new("photo-alt").with("most", MOST_ALT);
        let photo = PhotoForm {
            key: "k".into(),
            alt: Field::wrong("", wrong.clone()),
            slips: vec![Slip { field: "alt", message: wrong }],
            ..PhotoForm::default()
        };
        let done = DeskOutreachPage {
            card: outreach::sample(OutreachState::CarriedOut),
            photos: vec![OutreachPhotoView { url: format!("{path}/foto/1"), alt: "Warga di \"balai\"".into() }],
            effect: Some(outreach::sample_effect(12, true)),
            plan: None,
            photo: Some(photo),
            cancel: None,
            ..planned.clone()
        };
        let early = Notice { tone: Tone::Wait, message: Message::new("outreach-fault-early") };
        let refused = DeskOutreachPage {
            frame: Frame { notice: Some(early), ..planned.frame.clone() },
            result: Some(ResultForm {
                people: Field::wrong("x", Message::new("slip-people").with("most", MOST_PEOPLE)),
                ..result
            }),
            ..planned.clone()
        };
        let read = DeskOutreachPage {
            card: outreach::sample(OutreachState::Cancelled),
            plan: None,
            result: None,
            cancel: None,
            ..planned.clone()
        };
        vec![planned, done, refused, read]
    }
}
