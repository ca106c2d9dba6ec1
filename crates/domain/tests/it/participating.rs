//! How much people use the system where they live, which agencies are in, and what came of outreach.

use crate::fixture::*;
use domain::RegionCode;
use domain::agency::AgencyKind;
use domain::outreach::{BeforeAfter, Effect, OutreachFault, OutreachState, WINDOW, windows, year_before};
use domain::participation::{Connectedness, Island, Population, Rate, Silence, has_duty, known_in, shares, silence};
use jiff::civil::{Date, date};

fn code(text: &str) -> RegionCode {
    RegionCode::parse(text).unwrap()
}

/// A number that is invented for the test.
fn people(region: &str, people: u64, year: i16) -> Population {
    Population { region: code(region), people, year, source: format!("Angka karangan {year}") }
}

#[test]
fn the_use_shares_of_the_survey_that_bontang_quotes_come_out() {
    let counted = [("31", 200), ("35", 496), ("11", 100), ("21", 46), ("64", 68), ("73", 40), ("51", 30), ("94", 20)];
    let of = |island: Island| -> u64 {
        counted.iter().filter(|(region, _)| Island::of(&code(region)) == Some(island)).map(|(_, n)| n).sum()
    };
    let told = shares(&Island::ALL.map(of)).unwrap();
    let share = |island: Island| told[Island::ALL.iter().position(|one| *one == island).unwrap()];
    assert_eq!([Island::Java, Island::Sumatra, Island::Kalimantan].map(share), [6_960, 1_460, 680]);
    assert_eq!(told.iter().sum::<u64>(), 10_000);
}

#[test]
fn shares_add_up_to_a_hundred_percent_whatever_is_rounded() {
    assert_eq!(shares(&[1, 1, 1]), Some(vec![3_334, 3_333, 3_333]));
    assert_eq!(shares(&[2, 0, 1]), Some(vec![6_667, 0, 3_333]));
    assert_eq!(shares(&[0, 0]), None);
    let mut seed = 17_08_u64;
    for _ in 0..200 {
        let counts: Vec<u64> = (0..38)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                seed >> 40
            })
            .collect();
        assert_eq!(shares(&counts).unwrap().iter().sum::<u64>(), 10_000, "{counts:?}");
    }
}

#[test]
fn every_province_lies_on_an_island_and_the_country_on_none() {
    let provinces: Vec<&RegionCode> = regions().below(None).map(|(code, _)| code).collect();
    assert_eq!(provinces.len(), 38);
    let on = |island: Island| provinces.iter().filter(|code| Island::of(code) == Some(island)).count();
    assert_eq!(Island::ALL.map(on), [10, 6, 3, 5, 6, 2, 6]);
    assert_eq!(Island::of(&code("63.72")), Some(Island::Kalimantan));
    assert_eq!(Island::of(&RegionCode::nation()), None);
}

#[test]
fn a_rate_says_for_how_many_people_it_is_told() {
    // Bontang had twelve reports in 2020; the number of its people is invented here.
    assert_eq!(Rate { reports: 12, people: 180_000 }.hundredths(), Some(667));
    assert_eq!(Rate { reports: 0, people: 180_000 }.hundredths(), Some(0));
    assert_eq!(Rate { reports: 12, people: 0 }.hundredths(), None);
}

#[test]
fn people_are_counted_where_all_of_them_are_known_and_never_guessed() {
    let rows = [people("63", 4_000_000, 2020), people("63", 4_200_000, 2023), people("64", 3_800_000, 2022)];
    let both = [code("63"), code("64")];
    let known = known_in(&rows, &both, 2026).unwrap();
    assert_eq!((known.people, known.years), (8_000_000, (2022, 2023)));
    assert_eq!(known.sources, ["Angka karangan 2023", "Angka karangan 2022"]);
    assert_eq!(known_in(&rows, &both[..1], 2021).unwrap().people, 4_000_000, "the latest of that time");
    assert_eq!(known_in(&rows, &both[1..], 2020).unwrap().years, (2022, 2022), "the earliest, when there is no other");
    assert_eq!(known_in(&rows, &[code("63"), code("65")], 2026), None);
    assert_eq!(known_in(&rows, &[], 2026), None);
}

