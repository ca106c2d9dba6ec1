//! A client of Open311 GeoReport v2 and of the updates that FixMyStreet added to it.
//!
//! Whose addresses it asks is typed by people, so it follows no redirect, reads no endless answer, and goes to no address
//! of the own network unless it is told that it may.

mod address;
mod client;
mod rows;

pub use address::{Unfit, check};
pub use client::{Client, Endpoint, NewRequest, NewWord, Taken, Update, Updates};
pub use rows::{Format, Row, Unread, rows};

#[cfg(test)]
mod tests;
