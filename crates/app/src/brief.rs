//! What is read on every page of the desk and does not change from one second to the next: kept for a second, and never
//! told to anybody who came after a later write of this process. While one reads it anew, the others go on with what was
//! kept for a second more, or wait; one reading does for all who came before it began.

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
    writes: u64,
}

impl<K, V, const MOST: usize> Default for Brief<K, V, MOST> {
    fn default() -> Self {
        Brief(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone, const MOST: usize> Brief<K, V, MOST> {
    /// The value of a key at an instant, read where it is not kept; `written` is how much this process has written,
    /// [`store::Db::writes`].
    pub async fn get(
        &self,
        written: impl Fn() -> u64,
        now: Timestamp,
        key: K,
        read: impl AsyncFnOnce() -> Result<V>,
    ) -> Result<V> {
        let (slot, arrived) = (self.slot(key), written());
        if let Some(value) = slot.kept(arrived, now, FRESH) {
            return Ok(value);
        }
        let _reading = match slot.reading.try_lock() {
            Ok(reading) => reading,
            Err(_) => match slot.kept(arrived, now, STALE) {
                Some(value) => return Ok(value),
                None => slot.reading.lock().await,
            },
        };
        if let Some(value) = slot.kept(arrived, now, FRESH) {
            return Ok(value);
        }
        let writes = written();
        let value = read().await?;
        *slot.kept.lock().unwrap_or_else(PoisonError::into_inner) =
            Some(Kept { value: value.clone(), at: now, writes });
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
    /// The value where its reading began after these writes, and it is younger than `age`.
    fn kept(&self, writes: u64, now: Timestamp, age: SignedDuration) -> Option<V> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.as_ref()?;
        (kept.writes >= writes && now.duration_since(kept.at).abs() < age).then(|| kept.value.clone())
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
            kept.get(seen, now, 1, read).await.unwrap()
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
}
