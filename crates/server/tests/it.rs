//! The real program, started as an operator starts it, on both engines.
//!
//! The PostgreSQL half needs `LAPOR_TEST_POSTGRES_URL`; `scripts/postgres.sh start` starts a throw-away
//! cluster and prints it. Each test makes a database of its own there and drops it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod it {
    pub mod authority;
    pub mod centre;
    pub mod house;
    pub mod http;
    pub mod messenger;
    pub mod receiver;
    pub mod square;
    pub mod story;
    pub mod wire;

    mod account;
    mod brought;
    mod chat;
    mod config;
    mod exchange;
    mod federation;
    mod guard;
    mod killed;
    mod letters;
    mod mail;
    pub mod mailbox;
    mod offered;
    mod service;
    mod shared;
    mod sms;
    mod stopped;
    mod webhook;
    mod x;
}
