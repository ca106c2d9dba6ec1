//! `/sosialisasi/{id}`: an outreach activity that was carried out.

use crate::components::outreach::{self, EffectView, OutreachCard, OutreachPhotoView};
use crate::components::{Frame, Page, Place};
use crate::words::Words;
use askama::Template;
use domain::outreach::OutreachState;

/// The activity with its photos and what came of it.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/outreach.html")]
pub struct OutreachPage {
    pub w: Words,
    pub frame: Frame,
    pub card: OutreachCard,
    pub photos: Vec<OutreachPhotoView>,
    pub effect: Option<EffectView>,
}

impl Page for OutreachPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let photo = |n: i64| OutreachPhotoView {
            url: format!("/sosialisasi/1234567890123456789/foto/{n}"),
            alt: "Petugas menyerahkan kartu \"petunjuk\" kepada warga".into(),
        };
        let typical = OutreachPage {
            w: Words::default(),
            frame: Frame::at("/sosialisasi/1234567890123456789", Place::Statistics),
            card: outreach::sample(OutreachState::CarriedOut),
            photos: vec![photo(1), photo(2)],
            effect: Some(outreach::sample_effect(12, true)),
        };
        let few = OutreachPage { photos: vec![], effect: Some(outreach::sample_effect(3, true)), ..typical.clone() };
        let running = OutreachPage {
            card: OutreachCard { region: None, ..typical.card.clone() },
            effect: Some(outreach::sample_effect(12, false)),
            ..typical.clone()
        };
        vec![typical, few, running]
    }
}
