//! The form of a new report, checked field by field; everything that is wrong is told at once.

use super::form::Form;
use super::shape;
use crate::citizen::ReportForm;
use crate::components::{Field, Slip};
use crate::words::{Message, Words};
use app::reference::Reference;
use app::{Letter, MOST_PLACE};
use domain::report::{Channel, Class};
use domain::text::{Body, Email, PersonName, Phone, TextError, Title};
use domain::{AgencyId, RegionCode};
use jiff::Timestamp;
use jiff::civil::Date;

/// A form that cannot be taken yet.
pub(super) struct Typed {
    pub form: ReportForm,
    pub slips: Vec<Slip>,
}

/// Slips by field, in the order of the form.
#[derive(Default)]
struct Check(Vec<Slip>);

impl Check {
    fn note(&mut self, field: &'static str, message: Message) {
        self.0.push(Slip { field, message });
    }

    /// A field that may stay empty.
    fn optional<T>(
        &mut self,
        field: &'static str,
        typed: &str,
        parse: impl Fn(&str) -> Result<T, Message>,
    ) -> Option<T> {
        if typed.is_empty() {
            return None;
        }
        parse(typed).map_err(|message| self.note(field, message)).ok()
    }

    /// A field that must be filled.
    fn needed<T>(&mut self, field: &'static str, typed: &str, parse: impl Fn(&str) -> Result<T, Message>) -> Option<T> {
        parse(typed).map_err(|message| self.note(field, message)).ok()
    }
}

/// A report ready to be taken in, or the form with its slips.
pub(super) fn parse(form: &Form, reference: &Reference, words: Words, now: Timestamp) -> Result<Letter, Box<Typed>> {
    let mut check = Check::default();
    let class =
        check.needed("class", form.get("class"), |typed| Class::parse(typed).ok_or_else(|| Message::new("slip-class")));
    let title = check.optional("title", form.get("title"), |typed| Title::parse(typed).map_err(told));
    let body = check.needed("text", form.get("text"), |typed| Body::parse(typed).map_err(told));
    let region = check
        .needed("province", form.some("regency").unwrap_or(form.get("province")), |typed| region(reference, typed));
    let zone = region.as_ref().map_or(domain::time::Zone::Wit, |region| reference.regions.zone(region));
    let happened_on = check.optional("happened", form.get("happened"), |typed| day(typed, zone.day(now)));
    let agency = check.optional("agency", form.get("agency"), |typed| agency(reference, typed, zone.day(now)));
    let phone =
        check.optional("phone", form.get("phone"), |typed| Phone::parse(typed).map_err(|_| Message::new("slip-phone")));
    let email =
        check.optional("email", form.get("email"), |typed| Email::parse(typed).map_err(|_| Message::new("slip-email")));
    let name = check.optional("name", form.get("name"), |typed| PersonName::parse(typed).map_err(told));
    if let Some(slip) = &form.file_slip {
        check.note("files", slip.clone());
    }
    match (class, body, region) {
        (Some(class), Some(body), Some(region)) if check.0.is_empty() => Ok(Letter {
            key: form.get("key").to_owned(),
            class,
            title,
            body,
            region,
            place: form.some("address").map(|place| place.chars().take(MOST_PLACE).collect()),
            happened_on,
            point: point(form),
            category: None,
            agency,
            anonymous: form.is_ticked("anonymous"),
            secret: form.is_ticked("secret"),
            name,
            phone,
            email,
            chat: None,
            thread: None,
            language: words.lang().tag().to_owned(),
            channel: Channel::Web,
            uploads: form.files.clone(),
            external_ref: None,
            received_at: None,
        }),
        _ => Err(Box::new(come_back(form, check.0))),
    }
}

/// The form as it was typed, under a key.
pub(super) fn typed(form: &Form, key: String) -> ReportForm {
    let field = |name: &str| Field::of(form.get(name));
    ReportForm {
        class: field("class"),
        title: field("title"),
        text: field("text"),
        province: field("province"),
        regency: field("regency"),
        address: field("address"),
        lat: field("lat"),
        lon: field("lon"),
        happened: field("happened"),
        agency: field("agency"),
        files: Field::default(),
        anonymous: form.is_ticked("anonymous"),
        secret: form.is_ticked("secret"),
        name: field("name"),
        phone: field("phone"),
        email: field("email"),
        key,
        given: false,
        riddle: None,
    }
}

fn come_back(form: &Form, mut slips: Vec<Slip>) -> Typed {
    if !form.files.is_empty() && slips.iter().all(|slip| slip.field != "files") {
        slips.push(Slip { field: "files", message: Message::new("slip-files-again") });
    }
    let mut back = typed(form, form.get("key").to_owned());
    for slip in &slips {
        let field = match slip.field {
            "class" => &mut back.class,
            "title" => &mut back.title,
            "text" => &mut back.text,
            "province" => &mut back.province,
            "happened" => &mut back.happened,
            "agency" => &mut back.agency,
            "phone" => &mut back.phone,
            "email" => &mut back.email,
            "name" => &mut back.name,
            _ => &mut back.files,
        };
        field.slip = Some(slip.message.clone());
    }
    Typed { form: back, slips }
}

/// What is wrong with a text, with the numbers it is about.
pub(super) fn told(error: TextError) -> Message {
    match error {
        TextError::TooShort { least } => Message::new(error.code()).with("least", least),
        TextError::TooLong { most } => Message::new(error.code()).with("most", most),
        TextError::Shape => Message::new(error.code()),
    }
}

fn region(reference: &Reference, typed: &str) -> Result<RegionCode, Message> {
    if typed.is_empty() {
        return Err(Message::new("slip-province"));
    }
    let code = RegionCode::parse(typed).filter(|code| reference.regions.name(code).is_some());
    code.ok_or_else(|| Message::new("slip-region"))
}

fn agency(reference: &Reference, typed: &str, today: Date) -> Result<AgencyId, Message> {
    shape::find_agency(reference, typed, today).map(|agency| agency.id).ok_or_else(|| Message::new("slip-agency"))
}

fn day(typed: &str, today: Date) -> Result<Date, Message> {
    let day: Date = typed.parse().map_err(|_| Message::new("slip-date"))?;
    if day > today { Err(Message::new("slip-future")) } else { Ok(day) }
}

/// A point inside Indonesia's box, where the browser gave one.
fn point(form: &Form) -> Option<(f64, f64)> {
    let latitude: f64 = form.get("lat").parse().ok()?;
    let longitude: f64 = form.get("lon").parse().ok()?;
    ((-12.0..=7.0).contains(&latitude) && (94.0..=142.0).contains(&longitude)).then_some((latitude, longitude))
}
