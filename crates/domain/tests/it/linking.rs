//! The same matter: what is linked, which answers go to all, and what stays each reporter's own.

use crate::fixture::*;
use crate::story::given;
use crate::wish::*;
use domain::matter::{Left, gives, receives};
use domain::report::{Class, Closure, HideReason};
use domain::{AgencyId, Command, Event, MatterId, Refusal, Report};

const MATTER: MatterId = MatterId(5);

fn report(events: &[Event]) -> Report {
    let log = [&[submitted()], events].concat();
    let at = instant("2026-04-06T09:00");
    Report::replay(REPORT, log.iter().map(|event| (at, event))).unwrap()
}

fn with(office: AgencyId, more: &[Event]) -> Report {
    report(&[&[disposed(NATIONAL, office)], more].concat())
}

#[test]
fn a_report_is_linked_moved_and_unlinked_and_its_clocks_do_not_notice() {
    given([("2026-04-06T09:00", submitted()), ("2026-04-07T10:00", disposed(NATIONAL, KALSEL))])
        .by(admin(KALSEL))
        .when(Command::Unlink)
        .refused(Refusal::NotLinked)
        .when(Command::Link { matter: MATTER })
        .then([Event::Linked { matter: MATTER }])
        .and(|report| report.clocks == with(KALSEL, &[]).clocks || report.clocks.disposed.is_some())
        .when(Command::Link { matter: MATTER })
        .refused(Refusal::AlreadySo)
        .when(Command::Link { matter: MatterId(6) })
        .then([Event::Linked { matter: MatterId(6) }])
        .when(Command::Unlink)
        .then([Event::Unlinked { matter: MatterId(6) }])
        .and(|report| report.matter.is_none());
}

#[test]
fn only_what_everybody_may_read_goes_to_others() {
    let supervisory = Event::Reclassified { class: Class::Complaint, supervisory: true, category: None };
    assert!(gives(&with(KALSEL, &[])));
    assert!(gives(&with(KALSEL, &[answered()])), "a second answer to the matter");
    for closed in [supervisory, Event::Hidden { reason: HideReason::PersonalData }] {
        assert!(!gives(&with(KALSEL, std::slice::from_ref(&closed))), "{closed:?}");
    }
    assert!(!gives(&report(&[])), "not verified");
    for talk in [Event::Replied, Event::Objected] {
        assert!(!gives(&with(KALSEL, &[answered(), talk.clone()])), "an answer to {talk:?} is for its reporter");
    }
}

#[test]
fn who_gets_the_answer_and_why_the_others_do_not() {
    let source = with(KALSEL, &[]);
    let supervisory = Event::Reclassified { class: Class::Complaint, supervisory: true, category: None };
    let cases = [
        (with(KALSEL, &[]), Ok(())),
        (with(KALSEL, &[answered()]), Ok(())),
        (with(KALSEL, &[supervisory]), Ok(())),
        (with(PUPR, &[]), Err(Left::OtherOffice)),
        (report(&[]), Err(Left::OtherOffice)),
        (with(KALSEL, &[disposed(KALSEL, PUPR), returned(PUPR, KALSEL)]), Err(Left::NotDisposed)),
        (with(KALSEL, &[held()]), Err(Left::OnHold)),
        (with(KALSEL, &[answered(), Event::Replied]), Err(Left::OwnTalk)),
        (with(KALSEL, &[answered(), Event::Objected]), Err(Left::OwnTalk)),
        (with(KALSEL, &[answered(), closed(Closure::ByOfficer)]), Err(Left::Ended)),
    ];
    for (member, expected) in cases {
        assert_eq!(receives(&source, &member), expected, "{:?}", member.stage);
    }
}
