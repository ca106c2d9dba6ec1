//! Problems: who may do what with one, and which reports stand on its public page.

use crate::fixture::*;
use crate::story::given;
use crate::wish::*;
use domain::policy::{ProblemAction, may_problem};
use domain::problem::shows;
use domain::report::{ArchiveReason, Class, HideReason};
use domain::{Actor, Command, Event, ProblemId, Refusal, Report, Role};

const PROBLEM: ProblemId = ProblemId(5);

fn report(events: &[Event]) -> Report {
    let log = [&[submitted(), disposed(NATIONAL, KALSEL)], events].concat();
    let at = instant("2026-04-06T09:00");
    Report::replay(REPORT, log.iter().map(|event| (at, event))).unwrap()
}

#[test]
fn admins_change_problems_of_their_offices_and_the_owner_tells_how_they_stand() {
    let may = |actor, action, owner| may_problem(&rules().agencies, &actor, action, owner);
    for action in ProblemAction::ALL {
        assert!(may(national(), action, PUPR) && may(admin(KALSEL), action, PUPR));
        assert!(!may(admin(BANJARMASIN), action, PUPR) && !may(admin(PUPR), action, KALSEL));
        assert_eq!(may(liaison(PUPR), action, PUPR), action != ProblemAction::Edit);
        assert!(!may(liaison(DISHUB), action, PUPR) && !may(liaison(KALSEL), action, PUPR));
        let others = [Role::Operator, Role::Leader, Role::Inspector, Role::Supervisor, Role::Auditor];
        let seats = others.map(|role| officer(role, KALSEL)).into_iter();
        for actor in seats.chain([Actor::Public, Actor::Reporter, Actor::Outsider, Actor::System]) {
            assert!(!may(actor, action, KALSEL), "{actor:?}");
        }
    }
}

#[test]
fn a_report_is_attributed_moved_and_released() {
    given([("2026-04-06T09:00", submitted()), ("2026-04-07T10:00", disposed(NATIONAL, KALSEL))])
        .by(admin(KALSEL))
        .when(Command::Release)
        .refused(Refusal::NotInProblem)
        .when(Command::Attribute { problem: PROBLEM })
        .then([Event::Attributed { problem: PROBLEM }])
        .when(Command::Attribute { problem: PROBLEM })
        .refused(Refusal::AlreadySo)
        .when(Command::Attribute { problem: ProblemId(6) })
        .then([Event::Attributed { problem: ProblemId(6) }])
        .when(Command::Release)
        .then([Event::Released { problem: ProblemId(6) }])
        .and(|report| report.problem.is_none());
}

#[test]
fn only_what_everybody_may_read_and_no_anonymous_report_has_a_place_on_the_page() {
    assert!(shows(&report(&[])));
    let supervisory = Event::Reclassified { class: Class::Complaint, supervisory: true, category: None };
    let closed = [
        report(&[supervisory]),
        report(&[Event::Hidden { reason: HideReason::PersonalData }]),
        Report { secret: true, ..report(&[]) },
        Report { anonymous: true, ..report(&[]) },
    ];
    for report in closed {
        assert!(!shows(&report), "{report:?}");
    }
}

#[test]
fn what_has_no_place_on_the_page_is_not_attributed_and_can_still_be_released() {
    let attributed = || {
        given([("2026-04-06T09:00", submitted()), ("2026-04-07T10:00", disposed(NATIONAL, KALSEL))])
            .by(admin(KALSEL))
            .when(Command::Attribute { problem: PROBLEM })
            .done()
    };
    attributed()
        .by(national())
        .when(hide())
        .done()
        .when(Command::Attribute { problem: ProblemId(6) })
        .refused(Refusal::NotForProblem)
        .when(Command::Release)
        .then([Event::Released { problem: PROBLEM }]);
    attributed()
        .when(archive(ArchiveReason::Duplicate))
        .done()
        .when(Command::Release)
        .then([Event::Released { problem: PROBLEM }]);
}
