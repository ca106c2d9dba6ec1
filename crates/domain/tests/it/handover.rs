//! Hand-overs: whose lateness it is, what goes along, who signs.

use crate::fixture::*;
use crate::wish::*;
use domain::handover::{Inventory, band_days, ends_seat, goes_along, is_pair};
use domain::lateness::{Share, lateness, responsible_at};
use domain::policy::handover::{may_draft, may_read, may_sign};
use domain::report::{Class, Command, Moment, StageKind, decide, evolve};
use domain::{Actor, AgencyId, Event, Refusal, Report, Role};
use jiff::{SignedDuration, Timestamp};

const KUKAR: AgencyId = AgencyId(640_200);
const DISKOMINFO: AgencyId = AgencyId(640_201);
const INSPEKTORAT: AgencyId = AgencyId(640_202);

fn handed_over() -> Event {
    Event::HandedOver { from: INSPEKTORAT, to: DISKOMINFO }
}

/// A complaint of 2017 that nobody answered.
fn old_case() -> Vec<(Timestamp, Event)> {
    vec![
        (instant("2017-03-06T09:00"), submitted_to(KUKAR, Some(KUKAR))),
        (instant("2017-03-07T09:00"), disposed(KUKAR, INSPEKTORAT)),
    ]
}

fn working_days(first: &str, last: &str) -> u32 {
    let days = std::iter::successors(Some(date(first)), |day| day.tomorrow().ok());
    let days = days.take_while(|day| *day <= date(last));
    u32::try_from(days.filter(|day| rules().calendar.is_working_day(*day)).count()).unwrap()
}

/// AV5 of the domain notes: Kutai Kartanegara, 24 February 2021.
#[test]
fn lateness_until_the_hand_over_belongs_to_the_inspektorat_and_after_it_to_diskominfo() {
    let mut log = old_case();
    log.push((instant("2021-02-24T10:00"), handed_over()));
    let shares = lateness(rules(), REPORT, &log, instant("2021-03-03T12:00"));
    // The first answer was due on 14 March 2017.
    let before = Share { office: INSPEKTORAT, days: working_days("2017-03-15", "2021-02-24") };
    let after = Share { office: DISKOMINFO, days: working_days("2021-02-25", "2021-03-03") };
    assert_eq!(shares, [before, after]);
    assert_eq!(after.days, 5);
    assert_eq!(responsible_at(REPORT, &log, instant("2021-02-24T09:59")), Some(INSPEKTORAT));
    assert_eq!(responsible_at(REPORT, &log, instant("2021-02-24T10:00")), Some(DISKOMINFO));
    assert_eq!(responsible_at(REPORT, &log, instant("2017-03-01T00:00")), None);
}

#[test]
fn a_successor_who_answers_on_the_day_of_the_hand_over_is_late_by_no_day() {
    let mut log = old_case();
    log.push((instant("2021-02-24T10:00"), handed_over()));
    log.push((instant("2021-02-24T15:00"), answered()));
    let shares = lateness(rules(), REPORT, &log, instant("2021-06-01T12:00"));
    assert!(shares.iter().all(|share| share.office == INSPEKTORAT), "{shares:?}");
}

/// Whenever a case is handed over, the offices together are late by as many days as one office would have been.
#[test]
fn a_hand_over_moves_lateness_and_makes_none() {
    let (now, whole) = (instant("2017-06-30T12:00"), old_case());
    let total: u32 = lateness(rules(), REPORT, &whole, now).iter().map(|share| share.days).sum();
    assert!(total > 60);
    let mut mine = u32::MAX;
    for hours in 1..2_763 {
        let at = instant("2017-03-07T09:00") + SignedDuration::from_hours(hours);
        let mut log = old_case();
        log.push((at, handed_over()));
        let shares = lateness(rules(), REPORT, &log, now);
        assert_eq!(shares.iter().map(|share| share.days).sum::<u32>(), total, "{at}");
        let successor = shares.iter().find(|share| share.office == DISKOMINFO).map_or(0, |share| share.days);
        assert!(successor <= mine, "a later hand-over makes the successor later: {at}");
        mine = successor;
    }
    assert_eq!(mine, 0);
}

fn held_by(holder: AgencyId, more: &[Event]) -> Report {
    let events = [&[submitted_to(KUKAR, Some(KUKAR)), disposed(KUKAR, holder)], more].concat();
    let at = instant("2026-04-06T09:00");
    Report::replay(REPORT, events.iter().map(|event| (at, event))).unwrap()
}

