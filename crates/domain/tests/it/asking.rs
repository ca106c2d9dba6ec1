//! Questions to people outside: they hold nothing up, read nothing, and end.

use crate::fixture::*;
use crate::story::{Story, given};
use crate::wish::*;
use domain::policy::{Action, may};
use domain::question::{MOST_OPEN, term_end};
use domain::report::{ArchiveReason, CommandKind};
use domain::time::Zone;
use domain::{Actor, Command, Event, Refusal};

fn with_kalsel() -> Story {
    given([("2026-04-06T09:00", submitted()), ("2026-04-07T10:00", disposed(NATIONAL, KALSEL))])
}

#[test]
fn somebody_outside_is_asked_and_answers_once_while_the_clocks_run_on() {
    with_kalsel()
        .by(admin(KALSEL))
        .when(ask_outsider())
        .then([Event::OutsiderAsked])
        .and(|report| report.asked == [3] && report.clocks.holds.is_empty())
        .by(Actor::Outsider)
        .when(answer_outside(3))
        .then([Event::OutsiderAnswered { question: 3 }])
        .when(answer_outside(3))
        .refused(Refusal::QuestionEnded)
        .and(|report| report.asked.is_empty());
}

#[test]
fn a_question_ends_with_the_officer_or_with_the_report() {
    let asked = || with_kalsel().by(admin(KALSEL)).when(ask_outsider()).done();
    asked()
        .when(Command::EndQuestion { question: 3 })
        .then([Event::OutsiderEnded { question: 3 }])
        .by(Actor::Outsider)
        .when(answer_outside(3))
        .refused(Refusal::QuestionEnded);
    asked()
        .when(archive(ArchiveReason::Duplicate))
        .done()
        .by(Actor::Outsider)
        .when(answer_outside(3))
        .refused(Refusal::QuestionEnded)
        .by(admin(KALSEL))
        .when(ask_outsider())
        .refused(Refusal::AlreadyEnded);
}

#[test]
fn ten_questions_are_enough() {
    let full = (0..MOST_OPEN).fold(with_kalsel().by(liaison(KALSEL)), |story, _| story.when(ask_outsider()).done());
    full.when(ask_outsider()).refused(Refusal::TooManyQuestions);
}

#[test]
fn an_outsider_reads_nothing_and_does_nothing_else() {
    let report = with_kalsel().report;
    let actions = [Action::Read, Action::ReadName, Action::ReadContact, Action::ReadOriginal, Action::ReadNotes];
    for action in actions {
        assert!(!may(&rules().agencies, &Actor::Outsider, action, &report), "{action:?}");
    }
    let does = |kind: &&CommandKind| may(&rules().agencies, &Actor::Outsider, Action::Do(**kind), &report);
    assert_eq!(CommandKind::ALL.iter().filter(does).collect::<Vec<_>>(), [&CommandKind::AnswerOutside]);
}

#[test]
fn a_term_counts_working_days_to_the_end_of_the_last() {
    let friday = instant("2026-04-10T15:00");
    assert_eq!(Zone::Wita.day(term_end(rules(), Zone::Wita, friday, 1)), date("2026-04-13"));
    assert_eq!(Zone::Wita.day(term_end(rules(), Zone::Wita, friday, 5)), date("2026-04-17"));
}
