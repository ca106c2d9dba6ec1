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
use domain::taking::{Clipping, Consent, Source, Taking, TakingSlip};
use domain::text::Body;
use domain::time::Zone;

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

/// A form filled with a post or an article, and whether there was anything in it.
pub(super) fn clipped(visit: &Visit, officer: &Officer, pasted: &str) -> (CounterForm, bool) {
    let empty = fresh(visit, officer);
    let reference = visit.web.app.reference();
    let found = Clipping::read(pasted, &reference.regions, Zone::Wit.day(visit.web.app.now()));
    if found.text.is_empty() && found.source.is_none() {
        return (empty, false);
    }
    let text: String = found.text.chars().take(Body::MOST).collect();
    let report = match &found.region {
        Some(region) => given::within(Some(region.clone()), empty.report),
        None => empty.report,
    };
    let form = CounterForm {
        channel: Field::of(found.channel.unwrap_or(Channel::SocialMedia).name()),
        consent: Field::of(Consent::PublicSource.name()),
        source: Field::of(found.source.as_ref().map_or("", Source::as_str)),
        report: ReportForm {
            text: Field::of(&text),
            happened: Field::of(&found.day.map_or_else(String::new, |day| day.to_string())),
            ..report
        },
    };
    (form, true)
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
