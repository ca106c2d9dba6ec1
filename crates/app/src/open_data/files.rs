//! The files of a release: each table in three formats.

use crate::keys::digest_of;
use crate::{Error, Result};
use channel::dataset::{Dataset, DatasetError, Field, Kind, Value};
use domain::open_data::{self, FileSeal, Month, Names, Release, Row, Table};
use store::open_data::OpenFile;

/// In what form a table is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenKind {
    Csv,
    Json,
    Parquet,
}

impl OpenKind {
    /// All of them.
    pub const ALL: [OpenKind; 3] = [OpenKind::Csv, OpenKind::Json, OpenKind::Parquet];

    /// The end of a file's name.
    pub fn end(self) -> &'static str {
        match self {
            OpenKind::Csv => "csv",
            OpenKind::Json => "json",
            OpenKind::Parquet => "parquet",
        }
    }

    /// The media type; that of Parquet is registered with IANA.
    pub fn media(self) -> &'static str {
        match self {
            OpenKind::Csv => "text/csv; charset=utf-8",
            OpenKind::Json => "application/json",
            OpenKind::Parquet => "application/vnd.apache.parquet",
        }
    }

    /// The name of a table's file.
    pub fn name(self, table: Table) -> String {
        format!("{}.{}", table.name(), self.end())
    }
}

/// All files of a release, and what is to be signed of them.
pub(super) fn files(month: Month, release: &Release, names: Names<'_>) -> Result<(Vec<OpenFile>, Vec<FileSeal>)> {
    let (mut files, mut seals) = (Vec::new(), Vec::new());
    for table in Table::ALL {
        let rows = release.rows(table);
        let dataset = dataset(month, table, rows, names);
        for kind in OpenKind::ALL {
            let content = match kind {
                OpenKind::Csv => dataset.csv(),
                OpenKind::Json => dataset.json(),
                OpenKind::Parquet => dataset.parquet(),
            };
            let content = content.map_err(|error: DatasetError| Error::Broken(error.to_string()))?;
            let (name, digest) = (kind.name(table), digest_of(&content));
            seals.push(FileSeal {
                name: name.clone(),
                rows: rows.len() as u64,
                bytes: content.len() as u64,
                sha256: digest.clone(),
            });
            files.push(OpenFile { name, digest, content });
        }
    }
    Ok((files, seals))
}

fn dataset(month: Month, table: Table, rows: &[Row], names: Names<'_>) -> Dataset {
    let columns = table.columns();
    let field = |column: &open_data::Column| Field {
        name: column.name(),
        kind: match column.kind() {
            open_data::Kind::Text => Kind::Text,
            open_data::Kind::Whole => Kind::Whole,
            open_data::Kind::Degrees => Kind::Decimal,
        },
        optional: column.is_optional(),
    };
    let value = |row: &Row, column: &open_data::Column| match column.value(month, row, names) {
        open_data::Value::Empty => Value::Empty,
        open_data::Value::Text(text) => Value::Text(text),
        open_data::Value::Whole(n) => Value::Whole(i64::try_from(n).unwrap_or(i64::MAX)),
        open_data::Value::Degrees(thousandths) => Value::Decimal(thousandths as f64 / 1_000.0),
    };
    Dataset {
        fields: columns.iter().map(field).collect(),
        rows: rows.iter().map(|row| columns.iter().map(|column| value(row, column)).collect()).collect(),
    }
}
