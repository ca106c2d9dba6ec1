//! The columns of the files, from which the dictionary is made as well.

use super::aspect::span;
use super::{Aspect, Month, Protection, Row, Table};
use crate::agency::AgencyKind;
use crate::category::CategoryTree;
use crate::ids::CategoryId;
use crate::region::{RegionCode, Regions};
use crate::report::{Channel, Class, StageKind};
use std::collections::BTreeMap;

/// A column of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Month,
    Protection,
    Region,
    RegionName,
    Category,
    CategoryName,
    Stage,
    Class,
    Channel,
    Office,
    FirstDay,
    LastDay,
    Latitude,
    Longitude,
    Width,
    Reports,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// A whole number.
    Whole,
    /// Degrees with three decimals at most.
    Degrees,
}

impl Kind {
    /// The name in the dictionary.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Whole => "integer",
            Kind::Degrees => "decimal",
        }
    }
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// It is not told.
    Empty,
    Text(String),
    Whole(u64),
    /// Thousandths of a degree.
    Degrees(i64),
}

/// By what codes are put into words.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    pub regions: &'a Regions,
    pub categories: &'a CategoryTree,
}

impl Table {
    /// Its columns, in their order.
    pub fn columns(self) -> Vec<Column> {
        use Column as C;
        let told: &[Column] = match self {
            Table::Monthly => &[
                C::Category,
                C::CategoryName,
                C::Stage,
                C::Class,
                C::Latitude,
                C::Longitude,
                C::Width,
                C::Channel,
                C::Office,
            ],
            Table::Daily => &[C::FirstDay, C::LastDay],
        };
        [&[C::Month, C::Protection, C::Region, C::RegionName], told, &[C::Reports]].concat()
    }
}

impl Column {
    /// The name in the files, in the dictionary and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Column::Month => "month",
            Column::Protection => "protection",
            Column::Region => "region",
            Column::RegionName => "region_name",
            Column::Category => "category",
            Column::CategoryName => "category_name",
            Column::Stage => "stage",
            Column::Class => "class",
            Column::Channel => "channel",
            Column::Office => "office",
            Column::FirstDay => "first_day",
            Column::LastDay => "last_day",
            Column::Latitude => "latitude",
            Column::Longitude => "longitude",
            Column::Width => "width",
            Column::Reports => "reports",
        }
    }

    /// What stands in it.
    pub fn kind(self) -> Kind {
        match self {
            Column::Reports => Kind::Whole,
            Column::Latitude | Column::Longitude | Column::Width => Kind::Degrees,
            _ => Kind::Text,
        }
    }

    /// Whether it can be empty, where a row does not tell it.
    pub fn is_optional(self) -> bool {
        !matches!(self, Column::Month | Column::Protection | Column::FirstDay | Column::LastDay | Column::Reports)
    }

    /// The words that can stand in it, where they are few.
    pub fn codes(self) -> Vec<&'static str> {
        match self {
            Column::Protection => Protection::ALL.map(Protection::name).to_vec(),
            Column::Stage => {
                let mut words: Vec<&str> = StageKind::ALL.iter().map(|stage| stage.simple()).collect();
                words.sort_unstable();
                words.dedup();
                words
            }
            Column::Class => Class::ALL.iter().map(|class| class.name()).collect(),
            Column::Channel => Channel::ALL.iter().map(|channel| channel.name()).collect(),
            Column::Office => AgencyKind::ALL.iter().map(|kind| kind.name()).collect(),
            _ => Vec::new(),
        }
    }

    /// The aspect that it tells by a code.
    fn aspect(self) -> Option<Aspect> {
        match self {
            Column::Region => Some(Aspect::Region),
            Column::Category => Some(Aspect::Category),
            Column::Stage => Some(Aspect::Stage),
            Column::Class => Some(Aspect::Class),
            Column::Channel => Some(Aspect::Channel),
            Column::Office => Some(Aspect::Office),
            _ => None,
        }
    }

    /// What a row of a month says in it.
    pub fn value(self, month: Month, row: &Row, names: Names<'_>) -> Value {
        let told = |aspect: Aspect| row.told.get(&aspect).map(String::as_str);
        let text = |found: Option<&str>| found.map_or(Value::Empty, |text| Value::Text(text.to_owned()));
        let day = |first: bool| {
            let days = told(Aspect::Day).and_then(|days| days.split_once('/'));
            text(days.map(|days| if first { days.0 } else { days.1 }))
        };
        let degrees = |n: usize| {
            let part = told(Aspect::Square).and_then(|square| square.split(' ').nth(n)?.parse().ok());
            part.map_or(Value::Empty, Value::Degrees)
        };
        match self {
            Column::Month => Value::Text(month.to_string()),
            Column::Protection => text(Some(row.protection.name())),
            Column::RegionName => {
                let code = told(Aspect::Region).and_then(RegionCode::parse);
                text(code.as_ref().and_then(|code| names.regions.name(code)))
            }
            Column::CategoryName => {
                let id = told(Aspect::Category).and_then(|id| id.parse().ok());
                text(id.and_then(|id| names.categories.get(CategoryId(id))).map(|category| category.name.as_str()))
            }
            Column::FirstDay => day(true),
            Column::LastDay => day(false),
            Column::Latitude => degrees(0),
            Column::Longitude => degrees(1),
            Column::Width => degrees(2),
            Column::Reports => Value::Whole(row.reports),
            coded => coded.aspect().map_or(Value::Empty, |aspect| text(told(aspect))),
        }
    }
}

impl Row {
    /// Reads a row of a published table by its columns, as a file spells them; nothing where it is none.
    pub fn read<'t>(table: Table, cell: impl Fn(Column) -> Option<&'t str>) -> Option<Row> {
        let given = |column| cell(column).filter(|text| !text.is_empty());
        let mut told = BTreeMap::new();
        for column in table.columns() {
            if let Some((aspect, text)) = column.aspect().zip(given(column)) {
                told.insert(aspect, text.to_owned());
            }
        }
        if table == Table::Daily {
            let first = given(Column::FirstDay)?.parse().ok()?;
            told.insert(Aspect::Day, span(first, given(Column::LastDay)?.parse().ok()?));
        }
        if given(Column::Width).is_some() {
            let thousandths = |column| Some((given(column)?.parse::<f64>().ok()? * 1_000.0).round() as i64);
            let (north, east) = (thousandths(Column::Latitude)?, thousandths(Column::Longitude)?);
            told.insert(Aspect::Square, format!("{north} {east} {}", thousandths(Column::Width)?));
        }
        let protection = given(Column::Protection)?;
        Some(Row {
            protection: Protection::ALL.into_iter().find(|known| known.name() == protection)?,
            told,
            reports: given(Column::Reports)?.parse().ok()?,
        })
    }
}
