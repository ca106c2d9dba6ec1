//! How often somebody may guess: per report, per account and per address.

use crate::{Error, Result};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// So many attempts at once, and so many an hour after that.
const PER_TARGET: u32 = 10;
const PER_ADDRESS: u32 = 60;
/// So many for all those together who were never here before.
const PER_CROWD: u32 = 30;
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
    crowds: Bucket,
}

/// An attempt that is slowly judged: counted before, and forgiven where it was right. What it is counted for
/// says whom it can hold up: nobody is held up by attempts that others make elsewhere.
#[derive(Debug)]
pub(crate) struct Try {
    target: String,
    address: Option<String>,
    crowd: Option<String>,
}

impl Try {
    /// An attempt at a target.
    pub(crate) fn on(target: String) -> Try {
        Try { target, address: None, crowd: None }
    }

    /// Counted for the address too.
    pub(crate) fn from(self, address: &str) -> Try {
        Try { address: Some(address.to_owned()), ..self }
    }

    /// Counted for all strangers together too.
    pub(crate) fn among(self, crowd: String) -> Try {
        Try { crowd: Some(crowd), ..self }
    }
}

/// For each key, the instant at which all its attempts are forgotten.
#[derive(Default)]
pub(crate) struct Bucket(HashMap<String, Instant>);

impl Attempts {
    /// Counts an attempt before it is known whether it is right.
    pub(crate) fn begin(&self, attempt: &Try) -> Result<()> {
        let now = Instant::now();
        let mut kept = self.kept();
        kept.check_all(attempt, now)?;
        kept.each(attempt, |bucket, key, hourly| bucket.count(key, hourly, now));
        Ok(())
    }

    /// Takes an attempt back that was right.
    pub(crate) fn forgive(&self, attempt: &Try) {
        self.kept().each(attempt, Bucket::forgive);
    }

    /// Counts an attempt at a target from an address, before it is known whether it is right.
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
    fn check_all(&self, attempt: &Try, now: Instant) -> Result<()> {
        let waits = [
            self.targets.wait(&attempt.target, PER_TARGET, now),
            attempt.address.as_ref().and_then(|address| self.addresses.wait(address, PER_ADDRESS, now)),
            attempt.crowd.as_ref().and_then(|crowd| self.crowds.wait(crowd, PER_CROWD, now)),
        ];
        limited(waits.into_iter().flatten().max())
    }

    fn each(&mut self, attempt: &Try, what: impl Fn(&mut Bucket, &str, u32)) {
        what(&mut self.targets, &attempt.target, PER_TARGET);
        if let Some(address) = &attempt.address {
            what(&mut self.addresses, address, PER_ADDRESS);
        }
        if let Some(crowd) = &attempt.crowd {
            what(&mut self.crowds, crowd, PER_CROWD);
        }
    }

    fn check(&self, target: &str, address: &str, now: Instant) -> Result<()> {
        let waits = [self.addresses.wait(address, PER_ADDRESS, now), self.targets.wait(target, PER_TARGET, now)];
        limited(waits.into_iter().flatten().max())
    }

    fn count(&mut self, target: &str, address: &str, now: Instant) {
        self.addresses.count(address, PER_ADDRESS, now);
        self.targets.count(target, PER_TARGET, now);
    }
}

fn limited(wait: Option<Duration>) -> Result<()> {
    match wait {
        Some(wait) => Err(Error::Limited { seconds: wait.as_secs() + 1 }),
        None => Ok(()),
    }
}

impl Bucket {
    fn forgive(&mut self, key: &str, hourly: u32) {
        if let Some(forgotten) = self.0.get_mut(key) {
            *forgotten = forgotten.checked_sub(HOUR / hourly).unwrap_or(*forgotten);
        }
    }

    /// How long until the next attempt, where it is too early.
    pub(crate) fn wait(&self, key: &str, hourly: u32, now: Instant) -> Option<Duration> {
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

    pub(crate) fn count(&mut self, key: &str, hourly: u32, now: Instant) {
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
    fn an_office_behind_one_address_logs_in_as_often_as_it_likes() {
        let attempts = Attempts::default();
        for n in 0..500 {
            let attempt = Try::on(format!("login:petugas{n}:10.0.0.1")).from("10.0.0.1");
            attempts.begin(&attempt).unwrap();
            attempts.forgive(&attempt);
        }
    }

    #[test]
    fn strangers_together_use_up_their_own_budget_and_nobody_elses() {
        let attempts = Attempts::default();
        let stranger = |n: usize| Try::on(format!("code:9:10.0.0.{n}")).among("code:9".to_owned());
        assert_eq!((0..100).take_while(|n| attempts.begin(&stranger(*n)).is_ok()).count(), 30);
        assert!(attempts.begin(&Try::on("code:9:device:a1".to_owned())).is_ok());
        assert!(attempts.begin(&Try::on("code:8:10.0.0.1".to_owned()).among("code:8".to_owned())).is_ok());
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
