//! A set of rules as a CSV table, out and in.

use crate::reference::Reference;
use crate::{App, Drafted, Error, Result, analyser};
use domain::report::Class;
use domain::routing::{Keyword, MOST_RULES, Rule, Target};
use domain::{Actor, AgencyId, CategoryId, RegionCode};

/// The columns that are read. Those behind them are for people.
const COLUMNS: [&str; 10] =
    ["region", "category", "any", "all", "none", "class", "supervisory", "suggested", "to", "note"];
const FOR_PEOPLE: [&str; 4] = ["region_name", "category_name", "suggested_name", "office_name"];
/// Most bytes of a table.
const MOST_BYTES: usize = 1024 * 1024;
/// Most faults that are told at once.
const MOST_FAULTS: usize = 20;

/// A cell that cannot be read: line (the heading is 1) and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    pub line: u32,
    pub column: String,
}

impl App {
    /// The rules of a set as CSV.
    pub async fn export_rules(&self, by: &Actor, id: i64) -> Result<String> {
        let sheet = self.rule_sheet(by, id).await?;
        let reference = self.reference();
        let mut writer = csv::Writer::from_writer(Vec::new());
        let broken = |error: csv::Error| Error::Broken(error.to_string());
        writer.write_record(COLUMNS.iter().chain(&FOR_PEOPLE)).map_err(broken)?;
        for rule in &sheet.rules {
            writer.write_record(line(&reference, rule)).map_err(broken)?;
        }
        let bytes = writer.into_inner().map_err(|error| Error::Broken(error.to_string()))?;
        String::from_utf8(bytes).map_err(|error| Error::Broken(error.to_string()))
    }

    /// Replaces the rules of a draft by those of a CSV table; all of them or none.
    pub async fn import_rules(
        &self,
        by: &Actor,
        id: i64,
        seq: u32,
        key: &str,
        table: &str,
    ) -> Result<std::result::Result<Drafted, Vec<RowFault>>> {
        match read(table) {
            Ok(rules) => Ok(Ok(self.replace_rules(by, id, seq, key, rules).await?)),
            Err(faults) => Ok(Err(faults)),
        }
    }
}

/// Words and phrases, parted by `;`, as the analyser sees them.
pub fn keywords(text: &str) -> Vec<Keyword> {
    let said = text.split([';', '\n']).map(str::trim).filter(|said| !said.is_empty());
    said.map(|said| Keyword { said: said.to_owned(), terms: analyser::in_order(said) }).collect()
}

/// The rules of a table, numbered in their order.
pub(super) fn read(table: &str) -> std::result::Result<Vec<Rule>, Vec<RowFault>> {
    let fault =
        |line: u64, column: &str| RowFault { line: u32::try_from(line).unwrap_or(u32::MAX), column: column.to_owned() };
    if table.len() > MOST_BYTES {
        return Err(vec![fault(0, "size")]);
    }
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().cloned().map_err(|_| vec![fault(1, "header")])?;
    if let Some(missing) = COLUMNS.iter().find(|column| !header.iter().any(|name| name.trim() == **column)) {
        return Err(vec![fault(1, missing)]);
    }
    let (mut rules, mut faults) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let Ok(record) = record else {
            faults.push(fault(rules.len() as u64 + 2, "record"));
            break;
        };
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |column: &str| {
            let place = header.iter().position(|name| name.trim() == column);
            place.and_then(|place| record.get(place)).unwrap_or("").trim()
        };
        match rule(&cell) {
            Ok(rule) => rules.push(Rule { number: u32::try_from(rules.len() + 1).unwrap_or(u32::MAX), ..rule }),
            Err(column) => faults.push(fault(line, column)),
        }
        if rules.len() > MOST_RULES {
            faults.push(fault(line, "rows"));
        }
        if faults.len() >= MOST_FAULTS || rules.len() > MOST_RULES {
            break;
        }
    }
    if faults.is_empty() { Ok(rules) } else { Err(faults) }
}

fn rule<'a>(cell: &impl Fn(&str) -> &'a str) -> std::result::Result<Rule, &'static str> {
    fn some<T>(
        text: &str,
        column: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> std::result::Result<Option<T>, &'static str> {
        if text.is_empty() { Ok(None) } else { read(text).map(Some).ok_or(column) }
    }
    let category = |text: &str| text.parse().ok().map(CategoryId);
    Ok(Rule {
        number: 0,
        region: some(cell("region"), "region", RegionCode::parse)?,
        category: some(cell("category"), "category", category)?,
        any: keywords(cell("any")),
        all: keywords(cell("all")),
        none: keywords(cell("none")),
        class: some(cell("class"), "class", Class::parse)?,
        supervisory: match cell("supervisory") {
            "" | "no" => false,
            "yes" => true,
            _ => return Err("supervisory"),
        },
        suggested: some(cell("suggested"), "suggested", category)?,
        to: some(cell("to"), "to", target)?,
        note: cell("note").to_owned(),
    })
}

fn target(text: &str) -> Option<Target> {
    match text.split_once(':') {
        Some(("unit", called)) if !called.trim().is_empty() => Some(Target::Unit(called.trim().to_owned())),
        None if text == "government" => Some(Target::Government),
        None => text.parse().ok().map(|id| Target::Office(AgencyId(id))),
        Some(_) => None,
    }
}

fn line(reference: &Reference, rule: &Rule) -> Vec<String> {
    let said = |list: &[Keyword]| list.iter().map(|keyword| keyword.said.as_str()).collect::<Vec<_>>().join("; ");
    let category = |id: Option<CategoryId>| {
        id.and_then(|id| reference.categories.get(id)).map_or_else(String::new, |node| node.name.clone())
    };
    let id = |id: Option<CategoryId>| id.map_or_else(String::new, |id| id.to_string());
    let (to, office) = match &rule.to {
        None => (String::new(), String::new()),
        Some(Target::Government) => ("government".to_owned(), String::new()),
        Some(Target::Unit(called)) => (format!("unit:{called}"), String::new()),
        Some(Target::Office(office)) => {
            let name = reference.rules.agencies.get(*office).map_or_else(String::new, |agency| agency.name.clone());
            (office.to_string(), name)
        }
    };
    vec![
        rule.region.as_ref().map_or_else(String::new, |code| code.as_str().to_owned()),
        id(rule.category),
        said(&rule.any),
        said(&rule.all),
        said(&rule.none),
        rule.class.map_or_else(String::new, |class| class.name().to_owned()),
        if rule.supervisory { "yes".to_owned() } else { String::new() },
        id(rule.suggested),
        to,
        rule.note.clone(),
        rule.region.as_ref().map_or_else(String::new, |code| reference.regions.full_name(code)),
        category(rule.category),
        category(rule.suggested),
        office,
    ]
}
