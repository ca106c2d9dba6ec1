//! Rules and reasons, put into sentences.

use crate::desk::{Reason, SuggestionView};
use crate::serve::shape;
use crate::words::Message;
use app::reference::Reference;
use domain::routing::{Because, Keyword, Lost, Outcome, Rule, Suggestion, Target, Why};
use domain::{CategoryId, RegionCode};

/// A suggestion with its reasons.
pub(super) fn suggestion(reference: &Reference, told: &Suggestion) -> SuggestionView {
    SuggestionView {
        class: told.class,
        supervisory: told.supervisory,
        reasons: told.why.iter().map(|why| reason(reference, told, why)).collect(),
    }
}

fn reason(reference: &Reference, told: &Suggestion, why: &Why) -> Reason {
    let name = match why.what {
        Outcome::Class => None,
        Outcome::Category => told.category.map(|id| category(reference, id)),
        Outcome::Office => told.office.map(|id| shape::agency_name(reference, id)),
    };
    let (because, parts) = because(reference, &why.because);
    Reason { what: why.what, name, because, parts, lost: why.lost.iter().map(|one| lost(reference, one)).collect() }
}

fn because(reference: &Reference, because: &Because) -> (Message, Vec<Message>) {
    let key = match because {
        Because::Rule { owner, version, number, words, region, category, unit_missing } => {
            let said = Message::new("because-rule")
                .with("number", *number)
                .with("owner", shape::agency_name(reference, *owner))
                .with("version", *version);
            let mut parts = Vec::new();
            if !words.is_empty() {
                parts.push(Message::new("rule-part-words").with("words", quoted(words.iter().map(String::as_str))));
            }
            parts.extend(place(reference, region.as_ref(), *category));
            let missing = unit_missing.as_ref();
            parts.extend(missing.map(|unit| Message::new("rule-part-unit-missing").with("unit", unit.clone())));
            return (said, parts);
        }
        Because::AsReported => "because-as_reported",
        Because::Chosen => "because-chosen",
        Because::Government => "because-government",
        Because::OwnOffice => "because-own_office",
        Because::Nothing => "because-nothing",
    };
    (Message::new(key), Vec::new())
}

fn lost(reference: &Reference, lost: &Lost) -> Message {
    let office = lost.office.map_or_else(|| "–".to_owned(), |id| shape::agency_name(reference, id));
    Message::new(format!("lost-{}", lost.by.name()))
        .with("number", lost.number)
        .with("owner", shape::agency_name(reference, lost.owner))
        .with("office", office)
}

/// The conditions of a rule.
pub(super) fn conditions(reference: &Reference, rule: &Rule) -> Vec<Message> {
    let list = |key: &str, words: &[Keyword]| {
        let said = quoted(words.iter().map(|keyword| keyword.said.as_str()));
        (!words.is_empty()).then(|| Message::new(key).with("words", said))
    };
    let words =
        [list("rule-part-any", &rule.any), list("rule-part-all", &rule.all), list("rule-part-none", &rule.none)];
    words.into_iter().flatten().chain(place(reference, rule.region.as_ref(), rule.category)).collect()
}

/// The outcomes of a rule.
pub(super) fn outcomes(reference: &Reference, rule: &Rule) -> Vec<Message> {
    let class = rule.judges().map(|(class, supervisory)| match supervisory {
        true => Message::new("rule-says-supervisory"),
        false => Message::new(format!("class-{}", class.name())),
    });
    let suggested =
        rule.suggested.map(|id| Message::new("rule-part-category").with("category", category(reference, id)));
    let to = rule.to.as_ref().map(|target| match target {
        Target::Office(id) => Message::new("rule-to-office").with("office", shape::agency_name(reference, *id)),
        Target::Government => Message::new("rule-to-government"),
        Target::Unit(called) => Message::new("rule-to-unit").with("unit", called.clone()),
    });
    [class, suggested, to].into_iter().flatten().collect()
}

fn place(reference: &Reference, region: Option<&RegionCode>, of: Option<CategoryId>) -> Vec<Message> {
    let region = region.map(|code| Message::new("rule-part-region").with("region", reference.regions.full_name(code)));
    let of = of.map(|id| Message::new("rule-part-category").with("category", category(reference, id)));
    of.into_iter().chain(region).collect()
}

fn category(reference: &Reference, id: CategoryId) -> String {
    reference.categories.get(id).map_or_else(|| id.to_string(), |node| node.name.clone())
}

fn quoted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ")
}
