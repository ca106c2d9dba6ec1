//! Every event that was ever shipped can still be read. Lines of the file are only added.

use domain::Event;
use domain::report::EventKind;
use serde_json::Value;
use std::collections::BTreeSet;

const SHIPPED: &str = include_str!("../expect/events.jsonl");

/// Each line with the event that it says.
pub fn shipped() -> impl Iterator<Item = (Value, Event)> {
    SHIPPED.lines().map(|line| {
        let event = serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        (serde_json::from_str(line).unwrap(), event)
    })
}

#[test]
fn every_line_still_says_what_it_said() {
    for (line, event) in shipped() {
        assert_eq!(line["kind"], event.kind().name());
        let again = serde_json::to_value(&event).unwrap();
        for (field, value) in line.as_object().unwrap() {
            assert_eq!(&again[field], value, "{field} of {line}");
        }
    }
}

#[test]
fn every_kind_of_event_has_a_line() {
    let known: BTreeSet<EventKind> = shipped().map(|(_, event)| event.kind()).collect();
    let missing: Vec<_> = EventKind::ALL.iter().filter(|kind| !known.contains(kind)).collect();
    assert!(missing.is_empty(), "add a line to events.jsonl for {missing:?}");
}

#[test]
fn events_hold_no_free_text() {
    const WORDS: [&str; 14] = [
        "kind",
        "class",
        "region",
        "zone",
        "channel",
        "reason",
        "missing",
        "answer",
        "planned_for",
        "how",
        "limit",
        "category",
        "findings",
        "day",
    ];
    for (line, _) in shipped() {
        for (field, value) in line.as_object().unwrap() {
            assert!(WORDS.contains(&field.as_str()) || !(value.is_string() || value.is_array()), "{field} of {line}");
        }
    }
}
