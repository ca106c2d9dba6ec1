//! A made-up population: deterministic, plausible, without any real person.

mod population;
pub mod texts;

pub(crate) mod calendar;
pub(crate) mod story;
pub(crate) mod world;

pub use population::{Seeded, seed, seed_until};
