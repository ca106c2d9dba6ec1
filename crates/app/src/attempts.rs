//! How often somebody may guess: per report, per account and per address.

use crate::{Error, Result};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;

/// Wrong or right, so many attempts at once, and so many an hour after that.
const PER_TARGET: u32 = 10;
const PER_ADDRESS: u32 = 60;
/// Keys kept before old ones are swept.
const SWEEP_AT: usize = 50_000;

/// Attempts at PINs and passwords.
pub(crate) struct Attempts {
    targets: DefaultKeyedRateLimiter<String>,
    addresses: DefaultKeyedRateLimiter<String>,
}

impl Default for Attempts {
    fn default() -> Attempts {
        let hourly = |n: u32| RateLimiter::keyed(Quota::per_hour(NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN)));
        Attempts { targets: hourly(PER_TARGET), addresses: hourly(PER_ADDRESS) }
    }
}

impl Attempts {
    /// Counts an attempt at a target from an address. A login's target holds the address too, so that
    /// nobody can lock somebody else out.
    pub(crate) fn note(&self, target: &str, address: &str) -> Result<()> {
        for (limiter, key) in [(&self.addresses, address), (&self.targets, target)] {
            if limiter.len() > SWEEP_AT {
                limiter.retain_recent();
            }
            if let Err(wait) = limiter.check_key(&key.to_owned()) {
                let seconds = wait.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
                return Err(Error::Limited { seconds });
            }
        }
        Ok(())
    }
}
