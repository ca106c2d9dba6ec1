//! Open data: how many reports came in during a month, told so that every row stands for at least k people.
//!
//! Each report lies in exactly one row of each table, and a row is never told again by a wider one: whatever is added up
//! or subtracted comes to whole rows. The two tables of a month meet only in blocks (a province, or all that are too
//! small for themselves): inside one, the monthly table tells no day, and the daily table nothing but days. So no
//! subtraction between them, or between releases, comes to fewer people than one row stands for. The argument and its
//! limits are in docs/decisions/0041.

mod aspect;
mod check;
mod column;
mod crossing;
mod entry;
mod guarantee;
mod month;
mod people;
mod release;
mod rules;
mod seats;
mod split;
mod table;

pub use aspect::{Aspect, Scale};
pub use check::{Fault, faults_of_entries, faults_of_rows};
pub use column::{Column, Kind, Names, Value};
pub use entry::{Entry, Source};
pub use guarantee::{FORMAT, FileSeal, Guarantee, Promise};
pub use month::Month;
pub use people::{Handles, Person, people};
pub use release::{Release, release};
pub use rules::{Rules, RulesFault};
pub use seats::Seats;
pub use table::{Protection, Row, Table};
