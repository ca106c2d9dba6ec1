//! What is due for a report, and when: the clocks that run in its stage, and the next thing the
//! scheduler has to do about it.

use crate::agency::AgencyTree;
use crate::deadline::{Deadline, Limit, Start, deadline};
use crate::ids::AgencyId;
use crate::report::{AnswerKind, Command, Ombudsman, Open, Report, Rulebook, Stage};
use jiff::{SignedDuration, Timestamp};

/// How far a late report climbs: its own office, the parent agency, the national admin.
pub const LEVELS: u8 = 3;
/// Day of the silence on which the reporter is warned that the system will close the report.
pub const WARNING_DAY: u16 = 7;
/// Hour of the local day at which reminders and warnings go out; never at night.
const OFFICE_HOUR: i8 = 8;

fn count(rules: &Rulebook, report: &Report, limit: Limit, at: Timestamp, now: Timestamp) -> Option<Deadline> {
    let start = Start { at, zone: report.zone, holds: &report.clocks.holds, known: report.known(now) };
    deadline(&rules.calendar, &rules.limits, limit, start)
}

/// Received → verified. Runs on while a return is decided anew before the first disposition.
pub fn verification(rules: &Rulebook, report: &Report, now: Timestamp) -> Option<Deadline> {
    count(rules, report, Limit::Verification, report.clocks.received, now)
}

/// Disposed → first answer; after the reporter's next word, from that word to the next answer.
pub fn answer(rules: &Rulebook, report: &Report, now: Timestamp) -> Option<Deadline> {
    let asked = report.clocks.asked_again.filter(|asked| report.clocks.last_answer.is_none_or(|last| *asked > last));
    let from = match (report.clocks.answered, asked) {
        (Some(_), Some(asked)) => Some(asked),
        _ => report.clocks.disposed,
    };
    count(rules, report, Limit::FirstAnswer, from?, now)
}

/// Disposed → finished. A reclassification changes its length but not its start.
pub fn completion(rules: &Rulebook, report: &Report, now: Timestamp) -> Option<Deadline> {
    count(rules, report, report.completion_limit(), report.clocks.disposed?, now)
}

/// Last answer → closed by the system if nobody says a word.
pub fn silence(rules: &Rulebook, report: &Report, now: Timestamp) -> Option<Deadline> {
    count(rules, report, Limit::Silence, report.clocks.last_answer?, now)
}

/// On hold → archived if nobody completes it.
pub fn hold(rules: &Rulebook, report: &Report, now: Timestamp) -> Option<Deadline> {
    let open = report.clocks.holds.last().filter(|hold| hold.to.is_none())?;
    count(rules, report, Limit::Hold, open.from, now)
}

/// Ended → the last day to object or to contest.
pub fn objection(rules: &Rulebook, report: &Report) -> Option<Deadline> {
    let ended = report.clocks.ended?;
    count(rules, report, Limit::Objection, ended, ended)
}

/// Received → the Ombudsman may be offered.
pub fn ombudsman(rules: &Rulebook, report: &Report, now: Timestamp) -> Option<Deadline> {
    count(rules, report, Limit::Ombudsman, report.clocks.received, now)
}

/// The clock that presses the office whose turn it is; `None` while the reporter's word is awaited.
pub fn obligation(rules: &Rulebook, report: &Report, now: Timestamp) -> Option<Deadline> {
    match &report.stage {
        Stage::Open(Open::Submitted) => verification(rules, report, now),
        Stage::Open(Open::Returned { .. }) if report.clocks.disposed.is_none() => verification(rules, report, now),
        Stage::Open(Open::Returned { .. } | Open::Disposed) => answer(rules, report, now),
        Stage::Open(Open::Replied | Open::Objected | Open::Reopened) => answer(rules, report, now),
        Stage::Open(Open::Answered { kind: AnswerKind::Planned }) => completion(rules, report, now),
        Stage::Open(Open::Answered { .. }) | Stage::Held { .. } => None,
        Stage::Closed { .. } | Stage::Archived { .. } => None,
    }
}

