//! The rows of an answer, out of XML or JSON: flat fields with their texts. What is nested deeper is passed over.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};
use serde_json::Value;
use std::collections::BTreeMap;

/// The fields of a row; an empty one is absent.
pub type Row = BTreeMap<String, String>;

/// Most rows of an answer, and how deep it may be.
const MOST_ROWS: usize = 10_000;
const DEEPEST: usize = 32;

/// The form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Xml,
    Json,
}

impl Format {
    /// How addresses end.
    pub fn suffix(self) -> &'static str {
        match self {
            Format::Xml => ".xml",
            Format::Json => ".json",
        }
    }
}

/// Why an answer cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unread(pub &'static str);

/// Reads an answer.
pub fn rows(format: Format, bytes: &[u8]) -> Result<Vec<Row>, Unread> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unread("not UTF-8"))?;
    let text = text.trim_start_matches('\u{feff}');
    let rows = match format {
        Format::Xml => xml(text)?,
        Format::Json => json(text)?,
    };
    if rows.len() > MOST_ROWS { Err(Unread("too many rows")) } else { Ok(rows) }
}

/// A root, in it rows, in them fields.
fn xml(text: &str) -> Result<Vec<Row>, Unread> {
    let mut reader = Reader::from_str(text);
    let (mut rows, mut row, mut said) = (Vec::new(), Row::new(), String::new());
    let (mut depth, mut seen) = (0_usize, false);
    loop {
        match reader.read_event().map_err(|_| Unread("not XML"))? {
            Event::Start(_) if depth >= DEEPEST || (depth == 0 && seen) => return Err(Unread("not XML")),
            Event::Start(_) => {
                depth += 1;
                seen = true;
                said.clear();
            }
            Event::Empty(_) => seen = true,
            Event::End(end) => {
                match depth {
                    3 => put(&mut row, end.name().as_ref(), &said),
                    2 => rows.push(std::mem::take(&mut row)),
                    _ => {}
                }
                said.clear();
                depth = depth.saturating_sub(1);
            }
            Event::Text(piece) if depth == 3 => said.push_str(&piece.xml10_content()),
            Event::CData(piece) if depth == 3 => said.push_str(&piece.xml10_content()),
            Event::GeneralRef(reference) if depth == 3 => entity(&reference, &mut said)?,
            // A document that defines entities can be made to grow without end.
            Event::DocType(_) => return Err(Unread("a document type")),
            Event::Eof if depth == 0 && seen => return Ok(rows),
            Event::Eof => return Err(Unread("broken off")),
            _ => {}
        }
    }
}

fn entity(reference: &BytesRef<'_>, said: &mut String) -> Result<(), Unread> {
    if let Some(sign) = reference.resolve_char_ref().map_err(|_| Unread("not XML"))? {
        said.push(sign);
        return Ok(());
    }
    said.push_str(resolve_predefined_entity(reference).ok_or(Unread("an unknown entity"))?);
    Ok(())
}

/// A bare list, as the specification has it; or one in an object, as FixMyStreet does; or one object.
fn json(text: &str) -> Result<Vec<Row>, Unread> {
    let list = match serde_json::from_str(text).map_err(|_| Unread("not JSON"))? {
        Value::Array(list) => list,
        Value::Object(mut object) => {
            let named = object.iter().find(|(_, value)| value.is_array()).map(|(name, _)| name.clone());
            match named.and_then(|name| object.remove(&name)) {
                Some(Value::Array(list)) => list,
                _ => vec![Value::Object(object)],
            }
        }
        _ => return Err(Unread("no list")),
    };
    list.iter().map(fields).collect()
}

fn fields(value: &Value) -> Result<Row, Unread> {
    let object = value.as_object().ok_or(Unread("a row without fields"))?;
    let mut row = Row::new();
    for (name, value) in object {
        match value {
            Value::String(text) => put(&mut row, name, text),
            Value::Number(number) => put(&mut row, name, &number.to_string()),
            Value::Bool(flag) => put(&mut row, name, if *flag { "true" } else { "false" }),
            _ => {}
        }
    }
    Ok(row)
}

fn put(row: &mut Row, name: &str, text: &str) {
    let text = text.trim();
    if !text.is_empty() {
        row.entry(name.to_owned()).or_insert_with(|| text.to_owned());
    }
}
