//! What other systems are told of a report by webhook, and whose.

use crate::agency::AgencyTree;
use crate::ids::AgencyId;
use crate::policy::is_given;
use crate::report::{Event, EventKind, Report};
use std::collections::BTreeSet;

macro_rules! topics {
    ($($(#[$doc:meta])* $topic:ident = $name:literal),+ $(,)?) => {
        /// What a message is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Topic { $($(#[$doc])* $topic),+ }

        impl Topic {
            /// Every topic.
            pub const ALL: &'static [Topic] = &[$(Topic::$topic),+];

            /// The type of the message.
            pub fn name(self) -> &'static str {
                match self { $(Topic::$topic => $name),+ }
            }

            /// Reads a type.
            pub fn parse(name: &str) -> Option<Topic> {
                Topic::ALL.iter().copied().find(|topic| topic.name() == name)
            }
        }
    };
}

topics! {
    /// From now on everybody may read it.
    Received = "report.received",
    Disposed = "report.disposed",
    Returned = "report.returned",
    Answered = "report.answered",
    Replied = "report.replied",
    Objected = "report.objected",
    Confirmed = "report.confirmed",
    Closed = "report.closed",
    Reopened = "report.reopened",
    Escalated = "report.escalated",
    Rewritten = "report.rewritten",
    Reclassified = "report.reclassified",
    /// From now on it is not there for everybody any more; copies are to be deleted.
    Withdrawn = "report.withdrawn",
    /// Somebody tries whether messages arrive.
    Test = "webhook.test",
}

impl Topic {
    /// The topics that may be chosen; the other ones reach everybody.
    pub fn chosen() -> impl Iterator<Item = Topic> {
        Topic::ALL.iter().copied().filter(|topic| !topic.is_for_all())
    }

    /// Whether nobody can do without it: who keeps a copy has to hear that it must go.
    pub fn is_for_all(self) -> bool {
        matches!(self, Topic::Withdrawn | Topic::Test)
    }

    fn of(kind: EventKind) -> Option<Topic> {
        Some(match kind {
            EventKind::Disposed => Topic::Disposed,
            EventKind::Returned => Topic::Returned,
            EventKind::Answered => Topic::Answered,
            EventKind::Replied => Topic::Replied,
            EventKind::Objected => Topic::Objected,
            EventKind::Confirmed => Topic::Confirmed,
            EventKind::Closed => Topic::Closed,
            EventKind::Reopened => Topic::Reopened,
            EventKind::Escalated => Topic::Escalated,
            EventKind::Rewritten => Topic::Rewritten,
            EventKind::Reclassified => Topic::Reclassified,
            _ => return None,
        })
    }
}

/// What is told after events, each topic with the place of its event. A report that is not given to other systems
/// ([`is_given`]) is told neither before nor after; where it begins or ceases to be given, that alone is told.
pub fn told(agencies: &AgencyTree, was: &Report, now: &Report, events: &[Event]) -> Vec<(usize, Topic)> {
    let last = events.len().saturating_sub(1);
    match (is_given(agencies, was), is_given(agencies, now)) {
        _ if events.is_empty() => Vec::new(),
        (false, false) => Vec::new(),
        (false, true) => vec![(last, Topic::Received)],
        (true, false) => vec![(last, Topic::Withdrawn)],
        (true, true) => {
            let topic = |(place, event): (usize, &Event)| Some((place, Topic::of(event.kind())?));
            events.iter().enumerate().filter_map(topic).collect()
        }
    }
}

/// The offices that hear of it: whose turn it was and is, and those above them.
pub fn listeners(agencies: &AgencyTree, was: &Report, now: &Report) -> Vec<AgencyId> {
    let all: BTreeSet<AgencyId> = agencies.line(was.holder).chain(agencies.line(now.holder)).collect();
    all.into_iter().collect()
}

/// Whether a message may still leave: the report may have been closed to the public since, or opened again.
pub fn may_leave(agencies: &AgencyTree, topic: Topic, report: Option<&Report>) -> bool {
    let given = report.is_some_and(|report| is_given(agencies, report));
    match topic {
        Topic::Test => true,
        Topic::Withdrawn => !given,
        _ => given,
    }
}
