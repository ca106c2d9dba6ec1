//! The form of the counter: what every report has, how it came, and how the person agreed.

use crate::citizen::ReportForm;
use crate::components::{Field, Slip};
use crate::desk::CounterForm;
use crate::serve::form::Form;
use crate::serve::given;
use crate::serve::letter;
use crate::serve::visit::Visit;
use crate::words::Message;
use app::{Letter, Officer};
use domain::report::{Channel, Class};
use domain::taking::{Consent, Source, Taking, TakingSlip};

/// A form that cannot be taken yet.
pub(super) struct Typed {
    pub form: CounterForm,
    pub slips: Vec<Slip>,
}

/// An empty form of an officer.
pub(super) fn fresh(visit: &Visit, officer: &Officer) -> CounterForm {
    CounterForm {
        channel: Field::of(Channel::Counter.name()),
        report: ReportForm {
            class: Field::of(Class::Complaint.name()),
            key: visit.fresh_key(),
            ..given::proposed(visit, officer.agency)
        },
        ..CounterForm::default()
    }
}

/// A report ready to be taken in, or the form with all its slips.
pub(super) fn parse(visit: &Visit, form: &Form) -> Result<(Letter, Taking), Box<Typed>> {
    let parsed = letter::parse(form, &visit.web.app.reference(), visit.words, visit.web.app.now());
    let (how, mut slips) = how(form);
    match (parsed, how) {
        (Ok(letter), Some(how)) => Ok((letter, how)),
        (parsed, _) => {
            let mut back = typed(form, form.get("key").to_owned());
            if let Err(refused) = parsed {
                back.report = refused.form;
                slips.splice(0..0, refused.slips);
            } else if !form.files.is_empty() {
                slips.push(Slip { field: "files", message: Message::new("slip-files-again") });
            }
            for slip in &slips {
                let field = match slip.field {
                    "channel" => &mut back.channel,
                    "consent" => &mut back.consent,
                    "source" => &mut back.source,
                    "files" => &mut back.report.files,
                    _ => continue,
                };
                field.slip = Some(slip.message.clone());
            }
            Err(Box::new(Typed { form: back, slips }))
        }
    }
}

/// How the report came, or what is wrong with that.
fn how(form: &Form) -> (Option<Taking>, Vec<Slip>) {
    let slip = |field: &'static str, code: &str| vec![Slip { field, message: Message::new(code) }];
    let source = match form.some("source").map(Source::parse).transpose() {
        Ok(source) => source,
        Err(_) => return (None, slip("source", "slip-source")),
    };
    let Some(channel) = Channel::parse(form.get("channel")) else {
        return (None, slip("channel", TakingSlip::Channel.code()));
    };
    let named = ["name", "phone", "email"].iter().any(|field| form.some(field).is_some());
    match Taking::new(channel, Consent::parse(form.get("consent")), source, named) {
        Ok(how) => (Some(how), Vec::new()),
        Err(wrong) => {
            let field = match wrong {
                TakingSlip::Channel => "channel",
                TakingSlip::NoConsent | TakingSlip::NotPublic => "consent",
                TakingSlip::NoSource | TakingSlip::SourceUnfit => "source",
            };
            (None, slip(field, wrong.code()))
        }
    }
}

/// The form as it was typed, under a key.
pub(super) fn typed(form: &Form, key: String) -> CounterForm {
    let field = |name: &str| Field::of(form.get(name));
    CounterForm {
        channel: field("channel"),
        consent: field("consent"),
        source: field("source"),
        report: letter::typed(form, key),
    }
}
