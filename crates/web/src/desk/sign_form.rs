//! `/desk/tanda`: for which office and which place a sign is made.

use crate::components::{Choice, ChoiceGroup, Field, Frame, Page, Place, Slip, sample};
use crate::words::{Message, Words};
use askama::Template;

/// The form of a sign, sent as the query of its sheet with the field names of this struct.
#[derive(Debug, Clone, Default)]
pub struct SignForm {
    /// The name of an office as typed.
    pub agency: Field,
    pub province: Field,
    pub regency: Field,
    /// What the place is called; may stay empty.
    pub address: Field,
}

/// The form.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/sign_form.html")]
pub struct SignFormPage {
    pub w: Words,
    pub frame: Frame,
    pub form: SignForm,
    pub slips: Vec<Slip>,
    pub provinces: Vec<ChoiceGroup>,
    /// Offices for which this seat makes signs, offered while typing.
    pub agencies: Vec<Choice>,
    /// The sheet of the officer's own office.
    pub own: String,
}

impl Page for SignFormPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let form = SignForm {
            agency: Field::of("Pemerintah Kota Banjarmasin"),
            province: Field::of("63"),
            regency: Field::of("63.71"),
            address: Field::default(),
        };
        let fresh = SignFormPage {
            w: Words::default(),
            frame: Frame::at("/desk/tanda", Place::Counter).seated(sample::seat()),
            form: form.clone(),
            slips: vec![],
            provinces: sample::provinces(),
            agencies: sample::agencies(),
            own: "/desk/tanda/lembar?agency=Pemerintah+Kota+Banjarmasin".into(),
        };
        let wrong = Message::new("sign-not-yours");
        let form = SignForm { agency: Field::wrong("Dinas <Antah>", wrong.clone()), ..form };
        let slips = vec![Slip { field: "agency", message: wrong }];
        vec![fresh.clone(), SignFormPage { form, slips, ..fresh }]
    }
}
