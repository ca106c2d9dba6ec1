//! The only crate that knows SQL. It decides nothing and returns domain types, never rows.
//!
//! One SQL text per query serves both engines; every engine difference is in `dialect.rs` and `db/`.

mod dialect;

pub mod access;
pub mod account;
pub mod answer;
pub mod arrival;
pub mod attachment;
pub mod batch;
pub mod bulk;
pub mod campaign;
pub mod catalogue;
pub mod consent;
pub mod conversation;
pub mod counter;
pub mod db;
pub mod delivery;
pub mod doubt;
pub mod duty;
pub mod evaluation;
pub mod event;
pub mod exchange;
pub mod extract;
pub mod face;
pub mod factor;
pub mod follow;
pub mod forward;
pub mod hand_over;
pub mod identity;
pub mod invitation;
pub mod job;
pub mod lateness;
pub mod letter;
pub mod likeness;
pub mod matter;
pub mod measure;
pub mod message;
pub mod migrate;
pub mod near;
pub mod notice;
pub mod officer;
pub mod onboarding;
pub mod open_data;
pub mod outreach;
pub mod paper;
pub mod partner;
pub mod peer;
pub mod plan;
pub mod population;
pub mod presence;
pub mod problem;
pub mod question;
pub mod queue;
pub mod reference;
pub mod replay;
pub mod report;
pub mod reporter;
pub mod routing;
pub mod saved_filter;
pub mod scope;
pub mod search;
pub mod seat;
pub mod short_code;
pub mod snapshot;
pub mod standing;
pub mod support;
pub mod surge;
pub mod taking;
mod tally;
pub mod webhook;
pub mod word_on;
pub mod words;
pub mod x;

pub use db::{Audience, Db, Limits, Tx};
pub use dialect::{Engine, Sql};

use jiff::Timestamp;

/// Why storage could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Too many writes are waiting; try again in a moment.
    #[error("too many writes are waiting")]
    Busy,
    #[error("database: {0}")]
    Engine(#[from] sqlx::Error),
    /// A row holds something that no version of this program wrote.
    #[error("unreadable row: {0}")]
    Corrupt(String),
    #[error("configuration: {0}")]
    Config(String),
    #[error("migration: {0}")]
    Migration(String),
}

/// What a storage function returns.
pub type Result<T> = std::result::Result<T, Error>;

/// Milliseconds since 1970 in UTC, the storage form of an instant.
pub fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

pub(crate) fn instant(millis: i64) -> Result<Timestamp> {
    Timestamp::from_millisecond(millis).map_err(|error| Error::Corrupt(error.to_string()))
}

pub(crate) fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Corrupt(error.to_string()))
}

pub(crate) fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::Corrupt(error.to_string()))
}

/// Most reports that one statement reads at once.
pub(crate) const MANY: usize = 100;

/// Numbers of reports as the rows that `over_rows!` takes.
pub(crate) fn report_ids(reports: &[domain::ReportId]) -> Result<String> {
    json(&reports.iter().map(|id| std::collections::BTreeMap::from([("report_id", id.0)])).collect::<Vec<_>>())
}

pub(crate) fn small(number: i64) -> Result<u32> {
    u32::try_from(number).map_err(|_| Error::Corrupt(format!("number {number} out of range")))
}

/// Days since 1970-01-01, the storage form of a local day.
pub fn day_number(day: jiff::civil::Date) -> i64 {
    i64::from((day - jiff::civil::date(1970, 1, 1)).get_days())
}

pub(crate) fn day_of(number: i64) -> Result<jiff::civil::Date> {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.checked_add(jiff::Span::new().days(number)).map_err(|error| Error::Corrupt(error.to_string()))
}

/// All named statements, for the test that prepares each of them on both engines.
pub fn statements() -> impl Iterator<Item = (&'static str, Sql)> {
    [
        access::STATEMENTS,
        account::STATEMENTS,
        answer::STATEMENTS,
        arrival::STATEMENTS,
        attachment::STATEMENTS,
        batch::STATEMENTS,
        bulk::STATEMENTS,
        campaign::STATEMENTS,
        catalogue::STATEMENTS,
        consent::STATEMENTS,
        conversation::STATEMENTS,
        counter::STATEMENTS,
        delivery::STATEMENTS,
        doubt::STATEMENTS,
        duty::STATEMENTS,
        evaluation::STATEMENTS,
        event::STATEMENTS,
        exchange::STATEMENTS,
        extract::STATEMENTS,
        face::STATEMENTS,
        factor::STATEMENTS,
        follow::STATEMENTS,
        forward::STATEMENTS,
        hand_over::STATEMENTS,
        identity::STATEMENTS,
        invitation::STATEMENTS,
        job::STATEMENTS,
        letter::STATEMENTS,
        likeness::STATEMENTS,
        matter::STATEMENTS,
        measure::STATEMENTS,
        message::STATEMENTS,
        near::STATEMENTS,
        lateness::STATEMENTS,
        notice::STATEMENTS,
        officer::STATEMENTS,
        open_data::STATEMENTS,
        onboarding::STATEMENTS,
        outreach::STATEMENTS,
        paper::STATEMENTS,
        partner::STATEMENTS,
        peer::STATEMENTS,
        question::STATEMENTS,
        plan::STATEMENTS,
        population::STATEMENTS,
        presence::STATEMENTS,
        problem::STATEMENTS,
        queue::STATEMENTS,
        reference::STATEMENTS,
        replay::STATEMENTS,
        report::STATEMENTS,
        reporter::STATEMENTS,
        scope::STATEMENTS,
        routing::STATEMENTS,
        saved_filter::STATEMENTS,
        search::STATEMENTS,
        seat::STATEMENTS,
        short_code::STATEMENTS,
        snapshot::STATEMENTS,
        standing::STATEMENTS,
        support::STATEMENTS,
        surge::STATEMENTS,
        taking::STATEMENTS,
        webhook::STATEMENTS,
        word_on::STATEMENTS,
        words::STATEMENTS,
        x::STATEMENTS,
    ]
    .into_iter()
    .flatten()
    .copied()
}
