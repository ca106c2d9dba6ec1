//! One lead and several supporting units: tasks, clocks, answers (R13).

use crate::fixture::*;
use crate::wish::*;
use domain::measure::is_punctual;
use domain::policy::{Action, hears_part, may};
use domain::report::{CommandKind, PartState, decide, evolve};
use domain::{Actor, AgencyId, Command, Event, Moment, Refusal, Report, Role, due};
use jiff::{SignedDuration, Timestamp};

/// With the provincial road office since Monday 6 April 2026, ten o'clock.
fn with_pupr() -> (Report, Timestamp) {
    let at = instant("2026-04-06T10:00");
    let log = [submitted(), disposed(NATIONAL, KALSEL), disposed(KALSEL, PUPR)];
    (Report::replay(REPORT, log.iter().map(|event| (at, event))).unwrap(), at)
}

fn tried(was: &Report, now: Timestamp, by: &Actor, command: &Command) -> Result<Report, Refusal> {
    let events = decide(&Moment { now, rules: rules() }, by, was, command)?;
    Ok(events.iter().fold(was.clone(), |report, event| evolve(report, now, event)))
}

fn done(was: &Report, now: &str, by: &Actor, command: &Command) -> Report {
    tried(was, instant(now), by, command).unwrap()
}

#[test]
fn the_lead_answers_when_the_compulsory_parts_are_settled() {
    let (report, at) = with_pupr();
    let asked = tried(&report, at, &admin(KALSEL), &ask_part(DISHUB)).unwrap();
    assert_eq!(tried(&asked, at, &liaison(PUPR), &answer()), Err(Refusal::PartOpen));
    assert_eq!(tried(&asked, at, &liaison(PUPR), &answer_part(1)), Err(Refusal::NotYourPart));
    let said = tried(&asked, at, &liaison(DISHUB), &answer_part(1)).unwrap();
    assert!(matches!(said.parts[0].state, PartState::Answered { seq: 5, .. }));
    assert!(said.clocks.answered.is_none(), "the reporter has no answer yet");
    let answered = tried(&said, at, &liaison(PUPR), &answer()).unwrap();
    assert_eq!(answered.clocks.answered, Some(at));
    assert_eq!(tried(&said, at, &liaison(DISHUB), &answer_part(1)), Err(Refusal::PartSettled));
}

#[test]
fn the_lead_may_do_without_and_waits_for_nobody_who_is_not_compulsory() {
    let (report, at) = with_pupr();
    let asked = tried(&report, at, &admin(KALSEL), &ask_part(DISHUB)).unwrap();
    let without = tried(&asked, at, &admin(KALSEL), &withdraw_part(1)).unwrap();
    assert!(tried(&without, at, &liaison(PUPR), &answer()).is_ok());
    let Command::AskPart { office, opened, day, text, .. } = ask_part(DISHUB) else { unreachable!() };
    let spare = Command::AskPart { office, compulsory: false, opened, day, text };
    let asked = tried(&report, at, &admin(KALSEL), &spare).unwrap();
    let answered = tried(&asked, at, &liaison(PUPR), &answer()).unwrap();
    assert!(matches!(answered.parts[0].state, PartState::Withdrawn { .. }), "nobody needs it any more");
}

#[test]
fn a_part_has_a_clock_of_its_own_that_a_hold_pauses() {
    let (report, at) = with_pupr();
    let asked = tried(&report, at, &admin(KALSEL), &ask_part(DISHUB)).unwrap();
    let clock = |report: &Report, now: &str| due::part(rules(), report, &report.parts[0], instant(now)).unwrap();
    assert_eq!(clock(&asked, "2026-04-06T11:00").due_day(), date("2026-04-09"));
    let held = done(&asked, "2026-04-07T09:00", &admin(KALSEL), &hold());
    let resumed = done(&held, "2026-04-09T09:00", &admin(KALSEL), &resume());
    assert_eq!(clock(&resumed, "2026-04-09T10:00").due_day(), date("2026-04-13"));
}

#[test]
fn a_chosen_day_is_a_working_day_before_the_lead_has_to_be_finished() {
    let (report, at) = with_pupr();
    let by = |day: &str| Command::AskPart {
        office: DISHUB,
        compulsory: true,
        opened: false,
        day: Some(date(day)),
        text: domain::text::Remark::parse("Mohon pasang rambu").unwrap(),
    };
    let asked = tried(&report, at, &admin(KALSEL), &by("2026-04-08")).unwrap();
    assert_eq!(due::part(rules(), &asked, &asked.parts[0], at).unwrap().due_day(), date("2026-04-08"));
    for wrong in ["2026-04-06", "2026-04-01", "2026-12-01"] {
        assert_eq!(tried(&report, at, &admin(KALSEL), &by(wrong)), Err(Refusal::DayOutOfRange), "{wrong}");
    }
}

#[test]
fn a_part_that_came_back_and_is_asked_for_again_keeps_its_first_clock() {
    let (report, at) = with_pupr();
    let asked = tried(&report, at, &admin(KALSEL), &ask_part(DISHUB)).unwrap();
    let back = done(&asked, "2026-04-08T09:00", &liaison(DISHUB), &return_part(1));
    let again = done(&back, "2026-04-08T15:00", &admin(KALSEL), &ask_part(DISHUB));
    assert_eq!(again.parts.len(), 1);
    assert_eq!((again.parts[0].number, again.parts[0].asked), (1, at));
    let answered = done(&again, "2026-04-08T16:00", &liaison(DISHUB), &answer_part(1));
    let told = done(&answered, "2026-04-08T17:00", &liaison(PUPR), &answer());
    let replied = done(&told, "2026-04-15T09:00", &Actor::Reporter, &reply());
    let anew = done(&replied, "2026-04-15T10:00", &admin(KALSEL), &ask_part(DISHUB));
    assert_eq!(anew.parts.len(), 2, "another question is another part");
    assert_eq!(anew.parts[1].asked, instant("2026-04-15T10:00"));
}

