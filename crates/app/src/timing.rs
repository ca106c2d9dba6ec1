//! When the holder of a report must have acted, and when the scheduler looks at it next.

use domain::report::Rulebook;
use domain::{Report, due};
use jiff::Timestamp;
use store::report::Timing;

/// The timing of a report as its clocks stand at an instant.
pub(crate) fn timing(rules: &Rulebook, report: &Report, now: Timestamp) -> Timing {
    Timing {
        due_at: due::obligation(rules, report, now).map(|clock| clock.due),
        wake_at: due::next(rules, report, now).map(|(at, _)| at),
    }
}
