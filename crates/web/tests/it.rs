//! The pages in all their samples, and the JSON API by named actors, in process, on both engines.
//!
//! The PostgreSQL half needs `LAPOR_TEST_POSTGRES_URL`; `scripts/postgres.sh start` starts a throw-away
//! cluster and prints it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[macro_use]
#[allow(dead_code)]
#[path = "../../app/tests/it/world.rs"]
mod world;
#[allow(dead_code)]
#[path = "../../app/tests/it/device.rs"]
mod device;
#[path = "../../app/tests/it/provider.rs"]
mod provider;

#[path = "../../channel/src/corpus/tear.rs"]
mod tear;

#[path = "it/api/mod.rs"]
mod api;
#[path = "it/open311/mod.rs"]
mod open311;
#[path = "it/pages.rs"]
mod pages;
#[path = "it/permission/mod.rs"]
mod permission;
#[path = "it/site/mod.rs"]
mod site;
