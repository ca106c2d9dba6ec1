//! Answers, replies, and what an answer must carry.

use crate::fixture::*;
use crate::story::{Story, answer_due, given};
use crate::wish::*;
use domain::report::{AnswerKind, CommandKind, StageKind};
use domain::{Actor, Event, Refusal};

fn with_pupr() -> Story {
    given([("2026-04-06T09:00", submitted()), ("2026-04-07T10:00", disposed(NATIONAL, PUPR))])
}

#[test]
fn nobody_answers_before_the_report_was_disposed() {
    given([("2026-04-06T09:00", submitted())]).by(national()).when(answer()).refused(Refusal::NotDisposed);
}

#[test]
fn physical_work_is_done_only_with_evidence() {
    with_pupr()
        .at("2026-04-13T15:00")
        .by(liaison(PUPR))
        .when(mended(0))
        .refused(Refusal::EvidenceMissing)
        .when(mended(2))
        .then([Event::Answered { answer: AnswerKind::Done, planned_for: None, evidence: 2, alike: 0 }])
        .stands(StageKind::Answered);
}

#[test]
fn what_is_no_physical_work_is_done_without_evidence() {
    with_pupr().by(liaison(PUPR)).when(answer_with(AnswerKind::Done, None, None)).then([Event::Answered {
        answer: AnswerKind::Done,
        planned_for: None,
        evidence: 0,
        alike: 0,
    }]);
}

#[test]
fn a_plan_names_a_day_to_come() {
    let plan = |day| answer_with(AnswerKind::Planned, day, None);
    with_pupr()
        .at("2026-04-13T15:00")
        .by(liaison(PUPR))
        .when(plan(None))
        .refused(Refusal::DateMissing)
        .when(plan(Some("2026-04-13")))
        .refused(Refusal::DateMissing)
        .when(plan(Some("2026-09-30")))
        .then([Event::Answered {
            answer: AnswerKind::Planned,
            planned_for: Some(date("2026-09-30")),
            evidence: 0,
            alike: 0,
        }]);
}

#[test]
fn a_plan_is_not_closed_by_silence_and_completion_goes_on_pressing() {
    with_pupr()
        .at("2026-04-13T15:00")
        .by(liaison(PUPR))
        .when(answer_with(AnswerKind::Planned, Some("2026-09-30"), None))
        .done()
        .by(Actor::System)
        .when(domain::Command::CloseSilent)
        .refused(Refusal::NotDue)
        .next("2026-04-24T08:00", CommandKind::Remind);
}

#[test]
fn a_refusal_names_its_legal_ground() {
    with_pupr()
        .by(liaison(PUPR))
        .when(answer_with(AnswerKind::Refused, None, None))
        .refused(Refusal::LegalGroundMissing)
        .when(answer_with(AnswerKind::Refused, None, Some("UU 14/2008 Pasal 17")))
        .then([Event::Answered { answer: AnswerKind::Refused, planned_for: None, evidence: 0, alike: 0 }]);
}

#[test]
fn a_date_beside_an_explanation_is_dropped() {
    with_pupr().by(liaison(PUPR)).when(answer_with(AnswerKind::Explained, Some("2026-09-30"), None)).then([answered()]);
}

#[test]
fn a_reply_on_working_day_nine_cancels_the_silence() {
    with_pupr()
        .at("2026-04-08T09:00")
        .by(liaison(PUPR))
        .when(answer())
        .then([answered()])
        .next("2026-04-17T08:00", CommandKind::Warn)
        .tick("2026-04-17T08:00", CommandKind::Warn)
        .then([Event::Warned])
        .next("2026-04-23T00:00", CommandKind::CloseSilent)
        .at("2026-04-21T20:00")
        .by(Actor::Reporter)
        .when(reply())
        .then([Event::Replied])
        .stands(StageKind::Replied)
        .due(answer_due, "2026-04-28")
        .next("2026-04-24T08:00", CommandKind::Remind)
        .at("2026-04-23T00:00")
        .by(Actor::System)
        .when(domain::Command::CloseSilent)
        .refused(Refusal::ReplyUnanswered);
}

#[test]
fn an_answer_to_a_reply_starts_a_new_silence() {
    with_pupr()
        .at("2026-04-08T09:00")
        .by(liaison(PUPR))
        .when(answer())
        .done()
        .at("2026-04-21T20:00")
        .by(Actor::Reporter)
        .when(reply())
        .done()
        .at("2026-04-22T09:00")
        .by(liaison(PUPR))
        .when(close())
        .forbidden()
        .by(admin(KALSEL))
        .when(close())
        .refused(Refusal::ReplyUnanswered)
        .by(liaison(PUPR))
        .when(answer())
        .then([answered()])
        .next("2026-05-04T08:00", CommandKind::Warn);
}

#[test]
fn there_is_nothing_to_reply_to_before_an_answer() {
    with_pupr().by(Actor::Reporter).when(reply()).refused(Refusal::NotAnswered);
}

#[test]
fn an_office_elsewhere_does_not_answer() {
    with_pupr()
        .by(liaison(DISHUB))
        .when(answer())
        .forbidden()
        .by(admin(BANJARMASIN))
        .when(answer())
        .forbidden()
        .by(Actor::Public)
        .when(answer())
        .forbidden()
        .by(Actor::Reporter)
        .when(answer())
        .forbidden();
}
