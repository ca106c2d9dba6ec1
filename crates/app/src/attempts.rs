//! How often somebody may guess: per report, per account and per address.

use crate::{Error, Result};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// So many attempts at once, and so many an hour after that.
const PER_TARGET: u32 = 10;
const PER_ADDRESS: u32 = 60;
const HOUR: Duration = Duration::from_secs(3600);
/// Keys kept before old ones are swept.
const SWEEP_AT: usize = 50_000;

/// Attempts at PINs and passwords.
#[derive(Default)]
pub(crate) struct Attempts(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    targets: Bucket,
    addresses: Bucket,
}

/// For each key, the instant at which all its attempts are forgotten.
#[derive(Default)]
struct Bucket(HashMap<String, Instant>);

impl Attempts {
    /// Counts an attempt at a target from an address, before it is known whether it is right. A login's
    /// target holds the address too, so that nobody can lock somebody else out.
    pub(crate) fn note(&self, target: &str, address: &str) -> Result<()> {
        let now = Instant::now();
        let mut kept = self.kept();
        kept.check(target, address, now)?;
        kept.count(target, address, now);
        Ok(())
    }

    /// Tries a guess that is quickly judged. Only a wrong one counts; when too many were wrong, a right
    /// one is not let in either.
    pub(crate) fn guess(&self, target: &str, address: &str, is_right: impl FnOnce() -> bool) -> Result<bool> {
        let now = Instant::now();
        let mut kept = self.kept();
        kept.check(target, address, now)?;
        let right = is_right();
        if !right {
            kept.count(target, address, now);
        }
        Ok(right)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

impl Kept {
    fn check(&self, target: &str, address: &str, now: Instant) -> Result<()> {
        let waits = [self.addresses.wait(address, PER_ADDRESS, now), self.targets.wait(target, PER_TARGET, now)];
        match waits.into_iter().flatten().max() {
            Some(wait) => Err(Error::Limited { seconds: wait.as_secs() + 1 }),
            None => Ok(()),
        }
    }

    fn count(&mut self, target: &str, address: &str, now: Instant) {
        self.addresses.count(address, PER_ADDRESS, now);
        self.targets.count(target, PER_TARGET, now);
    }
}

impl Bucket {
    /// How long until the next attempt, where it is too early.
    fn wait(&self, key: &str, hourly: u32, now: Instant) -> Option<Duration> {
        let forgotten = self.0.get(key)?.saturating_duration_since(now);
        let most = HOUR - HOUR / hourly;
        forgotten.checked_sub(most).filter(|wait| !wait.is_zero())
    }

    /// Forgets what is over and, where too much is left, the keys with but one attempt.
    fn sweep(&mut self, hourly: u32, now: Instant) {
        self.0.retain(|_, forgotten| *forgotten > now);
        if self.0.len() > SWEEP_AT {
            self.0.retain(|_, forgotten| *forgotten > now + HOUR / hourly);
        }
    }

    fn count(&mut self, key: &str, hourly: u32, now: Instant) {
        if self.0.len() > SWEEP_AT {
            self.sweep(hourly, now);
        }
        let forgotten = self.0.get(key).copied().unwrap_or(now).max(now);
        self.0.insert(key.to_owned(), forgotten + HOUR / hourly);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_ten_wrong_guesses_at_a_report_even_the_right_one_waits() {
        let attempts = Attempts::default();
        for n in 0..10 {
            assert!(!attempts.guess("pin:1", &format!("10.0.0.{n}"), || false).unwrap());
        }
        let late = attempts.guess("pin:1", "10.0.1.1", || true);
        assert!(matches!(late, Err(Error::Limited { seconds: 1..=361 })), "{late:?}");
        assert!(attempts.guess("pin:2", "10.0.1.1", || true).unwrap());
    }

    #[test]
    fn right_guesses_are_not_counted() {
        let attempts = Attempts::default();
        assert!((0..1_000).all(|n| attempts.guess(&format!("pin:{}", n % 3), "10.0.0.1", || true).unwrap()));
    }

    #[test]
    fn one_address_may_not_try_its_luck_at_many_reports() {
        let attempts = Attempts::default();
        let tried = (0..100).take_while(|n| attempts.guess(&format!("pin:{n}"), "10.0.0.1", || false).is_ok());
        assert_eq!(tried.count(), 60);
    }

    #[test]
    fn a_flood_of_single_attempts_does_not_fill_the_memory_nor_forgive_the_stubborn() {
        let (mut bucket, start) = (Bucket::default(), Instant::now());
        (0..10).for_each(|_| bucket.count("stubborn", 10, start));
        (0..2 * SWEEP_AT).for_each(|n| bucket.count(&n.to_string(), 10, start));
        assert!(bucket.0.len() <= SWEEP_AT + 1);
        assert!(bucket.wait("stubborn", 10, start).is_some());
    }

    #[test]
    fn an_attempt_comes_back_with_time() {
        let (mut bucket, start) = (Bucket::default(), Instant::now());
        (0..10).for_each(|_| bucket.count("a", 10, start));
        assert_eq!(bucket.wait("a", 10, start), Some(HOUR / 10));
        assert_eq!(bucket.wait("a", 10, start + HOUR / 10), None);
    }
}
