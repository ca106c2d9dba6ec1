//! The reference data that every binary carries: CSV tables with their sources beside them in `data/`.

use domain::agency::{Agency, AgencyKind, Connection};
use domain::award::Formula;
use domain::category::Category;
use domain::deadline::{Holiday, HolidayKind, Limit, LimitRow, Unit};
use domain::evaluation::Form;
use domain::open_data::Rules;
use domain::{AgencyId, CategoryId, RegionCode};
use jiff::civil::Date;
use store::reference::{AliasRow, RegionRow};
use store::short_code::WordRow;

const PROVINCES: &str = include_str!("../../../../data/region/provinces.csv");
const REGENCIES: &str = include_str!("../../../../data/region/regencies.csv");
const DISTRICTS: &str = include_str!("../../../../data/region/districts.csv");
const ALIASES: &str = include_str!("../../../../data/region/aliases.csv");
const MOVED: &str = include_str!("../../../../data/region/moved.csv");
const CATEGORIES: &str = include_str!("../../../../data/category/categories.csv");
const AGENCIES: &str = include_str!("../../../../data/agency/agencies.csv");
const HOLIDAYS: &str = include_str!("../../../../data/calendar/holidays.csv");
const POLICIES: &str = include_str!("../../../../data/policy/policies.csv");
const PHRASES: &str = include_str!("../../../../data/doubt/words.csv");
const FORMULAS: &str = include_str!("../../../../data/award/formulas.json");
const OPEN_DATA: &str = include_str!("../../../../data/open_data/rules.json");
const FORMS: &str = include_str!("../../../../data/evaluation/forms.json");
const WORDS: &str = include_str!("../../../../data/sms/words.csv");

/// Which columns this program reads beyond the first edition's.
const COLUMNS: &str = "agency: active_from, active_to; holiday: revoked_by; policy: source, note";

/// A line of a table that cannot be read: a fault of the build, found by the tests.
#[derive(Debug, thiserror::Error)]
#[error("{table}: {problem}")]
pub struct Unreadable {
    table: &'static str,
    problem: String,
}

/// One line of a CSV table by column name.
struct Line<'a> {
    table: &'static str,
    header: &'a csv::StringRecord,
    record: csv::StringRecord,
}

impl Line<'_> {
    fn get(&self, column: &str) -> &str {
        let place = self.header.iter().position(|name| name == column);
        place.and_then(|place| self.record.get(place)).unwrap_or("").trim()
    }

    fn some(&self, column: &str) -> Option<&str> {
        Some(self.get(column)).filter(|text| !text.is_empty())
    }

    fn list(&self, column: &str) -> Vec<String> {
        self.get(column).split(';').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }

    fn parse<T: std::str::FromStr>(&self, column: &str) -> Result<T, Unreadable> {
        self.get(column).parse().map_err(|_| self.wrong(column))
    }

    fn parse_some<T: std::str::FromStr>(&self, column: &str) -> Result<Option<T>, Unreadable> {
        self.some(column).map(|_| self.parse(column)).transpose()
    }

    fn wrong(&self, column: &str) -> Unreadable {
        Unreadable { table: self.table, problem: format!("{column} in {:?}", self.record) }
    }
}

fn read<T>(
    table: &'static str,
    text: &str,
    row: impl Fn(&Line<'_>) -> Result<T, Unreadable>,
) -> Result<Vec<T>, Unreadable> {
    let broken = |error: csv::Error| Unreadable { table, problem: error.to_string() };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().map_err(broken)?.clone();
    let lines = reader.records().map(|record| row(&Line { table, header: &header, record: record.map_err(broken)? }));
    lines.collect()
}

/// Everything together changes whenever one of the tables does, or more of their columns are read.
pub(super) fn texts() -> [&'static str; 10] {
    [COLUMNS, PROVINCES, REGENCIES, DISTRICTS, ALIASES, MOVED, CATEGORIES, AGENCIES, HOLIDAYS, POLICIES]
}

pub(super) fn regions() -> Result<Vec<RegionRow>, Unreadable> {
    let row = |line: &Line<'_>| {
        Ok((line.get("code").to_owned(), line.get("name").to_owned(), line.some("zone").map(str::to_owned)))
    };
    let mut rows = read("provinces", PROVINCES, row)?;
    rows.extend(read("regencies", REGENCIES, row)?);
    rows.extend(read("districts", DISTRICTS, row)?);
    Ok(rows)
}

pub(super) fn aliases() -> Result<Vec<AliasRow>, Unreadable> {
    let mut rows =
        read("aliases", ALIASES, |line| Ok((line.get("alias").to_owned(), line.get("code").to_owned(), false)))?;
    let moved =
        |line: &Line<'_>| Ok((line.get("old_province_code").to_owned(), line.get("regency_code").to_owned(), true));
    rows.extend(read("moved", MOVED, moved)?);
    Ok(rows)
}