#[test]
fn eight_of_the_ten_in_kalimantan_timur_are_connected() {
    let local = |kind: AgencyKind| matches!(kind, AgencyKind::Regency | AgencyKind::City);
    let of_kaltim = rules().agencies.iter().filter(|one| local(one.kind) && has_duty(one.kind));
    let of_kaltim: Vec<_> =
        of_kaltim.filter(|one| one.region.as_ref().is_some_and(|code| code.province().as_str() == "64")).collect();
    assert_eq!(of_kaltim.len(), 10);
    let seen = |name: &str| match name {
        // An admin was named, and nothing came.
        "Pemerintah Kabupaten Kutai Timur" => Connectedness { has_admin: true, first_report: None },
        // A report is waiting, and nobody can log in.
        "Pemerintah Kabupaten Mahakam Ulu" => Connectedness { has_admin: false, first_report: Some(date(2021, 3, 1)) },
        _ => Connectedness { has_admin: true, first_report: Some(date(2019, 5, 2)) },
    };
    let inside = of_kaltim.iter().filter(|one| seen(&one.name).is_connected()).count();
    assert_eq!((inside, of_kaltim.len() - inside), (8, 2));
}

#[test]
fn units_take_part_by_their_agency_and_the_national_admin_by_running_it() {
    let bound = AgencyKind::ALL.into_iter().filter(|kind| has_duty(*kind));
    assert_eq!(bound.count(), 8);
    assert!(!has_duty(AgencyKind::National) && !has_duty(AgencyKind::Inspectorate));
}

#[test]
fn silence_is_told_apart() {
    assert_eq!(silence(0, 0, 0), Some(Silence::NoReports));
    assert_eq!(silence(3, 0, 0), Some(Silence::NoAnswer));
    assert_eq!(silence(3, 0, 1), None);
    assert_eq!(silence(0, 2, 0), None, "what was archived leaves nothing to say");
}

#[test]
fn windows_hold_as_many_working_days_on_both_sides_and_know_lebaran() {
    let calendar = &rules().calendar;
    let day = date(2021, 5, 24);
    let around = windows(calendar, day, WINDOW);
    let working = |(from, to): (Date, Date)| {
        let days = std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(|day| *day <= to);
        days.filter(|day| calendar.is_working_day(*day)).count()
    };
    assert_eq!((working(around.before), working(around.after)), (30, 30));
    assert_eq!((around.before.1, around.after.0), (date(2021, 5, 23), day));
    // Idulfitri lies in the days before, which reach further for it.
    assert!((around.before.1 - around.before.0).get_days() > (around.after.1 - around.after.0).get_days());
    assert_eq!(year_before(date(2024, 2, 29)), date(2023, 2, 28));
    assert_eq!(windows(calendar, day, 1).after, (day, day));
}

#[test]
fn what_came_of_it_is_no_percentage_of_a_few_and_not_told_before_it_is_over() {
    let around = |before, after| BeforeAfter { before, after };
    assert_eq!(around(12, 30).growth(), Some(15_000));
    assert_eq!(around(30, 20).growth(), Some(-3_333));
    assert_eq!(around(30, 30).growth(), Some(0));
    assert_eq!(around(9, 40).growth(), None);
    let windows = windows(&rules().calendar, date(2026, 3, 2), WINDOW);
    let running = Effect { windows, now: around(12, 30), year_before: around(10, 11), is_over: false };
    assert_eq!(running.growth(), None);
    assert_eq!(Effect { is_over: true, ..running }.growth(), Some(15_000));
}

#[test]
fn an_activity_is_carried_out_on_its_day_or_later_and_then_stays() {
    let (day, eve) = (date(2026, 3, 2), date(2026, 3, 1));
    let (planned, done, cancelled) = (OutreachState::Planned, OutreachState::CarriedOut, OutreachState::Cancelled);
    assert_eq!(planned.carry_out(day, eve), Err(OutreachFault::Early));
    assert_eq!(planned.carry_out(day, day), Ok(done));
    assert_eq!(done.carry_out(day, day), Ok(done));
    assert_eq!(done.cancel(), Err(OutreachFault::Settled));
    assert_eq!(done.plan_anew(), Err(OutreachFault::Settled));
    assert_eq!(planned.cancel(), Ok(cancelled));
    assert_eq!(cancelled.carry_out(day, day), Err(OutreachFault::Settled));
}
