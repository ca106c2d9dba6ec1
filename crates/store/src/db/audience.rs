//! How often writes have changed what somebody is shown, so that what was read before is shown again until then.

use domain::AgencyId;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counters of offices; those that share one are read anew for each other's sake.
const OFFICES: usize = 256;

/// Who may be shown something else after a write, or is shown what was read before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Whoever looks: what is public may have changed, and whatever else there is.
    Everybody,
    /// Officers, but nothing that is public.
    Officers,
    /// The officers of one parent agency and the national seats, but nothing that is public.
    Office(AgencyId),
    /// The national seats. Only what they are shown is asked about in this name.
    Nation,
    /// Nobody: books that the system keeps for itself.
    Nobody,
}

impl Audience {
    /// The narrowest that holds both.
    pub fn and(self, other: Audience) -> Audience {
        match (self, other) {
            (one, two) if one == two => one,
            (Audience::Nobody, other) | (other, Audience::Nobody) => other,
            (Audience::Everybody, _) | (_, Audience::Everybody) => Audience::Everybody,
            _ => Audience::Officers,
        }
    }
}

/// Changes by the audience that they are for.
pub(crate) struct Changes {
    everybody: AtomicU64,
    officers: AtomicU64,
    nation: AtomicU64,
    offices: [AtomicU64; OFFICES],
}

impl Default for Changes {
    fn default() -> Changes {
        Changes {
            everybody: AtomicU64::default(),
            officers: AtomicU64::default(),
            nation: AtomicU64::default(),
            offices: [const { AtomicU64::new(0) }; OFFICES],
        }
    }
}

impl Changes {
    /// Notes that something may have changed. Called after the change can be read, and before anybody is told of it: what
    /// was read before the one who changed it went on is then not shown to them again.
    pub(crate) fn note(&self, audience: Audience) {
        let one_more = |counter: &AtomicU64| {
            counter.fetch_add(1, Ordering::AcqRel);
        };
        match audience {
            Audience::Everybody => one_more(&self.everybody),
            Audience::Officers => one_more(&self.officers),
            Audience::Office(root) => {
                one_more(&self.nation);
                one_more(self.office(root));
            }
            Audience::Nation => one_more(&self.nation),
            Audience::Nobody => {}
        }
    }

    /// Grows with each change that this audience may be shown.
    pub(crate) fn seen_by(&self, audience: Audience) -> u64 {
        let read = |counter: &AtomicU64| counter.load(Ordering::Acquire);
        let own = match audience {
            Audience::Nobody => return 0,
            Audience::Everybody => return read(&self.everybody),
            Audience::Officers => 0,
            Audience::Office(root) => read(self.office(root)),
            Audience::Nation => read(&self.nation),
        };
        read(&self.everybody) + read(&self.officers) + own
    }

    fn office(&self, root: AgencyId) -> &AtomicU64 {
        &self.offices[root.0.unsigned_abs() as usize % OFFICES]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Audience::{Everybody, Nation, Nobody, Office, Officers};

    #[test]
    fn a_change_is_seen_by_those_who_may_be_shown_it_and_by_nobody_else() {
        let (own, other) = (Office(AgencyId(3)), Office(AgencyId(4)));
        let readers = [Everybody, Officers, own, other, Nation];
        let cases = [
            (Everybody, [true, true, true, true, true]),
            (Officers, [false, true, true, true, true]),
            (own, [false, false, true, false, true]),
            (Nation, [false, false, false, false, true]),
            (Nobody, [false; 5]),
        ];
        for (audience, expected) in cases {
            let changes = Changes::default();
            let before = readers.map(|reader| changes.seen_by(reader));
            changes.note(audience);
            let seen: Vec<bool> = (0..5).map(|n| changes.seen_by(readers[n]) > before[n]).collect();
            assert_eq!(seen, expected, "{audience:?}");
        }
    }

    #[test]
    fn two_audiences_together_leave_out_nobody() {
        let all = [Everybody, Officers, Office(AgencyId(3)), Office(AgencyId(4)), Nation, Nobody];
        for (one, two) in all.into_iter().flat_map(|one| all.map(|two| (one, two))) {
            for reader in all {
                let changes = Changes::default();
                let before = changes.seen_by(reader);
                changes.note(one);
                changes.note(two);
                let apart = changes.seen_by(reader) > before;
                let changes = Changes::default();
                changes.note(one.and(two));
                assert!(changes.seen_by(reader) > before || !apart, "{one:?} and {two:?} for {reader:?}");
            }
        }
        assert_eq!(Office(AgencyId(3)).and(Nobody), Office(AgencyId(3)));
        assert_eq!(Office(AgencyId(3)).and(Office(AgencyId(4))), Officers);
    }
}
