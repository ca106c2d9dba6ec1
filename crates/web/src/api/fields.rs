//! Reads the fields of a JSON object or of a query, and collects everything that is wrong with them.

use super::problem::{Problem, Slip};
use crate::words::{Message, Value as Word};
use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use domain::text::TextError;
use jiff::civil::Date;
use serde_json::{Map, Value};

/// Most bytes of a JSON body.
pub const MOST_BYTES: usize = 64 * 1024;

/// What a client sent, taken field by field; what nobody asked for is a slip too.
#[derive(Debug, Default)]
pub struct Fields {
    given: Map<String, Value>,
    known: Vec<&'static str>,
    slips: Vec<Slip>,
}

impl Fields {
    /// The fields of a JSON object; nothing at all is an empty object.
    pub fn of_json(bytes: &[u8]) -> Result<Fields, Problem> {
        if bytes.is_empty() {
            return Ok(Fields::default());
        }
        let value: Value = serde_json::from_slice(bytes).map_err(|error| {
            let words = Message::new("api-json").with("line", error.line()).with("column", error.column());
            Problem::saying(StatusCode::BAD_REQUEST, "json", words)
        })?;
        match value {
            Value::Object(given) => Ok(Fields { given, ..Fields::default() }),
            _ => Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "object")),
        }
    }

    fn take(&mut self, name: &'static str) -> Option<Value> {
        self.known.push(name);
        self.given.remove(name).filter(|value| !value.is_null())
    }

    /// Notes what is wrong with a field.
    pub fn slip(&mut self, field: &str, code: &'static str, message: Message) {
        self.slips.push(Slip { field: field.to_owned(), code, message, allowed: Vec::new() });
    }

    /// Notes a fault whose words are the sentence `api-slip-{code}`.
    pub fn fault(&mut self, field: &str, code: &'static str) {
        self.slip(field, code, Message::new(format!("api-slip-{code}")));
    }

    fn wrong_type(&mut self, field: &str, kind: &str) {
        self.slip(field, "type", Message::new("api-slip-type").with("type", Word::Key(format!("api-type-{kind}"))));
    }

    /// Whether something is known to be wrong with a field.
    pub fn is_wrong(&self, field: &str) -> bool {
        self.slips.iter().any(|slip| slip.field == field)
    }

    /// Insists on a field that was read; silent where something else is known to be wrong with it.
    pub fn need<T>(&mut self, name: &str, read: Option<T>) -> Option<T> {
        if read.is_none() && !self.is_wrong(name) {
            self.fault(name, "missing");
        }
        read
    }

    /// A text as it came, without outer space; nothing where it is empty.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        match self.take(name)? {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            _ => {
                self.wrong_type(name, "text");
                None
            }
        }
    }

    /// A text of one of the domain's kinds.
    pub fn words<T>(&mut self, name: &'static str, parse: fn(&str) -> Result<T, TextError>) -> Option<T> {
        let text = self.text(name)?;
        parse(&text).map_err(|error| self.slip(name, error.code(), told(error))).ok()
    }

    /// A text that is read, or else a fault of the given code.
    pub fn read<T>(
        &mut self,
        name: &'static str,
        code: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(name)?;
        let found = read(&text);
        if found.is_none() {
            self.fault(name, code);
        }
        found
    }

    /// A day, `YYYY-MM-DD`.
    pub fn date(&mut self, name: &'static str) -> Option<Date> {
        self.read(name, "date", |text| text.parse().ok())
    }

    /// One of a short list of names.
    pub fn choice<T: Copy>(&mut self, name: &'static str, all: &[T], named: fn(T) -> &'static str) -> Option<T> {
        let text = self.text(name)?;
        let found = all.iter().copied().find(|one| named(*one) == text);
        if found.is_none() {
            self.not_among(name, all.iter().map(|one| named(*one)).collect());
        }
        found
    }

    /// Several of a short list of names, each once.
    pub fn choices<T: Copy + PartialEq>(
        &mut self,
        name: &'static str,
        all: &[T],
        named: fn(T) -> &'static str,
    ) -> Option<Vec<T>> {
        let texts = self.list(name)?;
        let found: Option<Vec<T>> =
            texts.iter().map(|text| all.iter().copied().find(|one| named(*one) == text.as_str())).collect();
        match found {
            Some(mut found) => {
                found.dedup();
                Some(found)
            }
            None => {
                self.not_among(name, all.iter().map(|one| named(*one)).collect());
                None
            }
        }
    }

    fn not_among(&mut self, name: &str, allowed: Vec<&'static str>) {
        let message = Message::new("api-slip-choice").with("allowed", allowed.join(", "));
        let allowed = allowed.into_iter().map(str::to_owned).collect();
        self.slips.push(Slip { field: name.to_owned(), code: "choice", message, allowed });
    }

    /// A list of texts.
    pub fn list(&mut self, name: &'static str) -> Option<Vec<String>> {
        let texts = match self.take(name)? {
            Value::Array(items) => items.into_iter().map(|item| item.as_str().map(str::to_owned)).collect(),
            _ => None,
        };
        if texts.is_none() {
            self.wrong_type(name, "list");
        }
        texts
    }

    /// True or false; false where it is absent.
    pub fn flag(&mut self, name: &'static str) -> Option<bool> {
        let flag = match self.take(name)? {
            Value::Bool(flag) => Some(flag),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        if flag.is_none() {
            self.wrong_type(name, "flag");
        }
        flag
    }

    /// A whole number, also written as text, which large ids are.
    pub fn whole(&mut self, name: &'static str) -> Option<i64> {
        let value = self.take(name)?;
        let whole = value.as_i64().or_else(|| value.as_str().and_then(|text| text.trim().parse().ok()));
        if whole.is_none() {
            self.wrong_type(name, "whole");
        }
        whole
    }

    /// A whole number within bounds, both included.
    pub fn within(&mut self, name: &'static str, least: i64, most: i64) -> Option<i64> {
        let whole = self.whole(name)?;
        if (least..=most).contains(&whole) {
            return Some(whole);
        }
        self.slip(name, "range", Message::new("api-slip-range").with("least", least).with("most", most));
        None
    }

    /// A number between minus and plus `most`.
    pub fn degrees(&mut self, name: &'static str, most: i64) -> Option<f64> {
        let degrees = self.take(name)?.as_f64();
        match degrees {
            None => self.wrong_type(name, "number"),
            Some(number) if number.abs() > most as f64 => {
                self.slip(name, "range", Message::new("api-slip-range").with("least", -most).with("most", most));
            }
            within => return within,
        }
        None
    }

    /// How many rows a page shall have.
    pub fn limit(&mut self, usual: u32, most: u32) -> u32 {
        let limit = self.within("limit", 1, i64::from(most)).and_then(|limit| u32::try_from(limit).ok());
        limit.unwrap_or(usual)
    }

    /// Everything that is wrong, fields that nobody knows among it.
    pub fn refused(mut self) -> Problem {
        let known = self.known.join(", ");
        for field in std::mem::take(&mut self.given).into_iter().map(|(field, _)| field) {
            let message = Message::new("api-slip-unknown").with("known", known.as_str());
            let allowed = self.known.iter().map(|name| (*name).to_owned()).collect();
            self.slips.push(Slip { field, code: "unknown", message, allowed });
        }
        Problem::fields(self.slips)
    }

    /// Ends the reading: refuses when anything was wrong or unknown.
    pub fn end(self) -> Result<(), Problem> {
        if self.slips.is_empty() && self.given.is_empty() { Ok(()) } else { Err(self.refused()) }
    }
}

