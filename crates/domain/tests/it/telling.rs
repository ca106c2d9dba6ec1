//! What other systems are told of a report, and whose; and what a partner follows.

use crate::fixture::*;
use crate::wish::*;
use domain::partner::{ExternalRef, PartnerName, Quota, addressee, is_changed, is_followed};
use domain::report::{Class, Closure, HideReason};
use domain::webhook::{Topic, listeners, may_leave, told};
use domain::{AgencyId, Event, Report};

fn report(events: &[Event]) -> Report {
    let log = [&[submitted()], events].concat();
    let at = instant("2026-04-06T09:00");
    Report::replay(REPORT, log.iter().map(|event| (at, event))).unwrap()
}

/// What is told when `next` happens after `before`.
fn after(before: &[Event], next: &[Event]) -> Vec<&'static str> {
    after_as(before, next, |_| ())
}

fn after_as(before: &[Event], next: &[Event], made: fn(&mut Report)) -> Vec<&'static str> {
    let (mut was, mut now) = (report(before), report(&[before, next].concat()));
    made(&mut was);
    made(&mut now);
    told(&rules().agencies, &was, &now, next).into_iter().map(|(_, topic)| topic.name()).collect()
}

fn supervisory() -> Event {
    Event::Reclassified { class: Class::Complaint, supervisory: true, category: None }
}

fn hidden() -> Event {
    Event::Hidden { reason: HideReason::PersonalData }
}

#[test]
fn a_report_is_told_from_its_verification_until_it_is_closed_to_the_public() {
    let begun = [disposed(NATIONAL, KALSEL)];
    assert_eq!(after(&[], &begun), ["report.received"]);
    assert_eq!(after(&begun, &[disposed(KALSEL, PUPR)]), ["report.disposed"]);
    assert_eq!(after(&begun, &[answered()]), ["report.answered"]);
    assert_eq!(after(&begun, &[answered(), closed(Closure::ByOfficer)]), ["report.answered", "report.closed"]);
    assert_eq!(after(&begun, &[Event::Noted]), Vec::<&str>::new());
    assert_eq!(after(&begun, &[hidden()]), ["report.withdrawn"]);
    assert_eq!(after(&begun, &[supervisory()]), ["report.withdrawn"]);
    let gone = [disposed(NATIONAL, KALSEL), hidden()];
    assert_eq!(after(&gone, &[answered()]), Vec::<&str>::new(), "hidden");
    assert_eq!(after(&gone, &[Event::Unhidden]), ["report.received"]);
}

#[test]
fn nobody_is_told_of_a_secret_or_an_anonymous_report() {
    let steps = [disposed(NATIONAL, KALSEL), answered(), hidden(), Event::Unhidden, closed(Closure::ByOfficer)];
    let secret: fn(&mut Report) = |report| report.secret = true;
    let anonymous: fn(&mut Report) = |report| report.anonymous = true;
    let abuse: fn(&mut Report) = |report| report.supervisory = true;
    for made in [secret, anonymous, abuse] {
        for n in 0..steps.len() {
            assert_eq!(after_as(&steps[..n], &steps[n..=n], made), Vec::<&str>::new(), "{:?}", steps[n]);
        }
    }
}

#[test]
fn the_offices_before_and_after_a_step_hear_and_those_above_them() {
    let (was, now) = (report(&[disposed(NATIONAL, PUPR)]), report(&[disposed(NATIONAL, PUPR), disposed(PUPR, DISHUB)]));
    let mut heard = listeners(&rules().agencies, &was, &now);
    heard.sort();
    assert_eq!(heard, [NATIONAL, KALSEL, PUPR, DISHUB]);
}

#[test]
fn what_was_closed_meanwhile_does_not_leave() {
    let agencies = &rules().agencies;
    let (open, gone) = (report(&[disposed(NATIONAL, KALSEL)]), report(&[disposed(NATIONAL, KALSEL), hidden()]));
    for (topic, report, leaves) in [
        (Topic::Answered, Some(&open), true),
        (Topic::Answered, Some(&gone), false),
        (Topic::Withdrawn, Some(&gone), true),
        (Topic::Withdrawn, Some(&open), false),
        (Topic::Received, None, false),
        (Topic::Test, None, true),
    ] {
        assert_eq!(may_leave(agencies, topic, report), leaves, "{topic:?}");
    }
}

#[test]
fn a_partner_brings_to_its_own_office_and_below() {
    let to = |partner: AgencyId, named| addressee(&rules().agencies, partner, named);
    assert_eq!(to(KALSEL, None), Some(Some(KALSEL)));
    assert_eq!(to(KALSEL, Some(PUPR)), Some(Some(PUPR)));
    assert_eq!(to(PUPR, Some(KALSEL)), None);
    assert_eq!(to(KALSEL, Some(BANJARMASIN)), None);
    assert_eq!(to(NATIONAL, None), Some(None));
    assert_eq!(to(NATIONAL, Some(BANJARMASIN)), Some(Some(BANJARMASIN)));
}

#[test]
fn a_partner_follows_what_is_not_sealed() {
    let begun = [disposed(NATIONAL, KALSEL)];
    let (received, verified) = (report(&[]), report(&begun));
    let (answered_once, noted) =
        (report(&[disposed(NATIONAL, KALSEL), answered()]), report(&[disposed(NATIONAL, KALSEL), Event::Noted]));
    assert!(is_changed(&received, &verified) && is_changed(&verified, &answered_once));
    assert!(!is_changed(&verified, &noted), "what the public is not told");
    let sealed = report(&[disposed(NATIONAL, KALSEL), supervisory()]);
    let later = report(&[disposed(NATIONAL, KALSEL), supervisory(), answered()]);
    assert!(is_followed(&verified) && !is_followed(&sealed));
    assert!(is_changed(&verified, &sealed) && !is_changed(&sealed, &later));
}

#[test]
fn names_numbers_and_quotas_have_bounds() {
    assert_eq!(PartnerName::parse(" JAKI ").unwrap().as_str(), "JAKI");
    assert!(PartnerName::parse("J").is_none() && PartnerName::parse(&"J".repeat(61)).is_none());
    assert!(ExternalRef::parse("a\nb").is_none() && ExternalRef::parse("").is_none());
    assert!(Quota::new(0, 1).is_none() && Quota::new(601, 1).is_none() && Quota::new(1, 100_001).is_none());
    assert_eq!(Quota::new(60, 5_000), Some(Quota::USUAL));
}
