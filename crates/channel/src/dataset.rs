//! Tables for other programs: the same rows as CSV, as JSON and as Parquet.

use crate::sp4n::guard;
use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::borrow::Cow;
use std::sync::Arc;

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Whole,
    Decimal,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
    /// Whether it can be empty.
    pub optional: bool,
}

/// A value, of the kind of its column.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Empty,
    Text(String),
    Whole(i64),
    Decimal(f64),
}

/// Rows, each with a value for every field.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    pub fields: Vec<Field>,
    pub rows: Vec<Vec<Value>>,
}

/// What can go wrong when a table is written.
#[derive(Debug, thiserror::Error)]
pub enum DatasetError {
    #[error("CSV: {0}")]
    Csv(#[from] csv::Error),
    #[error("JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    #[error("Parquet: {0}")]
    Parquet(#[from] ParquetError),
}

impl Dataset {
    /// As CSV (RFC 4180, UTF-8 without a mark): numbers with a point, texts that no spreadsheet reckons with.
    pub fn csv(&self) -> Result<Vec<u8>, DatasetError> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(self.fields.iter().map(|field| field.name))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(Value::spelt))?;
        }
        writer.into_inner().map_err(|error| DatasetError::File(error.into_error()))
    }

    /// As JSON: an array with an object for each row, its names in the order of the columns.
    pub fn json(&self) -> Result<Vec<u8>, DatasetError> {
        Ok(serde_json::to_vec(self)?)
    }

    /// As Parquet: one row group, not compressed; numbers as INT64 and DOUBLE, texts as UTF-8.
    pub fn parquet(&self) -> Result<Vec<u8>, DatasetError> {
        let columns = self.fields.iter().map(schema).collect::<Result<Vec<TypePtr>, ParquetError>>()?;
        let schema = Type::group_type_builder("schema").with_fields(columns).build()?;
        let properties = WriterProperties::builder().set_created_by("lapor".to_owned()).build();
        let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
        let mut group = writer.next_row_group()?;
        let mut at = 0;
        while let Some(mut column) = group.next_column()? {
            self.fill(column.untyped(), at)?;
            column.close()?;
            at += 1;
        }
        group.close()?;
        Ok(writer.into_inner()?)
    }

    fn fill(&self, column: &mut ColumnWriter<'_>, at: usize) -> Result<(), ParquetError> {
        let values = || self.rows.iter().filter_map(move |row| row.get(at));
        let is_there: Vec<i16> = values().map(|value| i16::from(*value != Value::Empty)).collect();
        let levels = self.fields.get(at).filter(|field| field.optional).map(|_| &is_there[..]);
        let written = match column {
            ColumnWriter::ByteArrayColumnWriter(writer) => {
                let texts = values().filter_map(|value| match value {
                    Value::Text(text) => Some(ByteArray::from(text.as_str())),
                    _ => None,
                });
                writer.write_batch(&texts.collect::<Vec<_>>(), levels, None)
            }
            ColumnWriter::Int64ColumnWriter(writer) => {
                let numbers = values().filter_map(|value| match value {
                    Value::Whole(n) => Some(*n),
                    _ => None,
                });
                writer.write_batch(&numbers.collect::<Vec<_>>(), levels, None)
            }
            ColumnWriter::DoubleColumnWriter(writer) => {
                let numbers = values().filter_map(|value| match value {
                    Value::Decimal(n) => Some(*n),
                    _ => None,
                });
                writer.write_batch(&numbers.collect::<Vec<_>>(), levels, None)
            }
            _ => return Err(ParquetError::General("a column of no known kind".to_owned())),
        };
        written.map(drop)
    }
}

