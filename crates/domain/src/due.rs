//! What is due for a report, and when: the clocks that run in its stage, and the next thing the
//! scheduler has to do about it.

use crate::agency::AgencyTree;
use crate::deadline::{Deadline, Limit, Start, deadline, deadline_on, due};
use crate::ids::AgencyId;
use crate::policy::INSPECTED;
use crate::report::{AnswerKind, Command, Ombudsman, Open, Part, Report, Rulebook, Stage};
use jiff::{SignedDuration, Timestamp};

/// How far a late report climbs: its own office, the parent agency, the national admin.
pub const LEVELS: u8 = 3;
/// Day of the silence on which the reporter is warned that the system will close the report.
pub const WARNING_DAY: u16 = 7;
/// Hour of the local day at which reminders and warnings go out; never at night.
const OFFICE_HOUR: i8 = 8;
/// The least time between the warning and the closing, also where the warning went out late.
const TIME_TO_HEED: SignedDuration = SignedDuration::from_hours(3 * 24);

fn count(rules: &Rulebook, report: &Report, limit: Limit, at: Timestamp, now: Timestamp) -> Option<Deadline> {
    deadline(&rules.calendar, &rules.limits, limit, start(report, at, now))
}

fn start(report: &Report, at: Timestamp, now: Timestamp) -> Start<'_> {
    Start { at, zone: report.zone, holds: &report.clocks.holds, known: report.known(now) }
}

/// A limit counted from an instant in a report's life.
pub(crate) fn from(rules: &Rulebook, report: &Report, limit: Limit, at: Timestamp, now: Timestamp) -> Option<Deadline> {
    count(rules, report, limit, at, now)
}

/// When an answer or a verification was asked for anew and not yet given.
fn asked_again(report: &Report) -> Option<Timestamp> {
    report.clocks.asked_again.filter(|asked| report.clocks.last_answer.is_none_or(|last| *asked > last))
}

/// Received → verified; after a contested archiving, contested → verified again. Runs on while a return
/// is decided anew before the first disposition.
pub fn verification(rules: &Rulebook, report: &Report, now: Timestamp) -> Option<Deadline> {
    let again = asked_again(report).filter(|_| report.awaits_verification());
    count(rules, report, Limit::Verification, again.unwrap_or(report.clocks.received), now)
}

/// Disposed → first answer; after an answer was asked for anew, from then to the next answer.
pub fn answer(rules: &Rulebook, report: &Report, now: Timestamp) -> Option<Deadline> {
    count(rules, report, Limit::FirstAnswer, answer_from(report)?, now)
}

fn answer_from(report: &Report) -> Option<Timestamp> {
    let disposed = report.clocks.disposed?;
    Some(asked_again(report).map_or(disposed, |asked| asked.max(disposed)))
}

