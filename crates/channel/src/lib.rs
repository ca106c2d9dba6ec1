//! Talks to the outside in its own words: file formats and protocols, which know no report.

pub mod book;
pub mod chat;
pub mod dataset;
pub mod exchange;
pub mod mail;
pub mod oidc;
pub mod open311;
pub mod sms;
pub mod sp4n;
pub mod table;
pub mod trust;
pub mod webhook;

#[cfg(test)]
mod corpus;
mod outside;
mod unsent;

pub use unsent::Unsent;
