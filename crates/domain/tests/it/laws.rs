//! Laws that hold in every life of every report.

use crate::fixture::rules;
use crate::golden::shipped;
use crate::random::{Life, Turn, actors, commands, lives};
use crate::sample;
use crate::wish::REPORT;
use domain::deadline::{Deadline, Hold, Limit, Start, deadline};
use domain::due::{self, LEVELS};
use domain::policy::{Action, may};
use domain::report::{CommandKind, EventKind, Ombudsman, StageKind, decide, evolve, offers};
use domain::{Actor, Event, Moment, Refusal, Report};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;

fn all_clocks(report: &Report, now: Timestamp) -> [Option<Deadline>; 8] {
    let rules = rules();
    [
        due::verification(rules, report, now),
        due::answer(rules, report, now),
        due::completion(rules, report, now),
        due::silence(rules, report, now),
        due::hold(rules, report, now),
        due::objection(rules, report),
        due::ombudsman(rules, report, now),
        due::shown(rules, report, now),
    ]
}

/// A clock of a report with these holds, on the calendar as it was known on one day.
fn clock(report: &Report, limit: Limit, at: Option<Timestamp>, holds: &[Hold], known: Date) -> Option<Deadline> {
    deadline(&rules().calendar, &rules().limits, limit, Start { at: at?, zone: report.zone, holds, known })
}

fn completion(report: &Report, known: Date) -> Option<Deadline> {
    clock(report, report.completion_limit(), report.clocks.disposed, &report.clocks.holds, known)
}

fn verification(report: &Report, known: Date) -> Option<Deadline> {
    clock(report, Limit::Verification, Some(report.clocks.received), &report.clocks.holds, known)
}

/// The same clocks as if the last hold had never been.
fn unheld(report: &Report, known: Date) -> [Option<Deadline>; 2] {
    let (_, earlier) = report.clocks.holds.split_last().unwrap();
    [
        clock(report, Limit::Verification, Some(report.clocks.received), earlier, known),
        clock(report, report.completion_limit(), report.clocks.disposed, earlier, known),
    ]
}

fn was_ended(turn: &Turn) -> bool {
    let open = |report: &Report| report.clocks.holds.last().is_some_and(|hold| hold.to.is_none());
    open(&turn.before) && !open(&turn.after)
}

fn only_a_hold_moves(turn: &Turn) -> Result<(), TestCaseError> {
    let (was, is) = (&turn.before, &turn.after);
    prop_assert_eq!(was.clocks.received, is.clocks.received);
    if was.clocks.disposed.is_some() {
        prop_assert_eq!(was.clocks.disposed, is.clocks.disposed, "{:?} restarted a clock", turn.event);
    } else {
        prop_assert!(is.clocks.disposed.is_none() || turn.event.kind() == EventKind::Disposed);
        return Ok(());
    }
    let known = is.zone.day(turn.at);
    let before = [verification(was, known), completion(was, known)].map(|clock| clock.unwrap().due);
    let after = [verification(is, known), completion(is, known)].map(|clock| clock.unwrap());
    match turn.event {
        Event::Held { .. } => prop_assert!(after[0].due >= before[0] && after[1].due >= before[1]),
        Event::Reclassified { .. } => {
            prop_assert_eq!(after[0].due, before[0]);
            prop_assert_eq!(Some(after[1].start), was.clocks.disposed);
            let row = rules().limits.in_force(is.completion_limit(), is.zone.day(after[1].start)).unwrap();
            prop_assert_eq!(after[1].limit_days, row.days);
        }
        _ if was_ended(turn) => {
            for (clock, free) in after.iter().zip(unheld(is, known)) {
                prop_assert!(clock.due >= free.unwrap().due, "a hold brought {:?} nearer", clock.limit);
            }
            prop_assert!(after[0].due <= before[0] && after[1].due <= before[1]);
        }
        _ => prop_assert_eq!(after.map(|clock| clock.due), before, "{:?} moved a deadline", turn.event),
    }
    Ok(())
}

