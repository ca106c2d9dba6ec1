//! What one write adds to counters and queues: gathered while it goes on, and written at its end. Many writes count in
//! the same rows and wait there for whoever was first, so nobody stays in them longer than a commit takes.

use crate::counter;
use crate::dialect::counter_slots;
use crate::queue::Shift;
use crate::{Result, Tx};
use std::collections::BTreeMap;

/// Changes of counters and queues that are still to be written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    counters: BTreeMap<counter::Key, i64>,
    queues: Shift,
    /// Of the first report that counts: which slot of the counters is used.
    spread: Option<i64>,
}

impl Tally {
    pub(crate) fn count(&mut self, key: counter::Key, spread: i64, n: i64) {
        self.spread.get_or_insert(spread);
        *self.counters.entry(key).or_default() += n;
    }

    /// Reports that come into queues, leave them or change their place there.
    pub(crate) fn queue(&mut self, shift: Shift, spread: i64) {
        self.spread.get_or_insert(spread);
        self.queues.join(shift);
    }

    /// All that another gathered, too.
    pub(crate) fn join(&mut self, other: Tally) {
        self.spread = self.spread.or(other.spread);
        for (key, n) in other.counters {
            *self.counters.entry(key).or_default() += n;
        }
        self.queues.join(other.queues);
    }

    /// How many statements it will take.
    pub(crate) fn statements(&self) -> u32 {
        u32::from(self.counters.values().any(|n| *n != 0)) + u32::from(!self.queues.is_empty())
    }

    /// Everywhere in the same order: counters, then queues.
    pub(crate) async fn write(self, tx: &mut Tx) -> Result<()> {
        let slot = self.spread.unwrap_or(0).rem_euclid(counter_slots(tx.engine()));
        counter::write(tx, &self.counters, slot).await?;
        self.queues.write(tx, slot).await
    }
}
