//! Confirm, object, close by officer, close by system, reopen.

use crate::fixture::*;
use crate::story::{Story, answer_due, completion, given};
use crate::wish::*;
use domain::measure::{Measure, Tally};
use domain::report::{ArchiveReason, Closure, CommandKind, StageKind};
use domain::{Actor, Command, Event, Refusal};

fn answered_report() -> Story {
    given([
        ("2026-04-06T09:00", submitted()),
        ("2026-04-07T10:00", disposed(NATIONAL, PUPR)),
        ("2026-04-08T09:00", answered()),
    ])
}

fn closed_by_officer() -> Story {
    answered_report()
        .at("2026-04-09T09:00")
        .by(admin(KALSEL))
        .when(close())
        .then([closed(Closure::ByOfficer)])
        .stands(StageKind::ClosedByOfficer)
}

#[test]
fn the_reporter_confirms_with_a_rating() {
    answered_report()
        .at("2026-04-10T09:00")
        .by(Actor::Reporter)
        .when(confirm(0))
        .refused(Refusal::RatingOutOfRange)
        .when(confirm(6))
        .refused(Refusal::RatingOutOfRange)
        .when(confirm(5))
        .then([Event::Confirmed { rating: 5 }, closed(Closure::Confirmed)])
        .stands(StageKind::ClosedConfirmed)
        .and(|report| report.rating == Some(5))
        .when(confirm(4))
        .refused(Refusal::AlreadyDone);
}

#[test]
fn nothing_is_confirmed_before_an_answer() {
    given([("2026-04-06T09:00", submitted()), ("2026-04-07T10:00", disposed(NATIONAL, PUPR))])
        .by(Actor::Reporter)
        .when(confirm(5))
        .refused(Refusal::NotAnswered)
        .when(object())
        .refused(Refusal::NotAnswered)
        .by(admin(KALSEL))
        .when(close())
        .refused(Refusal::NotAnswered);
}

#[test]
fn a_rating_after_the_closing_leaves_it_closed_as_it_was() {
    closed_by_officer()
        .at("2026-04-10T09:00")
        .by(Actor::Reporter)
        .when(confirm(3))
        .then([Event::Rated { rating: 3 }])
        .stands(StageKind::ClosedByOfficer)
        .when(confirm(4))
        .refused(Refusal::AlreadyDone);
}

#[test]
fn the_reporter_objects_to_an_answer_and_a_new_answer_is_due() {
    answered_report()
        .at("2026-04-09T09:00")
        .by(Actor::Reporter)
        .when(object())
        .then([Event::Objected])
        .stands(StageKind::Objected)
        .due(answer_due, "2026-04-16")
        .due(completion, "2026-04-27")
        .when(object())
        .refused(Refusal::AlreadyDone)
        .by(admin(KALSEL))
        .when(close())
        .refused(Refusal::ReplyUnanswered);
}

#[test]
fn a_closing_is_objected_to_within_ten_working_days() {
    closed_by_officer()
        .at("2026-04-23T23:59")
        .by(Actor::Reporter)
        .when(object())
        .then([Event::Objected])
        .stands(StageKind::Objected)
        .due(answer_due, "2026-04-30");
    closed_by_officer().at("2026-04-24T00:00").by(Actor::Reporter).when(object()).refused(Refusal::WindowOver);
}

#[test]
fn ten_silent_reports_close_on_the_day_after_the_tenth_working_day() {
    let mut tally = Tally::default();
    tally.add(StageKind::ClosedByOfficer, 363);
    let mut later = tally.clone();
    for _ in 0..10 {
        let silent = answered_report().at("2026-04-21T12:00");
        tally.add(silent.report.stage.kind(), 1);
        let silent = silent
            .at("2026-04-22T23:59")
            .by(Actor::System)
            .when(Command::CloseSilent)
            .refused(Refusal::NotDue)
            .at("2026-04-23T00:00")
            .then([closed(Closure::BySystem)]);
        later.add(silent.report.stage.kind(), 1);
    }
    assert_eq!(tally.measure(Measure::Completion).basis_points(), Some(9_732));
    assert_eq!(tally.measure(Measure::FollowUp).basis_points(), Some(10_000));
    assert_eq!(later.measure(Measure::Completion).basis_points(), Some(10_000));
    assert_eq!(later.of(StageKind::ClosedBySystem), 10);
}

