//! Stories with a fixed clock, on both engines.
//!
//! The PostgreSQL half needs `LAPOR_TEST_POSTGRES_URL`; `scripts/postgres.sh start` starts a throw-away
//! cluster and prints it. Each test makes a database of its own there and drops it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "it/people.rs"]
mod people;
#[macro_use]
#[path = "it/world.rs"]
mod world;

#[path = "it/advice.rs"]
mod advice;
#[path = "it/alarm.rs"]
mod alarm;
#[path = "it/batches.rs"]
mod batches;
#[path = "it/beside.rs"]
mod beside;
#[path = "it/campaign.rs"]
mod campaign;
#[path = "it/counter.rs"]
mod counter;
#[path = "it/crowd.rs"]
mod crowd;
#[path = "it/demo.rs"]
mod demo;
#[path = "it/device.rs"]
mod device;
#[path = "it/doctor.rs"]
mod doctor;
#[path = "it/doubts.rs"]
mod doubts;
#[path = "it/drafting.rs"]
mod drafting;
#[path = "it/evaluating.rs"]
mod evaluating;
#[path = "it/extracting.rs"]
mod extracting;
#[path = "it/faces.rs"]
mod faces;
#[path = "it/foreign.rs"]
mod foreign;
#[path = "it/freezing.rs"]
mod freezing;
#[path = "it/handover.rs"]
mod handover;
#[path = "it/identity.rs"]
mod identity;
#[path = "it/inbox.rs"]
mod inbox;
#[path = "it/life.rs"]
mod life;
#[path = "it/login.rs"]
mod login;
#[path = "it/matter.rs"]
mod matter;
#[path = "it/measuring.rs"]
mod measuring;
#[path = "it/messages.rs"]
mod messages;
#[path = "it/offices.rs"]
mod offices;
#[path = "it/ombudsman.rs"]
mod ombudsman;
#[path = "it/open_data.rs"]
mod open_data;
#[path = "it/outbox.rs"]
mod outbox;
#[path = "it/oversight.rs"]
mod oversight;
#[path = "it/participating.rs"]
mod participating;
#[path = "it/parting.rs"]
mod parting;
#[path = "it/partners.rs"]
mod partners;
#[path = "it/passkey.rs"]
mod passkey;
#[path = "it/plan.rs"]
mod plan;
#[path = "it/problems.rs"]
mod problems;
#[path = "it/provider.rs"]
mod provider;
#[path = "it/questions.rs"]
mod questions;
#[path = "it/racing.rs"]
mod racing;
#[path = "it/retiming.rs"]
mod retiming;
#[path = "it/rules.rs"]
mod rules;
#[path = "it/searching.rs"]
mod searching;
#[path = "it/secrecy.rs"]
mod secrecy;
#[path = "it/seed.rs"]
mod seed;
#[path = "it/similar.rs"]
mod similar;
#[path = "it/surging.rs"]
mod surging;
#[path = "it/transfer.rs"]
mod transfer;
#[path = "it/unearned.rs"]
mod unearned;
#[path = "it/waiting.rs"]
mod waiting;
#[path = "it/webhooks.rs"]
mod webhooks;
#[path = "it/week.rs"]
mod week;
