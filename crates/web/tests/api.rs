//! The JSON API by named actors, in process, on both engines.
//!
//! The PostgreSQL half needs `LAPOR_TEST_POSTGRES_URL`; `scripts/postgres.sh start` starts a throw-away
//! cluster and prints it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[macro_use]
#[allow(dead_code)]
#[path = "../../app/tests/it/world.rs"]
mod world;

#[path = "api/client.rs"]
mod client;
#[path = "api/counting.rs"]
mod counting;
#[path = "api/describing.rs"]
mod describing;
#[path = "api/files.rs"]
mod files;
#[path = "api/life.rs"]
mod life;
#[path = "api/lists.rs"]
mod lists;
#[path = "api/secrecy.rs"]
mod secrecy;
#[path = "api/slips.rs"]
mod slips;
