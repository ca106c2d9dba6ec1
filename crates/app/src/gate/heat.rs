//! How many come in a minute, all together: two numbers, whatever comes.

use jiff::Timestamp;

const MINUTE: i64 = 60_000;

/// The present minute and the one before.
#[derive(Debug, Default)]
pub(super) struct Heat {
    minute: i64,
    now: u32,
    before: u32,
}

impl Heat {
    pub(super) fn count(&mut self, at: Timestamp) {
        let (now, before) = self.at(at);
        self.minute = at.as_millisecond().div_euclid(MINUTE);
        (self.now, self.before) = (now.saturating_add(1), before);
    }

    /// Whether more came in the last sixty seconds; of the minute before, as large a share as of it lies in them.
    pub(super) fn is_above(&self, most: u32, at: Timestamp) -> bool {
        let (now, before) = self.at(at);
        let left = MINUTE - at.as_millisecond().rem_euclid(MINUTE);
        i64::from(now) + i64::from(before) * left / MINUTE > i64::from(most)
    }

    fn at(&self, at: Timestamp) -> (u32, u32) {
        match at.as_millisecond().div_euclid(MINUTE) - self.minute {
            ..=0 => (self.now, self.before),
            1 => (0, self.now),
            _ => (0, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_040 + seconds).unwrap()
    }

    #[test]
    fn it_is_hot_while_more_come_and_calm_a_minute_after() {
        let mut heat = Heat::default();
        (0..100).for_each(|_| heat.count(at(30)));
        assert!(heat.is_above(99, at(30)) && !heat.is_above(100, at(30)));
        assert!(heat.is_above(99, at(60)), "the minute before counts on");
        assert!(heat.is_above(40, at(90)) && !heat.is_above(60, at(90)));
        assert!(!heat.is_above(0, at(121)));
    }
}