pub(super) fn categories() -> Result<Vec<Category>, Unreadable> {
    read("categories", CATEGORIES, |line| {
        Ok(Category {
            id: CategoryId(line.parse("id")?),
            parent: line.parse_some("parent_id")?.map(CategoryId),
            name: line.get("name").to_owned(),
            owner: line.get("owner").to_owned(),
            physical: line.get("physical") == "yes",
            valid_from: line.parse_some("valid_from")?,
            valid_to: line.parse_some("valid_to")?,
            merged_into: line.parse_some("merged_into")?.map(CategoryId),
            synonyms: line.list("synonyms"),
            aliases: line.list("aliases"),
        })
    })
}

pub(super) fn agencies() -> Result<Vec<Agency>, Unreadable> {
    read("agencies", AGENCIES, |line| {
        Ok(Agency {
            id: AgencyId(line.parse("id")?),
            parent: line.parse_some("parent_id")?.map(AgencyId),
            kind: AgencyKind::parse(line.get("kind")).ok_or_else(|| line.wrong("kind"))?,
            name: line.get("name").to_owned(),
            short: line.get("short").to_owned(),
            region: line.some("region").and_then(RegionCode::parse),
            aliases: line.list("aliases"),
            active_from: line.parse_some("active_from")?,
            active_to: line.parse_some("active_to")?,
            connection: line.some("connection").and_then(Connection::parse).unwrap_or_default(),
            edition: 0,
        })
    })
}

pub(super) fn holidays() -> Result<Vec<Holiday>, Unreadable> {
    read("holidays", HOLIDAYS, |line| {
        Ok(Holiday {
            date: line.parse::<Date>("date")?,
            kind: HolidayKind::parse(line.get("kind")).ok_or_else(|| line.wrong("kind"))?,
            name_id: line.get("name_id").to_owned(),
            name_en: line.get("name_en").to_owned(),
            decree: line.get("decree").to_owned(),
            effective_from: line.parse("effective_from")?,
            revoked_on: line.parse_some("revoked_on")?,
            revoked_by: line.some("revoked_by").map(str::to_owned),
        })
    })
}

/// Words before short messages. They are installed once, and are no part of the edition.
pub(super) fn words() -> Result<Vec<WordRow>, Unreadable> {
    read("words", WORDS, |line| Ok((line.get("word").to_owned(), AgencyId(line.parse("agency_id")?), None)))
}

/// The rules of open data, all versions.
pub(super) fn open_rules() -> Result<Vec<Rules>, Unreadable> {
    let wrong = |problem: String| Unreadable { table: "open data", problem };
    let rules: Vec<Rules> = serde_json::from_str(OPEN_DATA).map_err(|error| wrong(error.to_string()))?;
    match rules.iter().find_map(|one| one.check().err().map(|fault| (one, fault))) {
        Some((one, fault)) => Err(wrong(format!("version {}: {fault:?}", one.version))),
        None => Ok(rules),
    }
}

/// The formulas of awards, all versions.
pub(super) fn formulas() -> Result<Vec<Formula>, Unreadable> {
    let wrong = |problem: String| Unreadable { table: "formulas", problem };
    let formulas: Vec<Formula> = serde_json::from_str(FORMULAS).map_err(|error| wrong(error.to_string()))?;
    match formulas.iter().find_map(|formula| formula.check().err().map(|fault| (formula, fault))) {
        Some((formula, fault)) => Err(wrong(format!("{}: {fault:?}", formula.code))),
        None => Ok(formulas),
    }
}

/// The forms of the evaluation, all versions.
pub(super) fn forms() -> Result<Vec<Form>, Unreadable> {
    let wrong = |problem: String| Unreadable { table: "forms", problem };
    let forms: Vec<Form> = serde_json::from_str(FORMS).map_err(|error| wrong(error.to_string()))?;
    match forms.iter().find_map(|form| form.check().err().map(|fault| (form.version, fault))) {
        Some((version, fault)) => Err(wrong(format!("{version}: {fault:?}"))),
        None => Ok(forms),
    }
}

/// Phrases of pranks and advertisements. They stay in the program: they only flag.
pub(super) fn phrases() -> Result<Vec<String>, Unreadable> {
    read("phrases", PHRASES, |line| Ok(line.get("phrase").to_owned()))
}

pub(super) fn policies() -> Result<Vec<LimitRow>, Unreadable> {
    read("policies", POLICIES, |line| {
        Ok(LimitRow {
            limit: Limit::parse(line.get("policy")).ok_or_else(|| line.wrong("policy"))?,
            days: line.parse("limit_days")?,
            unit: Unit::parse(line.get("unit")).ok_or_else(|| line.wrong("unit"))?,
            valid_from: line.parse("valid_from")?,
            valid_to: line.parse_some("valid_to")?,
            legal_basis: line.get("legal_basis").to_owned(),
            source: line.some("source").map(str::to_owned),
            note: line.some("note").map(str::to_owned),
        })
    })
}
