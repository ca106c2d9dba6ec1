//! What a client sent behind the question mark or in a form: names with texts, an empty one as if it were absent.

use super::fault::Fault;
use crate::words::Message;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::time::Zone;
use jiff::Timestamp;
use jiff::civil::Date;

/// Parameters in the order in which they came.
#[derive(Debug, Clone, Default)]
pub struct Input(Vec<(String, String)>);

impl Input {
    /// Reads what is url-encoded; any text is, if need be as nonsense.
    pub fn of(encoded: &[u8]) -> Input {
        let pairs = form_urlencoded::parse(encoded).map(|(name, value)| (name.into_owned(), value.into_owned()));
        Input(pairs.collect())
    }

    /// Adds a part of a form.
    pub fn push(&mut self, name: &str, value: String) {
        self.0.push((name.to_owned(), value));
    }

    /// Adds what came another way.
    pub fn extend(&mut self, more: Input) {
        self.0.extend(more.0);
    }

    /// The first text of a name.
    pub fn get(&self, name: &'static str) -> Option<&str> {
        self.all(name).next()
    }

    /// All texts of a name.
    pub fn all(&self, name: &'static str) -> impl Iterator<Item = &str> {
        let named = self.0.iter().filter(move |(given, _)| given == name);
        named.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// An attribute of the service, `attribute[code]`.
    pub fn attribute(&self, code: &str) -> Option<&str> {
        let name = |given: &str| given.strip_prefix("attribute[").and_then(|rest| rest.split(']').next()) == Some(code);
        let found = self.0.iter().find(|(given, value)| name(given) && !value.trim().is_empty());
        found.map(|(_, value)| value.trim())
    }

    /// What stands between the commas of a name.
    pub fn list(&self, name: &'static str) -> Vec<&str> {
        let parts = self.all(name).flat_map(|value| value.split(','));
        parts.map(str::trim).filter(|part| !part.is_empty()).collect()
    }

    /// True where it says so.
    pub fn flag(&self, name: &'static str) -> bool {
        self.get(name).is_some_and(|value| value.eq_ignore_ascii_case("true") || value == "1")
    }

    /// A whole number within bounds.
    pub fn within(&self, name: &'static str, least: usize, most: usize) -> Result<Option<usize>, Fault> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let found = text.parse().ok().filter(|number| (least..=most).contains(number));
        let wrong = || Message::new("open311-number").with("name", name).with("least", least).with("most", most);
        found.map(Some).ok_or_else(|| Fault::bad(wrong()))
    }

    /// An instant: ISO 8601 with an offset, or a day in Jakarta, from its beginning or to its end.
    pub fn instant(&self, name: &'static str, ends: bool) -> Result<Option<Timestamp>, Fault> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let day = |text: &str| {
            let day: Date = text.parse().ok().filter(|_| text.len() == 10)?;
            Some(if ends { Zone::Wib.end_of(day) } else { Zone::Wib.at(day, 0) })
        };
        // A plus that was not encoded has become a space.
        let found = day(text).or_else(|| text.replace(' ', "+").parse().ok());
        found.map(Some).ok_or_else(|| Fault::bad(Message::new("open311-date").with("name", name)))
    }

    /// All of it as one text, for a digest; without the key, which stays out of every other text.
    pub fn told(&self) -> String {
        let kept: Vec<_> = self.0.iter().filter(|(name, _)| name != "api_key").collect();
        format!("{kept:?}")
    }
}

/// The parameters of an address.
impl<S: Send + Sync> FromRequestParts<S> for Input {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Input, Fault> {
        Ok(Input::of(parts.uri.query().unwrap_or("").as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_parameter_is_absent_and_attributes_are_read_in_both_spellings() {
        let input = Input::of(b"a=&a=2&attribute[x]=&attribute%5Bx%5D=7&attribute[y][]=8&list=1,,2&list=3");
        assert_eq!(input.get("a"), Some("2"));
        assert_eq!((input.attribute("x"), input.attribute("y"), input.attribute("z")), (Some("7"), Some("8"), None));
        assert_eq!(input.list("list"), ["1", "2", "3"]);
    }

    #[test]
    fn a_date_needs_an_offset_or_is_a_whole_day() {
        let at = |text: &str, ends| Input::of(format!("d={text}").as_bytes()).instant("d", ends).map_err(drop);
        let known = |text: &str| Ok(Some(text.parse().unwrap()));
        assert_eq!(at("2026-03-16T09:00:00+07:00", false), known("2026-03-16T02:00:00Z"));
        assert_eq!(at("2026-03-16T09:00:00Z", true), known("2026-03-16T09:00:00Z"));
        assert_eq!(at("2026-03-16", false), known("2026-03-15T17:00:00Z"));
        assert_eq!(at("2026-03-16", true), known("2026-03-16T16:59:59Z"));
        for wrong in ["2026-03-16T09:00:00", "kemarin", "2026-02-30", "16-03-2026"] {
            assert_eq!(at(wrong, false), Err(()), "{wrong}");
        }
    }
}
