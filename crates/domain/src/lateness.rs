//! Whose lateness it is: each late working day belongs to the office that was responsible when it began
//! (domain notes §3.4, `responsible_office_at_time`), so that a successor is not blamed for a predecessor.

use crate::due;
use crate::ids::{AgencyId, ReportId};
use crate::report::{Event, Report, Rulebook, evolve};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Late working days of one office in one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub office: AgencyId,
    pub days: u32,
}

/// The office responsible for a case at an instant; `None` before it came in.
pub fn responsible_at(id: ReportId, log: &[(Timestamp, Event)], at: Timestamp) -> Option<AgencyId> {
    let until = log.iter().take_while(|(happened, _)| *happened <= at);
    Report::replay(id, until.map(|(happened, event)| (*happened, event))).map(|report| report.holder)
}

/// The late working days of a case up to an instant, split between the offices that were responsible, in the
/// order in which they became late. A day that begins after a deadline is late; it belongs to the office that held the
/// case at its beginning, also when the case goes to another one in its course.
pub fn lateness(rules: &Rulebook, id: ReportId, log: &[(Timestamp, Event)], now: Timestamp) -> Vec<Share> {
    let mut shares: Vec<Share> = Vec::new();
    let Some((first, rest)) = log.split_first() else { return shares };
    let Some(mut report) = Report::begin(id, first.0, &first.1) else { return shares };
    let mut from = first.0;
    let ends = rest.iter().map(|(at, event)| (*at, Some(event))).chain([(now, None)]);
    for (at, event) in ends {
        let days = late_days(rules, &report, from, at.min(now));
        if days > 0 {
            note(&mut shares, report.holder, days);
        }
        match event {
            Some(event) if at <= now => report = evolve(report, at, event),
            _ => break,
        }
        from = at;
    }
    shares
}

fn note(shares: &mut Vec<Share>, office: AgencyId, days: u32) {
    match shares.iter_mut().find(|share| share.office == office) {
        Some(share) => share.days += days,
        None => shares.push(Share { office, days }),
    }
}

/// The working days that begin between two instants while the state is past its deadline.
fn late_days(rules: &Rulebook, report: &Report, from: Timestamp, to: Timestamp) -> u32 {
    let Some(clock) = due::obligation(rules, report, to).filter(|clock| clock.due < to) else { return 0 };
    let begins = from.max(clock.due);
    let mut day = report.zone.day(begins);
    let mut days = 0;
    loop {
        let start = report.zone.at(day, 0);
        if start >= to {
            return days;
        }
        days += u32::from(start >= begins && rules.calendar.is_working_day(day));
        match day.tomorrow() {
            Ok(next) => day = next,
            Err(_) => return days,
        }
    }
}
