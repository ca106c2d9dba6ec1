//! `/desk/loket`: an officer takes in what a person says at the counter, by telephone, in a letter or in public.

use crate::citizen::ReportForm;
use crate::components::{Choice, ChoiceGroup, Field, Frame, Page, Place, Reach, Slip, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;
use domain::Code;
use domain::report::{Channel, Class};
use domain::taking::{Consent, Source, TAKEN};
use domain::text::Body;
use jiff::civil::Date;

/// Most characters of what is pasted.
pub const MOST_PASTED: usize = 20_000;

/// The form as it was typed, posted as `multipart/form-data` with the field names of its two halves.
#[derive(Debug, Clone, Default)]
pub struct CounterForm {
    /// A [`Channel`] of those that officers take, by name.
    pub channel: Field,
    /// A [`Consent`] by name; may stay empty where nobody is named.
    pub consent: Field,
    /// The address of a public source.
    pub source: Field,
    /// What every report has.
    pub report: ReportForm,
}

/// The form, and what was just taken in.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/counter.html")]
pub struct CounterPage {
    pub w: Words,
    pub frame: Frame,
    /// The officer whose drafts the browser keeps.
    pub owner: i64,
    pub form: CounterForm,
    pub slips: Vec<Slip>,
    pub provinces: Vec<ChoiceGroup>,
    pub agencies: Vec<Choice>,
    /// The last day on which something can have happened.
    pub today: Date,
    /// Whether news can be sent by e-mail.
    pub reach: Option<Reach>,
    /// Reports whose receipts are still shown, the latest first.
    pub latest: Vec<(Code, Moment)>,
    /// Whether this seat makes signs with a code.
    pub signs: bool,
    /// What was pasted and is to be read once more.
    pub pasted: Field,
}

impl CounterPage {
    fn channels(&self) -> [Channel; 5] {
        TAKEN
    }

    fn consents(&self) -> [Consent; 4] {
        Consent::ALL
    }

    fn classes(&self) -> &'static [Class] {
        Class::ALL
    }

    fn most(&self) -> usize {
        Body::MOST
    }

    fn latest_day(&self) -> String {
        format!("max=\"{}\"", self.today)
    }

    fn most_pasted(&self) -> usize {
        MOST_PASTED
    }

    fn source_attributes(&self) -> String {
        format!("maxlength=\"{}\" autocomplete=\"off\" inputmode=\"url\"", Source::MOST)
    }

    /// Somebody begins to type at once, unless there is something to be mended first.
    fn begins(&self) -> &'static str {
        if self.slips.is_empty() { " autofocus" } else { "" }
    }
}

impl Page for CounterPage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        let fresh = CounterPage {
            w: Words::default(),
            frame: Frame::at("/desk/loket", Place::Counter).seated(sample::seat()),
            owner: 7,
            form: CounterForm {
                channel: Field::of(Channel::Counter.name()),
                report: ReportForm {
                    class: Field::of(Class::Complaint.name()),
                    province: Field::of("63"),
                    regency: Field::of("63.71"),
                    agency: Field::of("Pemerintah Kota Banjarmasin"),
                    key: "0198f3b2c4d5".into(),
                    ..ReportForm::default()
                },
                ..CounterForm::default()
            },
            slips: vec![],
            provinces: sample::provinces(),
            agencies: sample::agencies(),
            today: sample::today(),
            reach: Some(Reach::Both),
            latest: vec![(sample::code(0), sample::moment(18, 9, 12)), (sample::code(1), sample::moment(18, 9, 4))],
            signs: true,
            pasted: Field::default(),
        };
        let quiet = CounterPage { latest: vec![], signs: false, reach: None, ..fresh.clone() };
        let unread = CounterPage { pasted: Field::wrong("", Message::new("clip-nothing")), ..quiet.clone() };
        vec![fresh.clone(), quiet, unread, refused(fresh)]
    }
}

/// The form as it comes back without consent and without an address.
fn refused(mut page: CounterPage) -> CounterPage {
    let (consent, source) = (Message::new("taking-no-consent"), Message::new("taking-no-source"));
    page.form.channel = Field::of(Channel::SocialMedia.name());
    page.form.consent = Field::wrong("", consent.clone());
    page.form.source = Field::wrong("", source.clone());
    page.form.report.name = Field::of("Siti <Contoh> & \"kawan\"");
    page.form.report.anonymous = true;
    page.slips = vec![Slip { field: "consent", message: consent }, Slip { field: "source", message: source }];
    page
}