fn schema(field: &Field) -> Result<TypePtr, ParquetError> {
    let physical = match field.kind {
        Kind::Text => Physical::BYTE_ARRAY,
        Kind::Whole => Physical::INT64,
        Kind::Decimal => Physical::DOUBLE,
    };
    let repetition = if field.optional { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    let mut builder = Type::primitive_type_builder(field.name, physical).with_repetition(repetition);
    if field.kind == Kind::Text {
        builder = builder.with_converted_type(ConvertedType::UTF8).with_logical_type(Some(LogicalType::String));
    }
    Ok(Arc::new(builder.build()?))
}

impl Value {
    fn spelt(&self) -> String {
        match self {
            Value::Empty => String::new(),
            Value::Text(text) => guard(Cow::Borrowed(&**text)).into_owned(),
            Value::Whole(n) => n.to_string(),
            Value::Decimal(n) => n.to_string(),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Empty => serializer.serialize_none(),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Whole(n) => serializer.serialize_i64(*n),
            Value::Decimal(n) => serializer.serialize_f64(*n),
        }
    }
}

/// A row under the names of its columns.
struct Named<'a>(&'a [Field], &'a [Value]);

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (field, value) in self.0.iter().zip(self.1) {
            map.serialize_entry(field.name, value)?;
        }
        map.end()
    }
}

impl Serialize for Dataset {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rows = serializer.serialize_seq(Some(self.rows.len()))?;
        for row in &self.rows {
            rows.serialize_element(&Named(&self.fields, row))?;
        }
        rows.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field as Read;

    fn sample() -> Dataset {
        let field = |name, kind, optional| Field { name, kind, optional };
        let text = |text: &str| Value::Text(text.to_owned());
        Dataset {
            fields: vec![
                field("region", Kind::Text, true),
                field("name", Kind::Text, false),
                field("latitude", Kind::Decimal, true),
                field("reports", Kind::Whole, false),
            ],
            rows: vec![
                vec![text("63.71"), text("Kota \"Seribu Sungai\", Kalsel"), Value::Decimal(-3.325), Value::Whole(12)],
                vec![Value::Empty, text("=1+1"), Value::Empty, Value::Whole(5)],
            ],
        }
    }

    /// A value of a Parquet file as CSV would spell it.
    fn spelt(value: &Read) -> String {
        match value {
            Read::Null => String::new(),
            Read::Str(text) => guard(Cow::Borrowed(&**text)).into_owned(),
            Read::Long(n) => n.to_string(),
            Read::Double(n) => n.to_string(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn all_three_say_the_same() {
        let sample = sample();
        let text = String::from_utf8(sample.csv().unwrap()).unwrap();
        assert_eq!(
            text,
            "region,name,latitude,reports\n63.71,\"Kota \"\"Seribu Sungai\"\", Kalsel\",-3.325,12\n,'=1+1,,5\n"
        );
        let json = String::from_utf8(sample.json().unwrap()).unwrap();
        assert!(json.starts_with("[{\"region\":\"63.71\",\"name\":"), "{json}");
        assert!(json.ends_with("{\"region\":null,\"name\":\"=1+1\",\"latitude\":null,\"reports\":5}]"), "{json}");
        let bytes = bytes::Bytes::from(sample.parquet().unwrap());
        let reader = SerializedFileReader::new(bytes).unwrap();
        let rows: Vec<Vec<String>> = reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().get_column_iter().map(|(_, value)| spelt(value)).collect())
            .collect();
        let of_csv: Vec<Vec<String>> = csv::Reader::from_reader(text.as_bytes())
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect();
        assert_eq!(rows, of_csv);
    }

    #[test]
    fn a_table_without_rows_is_a_table() {
        let empty = Dataset { rows: Vec::new(), ..sample() };
        assert_eq!(empty.csv().unwrap(), b"region,name,latitude,reports\n");
        assert_eq!(empty.json().unwrap(), b"[]");
        let reader = SerializedFileReader::new(bytes::Bytes::from(empty.parquet().unwrap())).unwrap();
        assert_eq!(reader.metadata().file_metadata().num_rows(), 0);
    }
}
