//! Reminders, escalations and the Ombudsman: somebody is always told.

use crate::fixture::*;
use crate::story::{Story, given};
use crate::wish::*;
use domain::deadline::Limit;
use domain::report::{Closure, CommandKind, Ombudsman, StageKind};
use domain::{Actor, AgencyId, Command, Event, Refusal};

fn escalated(limit: Limit, level: u8, to: AgencyId) -> Event {
    Event::Escalated { limit, level, to }
}

/// Sent on Monday 6 April, with PUPR since the 7th, and nobody was ever assigned.
fn unassigned() -> Story {
    given([("2026-04-06T09:00", submitted()), ("2026-04-07T10:00", disposed(NATIONAL, PUPR))])
        .and(|report| report.officer.is_none())
}

fn left_alone() -> Story {
    unassigned()
        .tick("2026-04-13T08:00", CommandKind::Remind)
        .then([Event::Reminded { limit: Limit::FirstAnswer }])
        .tick("2026-04-15T08:00", CommandKind::Escalate)
        .then([escalated(Limit::FirstAnswer, 1, PUPR)])
        .tick("2026-04-17T08:00", CommandKind::Escalate)
        .then([escalated(Limit::FirstAnswer, 2, KALSEL)])
        .tick("2026-04-21T08:00", CommandKind::Escalate)
        .then([escalated(Limit::FirstAnswer, 3, NATIONAL)])
}

#[test]
fn a_report_that_nobody_verifies_is_told_to_the_national_office() {
    given([("2026-04-06T09:00", submitted())])
        .tick("2026-04-08T08:00", CommandKind::Remind)
        .then([Event::Reminded { limit: Limit::Verification }])
        .tick("2026-04-10T08:00", CommandKind::Escalate)
        .then([escalated(Limit::Verification, 1, NATIONAL)]);
}

#[test]
fn an_unassigned_case_climbs_from_the_office_to_the_parent_agency_and_the_nation() {
    left_alone()
        .when(Command::Escalate)
        .refused(Refusal::AlreadyDone)
        .when(Command::Remind)
        .refused(Refusal::AlreadyDone);
}

#[test]
fn nobody_is_reminded_before_it_is_time() {
    unassigned()
        .at("2026-04-13T07:59")
        .by(Actor::System)
        .when(Command::Remind)
        .refused(Refusal::NotDue)
        .when(Command::Escalate)
        .refused(Refusal::NotDue);
}

#[test]
fn an_answer_ends_the_pressing() {
    unassigned()
        .at("2026-04-16T08:00")
        .by(liaison(PUPR))
        .when(answer())
        .then([answered()])
        .by(Actor::System)
        .when(Command::Escalate)
        .refused(Refusal::NotDue)
        .next("2026-04-27T08:00", CommandKind::Warn);
}

#[test]
fn the_reporter_is_warned_once_in_the_morning_of_day_seven() {
    unassigned()
        .at("2026-04-08T09:00")
        .by(liaison(PUPR))
        .when(answer())
        .done()
        .at("2026-04-17T07:59")
        .by(Actor::System)
        .when(Command::Warn)
        .refused(Refusal::NotDue)
        .at("2026-04-17T08:00")
        .then([Event::Warned])
        .when(Command::Warn)
        .refused(Refusal::AlreadyDone);
}

#[test]
fn nobody_is_pressed_while_the_reporter_is_awaited() {
    unassigned()
        .at("2026-04-09T10:00")
        .by(admin(KALSEL))
        .when(hold())
        .then([held()])
        .next("2026-04-24T00:00", CommandKind::Lapse)
        .at("2026-04-17T08:00")
        .by(Actor::System)
        .when(Command::Escalate)
        .refused(Refusal::NotDue);
}

#[test]
fn after_sixty_days_the_ombudsman_is_offered_and_takes_over_with_consent() {
    left_alone()
        .by(Actor::Reporter)
        .when(Command::AcceptOmbudsman)
        .refused(Refusal::NotOffered)
        .at("2026-06-05T23:59")
        .by(national())
        .when(Command::OfferOmbudsman)
        .refused(Refusal::NotDue)
        .tick("2026-06-06T00:00", CommandKind::OfferOmbudsman)
        .then([Event::OmbudsmanOffered])
        .when(Command::OfferOmbudsman)
        .refused(Refusal::AlreadyDone)
        .and(|report| matches!(report.ombudsman, Ombudsman::Offered { .. }))
        .at("2026-06-07T10:00")
        .by(Actor::Reporter)
        .when(Command::AcceptOmbudsman)
        .then([Event::OmbudsmanAccepted])
        .stands(StageKind::Disposed)
        .and(|report| report.ombudsman == Ombudsman::Accepted { at: instant("2026-06-07T10:00") })
        .when(Command::AcceptOmbudsman)
        .refused(Refusal::AlreadyDone);
}

#[test]
fn a_finished_report_is_not_offered_to_the_ombudsman() {
    given([
        ("2026-04-06T09:00", submitted()),
        ("2026-04-07T10:00", disposed(NATIONAL, PUPR)),
        ("2026-04-08T09:00", answered()),
        ("2026-04-09T09:00", closed(Closure::Confirmed)),
    ])
    .at("2026-07-01T09:00")
    .by(Actor::System)
    .when(Command::OfferOmbudsman)
    .refused(Refusal::AlreadyEnded);
}

#[test]
fn an_office_that_promised_is_reminded_on_the_promised_day() {
    unassigned()
        .at("2026-04-08T09:00")
        .by(liaison(PUPR))
        .when(answer_with(domain::report::AnswerKind::Planned, Some("2026-04-20"), None))
        .done()
        .tick("2026-04-20T08:00", CommandKind::RemindPromise)
        .then([Event::PromiseReminded])
        .when(Command::RemindPromise)
        .refused(Refusal::AlreadyDone)
        .next("2026-04-24T08:00", CommandKind::Remind);
}

#[test]
fn a_finish_that_is_due_before_the_next_answer_presses_too() {
    unassigned()
        .at("2026-04-08T09:00")
        .by(liaison(PUPR))
        .when(answer())
        .done()
        .at("2026-04-22T09:00")
        .by(Actor::Reporter)
        .when(reply())
        .done()
        .due(crate::story::answer_due, "2026-04-29")
        .tick("2026-04-24T08:00", CommandKind::Remind)
        .then([Event::Reminded { limit: Limit::CompletionNonsupervisory }]);
}

#[test]
fn a_finish_that_was_late_before_the_reopening_presses_nobody_again() {
    unassigned()
        .at("2026-04-08T09:00")
        .by(liaison(PUPR))
        .when(answer())
        .done()
        .by(admin(KALSEL))
        .when(close())
        .done()
        .at("2026-05-04T09:00")
        .by(national())
        .when(reopen())
        .done()
        .tick("2026-05-08T08:00", CommandKind::Remind)
        .then([Event::Reminded { limit: Limit::FirstAnswer }]);
}

#[test]
fn a_warning_that_went_out_late_leaves_three_days_to_heed_it() {
    unassigned()
        .at("2026-04-08T09:00")
        .by(liaison(PUPR))
        .when(answer())
        .done()
        .at("2026-05-20T09:00")
        .by(Actor::System)
        .when(Command::Warn)
        .done()
        .when(Command::CloseSilent)
        .refused(Refusal::NotDue)
        .tick("2026-05-23T09:00", CommandKind::CloseSilent)
        .then([closed(Closure::BySystem)]);
}