/// The answer, or the finish where that is due earlier. A finish that was late before the answer was
/// asked for anew presses nobody a second time.
fn work(rules: &Rulebook, report: &Report, now: Timestamp) -> Option<Deadline> {
    let answer = answer(rules, report, now)?;
    let begun = start(report, report.clocks.disposed?, now);
    let finish = due(&rules.calendar, &rules.limits, report.completion_limit(), begun);
    match finish {
        Some(finish) if finish > answer.start && finish < answer.due => completion(rules, report, now),
        _ => Some(answer),
    }
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

/// Asked → answered by the supporting unit: the limit of the policy, or the chosen day.
pub fn part(rules: &Rulebook, report: &Report, part: &Part, now: Timestamp) -> Option<Deadline> {
    let begun = start(report, part.asked, now);
    match part.day {
        Some(day) => deadline_on(&rules.calendar, &rules.limits, Limit::Part, begun, day),
        None => deadline(&rules.calendar, &rules.limits, Limit::Part, begun),
    }
}

/// Who is told that a part is late: the unit, then the lead that waits for it, then the unit's parent agency.
pub fn part_escalation_office(agencies: &AgencyTree, report: &Report, part: &Part, level: u8) -> AgencyId {
    match level {
        0 | 1 => part.office,
        2 => report.holder,
        _ => agencies.root_of(part.office),
    }
}

/// What the scheduler does next about the parts; nothing while the report is on hold.
fn parts_press(rules: &Rulebook, report: &Report, now: Timestamp) -> impl Iterator<Item = (Timestamp, Command)> {
    let runs = matches!(report.stage, Stage::Open(_));
    report.open_parts().filter(move |_| runs).flat_map(move |open| {
        let number = open.number;
        let clock = part(rules, report, open, now);
        let level = open.escalated.saturating_add(1);
        let remind = clock.as_ref().filter(|_| !open.reminded);
        let remind = remind.map(|clock| (reminder_at(clock), Command::RemindPart { part: number }));
        let escalate = clock.as_ref().filter(|_| level <= LEVELS);
        let escalate =
            escalate.map(|clock| (escalation_at(rules, report, clock, level), Command::EscalatePart { part: number }));
        [remind, escalate].into_iter().flatten()
    })
}

/// The clock that presses the office whose turn it is; `None` while the reporter's word is awaited.
pub fn obligation(rules: &Rulebook, report: &Report, now: Timestamp) -> Option<Deadline> {
    match &report.stage {
        Stage::Open(Open::Submitted) => verification(rules, report, now),
        Stage::Open(Open::Returned { .. }) if report.clocks.disposed.is_none() => verification(rules, report, now),
        Stage::Open(Open::Returned { .. } | Open::Disposed) => work(rules, report, now),
        Stage::Open(Open::Replied | Open::Objected | Open::Reopened) => work(rules, report, now),
        Stage::Open(Open::Answered { kind: AnswerKind::Planned }) => completion(rules, report, now),
        Stage::Open(Open::Answered { .. }) | Stage::Held { .. } => None,
        Stage::Closed { .. } | Stage::Archived { .. } => None,
    }
}

/// The end of the term in which the reporter may still act: complete what is missing, answer an answer
/// before the silence closes the report, object to an ending.
pub fn reporters_term(rules: &Rulebook, report: &Report, now: Timestamp) -> Option<Timestamp> {
    match &report.stage {
        Stage::Held { .. } => hold(rules, report, now).map(|clock| clock.due),
        Stage::Open(Open::Answered { kind }) if *kind != AnswerKind::Planned => {
            silence(rules, report, now).map(|clock| silent_closing_at(report, &clock))
        }
        Stage::Closed { .. } | Stage::Archived { .. } => objection(rules, report).map(|clock| clock.due),
        Stage::Open(_) => None,
    }
}

/// When a held report's reporter is reminded that its term runs out: at eight in the morning of the last
/// working day but one.
pub fn hold_reminder_at(rules: &Rulebook, report: &Report, now: Timestamp) -> Option<Timestamp> {
    hold(rules, report, now).map(|clock| reminder_at(&clock))
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

/// When the office is reminded of what it promised: at eight in the morning of the promised day.
pub fn promise_at(report: &Report) -> Option<Timestamp> {
    let promised = matches!(report.stage, Stage::Open(Open::Answered { kind: AnswerKind::Planned }));
    let day = report.clocks.planned_for.filter(|_| promised)?;
    Some(report.zone.at(day, OFFICE_HOUR))
}

/// When the silence closes a report: after its last day, and not before the warning could be heeded.
pub fn silent_closing_at(report: &Report, silence: &Deadline) -> Timestamp {
    let heeded = report.nudges.warned_at.and_then(|warned| warned.checked_add(TIME_TO_HEED).ok());
    after(silence.due).max(heeded.unwrap_or(Timestamp::MIN))
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

/// Who is told of an objection: the office itself, its superior, and from the second on the inspectorate.
/// Above a parent agency stands the national office.
pub fn objection_offices(agencies: &AgencyTree, report: &Report) -> Vec<AgencyId> {
    let root = agencies.root_of(report.holder);
    let superior = if report.holder == root { agencies.national() } else { root };
    let inspectorate = agencies.inspectorate_of(root).filter(|_| report.objections >= INSPECTED);
    [report.holder, superior].into_iter().chain(inspectorate).collect()
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
    let promise = promise_at(report).filter(|_| !report.nudges.promise).map(|at| (at, Command::RemindPromise));
    let parts = parts_press(rules, report, now);
    pressing.chain(waiting).chain(lapse).chain(offer).chain(promise).chain(parts).min_by_key(|(at, _)| *at)
}

fn answered_waits(rules: &Rulebook, report: &Report, now: Timestamp) -> impl Iterator<Item = (Timestamp, Command)> {
    let ends_in_silence = matches!(report.stage, Stage::Open(Open::Answered { kind }) if kind != AnswerKind::Planned);
    let silence = ends_in_silence.then(|| silence(rules, report, now)).flatten();
    silence.into_iter().flat_map(|clock| {
        let step = match report.nudges.warned_at {
            None => (warning_at(&clock), Command::Warn),
            Some(_) => (silent_closing_at(report, &clock), Command::CloseSilent),
        };
        [step]
    })
}

fn after(due: Timestamp) -> Timestamp {
    due.checked_add(SignedDuration::from_secs(1)).unwrap_or(Timestamp::MAX)
}
