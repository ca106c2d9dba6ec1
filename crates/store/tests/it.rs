//! What storage promises, tried on both engines.
//!
//! The PostgreSQL half needs `LAPOR_TEST_POSTGRES_URL`; `scripts/postgres.sh start` starts a throw-away
//! cluster and prints it. Each test makes a database of its own there and drops it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[macro_use]
#[path = "it/world.rs"]
mod world;
#[path = "it/fixture.rs"]
mod fixture;

#[path = "it/beside.rs"]
mod beside;
#[path = "it/bulky.rs"]
mod bulky;
#[path = "it/catalogue.rs"]
mod catalogue;
#[path = "it/counting.rs"]
mod counting;
#[path = "it/durable.rs"]
mod durable;
#[path = "it/grouped.rs"]
mod grouped;
#[path = "it/hearing.rs"]
mod hearing;
#[path = "it/inbox.rs"]
mod inbox;
#[path = "it/migration.rs"]
mod migration;
#[path = "it/outbox.rs"]
mod outbox;
#[path = "it/people.rs"]
mod people;
#[path = "it/plan.rs"]
mod plan;
#[path = "it/reference.rs"]
mod reference;
#[path = "it/reports.rs"]
mod reports;
#[path = "it/searching.rs"]
mod searching;
#[path = "it/writing.rs"]
mod writing;
