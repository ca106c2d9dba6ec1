//! A made-up population: deterministic, plausible, without any real person.

pub mod texts;
