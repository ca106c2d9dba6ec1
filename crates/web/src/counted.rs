//! The address of the list behind a figure: what is counted stands in it whole, so that it can be kept and passed on.

use app::FigureList;
use domain::measure::{Cut, Measure, Part};
use domain::report::{Channel, Class, StageKind};
use domain::{AgencyId, CategoryId, RegionCode};
use jiff::Timestamp;
use std::collections::HashMap;

/// Where the list is.
pub const PATH: &str = "/statistik/daftar";

/// The address of the list of the reports that a figure counts for everybody.
pub fn address(cut: &Cut, counted: (Measure, Part), as_of: Option<Timestamp>) -> String {
    format!("{PATH}?{}", query(cut, counted, as_of))
}

/// What such an address asks.
pub fn query(cut: &Cut, (measure, part): (Measure, Part), as_of: Option<Timestamp>) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    pairs.append_pair("measure", measure.code()).append_pair("part", name(part));
    pairs.append_pair("from", &cut.from.to_string()).append_pair("to", &cut.to.to_string());
    let narrow = [
        ("agency", cut.office.map(|office| office.to_string())),
        ("region", cut.region.as_ref().map(ToString::to_string)),
        ("category", cut.category.map(|category| category.to_string())),
        ("class", cut.class.map(|class| class.name().to_owned())),
        ("channel", cut.channel.map(|channel| channel.name().to_owned())),
        ("stage", cut.stage.map(|stage| stage.name().to_owned())),
        ("as_of", as_of.map(|at| at.to_string())),
    ];
    for (name, value) in narrow {
        if let Some(value) = value {
            pairs.append_pair(name, &value);
        }
    }
    pairs.finish()
}

fn name(part: Part) -> &'static str {
    match part {
        Part::Numerator => "numerator",
        Part::Denominator => "denominator",
    }
}

/// Reads an address; `None` where it was not made by [`address`], or no more says what it said.
pub fn read(query: &HashMap<String, String>) -> Option<FigureList> {
    let text = |name: &str| query.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
    let optional = |name: &str| Some(text(name));
    let cut = Cut {
        office: optional("agency")?.map(str::parse).transpose().ok()?.map(AgencyId),
        region: read_with(optional("region")?, RegionCode::parse)?,
        category: optional("category")?.map(str::parse).transpose().ok()?.map(CategoryId),
        class: read_with(optional("class")?, Class::parse)?,
        channel: read_with(optional("channel")?, Channel::parse)?,
        stage: read_with(optional("stage")?, StageKind::parse)?,
        ..Cut::of(text("from")?.parse().ok()?, text("to")?.parse().ok()?)
    };
    let part = match text("part")? {
        "numerator" => Part::Numerator,
        "denominator" => Part::Denominator,
        _ => return None,
    };
    let as_of = optional("as_of")?.map(str::parse).transpose().ok()?;
    Some(FigureList { cut, measure: Measure::parse(text("measure")?)?, part, as_of })
}

/// Nothing for nothing; `None` for what cannot be read.
fn read_with<T>(text: Option<&str>, parse: fn(&str) -> Option<T>) -> Option<Option<T>> {
    match text {
        None => Some(None),
        Some(text) => parse(text).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_address_says_all_that_is_counted() {
        let cut = Cut {
            office: Some(AgencyId(630_000)),
            region: RegionCode::parse("63.72"),
            category: Some(CategoryId(628)),
            class: Some(Class::Complaint),
            channel: Some(Channel::Sms),
            stage: Some(StageKind::Answered),
            ..Cut::of(date(2021, 1, 1), date(2021, 6, 30))
        };
        for as_of in [None, Some("2021-08-09T16:59:59Z".parse().unwrap())] {
            let url = address(&cut, (Measure::Completion, Part::Numerator), as_of);
            let query = url.split_once('?').unwrap().1.as_bytes();
            let query: HashMap<String, String> = form_urlencoded::parse(query).into_owned().collect();
            let expected = FigureList { cut: cut.clone(), measure: Measure::Completion, part: Part::Numerator, as_of };
            assert_eq!(read(&query), Some(expected));
            assert_eq!(read(&HashMap::new()), None);
        }
    }
}
