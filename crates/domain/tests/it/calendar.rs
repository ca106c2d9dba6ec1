//! Deadlines on the real calendar.

use crate::fixture::*;
use crate::story::{answer_due, completion, given, verification};
use crate::wish::*;
use domain::deadline::{DayKind, Deadline, HolidayKind, Limit, Start, Unit, deadline};
use domain::report::{Class, Closure};
use domain::time::Zone;
use domain::{Event, due};
use jiff::civil::Date;

fn count(limit: Limit, zone: Zone, at: &str, known: &str) -> Deadline {
    let start = Start { at: instant(at), zone, holds: &[], known: date(known) };
    deadline(&rules().calendar, &rules().limits, limit, start).unwrap()
}

#[test]
fn every_limit_from_the_monday_before_idulfitri_2026() {
    let due = |limit| count(limit, Zone::Wita, "2026-03-16T09:00", "2026-03-16").due_day();
    for (limit, day) in [
        (Limit::Verification, "2026-03-26"),
        (Limit::FirstAnswer, "2026-03-30"),
        (Limit::CompletionInformation, "2026-03-30"),
        (Limit::CompletionAspiration, "2026-03-30"),
        (Limit::CompletionNonsupervisory, "2026-04-13"),
        (Limit::CompletionSupervisory, "2026-06-25"),
        (Limit::Silence, "2026-04-07"),
        (Limit::Hold, "2026-04-07"),
        (Limit::Objection, "2026-04-07"),
        (Limit::Ombudsman, "2026-05-15"),
        (Limit::Part, "2026-03-26"),
    ] {
        assert_eq!(due(limit), date(day), "{}", limit.name());
    }
}

#[test]
fn a_deadline_tells_why_a_day_does_not_count() {
    let clock = count(Limit::Silence, Zone::Wita, "2026-03-16T09:00", "2026-03-16");
    let why = |day: &str| clock.days.iter().find(|known| known.date == date(day)).unwrap().why.clone();
    let off = |day: &str| match why(day) {
        DayKind::Holiday { kind, name_id, .. } => (kind, name_id),
        other => panic!("{day}: {other:?}"),
    };
    assert_eq!(why("2026-03-16"), DayKind::Start);
    assert_eq!(why("2026-03-17"), DayKind::Counted);
    assert_eq!(off("2026-03-18").0, HolidayKind::CollectiveLeave);
    assert_eq!(off("2026-03-19"), (HolidayKind::National, "Hari Suci Nyepi Tahun Baru Saka 1948".to_owned()));
    assert_eq!(off("2026-03-21").0, HolidayKind::National);
    assert_eq!(off("2026-03-24").0, HolidayKind::CollectiveLeave);
    assert_eq!(why("2026-03-28"), DayKind::Weekend);
    assert_eq!(off("2026-04-03"), (HolidayKind::National, "Wafat Yesus Kristus".to_owned()));
    assert_eq!(clock.day_number(date("2026-03-25")), 2);
}

#[test]
fn the_limit_is_the_one_in_force_when_the_clock_started() {
    let basis = |at: &str| count(Limit::FirstAnswer, Zone::Wib, at, "2026-01-01").legal_basis;
    assert_eq!(basis("2018-11-26T12:00"), "PermenPANRB Nomor 24 Tahun 2014");
    assert_eq!(basis("2018-11-27T12:00"), "PermenPANRB Nomor 62 Tahun 2018");
    assert_eq!(basis("2025-04-30T12:00"), "PermenPANRB Nomor 62 Tahun 2018");
    assert_eq!(basis("2025-05-01T12:00"), "PermenPANRB Nomor 5 Tahun 2025");
}

#[test]
fn exactly_one_row_of_each_limit_is_in_force_on_any_day() {
    let mut day = date("2014-01-01");
    while day < date("2027-12-31") {
        for limit in Limit::ALL {
            let valid = |row: &&domain::deadline::LimitRow| {
                row.limit == limit && row.valid_from <= day && row.valid_to.is_none_or(|to| day <= to)
            };
            assert_eq!(rules().limits.iter().filter(valid).count(), 1, "{} on {day}", limit.name());
        }
        day = day.tomorrow().unwrap();
    }
}

