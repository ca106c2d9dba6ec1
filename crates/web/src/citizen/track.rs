//! `/lacak`: a report by its number, with or without the PIN.

use crate::components::{Field, Frame, Page, Place, Slip};
use crate::words::{Message, Words};
use askama::Template;

/// The form, sent with GET as `nomor`; a PIN goes by POST to `/lacak` as `number` and `pin`.
#[derive(Debug, Clone, Template)]
#[template(path = "citizen/track.html")]
pub struct TrackPage {
    pub w: Words,
    pub frame: Frame,
    pub number: Field,
    pub pin: Field,
    pub slips: Vec<Slip>,
}

impl Page for TrackPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let page = |number: Field, pin: Field, slips| TrackPage {
            w: Words::default(),
            frame: Frame::at("/lacak", Place::Track),
            number,
            pin,
            slips,
        };
        let typo = Message::new("slip-number-typo");
        let wrong = Message::new("slip-pin");
        vec![
            page(Field::default(), Field::default(), vec![]),
            page(
                Field::wrong("123 456 7891", typo.clone()),
                Field::default(),
                vec![Slip { field: "number", message: typo }],
            ),
            page(
                Field::of("123 456 7890"),
                Field::wrong("", wrong.clone()),
                vec![Slip { field: "pin", message: wrong }],
            ),
        ]
    }
}
