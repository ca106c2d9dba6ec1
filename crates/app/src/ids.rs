//! Ids of 64 bits in the order of time: 41 bits of milliseconds since 2014, 10 of a random process
//! number, 12 of a sequence.

use jiff::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

/// 2014-01-01T00:00:00Z, before the first report that can be imported under PermenPANRB 24/2014.
const EPOCH: i64 = 1_388_534_400_000;
const SEQUENCE_BITS: u32 = 12;
const NODE_BITS: u32 = 10;

/// Makes ids. One per process.
#[derive(Debug)]
pub struct Ids {
    node: i64,
    last: AtomicI64,
}

impl Ids {
    /// A maker with a process number; only its low ten bits count.
    pub fn new(node: u64) -> Ids {
        Ids { node: (node & ((1 << NODE_BITS) - 1)) as i64, last: AtomicI64::new(0) }
    }

    /// The next id for something that happens now. Never the same twice, never smaller than before.
    pub fn next(&self, now: Timestamp) -> i64 {
        let tick = (now.as_millisecond() - EPOCH).max(0) << SEQUENCE_BITS;
        let before = self.last.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |last| Some(tick.max(last + 1)));
        let unique = tick.max(before.unwrap_or(0) + 1);
        self.place(unique)
    }

    /// An id for something that happened at an instant of the past; `random` tells two of the same
    /// millisecond apart.
    pub fn past(&self, at: Timestamp, random: u64) -> i64 {
        Ids::first(at) | (random & ((1 << (SEQUENCE_BITS + NODE_BITS)) - 1)) as i64
    }

    /// The least id of an instant.
    pub fn first(at: Timestamp) -> i64 {
        (at.as_millisecond() - EPOCH).max(0) << (SEQUENCE_BITS + NODE_BITS)
    }

    /// The instant at which an id was made.
    pub fn instant(id: i64) -> Timestamp {
        let millis = EPOCH.saturating_add(id >> (SEQUENCE_BITS + NODE_BITS));
        Timestamp::from_millisecond(millis).unwrap_or(Timestamp::MAX)
    }

    fn place(&self, unique: i64) -> i64 {
        let sequence = unique & ((1 << SEQUENCE_BITS) - 1);
        let millis = unique >> SEQUENCE_BITS;
        (((millis << NODE_BITS) | self.node) << SEQUENCE_BITS) | sequence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_and_never_repeat_also_in_one_millisecond() {
        let ids = Ids::new(7);
        let now: Timestamp = "2026-05-12T03:00:00Z".parse().unwrap();
        let many: Vec<i64> = (0..10_000).map(|_| ids.next(now)).collect();
        assert!(many.windows(2).all(|pair| pair[0] < pair[1]));
        let later: Timestamp = "2026-05-12T03:01:00Z".parse().unwrap();
        assert!(ids.next(later) > many[9_999]);
        assert_eq!(Ids::instant(many[0]), now);
        assert!(ids.past("2021-01-01T00:00:00Z".parse().unwrap(), u64::MAX) < many[0]);
    }
}
