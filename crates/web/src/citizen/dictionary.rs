//! The dictionary of the open data files, made of the columns that the files are made of.

use crate::words::{Lang, Words};
use domain::open_data::{Column, FORMAT, Table};
use serde_json::{Map, Value, json};

/// The licence of the files, by its SPDX name and its address.
pub const LICENCE: (&str, &str) = ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/");

/// A column in words.
#[derive(Debug, Clone)]
pub struct ColumnRow {
    pub name: &'static str,
    pub kind: &'static str,
    pub is_optional: bool,
    pub about: String,
    /// Codes that can stand in it, with their words.
    pub codes: Vec<(&'static str, String)>,
}

/// A table in words.
#[derive(Debug, Clone)]
pub struct TableRow {
    pub name: &'static str,
    pub columns: Vec<ColumnRow>,
}

/// All tables in words.
pub fn tables(words: Words) -> Vec<TableRow> {
    let column = |column: Column| ColumnRow {
        name: column.name(),
        kind: column.kind().name(),
        is_optional: column.is_optional(),
        about: words.of("open-column", column.name()),
        codes: column.codes().into_iter().map(|code| (code, word(words, column, code))).collect(),
    };
    let table =
        |table: Table| TableRow { name: table.name(), columns: table.columns().into_iter().map(column).collect() };
    Table::ALL.map(table).to_vec()
}

/// All tables in words, for programs and in both languages.
pub fn document() -> Value {
    let both = |of: &dyn Fn(Words) -> String| -> Value {
        Lang::ALL
            .into_iter()
            .map(|lang| (lang.tag().to_owned(), Value::from(of(Words::new(lang)))))
            .collect::<Map<_, _>>()
            .into()
    };
    let column = |column: Column| {
        let mut told = json!({
            "name": column.name(),
            "type": column.kind().name(),
            "optional": column.is_optional(),
            "about": both(&|words| words.of("open-column", column.name())),
        });
        let codes: Map<String, Value> = column
            .codes()
            .into_iter()
            .map(|code| (code.to_owned(), both(&|words| word(words, column, code))))
            .collect();
        if !codes.is_empty() {
            told["codes"] = codes.into();
        }
        told
    };
    let table = |table: Table| {
        json!({
            "name": table.name(),
            "about": both(&|words| words.of("open-table", table.name())),
            "columns": table.columns().into_iter().map(column).collect::<Vec<_>>(),
        })
    };
    json!({
        "format": FORMAT,
        "licence": { "name": LICENCE.0, "url": LICENCE.1 },
        "rows": both(&|words| words.t("open-rows")),
        "protection": both(&|words| words.t("open-how-text")),
        "tables": Table::ALL.map(table),
    })
}

fn word(words: Words, column: Column, code: &str) -> String {
    match column {
        Column::Protection => words.of("open-protection", code),
        Column::Stage => words.of("open-stage", code),
        Column::Class => words.of("class", code),
        Column::Channel => words.of("channel", code),
        _ => words.of("agency-kind", code),
    }
}
