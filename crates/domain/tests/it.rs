//! The rules of a report, told as stories, tables and laws, on the real calendar, limits and offices.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "it/answering.rs"]
mod answering;
#[path = "it/asking.rs"]
mod asking;
#[path = "it/attacker.rs"]
mod attacker;
#[path = "it/awarding.rs"]
mod awarding;
#[path = "it/calendar.rs"]
mod calendar;
#[path = "it/caring.rs"]
mod caring;
#[path = "it/checking.rs"]
mod checking;
#[path = "it/closing.rs"]
mod closing;
#[path = "it/dialogue.rs"]
mod dialogue;
#[path = "it/doubting.rs"]
mod doubting;
#[path = "it/drafting.rs"]
mod drafting;
#[path = "it/evaluating.rs"]
mod evaluating;
#[path = "it/faces.rs"]
mod faces;
#[path = "it/fixture.rs"]
mod fixture;
#[path = "it/golden.rs"]
mod golden;
#[path = "it/handover.rs"]
mod handover;
#[path = "it/label.rs"]
mod label;
#[path = "it/laws.rs"]
mod laws;
#[path = "it/letters.rs"]
mod letters;
#[path = "it/linking.rs"]
mod linking;
#[path = "it/measuring.rs"]
mod measuring;
#[path = "it/naming.rs"]
mod naming;
#[path = "it/nudging.rs"]
mod nudging;
#[path = "it/offices.rs"]
mod offices;
#[path = "it/opening.rs"]
mod opening;
#[path = "it/participating.rs"]
mod participating;
#[path = "it/parting.rs"]
mod parting;
#[path = "it/peering.rs"]
mod peering;
#[path = "it/periods.rs"]
mod periods;
#[path = "it/problem.rs"]
mod problem;
#[path = "it/random.rs"]
mod random;
#[path = "it/ranking.rs"]
mod ranking;
#[path = "it/role_table.rs"]
mod role_table;
#[path = "it/routing.rs"]
mod routing;
#[path = "it/sample.rs"]
mod sample;
#[path = "it/scope.rs"]
mod scope;
#[path = "it/seat_table.rs"]
mod seat_table;
#[path = "it/secrecy.rs"]
mod secrecy;
#[path = "it/stage_table.rs"]
mod stage_table;
#[path = "it/story.rs"]
mod story;
#[path = "it/suggesting.rs"]
mod suggesting;
#[path = "it/surging.rs"]
mod surging;
#[path = "it/telling.rs"]
mod telling;
#[path = "it/waiting.rs"]
mod waiting;
#[path = "it/wish.rs"]
mod wish;