#[test]
fn who_may_be_asked_depends_on_who_asks() {
    let (report, at) = with_pupr();
    let ask = |by: &Actor, office: AgencyId| tried(&report, at, by, &ask_part(office)).map(drop);
    assert_eq!(ask(&admin(KALSEL), DISHUB), Ok(()));
    assert_eq!(ask(&liaison(PUPR), DISHUB), Err(Refusal::OutsideSubtree));
    assert_eq!(ask(&admin(KALSEL), BANJARMASIN), Err(Refusal::OutsideSubtree));
    assert_eq!(ask(&national(), BANJARMASIN), Ok(()));
    assert_eq!(ask(&national(), PUPR), Err(Refusal::AlreadyThere));
    assert_eq!(ask(&national(), AgencyId(99)), Err(Refusal::UnknownAgency));
}

#[test]
fn a_late_part_is_reminded_and_climbs_without_the_lead_being_late() {
    let (mut report, at) = with_pupr();
    report = tried(&report, at, &admin(KALSEL), &ask_part(DISHUB)).unwrap();
    let mut told = Vec::new();
    let mut now = at;
    while let Some((when, command)) =
        due::next(rules(), &report, now).filter(|(when, _)| *when < instant("2026-04-16T12:00"))
    {
        now = now.max(when);
        for event in decide(&Moment { now, rules: rules() }, &Actor::System, &report, &command).unwrap() {
            if let Event::PartReminded { .. } | Event::PartEscalated { .. } = event {
                told.push((rules_day(now), event.kind().name()));
            }
            report = evolve(report, now, &event);
        }
    }
    assert_eq!(
        told,
        [
            ("2026-04-08".to_owned(), "part_reminded"),
            ("2026-04-10".to_owned(), "part_escalated"),
            ("2026-04-14".to_owned(), "part_escalated"),
            ("2026-04-16".to_owned(), "part_escalated"),
        ]
    );
}

fn rules_day(at: Timestamp) -> String {
    domain::time::Zone::Wita.day(at).to_string()
}

#[test]
fn a_report_is_in_time_when_the_lead_and_every_compulsory_part_are() {
    let (report, at) = with_pupr();
    let asked = tried(&report, at, &admin(KALSEL), &ask_part(DISHUB)).unwrap();
    let finished = |part_at: &str| {
        let part = done(&asked, part_at, &liaison(DISHUB), &answer_part(1));
        let told = done(&part, "2026-04-13T12:00", &liaison(PUPR), &answer());
        done(&told, "2026-04-14T12:00", &admin(KALSEL), &close())
    };
    let long_after = instant("2026-12-01T09:00");
    assert!(is_punctual(rules(), &finished("2026-04-09T15:00"), long_after));
    assert!(!is_punctual(rules(), &finished("2026-04-10T15:00"), long_after));
    let withdrawn = done(&asked, "2026-04-10T15:00", &admin(KALSEL), &withdraw_part(1));
    assert!(!is_punctual(rules(), &withdrawn, instant("2026-04-10T16:00")), "a late part is not wiped out");
    assert!(is_punctual(rules(), &asked, at + SignedDuration::from_hours(1)), "what is not due yet is not late");
}

#[test]
fn a_supporting_unit_reads_its_task_and_no_more_than_it_needs() {
    let (report, at) = with_pupr();
    let secret = Report { secret: true, ..report };
    assert_eq!(tried(&secret, at, &admin(KALSEL), &ask_part(DISHUB)), Err(Refusal::PartSealed));
    let opened =
        evolve(secret, at, &Event::PartAsked { part: 1, office: DISHUB, compulsory: true, opened: true, day: None });
    let both = evolve(
        opened,
        at,
        &Event::PartAsked { part: 2, office: INSPECTORATE, compulsory: true, opened: false, day: None },
    );
    let may = |by: &Actor, action| may(&rules().agencies, by, action, &both);
    assert!(may(&liaison(DISHUB), Action::Read) && may(&liaison(DISHUB), Action::ReadPlace));
    for hidden in [Action::ReadName, Action::ReadContact, Action::ReadOriginal, Action::ReadNotes] {
        assert!(!may(&liaison(DISHUB), hidden), "{hidden:?}");
    }
    assert!(!may(&liaison(DISHUB), Action::Do(CommandKind::Answer)));
    assert!(!may(&liaison(INSPECTORATE), Action::Read), "a sealed report was not opened to it");
    assert!(!may(&officer(Role::Leader, DISHUB), Action::Read));
    let hears = |by: &Actor, part| hears_part(&rules().agencies, by, &both, part);
    assert!(hears(&liaison(DISHUB), 1) && !hears(&liaison(DISHUB), 2));
    assert!(hears(&liaison(PUPR), 1) && hears(&liaison(PUPR), 2));
    for outside in [Actor::Public, Actor::Reporter, supervisor(), liaison(BANJARMASIN_PUPR)] {
        assert!(!hears(&outside, 1), "{outside:?}");
    }
}

#[test]
fn a_unit_that_becomes_the_lead_supports_nobody() {
    let (report, at) = with_pupr();
    let asked = tried(&report, at, &admin(KALSEL), &ask_part(DISHUB)).unwrap();
    let led = tried(&asked, at, &admin(KALSEL), &dispose(DISHUB)).unwrap();
    assert_eq!(led.open_parts().count(), 0);
}
