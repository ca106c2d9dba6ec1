//! A form of Open311 as a report on its way in; everything that is wrong with it is told at once.

use super::fault::Fault;
use super::form::Sent;
use super::input::Input;
use super::jurisdiction::Jurisdiction;
use super::service::{ANONYMOUS, HAPPENED_ON, REGION, SECRET};
use crate::words::{Lang, Message, Words};
use app::reference::Reference;
use app::{Letter, MOST_PLACE};
use domain::RegionCode;
use domain::category::Category;
use domain::report::{Channel, Class};
use domain::text::{Body, Email, PersonName, Phone, TextError};
use domain::time::Zone;
use jiff::Timestamp;
use jiff::civil::Date;

/// Most characters of a description.
const MOST_DESCRIPTION: usize = 4_000;
/// Most addresses of pictures, and characters of one.
const MOST_LINKS: usize = 5;
const MOST_LINK: usize = 500;

/// What is known before the form is read.
pub struct Frame<'a> {
    pub reference: &'a Reference,
    pub place: &'a Jurisdiction,
    pub category: &'a Category,
    pub lang: Lang,
    pub now: Timestamp,
}

/// A parameter that has to be there.
pub fn missing(name: &str) -> Fault {
    Fault::bad(Message::new("open311-missing").with("name", name))
}

impl Frame<'_> {
    /// The report that a form tells of; its key is still to be said.
    pub fn letter(&self, sent: Sent) -> Result<Letter, Fault> {
        let mut form = Form { input: &sent.input, faults: Vec::new() };
        let (point, place) = (form.point(), form.place());
        form.placed(point, place.as_deref());
        let body = self.body(&mut form);
        let region = form.region(self.reference).unwrap_or_else(|| self.place.region.clone());
        let happened_on = form.day(self.reference.regions.zone(&region), self.now);
        let (anonymous, secret) = (form.yes(ANONYMOUS), form.yes(SECRET));
        let name = form.name();
        let phone = form.known("phone", "api-slip-phone", |text| Phone::parse(text).ok());
        let email = form.known("email", "api-slip-email", |text| Email::parse(text).ok());
        let (Some(body), true) = (body, form.faults.is_empty()) else { return Err(Fault::all(form.faults)) };
        Ok(Letter {
            key: String::new(),
            class: Class::Complaint,
            title: None,
            body,
            region,
            place,
            happened_on,
            point,
            category: Some(self.category.id),
            agency: self.place.root(),
            anonymous,
            secret,
            name,
            phone,
            email,
            chat: None,
            thread: None,
            language: self.lang.tag().to_owned(),
            channel: Channel::Api,
            uploads: sent.uploads,
            external_ref: None,
            received_at: None,
        })
    }

    /// The description and the addresses of pictures. Where there is no description, or only a word, the service says
    /// what it is about.
    fn body(&self, form: &mut Form<'_>) -> Option<Body> {
        let words = Words::new(self.lang);
        let said = form.description()?;
        let about = |key: &str| Message::new(key).with("service", self.category.name.as_str());
        let mut text = match said.chars().count() {
            0 => words.say(&about("open311-undescribed")),
            few if few < Body::LEAST => words.say(&about("open311-described").with("text", said.as_str())),
            _ => said,
        };
        for link in form.links() {
            text.push_str("\n\n");
            text.push_str(&words.say(&Message::new("open311-media").with("url", link)));
        }
        Body::parse(&text).map_err(|error| form.text("description", error)).ok()
    }
}

struct Form<'a> {
    input: &'a Input,
    faults: Vec<Message>,
}

impl<'a> Form<'a> {
    fn fault(&mut self, key: &str) {
        self.faults.push(Message::new(key));
    }

    fn wrong(&mut self, name: &'static str) {
        self.faults.push(Message::new("open311-wrong").with("name", name));
    }

    fn text(&mut self, name: &'static str, error: TextError) {
        let why = match error {
            TextError::TooLong { most } => Message::new("open311-too-long").with("most", most),
            _ => Message::new("open311-wrong"),
        };
        self.faults.push(why.with("name", name));
    }

    /// Something that may be absent, but not unknown.
    fn known<T>(&mut self, name: &'static str, key: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let found = read(self.input.get(name)?);
        if found.is_none() {
            self.fault(key);
        }
        found
    }

    fn degrees(&mut self, name: &'static str, most: f64) -> Option<f64> {
        let text = self.input.get(name)?;
        let found = text.parse().ok().filter(|degrees: &f64| degrees.is_finite() && degrees.abs() <= most);
        if found.is_none() {
            self.wrong(name);
        }
        found
    }