#[test]
fn the_silence_over_idulfitri_counts_neither_feast_nor_collective_leave() {
    given([
        ("2026-03-12T09:00", submitted()),
        ("2026-03-13T10:00", disposed(NATIONAL, PUPR)),
        ("2026-03-16T09:00", answered()),
    ])
    .tick("2026-04-01T08:00", CommandKind::Warn)
    .then([Event::Warned])
    .tick("2026-04-08T00:00", CommandKind::CloseSilent)
    .then([closed(Closure::BySystem)])
    .stands(StageKind::ClosedBySystem);
}

#[test]
fn the_national_admin_and_a_supervisor_reopen_what_was_closed() {
    for (who, when) in [(national(), "2026-04-13T09:00"), (supervisor(), "2026-12-01T09:00")] {
        closed_by_officer()
            .at(when)
            .by(who)
            .when(reopen())
            .then([Event::Reopened])
            .stands(StageKind::Reopened)
            .and(|report| report.clocks.ended.is_none())
            .when(reopen())
            .refused(Refusal::StillOpen);
    }
    closed_by_officer().by(admin(KALSEL)).when(reopen()).forbidden().by(Actor::Reporter).when(reopen()).forbidden();
}

#[test]
fn what_was_archived_unverified_is_reopened_for_verification() {
    given([("2026-04-06T09:00", submitted())])
        .by(national())
        .when(archive(ArchiveReason::Unclear))
        .then([archived(ArchiveReason::Unclear)])
        .at("2026-04-08T09:00")
        .by(supervisor())
        .when(reopen())
        .then([Event::Reopened])
        .stands(StageKind::Submitted)
        .and(|report| !report.is_public())
        .by(national())
        .when(dispose(PUPR))
        .then([disposed(NATIONAL, PUPR)])
        .stands(StageKind::Disposed);
}

#[test]
fn a_closed_report_takes_no_more_answers() {
    closed_by_officer()
        .by(admin(KALSEL))
        .when(answer())
        .refused(Refusal::AlreadyEnded)
        .when(close())
        .refused(Refusal::AlreadyEnded)
        .when(dispose(DISHUB))
        .refused(Refusal::AlreadyEnded)
        .by(Actor::Reporter)
        .when(reply())
        .refused(Refusal::AlreadyEnded);
}

#[test]
fn a_liaison_officer_does_not_close() {
    answered_report().by(liaison(PUPR)).when(close()).forbidden();
}

#[test]
fn chasing_an_office_gives_it_no_more_time_and_an_objection_stays_one() {
    answered_report()
        .at("2026-04-09T09:00")
        .by(Actor::Reporter)
        .when(object())
        .done()
        .at("2026-04-13T09:00")
        .when(reply())
        .then([Event::Replied])
        .stands(StageKind::Objected)
        .due(answer_due, "2026-04-16")
        .when(object())
        .refused(Refusal::AlreadyDone);
    answered_report()
        .at("2026-04-09T09:00")
        .by(Actor::Reporter)
        .when(reply())
        .done()
        .at("2026-04-13T09:00")
        .when(object())
        .then([Event::Objected])
        .stands(StageKind::Objected)
        .due(answer_due, "2026-04-16");
}

#[test]
fn the_first_objection_is_told_to_the_superior_and_the_second_to_the_inspectorate() {
    let inspector = officer(domain::Role::Inspector, INSPECTORATE);
    let first = answered_report().at("2026-04-09T09:00").by(Actor::Reporter).when(object()).done();
    let told = |report: &domain::Report| domain::due::objection_offices(&rules().agencies, report);
    first
        .and(|report| told(report) == [PUPR, KALSEL])
        .by(inspector)
        .when(note())
        .forbidden()
        .by(liaison(PUPR))
        .when(answer())
        .done()
        .by(Actor::Reporter)
        .when(object())
        .done()
        .and(|report| told(report) == [PUPR, KALSEL, INSPECTORATE])
        .by(inspector)
        .when(note())
        .done();
}

#[test]
fn after_an_objection_the_next_answer_can_be_confirmed_with_a_new_rating() {
    closed_by_officer()
        .by(Actor::Reporter)
        .when(confirm(2))
        .done()
        .when(object())
        .done()
        .and(|report| report.rating.is_none())
        .by(liaison(PUPR))
        .when(answer())
        .done()
        .by(Actor::Reporter)
        .when(confirm(5))
        .done()
        .stands(StageKind::ClosedConfirmed)
        .and(|report| report.rating == Some(5));
}
