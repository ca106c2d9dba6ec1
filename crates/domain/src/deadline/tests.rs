use super::*;
use jiff::civil::date;
use proptest::prelude::*;

fn holiday(day: Date, kind: HolidayKind, from: Date, revoked_on: Option<Date>) -> Holiday {
    Holiday {
        date: day,
        kind,
        name_id: "Hari Raya".into(),
        name_en: "Feast".into(),
        decree: "SKB".into(),
        effective_from: from,
        revoked_on,
        revoked_by: None,
    }
}

fn limits() -> Limits {
    let row = |limit, days, unit| LimitRow {
        limit,
        days,
        unit,
        valid_from: date(2014, 1, 1),
        valid_to: None,
        legal_basis: "PermenPANRB".into(),
        source: None,
        note: None,
    };
    Limits::new([
        row(Limit::Verification, 3, Unit::WorkingDay),
        row(Limit::FirstAnswer, 5, Unit::WorkingDay),
        row(Limit::CompletionNonsupervisory, 14, Unit::WorkingDay),
        row(Limit::Silence, 10, Unit::WorkingDay),
        row(Limit::Hold, 10, Unit::WorkingDay),
        row(Limit::Ombudsman, 60, Unit::Day),
    ])
}

fn count(calendar: &Calendar, limit: Limit, at: &str, holds: &[Hold], known: Date) -> Deadline {
    let start = Start { at: at.parse().unwrap(), zone: Zone::Wib, holds, known };
    deadline(calendar, &limits(), limit, start).unwrap()
}

/// Idulfitri 2026: 21–22 March, with collective leave on 20, 23 and 24 March.
fn eid() -> Calendar {
    let decree = date(2025, 9, 19);
    let national = |day| holiday(date(2026, 3, day), HolidayKind::National, decree, None);
    let leave = |day| holiday(date(2026, 3, day), HolidayKind::CollectiveLeave, decree, None);
    Calendar::new([leave(20), national(21), national(22), leave(23), leave(24)])
}

#[test]
fn ten_days_of_silence_over_idulfitri_skip_feast_leave_and_weekends() {
    let clock = count(&eid(), Limit::Silence, "2026-03-16T03:00:00Z", &[], date(2026, 3, 16));
    assert_eq!(clock.due_day(), date(2026, 4, 2));
    assert_eq!(clock.date_of(7), Some(date(2026, 3, 30)));
    let tuesday = clock.days.iter().find(|day| day.date == date(2026, 3, 24)).unwrap();
    assert!(matches!(tuesday.why, DayKind::Holiday { kind: HolidayKind::CollectiveLeave, .. }));
    assert_eq!(tuesday.number, None);
}

#[test]
fn a_report_of_friday_night_is_on_day_one_on_monday() {
    let clock = count(&Calendar::default(), Limit::Verification, "2026-05-08T15:00:00Z", &[], date(2026, 5, 8));
    assert_eq!(clock.day_number(date(2026, 5, 10)), 0);
    assert_eq!(clock.day_number(date(2026, 5, 11)), 1);
    assert_eq!(clock.due_day(), date(2026, 5, 13));
    assert_eq!(Zone::Wib.iso(clock.due), "2026-05-13T23:59:59+07:00");
}

#[test]
fn a_decree_of_mid_year_moves_running_clocks_and_leaves_stopped_ones() {
    let moved = Calendar::new([
        holiday(date(2021, 8, 10), HolidayKind::National, date(2020, 9, 10), Some(date(2021, 6, 18))),
        holiday(date(2021, 8, 11), HolidayKind::National, date(2021, 6, 18), None),
    ]);
    let before = moved.day(date(2021, 8, 11), date(2021, 6, 1));
    let after = moved.day(date(2021, 8, 11), date(2021, 7, 1));
    assert_eq!(before, DayKind::Counted);
    assert!(matches!(after, DayKind::Holiday { .. }));
}

#[test]
fn a_hold_pauses_the_days_it_outlasts_and_no_more_than_its_cap() {
    let none = Calendar::default();
    let start = "2026-06-01T02:00:00Z";
    let known = date(2026, 6, 1);
    let hold =
        |from: &str, to: Option<&str>| Hold { from: from.parse().unwrap(), to: to.map(|to| to.parse().unwrap()) };
    let free = count(&none, Limit::FirstAnswer, start, &[], known);
    assert_eq!(free.due_day(), date(2026, 6, 8));
    let within_a_day = [hold("2026-06-02T02:00:00Z", Some("2026-06-02T08:00:00Z"))];
    assert_eq!(count(&none, Limit::FirstAnswer, start, &within_a_day, known).due_day(), date(2026, 6, 8));
    let two_nights = [hold("2026-06-02T02:00:00Z", Some("2026-06-04T02:00:00Z"))];
    assert_eq!(count(&none, Limit::FirstAnswer, start, &two_nights, known).due_day(), date(2026, 6, 10));
    let forgotten = [hold("2026-06-02T02:00:00Z", None)];
    let capped = count(&none, Limit::FirstAnswer, start, &forgotten, known);
    assert_eq!(capped.due_day(), date(2026, 6, 23));
}

#[test]
fn the_ombudsman_counts_calendar_days() {
    let clock = count(&eid(), Limit::Ombudsman, "2026-03-01T03:00:00Z", &[], date(2026, 3, 1));
    assert_eq!(clock.due_day(), date(2026, 4, 30));
}

#[test]
fn a_limit_that_no_rule_sets_has_no_deadline() {
    let start =
        Start { at: "2010-01-04T00:00:00Z".parse().unwrap(), zone: Zone::Wib, holds: &[], known: date(2010, 1, 4) };
    assert!(deadline(&Calendar::default(), &limits(), Limit::Silence, start).is_none());
}

proptest! {
    #[test]
    fn a_hold_never_brings_a_deadline_nearer(from in 0i64..20, length in 0i64..30) {
        let at: Timestamp = "2026-03-02T02:00:00Z".parse().unwrap();
        let later = |days: i64| at + jiff::SignedDuration::from_hours(24 * days + 1);
        let hold = Hold { from: later(from), to: Some(later(from + length)) };
        let free = count(&eid(), Limit::CompletionNonsupervisory, "2026-03-02T02:00:00Z", &[], date(2026, 3, 2));
        let held = count(&eid(), Limit::CompletionNonsupervisory, "2026-03-02T02:00:00Z", &[hold], date(2026, 3, 2));
        prop_assert!(held.due >= free.due);
        let paused = held.days.iter().filter(|day| day.why == DayKind::Paused).count() as i64;
        prop_assert!(paused <= length);
    }

    #[test]
    fn the_days_tell_the_whole_story(start in 0i64..700) {
        let at: Timestamp = "2025-01-01T05:00:00Z".parse().unwrap();
        let at = at + jiff::SignedDuration::from_hours(24 * start);
        let known = Zone::Wib.day(at);
        let clock = deadline(&eid(), &limits(), Limit::CompletionNonsupervisory, Start { at, zone: Zone::Wib, holds: &[], known }).unwrap();
        let numbers: Vec<u16> = clock.days.iter().filter_map(|day| day.number).collect();
        prop_assert_eq!(numbers, (1..=14).collect::<Vec<u16>>());
        prop_assert!(clock.days.windows(2).all(|pair| pair[0].date.tomorrow().unwrap() == pair[1].date));
    }
}
