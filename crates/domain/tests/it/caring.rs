//! Rewrite, reclassify, assign, note, hide, support.

use crate::fixture::*;
use crate::story::{Story, completion, given};
use crate::wish::*;
use domain::report::{Class, Closure, HideReason, StageKind};
use domain::{Actor, CategoryId, Command, Event, Refusal, UserId};

fn with_kalsel() -> Story {
    given([("2026-04-06T09:00", submitted()), ("2026-04-07T10:00", disposed(NATIONAL, KALSEL))])
}

#[test]
fn a_rewrite_leaves_everything_else_as_it_was() {
    let before = with_kalsel().report;
    let after = with_kalsel().by(admin(KALSEL)).when(rewrite()).then([Event::Rewritten]).report;
    assert_eq!(after, domain::Report { seq: before.seq + 1, ..before });
}

#[test]
fn a_reclassification_changes_the_length_of_completion_and_not_its_start() {
    let to = |class, supervisory| Event::Reclassified { class, supervisory, category: None };
    with_kalsel()
        .due(completion, "2026-04-27")
        .at("2026-04-13T09:00")
        .by(admin(KALSEL))
        .when(reclassify(Class::Aspiration, false))
        .then([to(Class::Aspiration, false)])
        .due(completion, "2026-04-14")
        .when(reclassify(Class::Complaint, true))
        .then([to(Class::Complaint, true)])
        .due(completion, "2026-07-09")
        .and(|report| report.is_sealed() && !report.is_public())
        .when(reclassify(Class::InformationRequest, false))
        .then([to(Class::InformationRequest, false)])
        .due(completion, "2026-04-14")
        .and(|report| report.is_public());
}

#[test]
fn only_a_complaint_is_supervisory_and_nothing_changes_into_itself() {
    with_kalsel()
        .by(admin(KALSEL))
        .when(reclassify(Class::Aspiration, true))
        .refused(Refusal::NotAComplaint)
        .when(reclassify(Class::Complaint, false))
        .refused(Refusal::AlreadySo)
        .when(categorise(12))
        .then([Event::Reclassified { class: Class::Complaint, supervisory: false, category: Some(CategoryId(12)) }]);
}

#[test]
fn a_case_is_assigned_and_freed_by_a_transfer() {
    let assign = |user| Command::Assign { officer: user };
    with_kalsel()
        .by(admin(KALSEL))
        .when(assign(Some(UserId(7))))
        .then([Event::Assigned { officer: Some(UserId(7)) }])
        .when(assign(Some(UserId(7))))
        .refused(Refusal::AlreadySo)
        .when(dispose(PUPR))
        .then([disposed(KALSEL, PUPR)])
        .and(|report| report.officer.is_none())
        .when(assign(None))
        .refused(Refusal::AlreadySo);
}

#[test]
fn notes_are_for_officers_and_supervisors() {
    with_kalsel()
        .by(admin(KALSEL))
        .when(note())
        .then([Event::Noted])
        .by(supervisor())
        .when(note())
        .then([Event::Noted])
        .by(Actor::Reporter)
        .when(note())
        .forbidden()
        .by(liaison(DISHUB))
        .when(note())
        .forbidden();
}

#[test]
fn the_national_admin_hides_and_shows_again() {
    with_kalsel()
        .by(national())
        .when(unhide())
        .refused(Refusal::AlreadySo)
        .when(hide())
        .then([Event::Hidden { reason: HideReason::PersonalData }])
        .and(|report| !report.is_public())
        .when(hide())
        .refused(Refusal::AlreadySo)
        .by(Actor::Public)
        .when(Command::Support)
        .forbidden()
        .by(national())
        .when(unhide())
        .then([Event::Unhidden])
        .and(|report| report.is_public())
        .by(admin(KALSEL))
        .when(hide())
        .forbidden();
}

#[test]
fn others_support_what_everybody_may_read_and_is_not_over() {
    with_kalsel()
        .by(Actor::Public)
        .when(Command::Support)
        .then([Event::Supported])
        .when(Command::Support)
        .then([Event::Supported])
        .and(|report| report.supports == 2)
        .stands(StageKind::Disposed);
    given([
        ("2026-04-06T09:00", submitted()),
        ("2026-04-07T10:00", disposed(NATIONAL, PUPR)),
        ("2026-04-08T09:00", answered()),
        ("2026-04-09T09:00", closed(Closure::ByOfficer)),
    ])
    .by(Actor::Public)
    .when(Command::Support)
    .refused(Refusal::AlreadyEnded);
}

#[test]
fn an_ended_report_is_neither_reclassified_nor_assigned() {
    given([
        ("2026-04-06T09:00", submitted()),
        ("2026-04-07T10:00", disposed(NATIONAL, KALSEL)),
        ("2026-04-08T09:00", answered()),
        ("2026-04-09T09:00", closed(Closure::ByOfficer)),
    ])
    .by(admin(KALSEL))
    .when(reclassify(Class::Aspiration, false))
    .refused(Refusal::AlreadyEnded)
    .when(Command::Assign { officer: Some(UserId(7)) })
    .refused(Refusal::AlreadyEnded)
    .when(note())
    .then([Event::Noted])
    .stands(StageKind::ClosedByOfficer);
}
