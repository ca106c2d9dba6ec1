//! The name of an anonymous reporter: a reason, a second person, and an end.

use crate::fixture::*;
use crate::story::{Story, given};
use crate::wish::*;
use domain::policy::{Action, may};
use domain::report::Channel;
use domain::{Actor, Command, Event, Refusal, Report, Role, UserId};

const ASKER: UserId = UserId(KALSEL.0);

fn anonymous() -> Story {
    let first = match submitted() {
        Event::Submitted { class, category, region, zone, secret, holder, chosen, .. } => Event::Submitted {
            class,
            category,
            region,
            zone,
            channel: Channel::Web,
            anonymous: true,
            secret,
            holder,
            chosen,
        },
        other => other,
    };
    given([("2026-04-06T09:00", first), ("2026-04-07T10:00", disposed(NATIONAL, KALSEL))])
}

fn reads(actor: Actor) -> impl Fn(&Report) -> bool {
    move |report| may(&rules().agencies, &actor, Action::ReadName, report)
}

#[test]
fn a_name_is_opened_by_a_second_person_to_the_one_who_asked() {
    let opened = anonymous()
        .by(admin(KALSEL))
        .when(ask_name())
        .then([Event::NameAsked { officer: ASKER }])
        .and(|report| !reads(admin(KALSEL))(report))
        .when(ask_name())
        .refused(Refusal::AlreadyDone)
        .by(national())
        .when(Command::OpenName { officer: ASKER })
        .then([Event::NameOpened { officer: ASKER, by: UserId(1) }])
        .and(reads(admin(KALSEL)))
        .when(Command::OpenName { officer: ASKER })
        .refused(Refusal::NotAsked);
    for other in [national(), officer(Role::Inspector, INSPECTORATE), liaison(PUPR), supervisor()] {
        assert!(!reads(other)(&opened.report), "{other:?}");
    }
}

#[test]
fn nobody_opens_a_name_to_themselves() {
    anonymous()
        .by(national())
        .when(ask_name())
        .done()
        .when(Command::OpenName { officer: UserId(1) })
        .refused(Refusal::SamePerson)
        .by(admin(KALSEL))
        .when(Command::OpenName { officer: UserId(1) })
        .forbidden();
}

#[test]
fn an_opening_ends_with_the_turn_of_the_office() {
    anonymous()
        .by(admin(KALSEL))
        .when(ask_name())
        .done()
        .by(national())
        .when(Command::OpenName { officer: ASKER })
        .done()
        .by(admin(KALSEL))
        .when(dispose(PUPR))
        .done()
        .and(|report| !reads(admin(KALSEL))(report))
        .and(|report| report.openings.is_empty());
}

#[test]
fn a_wish_that_was_kept_can_be_made_again_with_better_reason() {
    anonymous()
        .by(admin(KALSEL))
        .when(ask_name())
        .done()
        .by(national())
        .when(keep_name(ASKER))
        .then([Event::NameKept { officer: ASKER }])
        .by(admin(KALSEL))
        .when(ask_name())
        .done();
}

#[test]
fn a_name_that_is_not_closed_is_not_asked_for() {
    given([("2026-04-06T09:00", submitted()), ("2026-04-07T10:00", disposed(NATIONAL, KALSEL))])
        .by(admin(KALSEL))
        .when(ask_name())
        .refused(Refusal::NotAnonymous)
        .by(liaison(KALSEL))
        .when(ask_name())
        .forbidden();
}