/// The clock to show for a report: the obligation, or what the reporter may let pass.
pub fn shown(rules: &Rulebook, report: &Report, now: Timestamp) -> Option<Deadline> {
    match &report.stage {
        Stage::Open(Open::Answered { kind }) if *kind != AnswerKind::Planned => silence(rules, report, now),
        Stage::Held { .. } => hold(rules, report, now),
        Stage::Closed { .. } | Stage::Archived { .. } => objection(rules, report),
        _ => obligation(rules, report, now),
    }
}

/// When to remind: at eight in the morning of the last day but one, or of the only one.
pub fn reminder_at(clock: &Deadline) -> Timestamp {
    let day = clock.limit_days.saturating_sub(1).max(1);
    clock.zone.at(clock.date_of(day).unwrap_or(clock.due_day()), OFFICE_HOUR)
}

/// When the reporter is warned of the closing by the system.
pub fn warning_at(silence: &Deadline) -> Timestamp {
    let day = silence.date_of(WARNING_DAY).unwrap_or(silence.due_day());
    silence.zone.at(day, OFFICE_HOUR)
}

/// When a late report climbs to a level: in the morning of the first, third and fifth working day
/// after the deadline.
pub fn escalation_at(rules: &Rulebook, report: &Report, clock: &Deadline, level: u8) -> Timestamp {
    let mut day = clock.due_day();
    let mut left = (u16::from(level) * 2).saturating_sub(1);
    while left > 0 {
        day = match day.tomorrow() {
            Ok(next) => next,
            Err(_) => return Timestamp::MAX,
        };
        left -= u16::from(rules.calendar.is_working_day(day));
    }
    report.zone.at(day, OFFICE_HOUR)
}

/// Who is told at a level. There is always an office, also when nobody was assigned.
pub fn escalation_office(agencies: &AgencyTree, holder: AgencyId, level: u8) -> AgencyId {
    match level {
        0 | 1 => holder,
        2 => agencies.root_of(holder),
        _ => agencies.national(),
    }
}

/// The next thing the scheduler has to do, and when. A promise for a later date is not closed by
/// silence: its completion clock goes on pressing.
pub fn next(rules: &Rulebook, report: &Report, now: Timestamp) -> Option<(Timestamp, Command)> {
    let pressing = obligation(rules, report, now).into_iter().flat_map(|clock| {
        let remind = (!report.nudges.reminded).then(|| (reminder_at(&clock), Command::Remind));
        let level = report.nudges.escalated.saturating_add(1);
        let escalate = (level <= LEVELS).then(|| (escalation_at(rules, report, &clock, level), Command::Escalate));
        [remind, escalate].into_iter().flatten()
    });
    let waiting = answered_waits(rules, report, now);
    let lapse = hold(rules, report, now).map(|clock| (after(clock.due), Command::Lapse));
    let offer = (report.is_open() && report.ombudsman == Ombudsman::NotOffered)
        .then(|| ombudsman(rules, report, now))
        .flatten()
        .map(|clock| (after(clock.due), Command::OfferOmbudsman));
    pressing.chain(waiting).chain(lapse).chain(offer).min_by_key(|(at, _)| *at)
}

fn answered_waits(rules: &Rulebook, report: &Report, now: Timestamp) -> impl Iterator<Item = (Timestamp, Command)> {
    let ends_in_silence = matches!(report.stage, Stage::Open(Open::Answered { kind }) if kind != AnswerKind::Planned);
    let silence = ends_in_silence.then(|| silence(rules, report, now)).flatten();
    silence.into_iter().flat_map(|clock| {
        let warn = (!report.nudges.warned).then(|| (warning_at(&clock), Command::Warn));
        [warn, Some((after(clock.due), Command::CloseSilent))].into_iter().flatten()
    })
}

fn after(due: Timestamp) -> Timestamp {
    due.checked_add(SignedDuration::from_secs(1)).unwrap_or(Timestamp::MAX)
}
