//! What is read on every page of the desk and does not change from one second to the next: kept for a second, and never
//! longer than until the next write of this process. While one reads it anew, the others go on with what was kept for a
//! second more, or wait where nothing was.

use crate::Result;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use store::Db;

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
    /// The value of a key at an instant, read where it is not kept.
    pub async fn get(&self, db: &Db, now: Timestamp, key: K, read: impl AsyncFnOnce() -> Result<V>) -> Result<V> {
        let slot = self.slot(key);
        if let Some(value) = slot.kept(db.writes(), now, FRESH) {
            return Ok(value);
        }
        let _reading = match slot.reading.try_lock() {
            Ok(reading) => reading,
            Err(_) => match slot.kept(db.writes(), now, STALE) {
                Some(value) => return Ok(value),
                None => slot.reading.lock().await,
            },
        };
        let writes = db.writes();
        if let Some(value) = slot.kept(writes, now, FRESH) {
            return Ok(value);
        }
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
    /// The value where nothing was written since, and it is younger than `age`.
    fn kept(&self, writes: u64, now: Timestamp, age: SignedDuration) -> Option<V> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.as_ref()?;
        (kept.writes == writes && now.duration_since(kept.at).abs() < age).then(|| kept.value.clone())
    }
}