#[test]
fn only_the_ombudsman_counts_calendar_days() {
    for row in rules().limits.iter() {
        assert_eq!(row.unit == Unit::Day, row.limit == Limit::Ombudsman, "{row:?}");
    }
}

/// 10 August 2021 was moved to the 11th by the decree of 18 June; 12 March and three days of May were
/// cut from the collective leave by the decree of 22 February.
#[test]
fn the_decrees_of_2021_move_open_cases_and_leave_closed_ones() {
    let disposed_on_19_february =
        || given([("2021-02-18T09:00", submitted()), ("2021-02-19T09:00", disposed(NATIONAL, PUPR))]);
    disposed_on_19_february().due(completion, "2021-03-15").at("2021-02-23T09:00").due(completion, "2021-03-12");
    given([
        ("2021-02-18T09:00", submitted()),
        ("2021-02-19T09:00", disposed(NATIONAL, PUPR)),
        ("2021-02-19T10:00", answered()),
        ("2021-02-19T11:00", closed(Closure::ByOfficer)),
    ])
    .due(completion, "2021-03-15")
    .at("2021-07-01T09:00")
    .due(completion, "2021-03-15")
    .by(national())
    .when(reopen())
    .done()
    .due(completion, "2021-03-12");
}

#[test]
fn the_islamic_new_year_of_2021_moves_with_its_decree() {
    let supervisory = Event::Reclassified { class: Class::Complaint, supervisory: true, category: None };
    let case = || {
        given([
            ("2021-05-07T09:00", submitted()),
            ("2021-05-10T09:00", disposed(NATIONAL, PUPR)),
            ("2021-05-10T10:00", supervisory.clone()),
        ])
    };
    case().at("2021-06-17T09:00").due(completion, "2021-08-11").at("2021-06-18T09:00").due(completion, "2021-08-10");
    case()
        .at("2021-06-16T09:00")
        .by(admin(KALSEL))
        .when(answer())
        .done()
        .when(close())
        .done()
        .at("2021-08-01T09:00")
        .due(completion, "2021-08-11");
}

#[test]
fn the_same_instant_is_another_day_in_jayapura() {
    let before_midnight = "2026-04-06T22:30+07:00";
    let due = |zone| count(Limit::Verification, zone, before_midnight, "2026-04-06");
    assert_eq!(due(Zone::Wib).due_day(), date("2026-04-09"));
    assert_eq!(due(Zone::Wita).due_day(), date("2026-04-09"));
    assert_eq!(due(Zone::Wit).due_day(), date("2026-04-10"));
    assert_eq!(Zone::Wib.iso(due(Zone::Wib).due), "2026-04-09T23:59:59+07:00");
    assert_eq!(Zone::Wit.iso(due(Zone::Wit).due), "2026-04-10T23:59:59+09:00");
    assert_eq!(due(Zone::Wib).due.duration_since(due(Zone::Wita).due), jiff::SignedDuration::from_hours(1));
}

#[test]
fn a_report_on_friday_night_starts_on_monday() {
    given([("2026-04-10T23:59", submitted())])
        .due(verification, "2026-04-15")
        .at("2026-04-12T12:00")
        .and(|report| {
            let clock = due::verification(rules(), report, instant("2026-04-12T12:00")).unwrap();
            clock.day_number(date("2026-04-12")) == 0 && clock.day_number(date("2026-04-13")) == 1
        })
        .by(national())
        .when(dispose(PUPR))
        .done()
        .due(answer_due, "2026-04-17");
}

#[test]
fn every_year_from_2019_to_2027_has_its_holidays() {
    for year in 2019..=2027i16 {
        let of_year = rules().calendar.between(Date::new(year, 1, 1).unwrap(), Date::new(year, 12, 31).unwrap());
        let standing: Vec<_> = of_year.filter(|holiday| holiday.revoked_on.is_none()).collect();
        let national = standing.iter().filter(|holiday| holiday.kind == HolidayKind::National).count();
        assert!((14..=19).contains(&national), "{year}: {national} national holidays");
        assert!(standing.iter().all(|holiday| !holiday.decree.is_empty()), "{year}");
    }
}
