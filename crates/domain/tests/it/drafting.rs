//! One person drafts, another one sends (R12).

use crate::fixture::*;
use crate::wish::*;
use domain::policy::hears_draft;
use domain::report::{Approver, CommandKind, decide, evolve};
use domain::{Actor, Command, Event, Moment, Refusal, Report, Role, UserId, due};
use jiff::Timestamp;

fn clerk(user: i64) -> Actor {
    Actor::Officer { user: UserId(user), role: Role::LiaisonOfficer, agency: PUPR }
}

fn with_pupr() -> (Report, Timestamp) {
    let at = instant("2026-04-06T10:00");
    let log = [submitted(), disposed(NATIONAL, KALSEL), disposed(KALSEL, PUPR)];
    (Report::replay(REPORT, log.iter().map(|event| (at, event))).unwrap(), at)
}

fn tried(was: &Report, now: Timestamp, by: &Actor, command: &Command) -> Result<(Report, Vec<Event>), Refusal> {
    let events = decide(&Moment { now, rules: rules() }, by, was, command)?;
    Ok((events.iter().fold(was.clone(), |report, event| evolve(report, now, event)), events))
}

#[test]
fn a_draft_is_sent_by_another_person_exactly_as_it_is() {
    let (report, at) = with_pupr();
    let (proposed, _) = tried(&report, at, &clerk(1), &propose()).unwrap();
    let seq = proposed.draft.as_ref().unwrap().seq;
    assert!(proposed.clocks.answered.is_none());
    assert_eq!(due::obligation(rules(), &proposed, at), due::obligation(rules(), &report, at), "the clock runs on");
    let approve = Command::ApproveAnswer { draft: seq };
    assert_eq!(tried(&proposed, at, &clerk(1), &approve), Err(Refusal::SamePerson));
    assert_eq!(tried(&proposed, at, &clerk(2), &Command::ApproveAnswer { draft: 1 }), Err(Refusal::NoDraft));
    let (sent, events) = tried(&proposed, at, &clerk(2), &approve).unwrap();
    assert!(matches!(events[0], Event::Answered { .. }));
    assert_eq!(events[1], Event::AnswerApproved { draft: seq, author: UserId(1) });
    assert_eq!((sent.clocks.answered, sent.draft), (Some(at), None));
}

#[test]
fn a_draft_goes_back_with_a_reason_and_comes_again() {
    let (report, at) = with_pupr();
    let (proposed, _) = tried(&report, at, &clerk(1), &propose()).unwrap();
    let seq = proposed.draft.as_ref().unwrap().seq;
    let (back, _) = tried(&proposed, at, &admin(PUPR), &send_back(seq)).unwrap();
    assert_eq!(tried(&back, at, &admin(PUPR), &Command::ApproveAnswer { draft: seq }), Err(Refusal::NoDraft));
    let (again, _) = tried(&back, at, &clerk(1), &propose()).unwrap();
    assert_ne!(again.draft.as_ref().unwrap().seq, seq, "the first draft stays in the log");
    let withdraw = |draft| Command::WithdrawAnswer { draft };
    let seq = again.draft.as_ref().unwrap().seq;
    assert_eq!(tried(&again, at, &clerk(2), &withdraw(seq)), Err(Refusal::NotYourDraft));
    assert_eq!(tried(&again, at, &clerk(1), &withdraw(seq)).unwrap().0.draft, None);
}

#[test]
fn a_plan_whose_day_has_passed_meanwhile_is_not_sent() {
    let (report, at) = with_pupr();
    let Command::ProposeAnswer { text, .. } = propose() else { unreachable!() };
    let plan = Command::ProposeAnswer {
        kind: domain::report::AnswerKind::Planned,
        text,
        planned_for: Some(date("2026-04-08")),
        legal_ground: None,
        evidence: 0,
        physical: false,
    };
    let (proposed, _) = tried(&report, at, &clerk(1), &plan).unwrap();
    let approve = Command::ApproveAnswer { draft: proposed.draft.as_ref().unwrap().seq };
    assert_eq!(tried(&proposed, instant("2026-04-09T10:00"), &clerk(2), &approve), Err(Refusal::DateMissing));
}

#[test]
fn the_office_says_who_approves() {
    use CommandKind::{Answer, ApproveAnswer, SendBackAnswer};
    let clears = |approver: Approver, role, kind| approver.clears(Some(role), kind);
    assert_eq!(clears(Approver::Nobody, Role::LiaisonOfficer, Answer), Ok(()));
    for approver in [Approver::Admin, Approver::Colleague, Approver::Leader] {
        assert_eq!(clears(approver, Role::LiaisonOfficer, Answer), Err(Refusal::NeedsApproval));
        assert_eq!(clears(approver, Role::AgencyAdmin, Answer), Ok(()));
        assert_eq!(clears(approver, Role::AgencyAdmin, ApproveAnswer), Ok(()));
    }
    assert_eq!(clears(Approver::Admin, Role::LiaisonOfficer, ApproveAnswer), Err(Refusal::NotApprover));
    assert_eq!(clears(Approver::Colleague, Role::LiaisonOfficer, ApproveAnswer), Ok(()));
    assert_eq!(clears(Approver::Colleague, Role::Leader, SendBackAnswer), Err(Refusal::NotApprover));
    assert_eq!(clears(Approver::Leader, Role::Leader, SendBackAnswer), Ok(()));
}

#[test]
fn a_draft_is_known_in_its_own_line_of_offices_only() {
    let (report, at) = with_pupr();
    let (report, _) = tried(&report, at, &clerk(1), &propose()).unwrap();
    let hears = |by: &Actor| hears_draft(&rules().agencies, by, &report, Some(PUPR));
    for inside in [clerk(2), admin(PUPR), admin(KALSEL), officer(Role::Leader, PUPR)] {
        assert!(hears(&inside), "{inside:?}");
    }
    let outside = [Actor::Public, Actor::Reporter, supervisor(), national(), liaison(DISHUB), admin(BANJARMASIN)];
    for outside in outside {
        assert!(!hears(&outside), "{outside:?}");
    }
    let moved = evolve(report, at, &disposed(PUPR, DISHUB));
    assert_eq!(moved.draft, None);
    assert!(!hears_draft(&rules().agencies, &liaison(DISHUB), &moved, Some(PUPR)), "another office's draft");
}