fn told(error: TextError) -> Message {
    let message = Message::new(error.code());
    match error {
        TextError::TooShort { least } => message.with("least", least),
        TextError::TooLong { most } => message.with("most", most),
        TextError::Shape => message,
    }
}

/// A JSON body.
#[derive(Debug)]
pub struct Body(pub Fields);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Body, Problem> {
        let typed = is_json(request.headers());
        let too_large = |_| {
            let words = Message::new("api-too-large").with("most", "64 KiB");
            Problem::saying(StatusCode::PAYLOAD_TOO_LARGE, "too-large", words)
        };
        let bytes = to_bytes(request.into_body(), MOST_BYTES).await.map_err(too_large)?;
        if !typed && !bytes.is_empty() {
            let words = Message::new("api-content-type").with("expected", "application/json");
            return Err(Problem::saying(StatusCode::UNSUPPORTED_MEDIA_TYPE, "content-type", words));
        }
        Fields::of_json(&bytes).map(Body)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// The parameters behind the question mark.
#[derive(Debug)]
pub struct Query(pub Fields);

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Query, Problem> {
        let pairs = axum::extract::Query::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let unreadable = |_| Problem::new(StatusCode::BAD_REQUEST, "no-such-address");
        let pairs = pairs.map_err(unreadable)?.0;
        let given = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let given = given.map(|(name, value)| (name, Value::String(value))).collect();
        Ok(Query(Fields { given, ..Fields::default() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::report::Missing;
    use domain::text::{Body as Text, Title};

    fn slips(fields: Fields) -> Vec<(String, &'static str)> {
        let told = format!("{:?}", fields.refused());
        let fields = told.match_indices("field: \"").map(|(at, found)| {
            let rest = &told[at + found.len()..];
            rest.split('"').next().unwrap().to_owned()
        });
        let codes = ["type", "missing", "text-too-short", "choice", "unknown"];
        let code = |name: &String| {
            let after = told.split(&format!("field: \"{name}\", code: \"")).nth(1).unwrap();
            *codes.iter().find(|code| after.starts_with(**code)).unwrap()
        };
        fields.map(|name| (name.clone(), code(&name))).collect()
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let body = br#"{"title": 7, "body": "kecil", "missing": ["semua"], "colour": "red"}"#;
        let mut fields = Fields::of_json(body).unwrap();
        fields.words("title", Title::parse);
        let text = fields.words("body", Text::parse);
        fields.need("body", text);
        fields.choices("missing", Missing::ALL, Missing::name);
        let region = fields.text("region");
        fields.need("region", region);
        let told = slips(fields);
        let expected = [
            ("title", "type"),
            ("body", "text-too-short"),
            ("missing", "choice"),
            ("region", "missing"),
            ("colour", "unknown"),
        ];
        assert_eq!(told, expected.map(|(field, code)| (field.to_owned(), code)));
    }

    #[test]
    fn an_id_may_be_a_number_or_text_and_null_is_absent() {
        let mut fields = Fields::of_json(br#"{"a": 5, "b": "1627384950617283940", "c": null}"#).unwrap();
        assert_eq!(fields.whole("a"), Some(5));
        assert_eq!(fields.whole("b"), Some(1_627_384_950_617_283_940));
        assert_eq!(fields.whole("c"), None);
        assert!(fields.end().is_ok());
    }
}
