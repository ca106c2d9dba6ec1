//! What is read on every page of the desk and does not change from one second to the next: kept for a second, and never
//! told to anybody who came after a later write of this process, except that reports which come in from outside may rest a
//! moment, so that a flood of them does not have every desk read anew for each. While one reads it anew, the others go on
//! with what was kept for a second more, or wait; one reading does for all who came before it began.

use crate::Result;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// How old it may be where another process has written.
const FRESH: SignedDuration = SignedDuration::from_secs(1);
/// How old it may be while somebody reads it anew.
const STALE: SignedDuration = SignedDuration::from_secs(2);

/// Values by their keys; `MOST` are kept, and then all is forgotten.
pub(crate) struct Brief<K, V, const MOST: usize = 4_096>(Mutex<HashMap<K, Arc<Slot<V>>>>);

struct Slot<V> {
    kept: Mutex<Option<Kept<V>>>,
    /// Held by whoever reads the value anew.
    reading: tokio::sync::Mutex<()>,
}

struct Kept<V> {
    value: V,
    at: Timestamp,
    mark: Mark,
}

/// How far changes have come, [`store::Db::changes`].
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Mark {
    /// What officers have done, which is shown at once.
    pub done: u64,
    /// The same with what came in, which may rest.
    pub all: u64,
    /// How long, and as long again while somebody reads anew.
    pub rest: SignedDuration,
}

impl<K, V, const MOST: usize> Default for Brief<K, V, MOST> {
    fn default() -> Self {
        Brief(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone, const MOST: usize> Brief<K, V, MOST> {
    /// The value of a key at an instant, read where it is not kept; `mark` tells how far changes have come.
    pub async fn get(
        &self,
        mark: impl Fn() -> Mark,
        now: Timestamp,
        key: K,
        read: impl AsyncFnOnce() -> Result<V>,
    ) -> Result<V> {
        let (slot, arrived) = (self.slot(key), mark());
        if let Some(value) = slot.kept(arrived, now, (FRESH, arrived.rest)) {
            return Ok(value);
        }
        let _reading = match slot.reading.try_lock() {
            Ok(reading) => reading,
            Err(_) => match slot.kept(arrived, now, (STALE, arrived.rest * 2)) {
                Some(value) => return Ok(value),
                None => slot.reading.lock().await,
            },
        };
        if let Some(value) = slot.kept(arrived, now, (FRESH, arrived.rest)) {
            return Ok(value);
        }
        let marked = mark();
        let value = read().await?;
        *slot.kept.lock().unwrap_or_else(PoisonError::into_inner) =
            Some(Kept { value: value.clone(), at: now, mark: marked });
        Ok(value)
    }

    fn slot(&self, key: K) -> Arc<Slot<V>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST && !all.contains_key(&key) {
            all.clear();
        }
        all.entry(key).or_default().clone()
    }
}

impl<V> Default for Slot<V> {
    fn default() -> Self {
        Slot { kept: Mutex::default(), reading: tokio::sync::Mutex::default() }
    }
}

impl<V: Clone> Slot<V> {
    /// The value where its reading began after these changes, or is younger than `rest` and began after those that may not
    /// rest, and is younger than `most`.
    fn kept(&self, arrived: Mark, now: Timestamp, (most, rest): (SignedDuration, SignedDuration)) -> Option<V> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.as_ref()?;
        let age = now.duration_since(kept.at).abs();
        let current = kept.mark.all >= arrived.all || age < rest;
        (kept.mark.done >= arrived.done && current && age < most).then(|| kept.value.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};
    use tokio::sync::Notify;

    #[tokio::test]
    async fn one_reading_does_for_all_who_came_before_it_began_and_for_nobody_who_came_after_a_write() {
        let (kept, written, begun, go) = (Brief::<u8, u64>::default(), AtomicU64::new(0), Notify::new(), Notify::new());
        let (readings, now) = (AtomicU64::new(0), Timestamp::UNIX_EPOCH);
        let seen = || written.load(Ordering::SeqCst);
        let mark = || Mark { done: seen(), all: seen(), ..Mark::default() };
        let ask = async |slow: bool| {
            let read = async || {
                let value = seen();
                readings.fetch_add(1, Ordering::SeqCst);
                if slow {
                    begun.notify_one();
                    go.notified().await;
                }
                Ok(value)
            };
            kept.get(mark, now, 1, read).await.unwrap()
        };
        let writer = async {
            begun.notified().await;
            written.fetch_add(1, Ordering::SeqCst);
            let late = async { tokio::join!(ask(false), ask(false), ask(false)) };
            let release = async {
                tokio::task::yield_now().await;
                written.fetch_add(1, Ordering::SeqCst);
                go.notify_one();
            };
            tokio::join!(late, release).0
        };
        let (first, late) = tokio::join!(ask(true), writer);
        assert_eq!((first, late), (0, (2, 2, 2)));
        assert_eq!(readings.load(Ordering::SeqCst), 2, "the three who waited share one reading");
    }
    #[tokio::test]
    async fn what_comes_in_rests_a_moment_and_what_officers_do_does_not() {
        let kept = Brief::<u8, u64>::default();
        let rest = SignedDuration::from_millis(200);
        let ask = async |done: u64, all: u64, after: i64| {
            let now = Timestamp::from_millisecond(after).unwrap();
            kept.get(|| Mark { done, all, rest }, now, 1, async || Ok(all)).await.unwrap()
        };
        assert_eq!(ask(1, 1, 0).await, 1);
        assert_eq!(ask(1, 2, 100).await, 1, "a report came in a moment ago");
        assert_eq!(ask(1, 3, 200).await, 3);
        assert_eq!(ask(2, 4, 201).await, 4, "an officer did something");
    }
}
