//! What is read on every page of the desk and does not change from one second to the next: kept for a second, and never
//! longer than until the next write of this process.

use crate::Result;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use store::Db;

/// How old it may be where another process has written.
const FRESH: Duration = Duration::from_secs(1);
/// Most that is kept; then all is forgotten.
const MOST: usize = 4_096;

/// Values by their keys.
#[derive(Debug)]
pub(crate) struct Brief<K, V>(Mutex<HashMap<K, Kept<V>>>);

#[derive(Debug)]
struct Kept<V> {
    value: V,
    at: Instant,
    writes: u64,
}

impl<K, V> Default for Brief<K, V> {
    fn default() -> Brief<K, V> {
        Brief(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone> Brief<K, V> {
    /// The value of a key, read where it is not kept.
    pub async fn get(&self, db: &Db, key: K, read: impl AsyncFnOnce() -> Result<V>) -> Result<V> {
        let writes = db.writes();
        if let Some(value) = self.fresh(&key, writes) {
            return Ok(value);
        }
        let value = read().await?;
        let kept = Kept { value: value.clone(), at: Instant::now(), writes };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(key, kept);
        Ok(value)
    }

    fn fresh(&self, key: &K, writes: u64) -> Option<V> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all.get(key)?;
        (kept.writes == writes && kept.at.elapsed() < FRESH).then(|| kept.value.clone())
    }
}
