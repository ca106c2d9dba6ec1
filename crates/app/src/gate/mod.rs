//! How much one sender, and all together, may bring. Every way in asks here before it takes something in, or counts by the
//! same rates what it has kept.
//!
//! What people send by request is counted in the memory of each process; messages are counted where they are kept.

mod heat;
mod memory;
mod proof;

pub(crate) use memory::Prints;
pub use proof::Challenge;

use crate::attempts::Bucket;
use crate::{App, Error, Result};
use domain::Way;
use heat::Heat;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};
use std::time::Instant;

/// How much is let in. Zero takes a limit away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rates {
    /// Reports by the public form and the open API from one address in an hour. Behind one address may be a whole village.
    pub address: u32,
    /// As many of them in an hour, from which on that address has to prove work.
    pub free: u32,
    /// Reports by form and open API from everybody in a minute, from which on everybody has to prove work.
    pub hot: u32,
    /// How hard the proof is: two to this power are tried on average.
    pub work: u8,
    /// What a token changes or brings by the API in an hour; partner systems have a quota of their own.
    pub token: u32,
    /// Reports by Open311 under the tokens of one officer in an hour.
    pub open311: u32,
    /// Reports that one officer takes in for people in an hour.
    pub counter: u32,
    /// Messages of one number, account or address in an hour, by each way.
    pub sms: u32,
    pub chat: u32,
    pub email: u32,
}

impl Default for Rates {
    fn default() -> Rates {
        Rates {
            address: 600,
            free: 60,
            hot: 300,
            work: 17,
            token: 36_000,
            open311: 6_000,
            counter: 1_200,
            sms: 30,
            chat: 30,
            email: 30,
        }
    }
}

impl Rates {
    /// Messages of one sender in an hour that are heard; more wait for a person.
    pub(crate) fn of_way(&self, way: Way) -> i64 {
        let most = match way {
            Way::Sms => self.sms,
            Way::Email => self.email,
            _ => self.chat,
        };
        if most == 0 { i64::MAX } else { i64::from(most) }
    }
}

/// By what a sender is known who brings something by request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gate {
    /// An address of the network.
    Address,
    /// The officer of a token.
    Token,
    /// The officer of a key of Open311.
    Open311,
    /// The seat of an officer who takes reports in.
    Counter,
}

/// What has come in lately.
#[derive(Default)]
pub(crate) struct Gates(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    gates: HashMap<Gate, Bucket>,
    /// The same addresses, held against what is free.
    free: Bucket,
    heat: Heat,
}

impl Gates {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

impl App {
    /// The same with other limits.
    pub fn with_rates(self, rates: Rates) -> App {
        App { rates, ..self }
    }

    /// How much is let in.
    pub fn rates(&self) -> &Rates {
        &self.rates
    }

    /// Counts something that a sender brings; [`Error::Limited`] where it is too much.
    pub fn admit_at(&self, gate: Gate, sender: &str) -> Result<()> {
        let hourly = match gate {
            Gate::Address => self.rates.address,
            Gate::Token => self.rates.token,
            Gate::Open311 => self.rates.open311,
            Gate::Counter => self.rates.counter,
        };
        if hourly == 0 {
            return Ok(());
        }
        let now = Instant::now();
        let mut kept = self.gates.kept();
        let bucket = kept.gates.entry(gate).or_default();
        if let Some(wait) = bucket.wait(sender, hourly, now) {
            metrics::counter!("lapor_refused_total", "gate" => gate.name()).increment(1);
            return Err(Error::Limited { seconds: wait.as_secs() + 1 });
        }
        bucket.count(sender, hourly, now);
        Ok(())
    }

    /// Whether somebody at an address has to prove work now: very many come, or very many from there.
    pub fn is_hot(&self, address: &str) -> bool {
        let (rates, kept) = (self.rates, self.gates.kept());
        let crowd = rates.hot > 0 && kept.heat.is_above(rates.hot, self.now());
        crowd || (rates.free > 0 && kept.free.wait(address, rates.free, Instant::now()).is_some())
    }

    /// Counts a report of somebody at an address for what is hot.
    pub(crate) fn warm(&self, address: &str) {
        let mut kept = self.gates.kept();
        kept.heat.count(self.now());
        // What is full is not made fuller: a minute later there is room for one again.
        if self.rates.free > 0 && kept.free.wait(address, self.rates.free, Instant::now()).is_none() {
            kept.free.count(address, self.rates.free, Instant::now());
        }
    }
}

impl Gate {
    fn name(self) -> &'static str {
        match self {
            Gate::Address => "address",
            Gate::Token => "token",
            Gate::Open311 => "open311",
            Gate::Counter => "counter",
        }
    }
}
