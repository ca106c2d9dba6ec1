//! Verify, dispose, forward down, give back.

use crate::fixture::*;
use crate::story::{answer_due, completion, given, verification};
use crate::wish::*;
use domain::report::{CommandKind, StageKind, submit};
use domain::{AgencyId, Event, Moment, Refusal};

const RECEIVED: &str = "2026-04-06T09:00";
const DISPOSED: &str = "2026-04-07T10:00";

fn with_pupr() -> crate::story::Story {
    given([(RECEIVED, submitted()), (DISPOSED, disposed(NATIONAL, KALSEL)), (DISPOSED, disposed(KALSEL, PUPR))])
}

#[test]
fn the_national_admin_verifies_and_disposes_within_three_working_days() {
    given([(RECEIVED, submitted())])
        .stands(StageKind::Submitted)
        .due(verification, "2026-04-09")
        .and(|report| !report.is_public())
        .at(DISPOSED)
        .by(national())
        .when(dispose(KALSEL))
        .then([disposed(NATIONAL, KALSEL)])
        .stands(StageKind::Disposed)
        .due(answer_due, "2026-04-14")
        .due(completion, "2026-04-27")
        .and(|report| report.is_public() && report.holder == KALSEL);
}

#[test]
fn a_chosen_agency_verifies_in_place_of_the_national_admin() {
    let moment = Moment { now: instant(RECEIVED), rules: rules() };
    let sent = submit(&moment, submission(Some(PUPR))).unwrap();
    assert_eq!(sent, submitted_to(KALSEL, Some(PUPR)));
    given([(RECEIVED, sent)])
        .at(DISPOSED)
        .by(admin(KALSEL))
        .when(dispose(PUPR))
        .then([disposed(KALSEL, PUPR)])
        .stands(StageKind::Disposed)
        .due(answer_due, "2026-04-14");
}

#[test]
fn a_chosen_agency_may_verify_and_keep_the_report_itself() {
    given([(RECEIVED, submitted_to(KALSEL, Some(KALSEL)))])
        .at(DISPOSED)
        .by(admin(KALSEL))
        .when(dispose(KALSEL))
        .then([disposed(KALSEL, KALSEL)])
        .by(admin(KALSEL))
        .when(answer())
        .then([answered()]);
}

#[test]
fn an_agency_that_nobody_knows_cannot_be_chosen() {
    let moment = Moment { now: instant(RECEIVED), rules: rules() };
    assert_eq!(submit(&moment, submission(Some(AgencyId(99)))), Err(Refusal::UnknownAgency));
    assert_eq!(submit(&moment, submission(None)), Ok(submitted()));
}

#[test]
fn forwarding_down_restarts_no_clock() {
    given([(RECEIVED, submitted()), (DISPOSED, disposed(NATIONAL, KALSEL))])
        .at("2026-04-09T16:00")
        .by(admin(KALSEL))
        .when(dispose(PUPR))
        .then([disposed(KALSEL, PUPR)])
        .due(answer_due, "2026-04-14")
        .due(completion, "2026-04-27");
}

#[test]
fn an_agency_disposes_only_to_its_own_units() {
    let story = given([(RECEIVED, submitted()), (DISPOSED, disposed(NATIONAL, KALSEL))]).at("2026-04-08T09:00");
    let story = story.by(admin(KALSEL)).when(dispose(BANJARMASIN)).refused(Refusal::OutsideSubtree);
    let story = story.when(dispose(NATIONAL)).refused(Refusal::OutsideSubtree);
    let story = story.when(dispose(AgencyId(99))).refused(Refusal::UnknownAgency);
    let story = story.when(dispose(KALSEL)).refused(Refusal::AlreadyThere);
    story.by(admin(BANJARMASIN)).when(dispose(BANJARMASIN_PUPR)).forbidden();
}

#[test]
fn the_national_admin_takes_a_report_from_one_agency_to_another() {
    with_pupr()
        .at("2026-04-09T09:00")
        .by(national())
        .when(dispose(BANJARMASIN))
        .then([disposed(PUPR, BANJARMASIN)])
        .due(answer_due, "2026-04-14");
}

#[test]
fn not_ours_goes_one_step_up_with_a_reason_while_the_clock_goes_on() {
    let back = Event::Returned {
        from: PUPR,
        to: KALSEL,
        reason: domain::report::ReturnReason::OtherAgency,
        suggestion: Some(DISHUB),
    };
    with_pupr()
        .at("2026-04-10T09:00")
        .by(liaison(PUPR))
        .when(suggest(AgencyId(99)))
        .refused(Refusal::UnknownAgency)
        .when(suggest(DISHUB))
        .then([back])
        .stands(StageKind::Returned)
        .due(answer_due, "2026-04-14")
        .at("2026-04-13T09:00")
        .by(admin(KALSEL))
        .when(dispose(DISHUB))
        .then([disposed(KALSEL, DISHUB)])
        .stands(StageKind::Disposed)
        .due(answer_due, "2026-04-14")
        .due(completion, "2026-04-27");
}

#[test]
fn an_agency_may_keep_what_its_unit_gave_back() {
    with_pupr()
        .at("2026-04-10T09:00")
        .by(liaison(PUPR))
        .when(give_back())
        .then([returned(PUPR, KALSEL)])
        .by(admin(KALSEL))
        .when(answer())
        .refused(Refusal::NotDisposed)
        .when(dispose(KALSEL))
        .then([disposed(KALSEL, KALSEL)])
        .when(answer())
        .then([answered()]);
}

#[test]
fn after_the_second_return_the_national_admin_decides_and_it_sticks() {
    with_pupr()
        .at("2026-04-08T09:00")
        .by(liaison(PUPR))
        .when(give_back())
        .then([returned(PUPR, KALSEL)])
        .by(admin(KALSEL))
        .when(dispose(DISHUB))
        .then([disposed(KALSEL, DISHUB)])
        .at("2026-04-09T09:00")
        .by(liaison(DISHUB))
        .when(give_back())
        .then([returned(DISHUB, NATIONAL)])
        .by(admin(KALSEL))
        .when(dispose(PUPR))
        .forbidden()
        .by(national())
        .when(dispose(KALSEL))
        .then([Event::Disposed { from: NATIONAL, to: KALSEL, settled: true }])
        .by(admin(KALSEL))
        .when(dispose(PUPR))
        .then([Event::Disposed { from: KALSEL, to: PUPR, settled: true }])
        .by(liaison(PUPR))
        .when(give_back())
        .refused(Refusal::Settled)
        .due(answer_due, "2026-04-14");
}

#[test]
fn a_chosen_agency_gives_back_before_verifying_and_verification_goes_on() {
    given([(RECEIVED, submitted_to(KALSEL, Some(KALSEL)))])
        .at(DISPOSED)
        .by(admin(KALSEL))
        .when(give_back())
        .then([returned(KALSEL, NATIONAL)])
        .due(verification, "2026-04-09")
        .next("2026-04-08T08:00", CommandKind::Remind)
        .and(|report| !report.is_public());
}

#[test]
fn an_answered_report_is_not_given_back() {
    with_pupr()
        .at("2026-04-08T09:00")
        .by(liaison(PUPR))
        .when(answer())
        .then([answered()])
        .when(give_back())
        .refused(Refusal::AlreadyAnswered);
}

#[test]
fn nobody_stands_above_the_national_office() {
    given([(RECEIVED, submitted())]).by(admin(NATIONAL)).when(give_back()).refused(Refusal::NothingAbove);
}
