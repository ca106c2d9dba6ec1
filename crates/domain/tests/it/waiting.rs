//! Hold, complete, lapse, archive, contest.

use crate::fixture::*;
use crate::story::{Story, answer_due, completion, given};
use crate::wish::*;
use domain::report::{ArchiveReason, CommandKind, StageKind};
use domain::{Actor, Event, Refusal};

fn disposed_to_kalsel() -> Story {
    given([("2026-04-06T09:00", submitted()), ("2026-04-07T10:00", disposed(NATIONAL, KALSEL))])
}

fn on_hold() -> Story {
    disposed_to_kalsel().at("2026-04-09T10:00").by(admin(KALSEL)).when(hold()).then([held()])
}

#[test]
fn a_hold_says_what_is_missing() {
    disposed_to_kalsel()
        .at("2026-04-09T10:00")
        .by(admin(KALSEL))
        .when(hold_for_nothing())
        .refused(Refusal::NothingMissing)
        .when(hold())
        .then([held()])
        .stands(StageKind::Held)
        .when(hold())
        .refused(Refusal::OnHold)
        .when(answer())
        .refused(Refusal::OnHold);
}

#[test]
fn the_reporter_completes_and_the_clocks_go_on_by_the_days_waited() {
    on_hold()
        .at("2026-04-15T08:00")
        .by(Actor::Reporter)
        .when(complete())
        .then([Event::Completed])
        .stands(StageKind::Disposed)
        .due(answer_due, "2026-04-20")
        .due(completion, "2026-05-04")
        .when(complete())
        .refused(Refusal::NotOnHold);
}

#[test]
fn the_office_goes_on_without_what_is_missing() {
    on_hold()
        .at("2026-04-10T10:00")
        .by(admin(KALSEL))
        .when(resume())
        .then([Event::Resumed])
        .stands(StageKind::Disposed)
        .due(answer_due, "2026-04-15")
        .when(resume())
        .refused(Refusal::NotOnHold);
}

#[test]
fn a_hold_before_verification_waits_as_well() {
    given([("2026-04-06T09:00", submitted())])
        .by(national())
        .when(hold())
        .then([held()])
        .at("2026-04-08T09:00")
        .by(Actor::Reporter)
        .when(complete())
        .then([Event::Completed])
        .stands(StageKind::Submitted)
        .due(crate::story::verification, "2026-04-10")
        .and(|report| !report.is_public());
}

#[test]
fn a_hold_that_nobody_answers_lapses_after_ten_working_days() {
    on_hold()
        .at("2026-04-23T23:59")
        .by(Actor::System)
        .when(domain::Command::Lapse)
        .refused(Refusal::NotDue)
        .tick("2026-04-24T00:00", CommandKind::Lapse)
        .then([archived(ArchiveReason::NotCompleted)])
        .stands(StageKind::ArchivedSystem)
        .and(|report| !report.is_public())
        .by(Actor::Reporter)
        .when(complete())
        .refused(Refusal::AlreadyEnded);
}

#[test]
fn a_hold_that_was_forgotten_stops_the_clocks_for_ten_working_days_and_no_longer() {
    on_hold()
        .at("2026-05-19T09:00")
        .due(answer_due, "2026-04-29")
        .by(admin(KALSEL))
        .when(resume())
        .then([Event::Resumed])
        .due(answer_due, "2026-04-29")
        .due(completion, "2026-05-13");
}

#[test]
fn an_archiving_is_contested_within_ten_working_days() {
    let lapsed = || on_hold().tick("2026-04-24T00:00", CommandKind::Lapse).done().by(Actor::Reporter).when(contest());
    lapsed()
        .at("2026-05-11T23:00")
        .then([Event::Contested { to: NATIONAL }])
        .stands(StageKind::Submitted)
        .and(|report| report.holder == NATIONAL);
    lapsed().at("2026-05-12T00:00").refused(Refusal::WindowOver);
}

#[test]
fn a_contested_report_is_not_public_until_it_is_verified_again() {
    disposed_to_kalsel()
        .at("2026-04-08T09:00")
        .by(admin(KALSEL))
        .when(archive(ArchiveReason::Spam))
        .then([archived(ArchiveReason::Spam)])
        .stands(StageKind::ArchivedAdmin)
        .and(|report| !report.is_public())
        .by(Actor::Reporter)
        .when(contest())
        .then([Event::Contested { to: NATIONAL }])
        .and(|report| !report.is_public())
        .by(national())
        .when(dispose(BANJARMASIN))
        .then([disposed(NATIONAL, BANJARMASIN)])
        .stands(StageKind::Disposed)
        .and(|report| report.is_public());
}

#[test]
fn only_what_is_archived_is_contested() {
    disposed_to_kalsel().by(Actor::Reporter).when(contest()).refused(Refusal::StillOpen);
}

#[test]
fn the_lapse_is_a_reason_for_the_system_only() {
    on_hold()
        .by(admin(KALSEL))
        .when(archive(ArchiveReason::NotCompleted))
        .refused(Refusal::ReasonReserved)
        .when(archive(ArchiveReason::Duplicate))
        .then([archived(ArchiveReason::Duplicate)])
        .when(archive(ArchiveReason::Duplicate))
        .refused(Refusal::AlreadyEnded);
}

#[test]
fn an_answered_report_is_neither_archived_nor_put_on_hold() {
    disposed_to_kalsel()
        .at("2026-04-08T09:00")
        .by(admin(KALSEL))
        .when(answer())
        .then([answered()])
        .when(archive(ArchiveReason::Unclear))
        .refused(Refusal::AlreadyAnswered)
        .when(hold())
        .refused(Refusal::AlreadyAnswered);
}

#[test]
fn a_liaison_officer_neither_holds_nor_archives() {
    disposed_to_kalsel().by(liaison(KALSEL)).when(hold()).forbidden().when(archive(ArchiveReason::Spam)).forbidden();
}

#[test]
fn a_contested_archiving_is_verified_anew_with_three_days_to_do_it() {
    disposed_to_kalsel()
        .at("2026-04-08T09:00")
        .by(admin(KALSEL))
        .when(archive(ArchiveReason::Unclear))
        .done()
        .at("2026-04-20T09:00")
        .by(Actor::Reporter)
        .when(contest())
        .done()
        .due(crate::story::verification, "2026-04-23")
        .next("2026-04-22T08:00", CommandKind::Remind)
        .at("2026-04-21T09:00")
        .by(national())
        .when(dispose(KALSEL))
        .done()
        .due(answer_due, "2026-04-27");
}

#[test]
fn a_fourth_hold_is_one_too_many() {
    let mut story = disposed_to_kalsel();
    for _ in 0..3 {
        story = story.by(admin(KALSEL)).when(hold()).done().when(resume()).done();
    }
    story.when(hold()).refused(Refusal::HeldTooOften);
}

#[test]
fn a_lapsed_hold_of_an_answered_report_goes_back_to_the_office_and_is_not_called_silence() {
    disposed_to_kalsel()
        .at("2026-04-08T09:00")
        .by(admin(KALSEL))
        .when(answer())
        .done()
        .by(Actor::Reporter)
        .when(reply())
        .done()
        .at("2026-04-09T10:00")
        .by(admin(KALSEL))
        .when(hold())
        .done()
        .tick("2026-04-24T00:00", CommandKind::Lapse)
        .then([Event::Resumed])
        .stands(StageKind::Replied);
}