#[test]
fn a_case_goes_over_as_it_is_and_no_clock_starts_anew() {
    let was = held_by(INSPEKTORAT, &[Event::Reminded { limit: domain::deadline::Limit::FirstAnswer }]);
    let moment = Moment { now: instant("2026-04-20T09:00"), rules: rules() };
    let events = decide(&moment, &Actor::System, &was, &Command::HandOver { to: DISKOMINFO }).unwrap();
    assert_eq!(events, [handed_over()]);
    let now = evolve(was.clone(), moment.now, &events[0]);
    assert_eq!((now.holder, now.officer, now.returns), (DISKOMINFO, None, was.returns));
    assert_eq!((now.stage, now.clocks, now.nudges), (was.stage.clone(), was.clocks.clone(), was.nudges.clone()));
    let refused = |to| decide(&moment, &Actor::System, &was, &Command::HandOver { to }).unwrap_err();
    assert_eq!(refused(INSPEKTORAT), Refusal::AlreadyThere);
    assert_eq!(refused(KALSEL), Refusal::OutsideSubtree);
    assert_eq!(refused(AgencyId(5)), Refusal::UnknownAgency);
}

#[test]
fn what_an_inspectorate_holds_by_law_stays_with_it() {
    let agencies = &rules().agencies;
    let supervisory = Event::Reclassified { class: Class::Complaint, supervisory: true, category: None };
    let goes = |report: &Report, from, to| goes_along(agencies, report, from, to);
    assert!(goes(&held_by(INSPEKTORAT, &[]), INSPEKTORAT, DISKOMINFO));
    assert!(!goes(&held_by(INSPEKTORAT, std::slice::from_ref(&supervisory)), INSPEKTORAT, DISKOMINFO));
    assert!(goes(&held_by(DISKOMINFO, &[supervisory]), DISKOMINFO, INSPEKTORAT));
    assert!(!goes(&held_by(KUKAR, &[]), INSPEKTORAT, DISKOMINFO));
    assert!(ends_seat(Role::AgencyAdmin) && !ends_seat(Role::Inspector) && !ends_seat(Role::Leader));
}

#[test]
fn ages_are_counted_in_working_days() {
    let bands = band_days(&rules().calendar, date("2021-02-24"));
    for (first, most) in bands.iter().zip([5, 14, 60]) {
        let after = first.tomorrow().unwrap().to_string();
        assert_eq!(working_days(&after, "2021-02-24"), most);
        assert!(working_days(&first.to_string(), "2021-02-24") > most, "{first} is not the first day of its band");
    }
    let mut inventory = Inventory::default();
    inventory.add(StageKind::Replied, date("2017-05-05"), true, &bands);
    inventory.add(StageKind::Disposed, date("2021-02-24"), false, &bands);
    inventory.add(StageKind::Disposed, bands[1], true, &bands);
    assert_eq!(inventory.ages(), [1, 1, 0, 1]);
    assert_eq!((inventory.total(), inventory.overdue()), (3, 2));
    assert_eq!(inventory.rows[0].stage, StageKind::Disposed);
}

#[test]
fn an_authorised_person_of_each_office_signs() {
    let agencies = &rules().agencies;
    let signs = |role, seat, office| may_sign(agencies, &officer(role, seat), office);
    assert!(signs(Role::Inspector, INSPEKTORAT, INSPEKTORAT) && !signs(Role::Inspector, INSPEKTORAT, DISKOMINFO));
    assert!(signs(Role::AgencyAdmin, DISKOMINFO, DISKOMINFO) && !signs(Role::AgencyAdmin, DISKOMINFO, INSPEKTORAT));
    assert!(signs(Role::Leader, KUKAR, DISKOMINFO) && signs(Role::NationalAdmin, NATIONAL, INSPEKTORAT));
    for role in [Role::LiaisonOfficer, Role::Operator, Role::Supervisor, Role::Auditor] {
        assert!(!signs(role, INSPEKTORAT, INSPEKTORAT), "{role:?}");
    }
    let drafts = |role, seat| may_draft(agencies, &officer(role, seat), INSPEKTORAT, DISKOMINFO);
    assert!(drafts(Role::AgencyAdmin, KUKAR) && drafts(Role::Inspector, INSPEKTORAT));
    assert!(!drafts(Role::Leader, KUKAR) && !drafts(Role::AgencyAdmin, KALSEL));
    let reads = |role, seat| may_read(agencies, &officer(role, seat), INSPEKTORAT, DISKOMINFO);
    assert!(reads(Role::Auditor, NATIONAL) && reads(Role::Leader, KUKAR) && !reads(Role::AgencyAdmin, KALSEL));
    assert!(!is_pair(agencies, INSPEKTORAT, INSPEKTORAT) && !is_pair(agencies, INSPEKTORAT, PUPR));
    assert!(!may_draft(agencies, &national(), INSPEKTORAT, PUPR), "a hand-over leaves the agency");
}
