//! `/desk/kata-sms`: the words before a short message that name offices.

use crate::components::{Choice, Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;
use domain::AgencyId;

/// A word and its office.
#[derive(Debug, Clone)]
pub struct WordRow {
    pub word: String,
    pub agency: AgencyId,
    pub office: String,
}

/// The list of words, and the form for another.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/sms_words.html")]
pub struct SmsWordsPage {
    pub w: Words,
    pub frame: Frame,
    pub rows: Vec<WordRow>,
    pub offices: Vec<Choice>,
    pub word: Field,
    pub office: Field,
    pub slips: Vec<Slip>,
}

impl Page for SmsWordsPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let row =
            |word: &str, office: &str| WordRow { word: word.into(), agency: AgencyId(360_300), office: office.into() };
        let list = SmsWordsPage {
            w: Words::default(),
            frame: Frame::at("/desk/kata-sms", Place::Messages).seated(sample::seat()),
            rows: vec![row("TANGKAB", "Pemerintah Kabupaten Tangerang"), row("PANJANGSEKALI15", sample::LONG_AGENCY)],
            offices: vec![Choice::new(360_300, "Pemerintah Kabupaten Tangerang")],
            word: Field::default(),
            office: Field::default(),
            slips: vec![],
        };
        let slip = Message::new("slip-word-taken");
        let wrong = SmsWordsPage {
            rows: vec![],
            word: Field::wrong("TANGKAB", slip.clone()),
            slips: vec![Slip { field: "word", message: slip }],
            ..list.clone()
        };
        vec![list, wrong]
    }
}