    fn point(&mut self) -> Option<(f64, f64)> {
        let (lat, long) = (self.degrees("lat", 90.0), self.degrees("long", 180.0));
        if self.input.get("lat").is_some() != self.input.get("long").is_some() {
            self.fault("open311-pair");
        }
        lat.zip(long)
    }

    fn place(&mut self) -> Option<String> {
        let plain: String = self.input.get("address_string")?.chars().filter(|c| !c.is_control()).collect();
        if plain.chars().count() > MOST_PLACE {
            self.text("address_string", TextError::TooLong { most: MOST_PLACE });
        }
        Some(plain)
    }

    /// There has to be some place; a directory of addresses with ids of their own is not kept here.
    fn placed(&mut self, point: Option<(f64, f64)>, place: Option<&str>) {
        let asked = ["lat", "long"].iter().any(|name| self.input.get(name).is_some());
        if point.is_none() && place.is_none() && !asked {
            let by_id = self.input.get("address_id").is_some();
            self.fault(if by_id { "open311-address-id" } else { "open311-place-missing" });
        }
    }

    /// As it came; empty where there is none.
    fn description(&mut self) -> Option<String> {
        let said = self.input.get("description").unwrap_or("");
        let fits = said.chars().count() <= MOST_DESCRIPTION;
        if !fits {
            self.text("description", TextError::TooLong { most: MOST_DESCRIPTION });
        } else if has_markup(said) {
            self.fault("open311-markup");
        }
        (fits && !has_markup(said)).then(|| said.to_owned())
    }

    /// Addresses of pictures elsewhere. They are written down; nobody here fetches them.
    fn links(&mut self) -> Vec<&'a str> {
        let input = self.input;
        let links: Vec<&str> = input.all("media_url").chain(input.all("media_url[]")).collect();
        let is_link = |link: &&str| {
            let web = link.starts_with("https://") || link.starts_with("http://");
            web && link.len() <= MOST_LINK && link.chars().all(|c| c.is_ascii_graphic())
        };
        if links.len() > MOST_LINKS || !links.iter().all(is_link) {
            self.wrong("media_url");
        }
        links
    }

    fn region(&mut self, reference: &Reference) -> Option<RegionCode> {
        let text = self.input.attribute(REGION)?;
        let found = RegionCode::parse(text).filter(|code| reference.regions.name(code).is_some());
        if found.is_none() {
            self.fault("api-slip-region");
        }
        found
    }

    fn day(&mut self, zone: Zone, now: Timestamp) -> Option<Date> {
        let text = self.input.attribute(HAPPENED_ON)?;
        let instant = |text: &str| text.replace(' ', "+").parse().ok().map(|at: Timestamp| zone.day(at));
        let found = if text.len() == 10 { text.parse().ok() } else { instant(text) };
        match found {
            None => self.faults.push(Message::new("open311-date").with("name", HAPPENED_ON)),
            Some(day) if day > zone.day(now) => self.fault("api-slip-future"),
            Some(_) => {}
        }
        found
    }

    fn yes(&mut self, code: &'static str) -> bool {
        let text = self.input.attribute(code).unwrap_or("no").to_ascii_lowercase();
        match text.as_str() {
            "yes" | "true" | "1" => true,
            "no" | "false" | "0" => false,
            _ => {
                self.wrong(code);
                false
            }
        }
    }

    fn name(&mut self) -> Option<PersonName> {
        let parts: Vec<&str> = ["first_name", "last_name"].iter().filter_map(|name| self.input.get(name)).collect();
        if parts.is_empty() {
            return None;
        }
        PersonName::parse(&parts.join(" ")).map_err(|error| self.text("first_name", error)).ok()
    }
}

/// Whether a text holds a tag, a comment or a declaration; a bare sign of comparison is none.
fn has_markup(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = &text[at + 1..];
        let opens = rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        opens && rest.contains('>')
    })
}

#[cfg(test)]
mod tests {
    use super::has_markup;

    #[test]
    fn a_tag_is_markup_and_a_comparison_is_not() {
        for text in ["<b>rusak</b>", "<script src=x>", "lubang<br/>", "<!-- a -->", "</p>"] {
            assert!(has_markup(text), "{text}");
        }
        for text in ["lebar < 50 cm dan > 10 cm", "a<b", "harga <3 ribu>", "<<>>", ""] {
            assert!(!has_markup(text), "{text}");
        }
    }
}