/// Reminded, told to all levels, and offered to the Ombudsman: there is nobody left to tell.
fn all_were_told(report: &Report) -> bool {
    let promise = due::promise_at(report).is_none() || report.nudges.promise;
    let nudged = report.nudges.reminded && report.nudges.escalated >= LEVELS && promise;
    nudged && report.ombudsman != Ombudsman::NotOffered
}

/// While an answer is owed, neither the reporter's next word nor a transfer moves the day it is due.
fn an_owed_answer_stays_due(turn: &Turn) -> Result<(), TestCaseError> {
    let owed = |report: &Report| {
        matches!(
            report.stage.kind(),
            StageKind::Disposed | StageKind::Replied | StageKind::Objected | StageKind::Reopened
        )
    };
    if owed(&turn.before) && owed(&turn.after) {
        let due = |report: &Report| due::answer(rules(), report, turn.at).map(|clock| clock.due);
        prop_assert_eq!(due(&turn.before), due(&turn.after), "{:?} moved the answer", turn.event);
    }
    Ok(())
}

fn something_is_due(report: &Report, now: Timestamp) -> Result<(), TestCaseError> {
    let next = due::next(rules(), report, now);
    if !report.is_open() {
        prop_assert!(next.is_none(), "{:?} after the end", next);
        return Ok(());
    }
    let Some((at, command)) = next else {
        prop_assert!(all_were_told(report), "stuck: {:#?}", report);
        return Ok(());
    };
    let then = at.max(now);
    match decide(&Moment { now: then, rules: rules() }, &Actor::System, report, &command) {
        Ok(events) => prop_assert!(!events.is_empty()),
        Err(refusal) => {
            prop_assert_eq!(refusal, Refusal::NotDue, "{:?} is next and refused", command.kind());
            let (moved, instead) = due::next(rules(), report, then).unwrap();
            prop_assert!(moved > then || instead != command, "{:?} is never due", command.kind());
        }
    }
    Ok(())
}

fn is_unverified(log: &[(Timestamp, Event)]) -> bool {
    let verdict = |event: &Event| matches!(event, Event::Disposed { .. } | Event::Reopened);
    let asked = log.iter().rposition(|(_, event)| matches!(event, Event::Submitted { .. } | Event::Contested { .. }));
    let never = !log.iter().any(|(_, event)| matches!(event, Event::Disposed { .. }));
    never || !log[asked.unwrap()..].iter().any(|(_, event)| verdict(event))
}

