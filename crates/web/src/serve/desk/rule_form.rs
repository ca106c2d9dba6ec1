//! The form of one rule, read and given back.

use crate::components::{Field, Slip};
use crate::desk::RuleForm;
use crate::serve::form::Form;
use crate::serve::shape;
use crate::words::Message;
use app::keywords;
use app::reference::Reference;
use domain::report::Class;
use domain::routing::{Fault, Keyword, Rule, Target};
use domain::{CategoryId, RegionCode};
use jiff::civil::Date;

/// A rule out of a form, or the form with what is wrong.
pub(super) fn read(form: &Form, reference: &Reference, today: Date) -> Result<Rule, Box<(RuleForm, Vec<Slip>)>> {
    let mut slips = Vec::new();
    let mut note = |field: &'static str, fault: Fault| slips.push(Slip { field, message: told(fault) });
    let region = form.some("region").and_then(|typed| {
        let found = region(reference, typed);
        found.is_none().then(|| note("region", Fault::UnknownRegion));
        found
    });
    let mut category_of = |field: &'static str| {
        form.some(field).and_then(|typed| {
            let found = category(reference, typed);
            found.is_none().then(|| note(field, Fault::UnknownCategory));
            found
        })
    };
    let (category, suggested) = (category_of("category"), category_of("suggested"));
    let to = match form.get("target") {
        "office" => {
            let found =
                shape::find_agency(reference, form.get("office"), today).map(|agency| Target::Office(agency.id));
            found.is_none().then(|| note("office", Fault::UnknownOffice));
            found
        }
        "government" => Some(Target::Government),
        "unit" if form.some("unit").is_none() => {
            note("unit", Fault::UnknownOffice);
            None
        }
        "unit" => Some(Target::Unit(form.get("unit").to_owned())),
        _ => None,
    };
    if !slips.is_empty() {
        return Err(Box::new((come_back(form, &slips), slips)));
    }
    Ok(Rule {
        number: form.get("number").parse().unwrap_or(0),
        region,
        category,
        any: keywords(form.get("any")),
        all: keywords(form.get("all")),
        none: keywords(form.get("none")),
        class: Class::parse(form.get("class")),
        supervisory: form.is_ticked("supervisory"),
        suggested,
        to,
        note: form.get("note").to_owned(),
    })
}

/// The form as it was typed, with its slips.
pub(super) fn come_back(form: &Form, slips: &[Slip]) -> RuleForm {
    let field = |name: &str| form.back(name, slips);
    RuleForm {
        number: form.get("number").parse().ok(),
        region: field("region"),
        category: field("category"),
        any: field("any"),
        all: field("all"),
        none: field("none"),
        class: field("class"),
        supervisory: form.is_ticked("supervisory"),
        suggested: field("suggested"),
        target: field("target"),
        office: field("office"),
        unit: field("unit"),
        note: field("note"),
    }
}

/// The form of a rule that is to be changed.
pub(super) fn of(rule: &Rule, reference: &Reference) -> RuleForm {
    let words =
        |list: &[Keyword]| Field::of(&list.iter().map(|keyword| keyword.said.as_str()).collect::<Vec<_>>().join("; "));
    let id = |id: Option<CategoryId>| Field::of(&id.map_or_else(String::new, |id| id.to_string()));
    let (target, office, unit) = match &rule.to {
        Some(Target::Office(id)) => ("office", shape::agency_name(reference, *id), ""),
        Some(Target::Government) => ("government", String::new(), ""),
        Some(Target::Unit(called)) => ("unit", String::new(), called.as_str()),
        None => ("", String::new(), ""),
    };
    RuleForm {
        number: Some(rule.number),
        region: Field::of(rule.region.as_ref().map_or("", RegionCode::as_str)),
        category: id(rule.category),
        any: words(&rule.any),
        all: words(&rule.all),
        none: words(&rule.none),
        class: Field::of(rule.class.map_or("", Class::name)),
        supervisory: rule.supervisory,
        suggested: id(rule.suggested),
        target: Field::of(target),
        office: Field::of(&office),
        unit: Field::of(unit),
        note: Field::of(&rule.note),
    }
}

/// A fault in words.
pub(super) fn told(fault: Fault) -> Message {
    Message::new(format!("rule-fault-{}", fault.name()))
}

/// The field at which a fault is told.
pub(super) fn field_of(fault: Fault) -> &'static str {
    match fault {
        Fault::NoCondition | Fault::UnknownRegion | Fault::Twice | Fault::TooManyRules => "region",
        Fault::NoOutcome => "class",
        Fault::UnknownCategory => "category",
        Fault::UnknownOffice | Fault::OfficeClosed | Fault::OfficeOutside => "office",
        Fault::NoGovernment => "target",
        Fault::EmptyWord | Fault::TooManyWords => "any",
        Fault::TooLong => "note",
    }
}

/// A region by its code or its name.
fn region(reference: &Reference, typed: &str) -> Option<RegionCode> {
    let by_code = RegionCode::parse(typed).filter(|code| reference.regions.name(code).is_some());
    by_code.or_else(|| reference.regions.find(typed, None))
}

/// A category by its id or its name.
fn category(reference: &Reference, typed: &str) -> Option<CategoryId> {
    let by_id = typed.parse().ok().map(CategoryId).filter(|id| reference.categories.get(*id).is_some());
    by_id.or_else(|| reference.categories.find(typed).map(|node| node.id))
}