fn replay(life: &Life) -> Report {
    let lines: Vec<(Timestamp, String)> =
        life.log().iter().map(|(at, event)| (*at, serde_json::to_string(event).unwrap())).collect();
    let events: Vec<(Timestamp, Event)> =
        lines.iter().map(|(at, line)| (*at, serde_json::from_str(line).unwrap())).collect();
    Report::replay(REPORT, events.iter().map(|(at, event)| (*at, event))).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_stored_log_gives_exactly_the_same_report_and_deadlines(life in lives()) {
        let again = replay(&life);
        prop_assert_eq!(again.seq as usize, life.turns.len() + 1);
        prop_assert_eq!(all_clocks(&again, life.now), all_clocks(&life.report, life.now));
        prop_assert_eq!(again, life.report);
    }

    #[test]
    fn a_hold_extends_a_reclassification_changes_the_length_and_nothing_else_moves_a_deadline(life in lives()) {
        for turn in &life.turns {
            only_a_hold_moves(turn)?;
            an_owed_answer_stays_due(turn)?;
        }
    }

    #[test]
    fn something_will_happen_to_every_open_report(life in lives()) {
        for (report, now) in life.states() {
            something_is_due(report, now)?;
        }
    }

    #[test]
    fn a_report_left_alone_comes_to_rest(mut life in lives()) {
        let ticks = (0..40).take_while(|_| life.tick().is_some()).count();
        prop_assert!(ticks < 40, "the scheduler never rests");
        prop_assert!(!life.report.is_open() || all_were_told(&life.report));
    }

    #[test]
    fn only_verified_open_and_unhidden_reports_are_public(life in lives()) {
        let log = life.log();
        for (n, (report, _)) in life.states().enumerate() {
            let closed_to_all = report.secret || report.supervisory || report.hidden.is_some();
            let archived = log[..=n].iter().rfind(|(_, event)| {
                matches!(event, Event::Archived { .. } | Event::Contested { .. } | Event::Reopened)
            });
            let archived = archived.is_some_and(|(_, event)| matches!(event, Event::Archived { .. }));
            prop_assert_eq!(report.is_public(), !(closed_to_all || archived || is_unverified(&log[..=n])));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_command_on_every_report_ends_in_events_or_in_a_reason(life in lives(), odd in commands()) {
        let actors = [Actor::Public, Actor::Reporter, Actor::System, crate::fixture::national()];
        for (report, at) in life.states() {
            let now = at + SignedDuration::from_mins(1);
            let wishes = CommandKind::ALL.iter().map(|kind| sample::command(*kind)).chain([odd.clone()]);
            for (wish, by) in wishes.flat_map(|wish| actors.iter().map(move |by| (wish.clone(), by))) {
                if let Ok(events) = decide(&Moment { now, rules: rules() }, by, report, &wish) {
                    prop_assert!(!events.is_empty());
                    let after = events.iter().fold(report.clone(), |was, event| evolve(was, now, event));
                    prop_assert!(after != *report);
                }
            }
        }
    }

    #[test]
    fn what_somebody_may_and_can_do_is_offered_to_them(life in lives(), odd in commands()) {
        let moment = Moment { now: life.now, rules: rules() };
        for by in actors() {
            let offered = offers(&moment, &by, &life.report);
            let allowed = |kind| may(&rules().agencies, &by, Action::Do(kind), &life.report);
            prop_assert!(offered.iter().all(|kind| allowed(*kind)));
            // A hand-over is done by the system for a whole office, not offered for one report.
            for wish in CommandKind::ALL.iter().map(|kind| sample::command(*kind)).chain([odd.clone()]) {
                let can = wish.kind() != CommandKind::HandOver
                    && allowed(wish.kind()) && decide(&moment, &by, &life.report, &wish).is_ok();
                prop_assert!(!can || offered.contains(&wish.kind()), "{by:?} is not offered {:?}", wish.kind());
            }
        }
    }

    #[test]
    fn any_event_applies_to_any_report(
        life in lives(),
        picks in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..300),
        kind in select(CommandKind::ALL),
    ) {
        let known: Vec<Event> = shipped().map(|(_, event)| event).collect();
        let (mut report, mut now) = (life.report, life.now);
        for (pick, level) in picks {
            let event = match pick.get(&known).clone() {
                Event::Escalated { limit, to, .. } => Event::Escalated { limit, to, level },
                other => other,
            };
            now += SignedDuration::from_mins(i64::from(level));
            let seq = report.seq;
            report = evolve(report, now, &event);
            prop_assert_eq!(report.seq, seq + 1);
        }
        let _clocks = all_clocks(&report, now);
        let _next = due::next(rules(), &report, now);
        let _verdict = decide(&Moment { now, rules: rules() }, &Actor::System, &report, &sample::command(kind));
    }
}

/// The laws are worth what the lives are: together they go through everything that can happen.
#[test]
fn random_lives_see_every_stage_and_every_event() {
    let mut runner = TestRunner::deterministic();
    let lives: Vec<Life> = (0..3_000).map(|_| lives().new_tree(&mut runner).unwrap().current()).collect();
    let stages: BTreeSet<StageKind> = lives
        .iter()
        .flat_map(|life| life.states().map(|(report, _)| report.stage.kind()).collect::<Vec<_>>())
        .collect();
    // Files and advice come with the words, which these lives have not.
    let besides = [EventKind::Attached, EventKind::AdviceOverridden];
    let events: BTreeSet<EventKind> =
        lives.iter().flat_map(Life::log).map(|(_, event)| event.kind()).chain(besides).collect();
    assert_eq!(stages, StageKind::ALL.iter().copied().collect());
    assert_eq!(events, EventKind::ALL.iter().copied().collect());
    assert!(lives.iter().any(|life| life.report.settled && life.report.clocks.holds.len() > 1));
}
